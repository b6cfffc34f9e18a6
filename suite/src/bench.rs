//! One resource of a subject, and labs in which it is read: how many records there are, whose they are, what is put in. It
//! must not know what is held against what.

use std::time::Duration;

use tapwright_codegen::suite::goes_through_hook;
use tapwright_runtime::{Report, ResourceReport, Status};
use tapwright_sandbox::{Change, Sandbox};
use tapwright_spec::model::{Each, EachOf, Expr, Lookback, Records, Resource, Setting, SettingKind};

use crate::lab::Lab;
use crate::outcome::{Ended, failed, holds, not_about};
use crate::subject::Subject;

/// How far records reach back, where the look-back is not shorter.
const HISTORY: i64 = 20 * DAY;
const DAY: i64 = 86_400_000;

/// One resource of a subject.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bench<'s> {
    pub(crate) subject: &'s Subject,
    pub(crate) resource: &'s Resource,
}

impl Bench<'_> {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.resource.name
    }

    /// Its table.
    pub(crate) fn table(&self) -> &str {
        &self.resource.row.name
    }

    /// How many records a page has; a few where nobody says.
    pub(crate) fn page(&self) -> u64 {
        let size = self.resource.paging.as_ref().and_then(|paging| paging.size.as_ref());
        size.map_or(10, |size| u64::from(size.value))
    }

    /// A lab in which the resource has so many records.
    pub(crate) async fn lab(&self, records: u64) -> Result<Lab, Ended> {
        self.lab_with(records, |sandbox| sandbox).await
    }

    /// The same, with a sandbox that is set up further.
    pub(crate) async fn lab_with(&self, records: u64, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Result<Lab, Ended> {
        let model = &self.subject.model;
        let counted = |sandbox: Sandbox| {
            let mut sandbox = sandbox.now(self.subject.now).history(self.history());
            for other in &model.resources {
                let alone = other.for_each.is_empty() && matches!(other.records, Records::One(_));
                let count = if other.name == self.resource.name { records } else { 3 };
                sandbox = sandbox.records(&other.name, if alone { 1 } else { count });
            }
            set_up(sandbox)
        };
        let mut lab = Lab::new(model, self.subject.plan, counted).await?;
        lab.options.resources = Some(vec![self.resource.name.clone()]);
        lab.options.hooks = self.subject.hooks.clone();
        // A sandbox has no limit.
        lab.options.paced = false;
        Ok(lab)
    }

    /// A lab with what an undisturbed sync leaves in it, and its report.
    pub(crate) async fn synced(&self, records: u64) -> Result<(Lab, Report), Ended> {
        let lab = self.lab(records).await?;
        let report = self.sync(&lab).await?;
        Ok((lab, report))
    }

    /// Syncs; that is to be complete.
    pub(crate) async fn sync(&self, lab: &Lab) -> Result<Report, Ended> {
        let report = lab.sync(false).await?;
        self.complete(&report, "a sync")?;
        Ok(report)
    }

    /// Holds that a sync is complete.
    pub(crate) fn complete(&self, report: &Report, what: &str) -> Result<(), Ended> {
        let of = self.report(report)?;
        holds(of.status == Status::Complete, || {
            let why = of.error.as_ref().map_or_else(|| of.notes.join("; "), ToString::to_string);
            format!("{what} is {:?}, not complete: {why}", of.status)
        })
    }

    /// What a report says of the resource.
    pub(crate) fn report<'r>(&self, report: &'r Report) -> Result<&'r ResourceReport, Ended> {
        let found = report.resources.iter().find(|of| of.name == self.resource.name);
        found.ok_or_else(|| Ended::Failed("the report does not name the resource".to_owned()))
    }

    /// How many rows the store has.
    pub(crate) fn stored(&self, lab: &Lab) -> Result<u64, Ended> {
        let count = lab.number(&format!("select count(*) from \"{}\"", self.table()))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Whether every record is a row of its own: none is left out, and none takes another's place.
    pub(crate) async fn is_exact(&self) -> Result<bool, Ended> {
        let row = &self.resource.row;
        Ok((row.time.is_some() || !row.shape.is_series()) && !self.filters().await?)
    }

    /// Whether `where` or a hook leaves some of the records out that the sandbox makes up.
    pub(crate) async fn filters(&self) -> Result<bool, Ended> {
        const SOME: u64 = 16;
        if self.resource.keep.is_none() && !goes_through_hook(&self.subject.model, self.resource) {
            return Ok(false);
        }
        let lab = self.lab(0).await?;
        let home = self.home(&lab)?;
        for _ in 0..SOME {
            self.put(&lab, home.as_deref(), Change::new())?;
        }
        self.sync(&lab).await?;
        Ok(self.stored(&lab)? < SOME)
    }

    /// Whether the sandbox calls a record as its row is called.
    pub(crate) fn is_found_by_id(&self) -> bool {
        !self.resource.for_each.is_empty()
            || matches!(self.resource.row.key, Expr::Path(_) | Expr::EntryKey | Expr::Null)
    }

    /// How far back the data of a sandbox reaches.
    fn history(&self) -> Duration {
        let look_back = self.look_back().unwrap_or(i64::MAX);
        let history = HISTORY.min(look_back.saturating_sub(2 * DAY)).max(DAY / 24);
        Duration::from_millis(u64::try_from(history).unwrap_or_default())
    }

    /// How far a first sync reaches back, in milliseconds, where the spec says it in a way that can be told.
    pub(crate) fn look_back(&self) -> Option<i64> {
        let Lookback { amount, unit_millis } = self.resource.incremental.as_ref()?.lookback.as_ref()?;
        let settings = &self.subject.model.settings;
        let amount = match amount {
            Expr::Integer(amount) => *amount,
            Expr::Setting(name) => settings.iter().find(|setting| setting.name == *name).and_then(default)?,
            _ => return None,
        };
        amount.checked_mul(*unit_millis)
    }

    /// How far a record of a metric or distribution lies from the next, where each has a span of its own.
    pub(crate) fn span(&self) -> i64 {
        let period = self.resource.row.series.as_ref().and_then(|series| series.period_millis);
        period.unwrap_or(3_600_000).max(self.grain())
    }

    /// How many such records lie within what a first sync reads; any number of what has none.
    pub(crate) fn room(&self) -> usize {
        match self.look_back() {
            Some(look_back) if self.resource.row.shape.is_series() => {
                usize::try_from(look_back / self.span() - 1).unwrap_or_default().max(1)
            }
            _ => usize::MAX,
        }
    }

    /// Whose list records are put into: a parent that is made for that, with what its own parents are.
    pub(crate) fn home(&self, lab: &Lab) -> Result<Option<String>, Ended> {
        self.home_of(lab, self.resource)
    }

    fn home_of(&self, lab: &Lab, resource: &Resource) -> Result<Option<String>, Ended> {
        if resource.for_each.is_empty() {
            return Ok(None);
        }
        let part = |each: &Each| match &each.of {
            EachOf::Values(values) => Ok(values.first().cloned().unwrap_or_default()),
            EachOf::Setting(name) => {
                let value = lab.sandbox.settings().find(|(known, _)| known == name).map(|(_, value)| value);
                Ok(value.unwrap_or_default().split(',').next().unwrap_or_default().to_owned())
            }
            EachOf::Rows { resources, .. } => {
                let first = resources
                    .first()
                    .and_then(|name| self.subject.model.resources.iter().find(|resource| resource.name == *name));
                let Some(first) = first else { return failed("a parent is no resource") };
                let change = match self.home_of(lab, first)? {
                    Some(home) => Change::new().of(&home),
                    None => Change::new(),
                };
                lab.sandbox.insert(&first.name, &change).or_else(|error| {
                    not_about(format_args!("the sandbox makes no row of `{}` to read it for: {error}", first.name))
                })
            }
        };
        let parts = resource.for_each.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        Ok(Some(parts.join("/")))
    }

    /// Puts a record in, into the list of `home`; says its id.
    pub(crate) fn put(&self, lab: &Lab, home: Option<&str>, change: Change) -> Result<String, Ended> {
        let change = match home {
            Some(home) => change.of(home),
            None => change,
        };
        Ok(lab.sandbox.insert(self.name(), &change)?)
    }

    /// The longest time of which its moments do not tell two apart, in milliseconds.
    pub(crate) fn grain(&self) -> i64 {
        let time = self.resource.row.time.as_ref().map_or(1, |time| time.format.granularity_millis());
        let window = self.resource.incremental.as_ref().and_then(|incremental| incremental.window.as_ref());
        time.max(window.map_or(1, |window| window.format.granularity_millis()))
    }

    /// Whether an error rule of the spec may have its own meaning for a status.
    pub(crate) fn has_rule_for(&self, status: u16) -> bool {
        self.resource.on_error.iter().any(|rule| {
            let by_itself = rule.code.is_none() && rule.message.is_none() && rule.when.is_none();
            rule.status == Some(status) || (rule.status.is_none() && by_itself)
        })
    }

    /// The credentials that the sandbox takes, and other secrets, as far as they are long enough to be told from other text.
    pub(crate) fn secrets(&self, lab: &Lab) -> Vec<String> {
        let is_secret = |name: &str| {
            let setting = self.subject.model.settings.iter().find(|setting| setting.name == name);
            setting.is_some_and(|setting| matches!(setting.kind, SettingKind::Secret { .. }))
        };
        let secrets = lab.sandbox.settings().filter(|(name, _)| is_secret(name)).map(|(_, value)| value);
        let mut secrets: Vec<_> =
            secrets.chain([lab.sandbox.key().to_owned()]).filter(|text| text.len() >= 8).collect();
        secrets.sort();
        secrets.dedup();
        secrets
    }
}

/// The number that a setting is when nobody says.
fn default(setting: &Setting) -> Option<i64> {
    if let SettingKind::Integer { default, .. } = setting.kind { default } else { None }
}
