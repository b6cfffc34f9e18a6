//! What a connector runs on.
//!
//! A connector is a plan (tables) and this crate is the one engine that reads plans: it asks for pages, decodes
//! them, retries what may be retried, keeps to the source's rate limit, and commits rows and checkpoints together.
//! It must not know the language, any connector's name or any database.

pub use tapwright_plan as plan;

mod api;
mod base64;
mod checkpoint;
mod credential;
mod decode;
mod error;
mod eval;
mod fetch;
mod guard;
mod hash;
mod hook;
mod http;
mod judge;
mod jwt;
mod login;
mod mask;
mod oauth;
mod origin;
mod outgoing;
mod pace;
mod pages;
mod paging;
mod parents;
mod reader;
mod records;
mod report;
mod request;
mod retry;
mod sample;
mod seen;
mod settings;
mod sink;
mod slices;
mod spans;
mod sync;
mod timestamp;
mod token;
mod value;
mod vault;
mod waiting;
mod witness;

pub use api::Api;
pub use checkpoint::Reached;
pub use error::{Error, ErrorKind, Result};
pub use hook::{Hook, HookRequest, HookSet, RawRecord, Reason, Rewrite, RowWriter};
pub use http::Bounds;
pub use origin::{WebOrigin, origin};
pub use pages::{PageRead, Pages};
pub use records::{Record, Records};
pub use report::{Mode, Report, ResourceReport, Status};
pub use retry::RetryPolicy;
pub use sample::Sample;
pub use seen::{Count, Difference, Finding, Seen};
pub use settings::{Origin, SettingValue, Settings, SettingsBuilder};
pub use sink::{
    Begin, Begun, Commit, Committed, Counts, Extent, Quarantined, Replacement, Sink, SinkFuture, Stage, Sweep, Write,
};
pub use sync::{Observer, Options, Progress, Stop, Sync};
pub use timestamp::Timestamp;
pub use value::{Batch, Row, Value};
pub use vault::{Vault, VaultOption};
pub use waiting::{Waiting, Why};
pub use witness::{Answered, Excerpt, Exchange, Purpose, Witness, WitnessOption};

/// A credential in memory: wiped when dropped, and never shown by `Debug`.
pub use secrecy::{ExposeSecret, SecretString};

/// What only a fuzzer calls: the readers of what others wrote.
#[cfg(feature = "fuzz")]
#[doc(hidden)]
pub mod __fuzz {
    use reqwest::header::HeaderMap;
    use tapwright_plan::{Connector, Resource, WaitFormat};

    use crate::{Settings, Timestamp, checkpoint, decode, judge, paging, retry};

    /// Decodes a body as a page of `resource`, and looks at every value.
    pub fn page(connector: &'static Connector, resource: &'static Resource, body: String) {
        let settings = Settings::of_nothing(connector);
        drop(judge::Said::read(body.as_bytes()).words());
        let bounds = decode::Bounds { from: None, to: None };
        let place = decode::Place {
            bounds,
            made: &crate::eval::MadeFor::ALL,
            cursor: Some("20"),
            headers: &HeaderMap::new(),
            full: 0,
        };
        if let Ok(page) = decode::Decoder::new(resource, settings).page(body, place) {
            page.batch.rows().for_each(|row| assert_eq!(row.values().count(), resource.row.columns.len()));
        }
    }

    /// What a resource makes of the records of a body, in their order: the values of a row, with moments in milliseconds;
    /// or why a record is set aside. None when the body is no page.
    #[must_use]
    pub fn rows(
        connector: &'static Connector,
        resource: &'static Resource,
        body: String,
    ) -> Option<Vec<Result<Vec<serde_json::Value>, String>>> {
        use serde_json::Value as Json;

        use crate::Value;
        let bounds = decode::Bounds { from: None, to: None };
        let place = decode::Place {
            bounds,
            made: &crate::eval::MadeFor::ALL,
            cursor: None,
            headers: &HeaderMap::new(),
            full: 0,
        };
        let page = decode::Decoder::new(resource, Settings::of_nothing(connector)).page(body, place).ok()?;
        let cell = |(_, value): (_, Value<'_>)| match value {
            Value::Null => Json::Null,
            Value::Boolean(b) => Json::from(b),
            Value::Integer(i) => Json::from(i),
            Value::Number(n) => Json::from(n),
            Value::Text(text) => Json::from(text),
            Value::Timestamp(at) => Json::from(at.millis()),
        };
        let mut rows = page.batch.rows().map(|row| row.values().map(cell).collect::<Vec<_>>());
        let mut all = Vec::with_capacity(page.records);
        for index in 0..page.records {
            match page.quarantined.iter().find(|one| one.index == index) {
                Some(one) => all.push(Err(one.reason.clone())),
                None => all.extend(rows.next().map(Ok)),
            }
        }
        Some(all)
    }

    /// The target with the relation `next`, where the header can be read.
    #[must_use]
    pub fn link(header: &str) -> Option<String> {
        paging::next_link(header).ok().flatten()
    }

    /// Reads how long a header asks to wait, in every form.
    pub fn waits(value: &str) {
        use WaitFormat::{HttpDate, Millis, Rfc3339, Seconds, UnixMillis, UnixSeconds};
        let now = Timestamp::now();
        let own = [Seconds, Millis, UnixSeconds, UnixMillis, Rfc3339, HttpDate].into_iter();
        own.for_each(|format| {
            let _ = retry::wait_for(value, format, now);
        });
        let _ = retry::retry_after(value, now);
    }

    /// Whether a text is a checkpoint, which then is written as it is read.
    #[must_use]
    pub fn checkpoint(text: &str, resource: &'static Resource) -> bool {
        let Ok(read) = checkpoint::Checkpoint::read(text, resource) else { return false };
        let _ = checkpoint::Reached::of(text);
        let again = read.text().and_then(|text| checkpoint::Checkpoint::read(&text, resource));
        assert_eq!(again.ok(), Some(read), "a checkpoint is read as it was written");
        true
    }
}

/// What only generated code calls. Not for people: it changes with the macro.
#[doc(hidden)]
pub mod __private {
    /// A hash of a spec's bytes, cheap enough to be taken while a crate is compiled: FNV-1a over words of eight bytes.
    #[must_use]
    pub const fn digest(bytes: &[u8]) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut rest = bytes;
        while let Some((word, after)) = rest.split_first_chunk::<8>() {
            hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x0000_0100_0000_01b3);
            rest = after;
        }
        while let Some((byte, after)) = rest.split_first() {
            hash = (hash ^ *byte as u64).wrapping_mul(0x0000_0100_0000_01b3);
            rest = after;
        }
        hash
    }
}
