//! A mistake in a spec: what is wrong, where, and what to do about it. The ledger gathers those of one file.
//!
//! It must not know how a diagnostic is shown, nor what the checks are.

use std::collections::HashSet;
use std::ops::Range;

use crate::{Code, Source, secret, suggest};

/// How many diagnostics of one file are kept. A file with more was not written by a person.
const LIMIT: usize = 500;

/// A mistake in a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its number.
    pub code: Code,
    /// Whether there is no connector because of it.
    pub severity: Severity,
    /// What is wrong, with the names.
    pub title: String,
    /// Where, and what stands there.
    pub primary: Label,
    /// What it clashes with, or what would have been right.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// An edit that would do it.
    pub patch: Option<Patch>,
    /// Bytes of the file that hold a credential: they are not to be shown.
    pub hidden: Vec<Range<usize>>,
}

/// Whether there is no connector because of a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It cannot be right.
    Error,
    /// It may be meant.
    Warning,
    /// It is right, and good to know.
    Note,
}

/// A place in the file and what is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is said about it; may be empty.
    pub text: String,
}

/// An edit of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// The bytes to take out; empty to insert.
    pub range: Range<usize>,
    /// The text to put there.
    pub replacement: String,
    /// Whether it may be done without asking.
    pub certainty: Certainty,
}

/// Whether an edit may be done without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// What was meant is plain: the language has one word that it can have been, or one way to write it. The edit takes
    /// no decision about the connector.
    Certain,
    /// A guess at what was meant, or one of several remedies: somebody has to look.
    Maybe,
}

impl Certainty {
    /// It as one word: `certain` or `maybe`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Maybe => "maybe",
        }
    }

    /// Certain, if something is so.
    pub(crate) fn when(certain: bool) -> Self {
        if certain { Certainty::Certain } else { Certainty::Maybe }
    }
}

impl Severity {
    /// It as one word: `error`, `warning` or `note`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl Diagnostic {
    pub(crate) fn error(code: Code, title: impl Into<String>, range: &Range<usize>, label: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            title: title.into(),
            primary: Label { range: range.clone(), text: label.into() },
            labels: Vec::new(),
            help: None,
            patch: None,
            hidden: Vec::new(),
        }
    }

    pub(crate) fn warning(
        code: Code,
        title: impl Into<String>,
        range: &Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, title, range, label) }
    }

    pub(crate) fn note(code: Code, title: impl Into<String>, range: &Range<usize>, label: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Note, ..Diagnostic::error(code, title, range, label) }
    }

    pub(crate) fn label(mut self, range: &Range<usize>, text: impl Into<String>) -> Self {
        self.labels.push(Label { range: range.clone(), text: text.into() });
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    pub(crate) fn patch(mut self, range: &Range<usize>, replacement: impl Into<String>) -> Self {
        self.patch = Some(Patch { range: range.clone(), replacement: replacement.into(), certainty: Certainty::Maybe });
        self
    }

    /// Says how certain its edit is, where it has one.
    pub(crate) fn certainty(mut self, certainty: Certainty) -> Self {
        if let Some(patch) = &mut self.patch {
            patch.certainty = certainty;
        }
        self
    }

    /// "did you mean `…`?", as help and as an edit.
    pub(crate) fn did_you_mean(self, range: &Range<usize>, name: &str) -> Self {
        self.help(format!("did you mean `{name}`?")).patch(range, name)
    }
}

/// The diagnostics of one file while it is checked.
pub(crate) struct Ledger<'s> {
    pub(crate) source: &'s Source,
    diagnostics: Vec<Diagnostic>,
    dropped: usize,
    errors: bool,
    hidden: Vec<Range<usize>>,
}

impl<'s> Ledger<'s> {
    pub(crate) fn new(source: &'s Source) -> Self {
        Ledger { source, diagnostics: Vec::new(), dropped: 0, errors: false, hidden: Vec::new() }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.errors |= diagnostic.severity == Severity::Error;
        if self.diagnostics.len() < LIMIT {
            self.diagnostics.push(diagnostic);
        } else {
            self.dropped += 1;
        }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.errors
    }

    /// Notes bytes that hold a credential.
    pub(crate) fn hide(&mut self, range: &Range<usize>) {
        self.hidden.push(range.clone());
    }

    /// The name nearest to one that does not exist; none when so much is wrong that nobody reads it.
    pub(crate) fn nearest<'n>(&self, name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.diagnostics.len() < LIMIT { suggest::nearest(name, names) } else { None }
    }

    /// What was gathered, sorted by position, every range inside the file, no credential in any text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        if self.dropped > 0 {
            let more = self.dropped;
            let end = self.source.text().len();
            self.diagnostics.push(Diagnostic::error(
                Code::TOO_MUCH,
                format!("{more} more mistakes are not shown"),
                &(end..end),
                "",
            ));
        }
        for diagnostic in &mut self.diagnostics {
            seal(diagnostic, self.source);
            diagnostic.hidden.clone_from(&self.hidden);
        }
        self.diagnostics.sort_by_key(|d| (d.primary.range.start, d.code, d.primary.range.end));
        let mut seen = HashSet::new();
        self.diagnostics.retain(|d| seen.insert((d.primary.range.clone(), d.code, d.title.clone())));
        self.diagnostics
    }
}

fn seal(diagnostic: &mut Diagnostic, source: &Source) {
    diagnostic.title = secret::masked(&diagnostic.title);
    diagnostic.help = diagnostic.help.take().map(|help| secret::masked(&help));
    for label in std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.labels) {
        label.range = source.clamp(&label.range);
        label.text = secret::masked(&label.text);
    }
    if let Some(patch) = &mut diagnostic.patch {
        patch.range = source.clamp(&patch.range);
        let shown = secret::masked(&patch.replacement);
        if shown != patch.replacement {
            // It would write what is shown in place of a credential.
            (patch.replacement, patch.certainty) = (shown, Certainty::Maybe);
        }
    }
}

impl Diagnostic {
    /// Whether the spec cannot be used because of it.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
