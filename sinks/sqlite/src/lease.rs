//! One sync of a connector at a time: a lease with an owner, an epoch and an expiry.
//!
//! The epoch is what keeps two syncs apart: it grows with every owner, and every commit checks that its own is still
//! the last. The expiry and the owner's process only decide how soon a newcomer may take over, so a clock that jumps
//! or a process that is misjudged can stop a sync, never mix two.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, params};
use tapwright_runtime::{Error, ErrorKind, Result, Timestamp};

use crate::fault::Doing;
use crate::process::Process;

/// The lease as its owner holds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lease {
    pub(crate) connector: &'static str,
    epoch: i64,
    lasts: i64,
}

/// A lease as the database has it.
pub(crate) struct Kept {
    pub(crate) owner: String,
    pub(crate) process: Option<Process>,
    pub(crate) lasts: i64,
    pub(crate) expires_at: i64,
}

impl Kept {
    /// That of a connector. None when nobody ever had it, or when it was given back.
    pub(crate) fn of(connection: &Connection, connector: &str) -> Result<Option<Self>> {
        let sql = "SELECT owner, process, lasts, expires_at FROM _tapwright_leases WHERE connector = ? AND owner <> ''";
        let read = connection.query_row(sql, [connector], |row| {
            let process: Option<String> = row.get(1)?;
            Ok(Kept {
                owner: row.get(0)?,
                process: process.as_deref().and_then(Process::parse),
                lasts: row.get(2)?,
                expires_at: row.get(3)?,
            })
        });
        read.optional().doing("read the lease")
    }

    /// Whether its owner may still be at work.
    ///
    /// An expiry more than twice the lease's length ahead was written before the clock was set back, and is not waited
    /// for.
    pub(crate) fn is_live(&self, now: i64) -> bool {
        let left = self.expires_at.saturating_sub(now);
        let plausible = left > 0 && left <= self.lasts.saturating_mul(2);
        plausible && !self.process.as_ref().is_some_and(Process::is_gone)
    }
}

impl Lease {
    /// Takes the lease, unless another owner may still be at work.
    pub(crate) fn take(
        connection: &Connection,
        connector: &'static str,
        owner: &str,
        lasts: Duration,
        own: Option<Lease>,
    ) -> Result<Self> {
        let now = Timestamp::now().millis();
        let last = "SELECT epoch FROM _tapwright_leases WHERE connector = ?";
        let last: Option<i64> =
            connection.query_row(last, [connector], |row| row.get(0)).optional().doing("read the lease")?;
        let is_own = own.is_some_and(|own| own.connector == connector && Some(own.epoch) == last);
        if let Some(kept) = Kept::of(connection, connector)?.filter(|kept| !is_own && kept.is_live(now)) {
            let lapses = Timestamp::from_millis(kept.expires_at).map_or_else(String::new, |at| at.to_string());
            let message = format!("another sync of {connector} is running: {}, until {lapses}", kept.owner);
            let help = "wait until it ends; when it was stopped, its lease lapses at that moment by itself";
            return Err(Error::new(ErrorKind::Busy, message).help(help));
        }
        let lasts = i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX / 4).clamp(1, i64::MAX / 4);
        let lease = Lease { connector, epoch: last.unwrap_or(0) + 1, lasts };
        let sql = "INSERT OR REPLACE INTO _tapwright_leases (connector, owner, process, epoch, lasts, expires_at) \
                   VALUES (?, ?, ?, ?, ?, ?)";
        let owner = if owner.is_empty() { "someone" } else { owner };
        let process = Process::own().map(|process| process.to_text());
        connection
            .execute(sql, params![connector, owner, process, lease.epoch, lasts, now.saturating_add(lasts)])
            .doing("take the lease")?;
        Ok(lease)
    }

    /// Fails with `Busy` when another owner has taken it.
    pub(crate) fn verify(&self, connection: &Connection) -> Result<()> {
        let sql = "SELECT owner, epoch FROM _tapwright_leases WHERE connector = ?";
        let mut statement = connection.prepare_cached(sql).doing("read the lease")?;
        let read = statement.query_row([self.connector], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
        match read.optional().doing("read the lease")? {
            Some((_, epoch)) if epoch == self.epoch => Ok(()),
            other => {
                let by = other.map(|(owner, _)| owner).filter(|owner| !owner.is_empty());
                let by = by.unwrap_or_else(|| "another sync".to_owned());
                let message = format!("the lease of {} was lost to {by}", self.connector);
                let help = "nothing of this commit was written; the other sync goes on from the last checkpoint";
                Err(Error::new(ErrorKind::Busy, message).help(help))
            }
        }
    }

    /// Makes it last anew from now on.
    pub(crate) fn renew(&self, connection: &Connection) -> Result<()> {
        let sql = "UPDATE _tapwright_leases SET expires_at = ? WHERE connector = ? AND epoch = ?";
        let mut statement = connection.prepare_cached(sql).doing("renew the lease")?;
        let until = Timestamp::now().millis().saturating_add(self.lasts);
        statement.execute(params![until, self.connector, self.epoch]).doing("renew the lease")?;
        Ok(())
    }

    /// Gives it back, if it is still ours. The epoch stays, so that it never repeats.
    pub(crate) fn give_back(&self, connection: &Connection) -> Result<()> {
        let sql = "UPDATE _tapwright_leases SET owner = '', process = NULL, expires_at = 0 \
                   WHERE connector = ? AND epoch = ?";
        connection.execute(sql, params![self.connector, self.epoch]).doing("give the lease back")?;
        Ok(())
    }
}
