//! The names a spec declares and who uses them.
//!
//! A declaration that is wrong in itself keeps its name, so that its users are not told it does not exist.

use std::cell::Cell;
use std::ops::Range;

use crate::diagnostic::{Certainty, Diagnostic, Ledger};

/// Declarations of one kind, in the order written.
#[derive(Debug)]
pub(crate) struct Declared<T>(Vec<Declaration<T>>);

/// A name and what it stands for.
#[derive(Debug)]
pub(crate) struct Declaration<T> {
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) range: Range<usize>,
    /// None when it is already known to be wrong.
    pub(crate) value: Option<T>,
    /// How often something speaks of it.
    uses: Cell<u32>,
}

impl<T> Default for Declared<T> {
    fn default() -> Self {
        Declared(Vec::new())
    }
}

impl<T> Declared<T> {
    pub(crate) fn add(&mut self, name: String, range: Range<usize>, value: Option<T>) {
        self.0.push(Declaration { name, range, value, uses: Cell::new(0) });
    }

    /// The declaration of a name, which is used from now on.
    pub(crate) fn used(&self, name: &str) -> Option<&Declaration<T>> {
        let declaration = self.0.iter().find(|declaration| declaration.name == name)?;
        declaration.uses.set(declaration.uses.get().saturating_add(1));
        Some(declaration)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Declaration<T>> {
        self.0.iter()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|declaration| declaration.name.as_str())
    }

    pub(crate) fn unused(&self) -> impl Iterator<Item = &Declaration<T>> {
        self.0.iter().filter(|declaration| declaration.uses.get() == 0)
    }

    /// How often each was spoken of so far.
    pub(crate) fn uses(&self) -> Vec<u32> {
        self.0.iter().map(|declaration| declaration.uses.get()).collect()
    }

    /// What they stand for; none for what is wrong.
    pub(crate) fn into_all(self) -> Vec<Option<T>> {
        self.0.into_iter().map(|declaration| declaration.value).collect()
    }

    /// What they stand for, without what is wrong.
    pub(crate) fn into_values(self) -> Vec<T> {
        self.into_all().into_iter().flatten().collect()
    }

    /// Completes the message that a name is not declared: the nearest one, or where names are declared.
    pub(crate) fn suggest(
        &self,
        ledger: &Ledger<'_>,
        diagnostic: Diagnostic,
        name: &str,
        range: &Range<usize>,
        under: &str,
    ) -> Diagnostic {
        if let Some(meant) = ledger.nearest(name, self.names()) {
            let certainty = Certainty::when(crate::suggest::is_respelt(name, meant, self.names()));
            return diagnostic.did_you_mean(range, meant).certainty(certainty);
        }
        let names = crate::suggest::listed(self.names());
        diagnostic.help(if names.is_empty() {
            format!("nothing is declared under `{under}`")
        } else {
            format!("declared under `{under}`: {names}")
        })
    }
}
