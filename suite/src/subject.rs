//! What a suite is run for: a checked spec, the plan that is run, and what its records go through. It must not know the
//! checks.

use std::time::{SystemTime, UNIX_EPOCH};

use tapwright_runtime::HookSet;
use tapwright_runtime::plan::Connector;
use tapwright_spec::{Source, check_with, model};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// What a suite is run for.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What the spec says; the sandbox is made of it.
    pub model: model::Connector,
    /// The tables that are run.
    pub plan: &'static Connector,
    /// Whether those were compiled in.
    pub is_compiled: bool,
    /// What its records go through.
    pub hooks: HookSet,
    /// The moment the sandbox's data ends, in Unix milliseconds.
    pub(crate) now: i64,
}

impl Subject {
    /// A spec that is interpreted.
    #[must_use]
    pub fn new(model: model::Connector) -> Subject {
        let plan = tapwright_codegen::lower(&model);
        let clock = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let clock = i64::try_from(clock.as_millis()).unwrap_or(i64::MAX);
        // The start of a day, as the sandbox has it, and long enough ago for what comes behind it to be past.
        let now = (clock - HOUR).div_euclid(DAY) * DAY;
        Subject { model, plan, is_compiled: false, hooks: HookSet::new(), now }
    }

    /// A spec by its text and the files that it names.
    ///
    /// # Errors
    /// What is wrong with the spec.
    pub fn read(name: &str, text: &str, files: &[(&str, &str)]) -> Result<Subject, String> {
        let file = |path: &str| {
            let found = files.iter().find(|(known, _)| *known == path);
            found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| "there is no such file".to_owned())
        };
        let checked = check_with(&Source::new(name, text), &file);
        let mistakes =
            || checked.diagnostics.iter().map(|mistake| format!("{mistake:?}")).collect::<Vec<_>>().join("\n");
        checked.model.clone().map(Subject::new).ok_or_else(mistakes)
    }

    /// With tables that were compiled in, which are run instead.
    #[must_use]
    pub fn compiled(self, plan: &'static Connector) -> Subject {
        Subject { plan, is_compiled: true, ..self }
    }

    /// With what its records go through.
    #[must_use]
    pub fn hooks(self, hooks: impl Into<HookSet>) -> Subject {
        Subject { hooks: hooks.into(), ..self }
    }
}
