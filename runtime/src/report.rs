//! What a sync did, for people and for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Error;

/// The outcome of a sync.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The connector's name.
    pub connector: &'static str,
    /// The outcome as a whole.
    pub status: Status,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
    /// How many requests were sent.
    pub requests: u64,
    /// How many of them repeated one that failed.
    pub retries: u64,
    /// What was done to the store's tables, for people.
    pub notes: Vec<String>,
    /// By resource, in the spec's order.
    #[serde(serialize_with = "by_name")]
    pub resources: Vec<ResourceReport>,
}

/// The outcome for one resource.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceReport {
    /// The resource's name.
    #[serde(skip)]
    pub name: &'static str,
    /// Its outcome.
    pub status: Status,
    /// How it was read.
    pub mode: Mode,
    /// How many pages were committed.
    pub pages: u64,
    /// How many rows were written, replaced ones included.
    pub rows: u64,
    /// How many rows were removed because the source no longer has them.
    pub deleted: u64,
    /// How many records could not be mapped.
    pub quarantined: u64,
    /// Values the spec does not know, by column: how often each came.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub drift: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// Keys of records that neither the spec's fields nor its example know: how often each came.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unknown_fields: BTreeMap<String, u64>,
    /// What else a person should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_object")]
    pub error: Option<Error>,
}

/// An outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Everything was read and written.
    Complete,
    /// Of a sync: some resources are complete, others failed. Of a resource: an answer was ignored on the way, as the spec
    /// says, so that not everything was seen.
    Partial,
    /// It failed; what was committed before stays, and the next sync goes on from there.
    Failed,
    /// It was asked to stop; the next sync goes on from there.
    Interrupted,
}

/// How a resource was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All of it, or all of the look-back.
    Full,
    /// What is new since the last sync.
    Incremental,
    /// What an earlier sync had left.
    Resumed,
}

impl ResourceReport {
    pub(crate) fn new(name: &'static str) -> Self {
        ResourceReport {
            name,
            status: Status::Failed,
            mode: Mode::Full,
            pages: 0,
            rows: 0,
            deleted: 0,
            quarantined: 0,
            drift: BTreeMap::new(),
            unknown_fields: BTreeMap::new(),
            notes: Vec::new(),
            error: None,
        }
    }
}

impl Report {
    /// The outcome of the resources together.
    pub(crate) fn sum(resources: &[ResourceReport]) -> Status {
        let is = |status| resources.iter().filter(move |resource| resource.status == status).count();
        match (is(Status::Complete), is(Status::Partial), is(Status::Interrupted)) {
            (complete, ..) if complete == resources.len() => Status::Complete,
            (_, _, interrupted) if interrupted > 0 => Status::Interrupted,
            (0, 0, _) => Status::Failed,
            _ => Status::Partial,
        }
    }

    /// The sum of a count over the resources.
    #[must_use]
    pub fn total(&self, count: impl Fn(&ResourceReport) -> u64) -> u64 {
        self.resources.iter().map(count).sum()
    }
}

fn by_name<S: serde::Serializer>(resources: &[ResourceReport], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(resources.iter().map(|resource| (resource.name, resource)))
}

fn as_object<S: serde::Serializer>(error: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Shown<'a> {
        kind: &'static str,
        message: &'a str,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        context: BTreeMap<&'static str, &'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        help: Option<&'a str>,
    }
    error
        .as_ref()
        .map(|error| Shown {
            kind: error.kind().name(),
            message: error.message(),
            context: error.context().iter().map(|(key, value)| (*key, value.as_str())).collect(),
            help: error.advice(),
        })
        .serialize(serializer)
}
