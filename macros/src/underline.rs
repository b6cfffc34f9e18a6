//! With the feature `nightly`: mistakes where they stand, so that rustc underlines the spec itself.
//!
//! `include_str!` gives a literal that stands in the included file, and a part of a literal has a span of its own. Nothing else
//! makes a span in a file that is not Rust; `docs/design/underline.md` says what it takes. What cannot be told so is told as
//! text, as it is without the feature.

use std::ops::Range;

use proc_macro::{Level, Literal, Span, TokenStream, TokenTree};
use tapwright_spec::{Diagnostic, Lines, Severity, Source};

/// A spec that the compiler has read.
pub(crate) struct Read(Literal);

impl Read {
    /// Has the compiler read the file, as the calling file includes it. None when it did not get the text that was checked:
    /// it leaves out a byte order mark and the `\\r` of line ends, and places would be beside what is meant.
    pub(crate) fn open(included: &str, caller: Span, source: &Source) -> Option<Read> {
        let caller = proc_macro2::Span::from(caller);
        let tokens = TokenStream::from(quote::quote_spanned!(caller=> ::core::include_str!(#included)));
        let literal = tokens.expand_expr().ok()?.into_iter().find_map(|token| match token {
            TokenTree::Literal(literal) => Some(literal),
            _ => None,
        })?;
        (literal.span().source_text()? == source.text()).then_some(Read(literal))
    }

    /// Tells what was found. Whether it did: the compiler shows whole lines, and would show a credential that stands there.
    pub(crate) fn tell(&self, diagnostic: &Diagnostic, source: &Source) -> bool {
        if Lines::around(diagnostic, source).hides() {
            return false;
        }
        let Some(place) = self.place(&diagnostic.primary.range) else { return false };
        let level = match diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => return false,
        };
        let title = format!("{} [{}]", diagnostic.title, diagnostic.code);
        let mut told = proc_macro::Diagnostic::spanned(place, level, title);
        if !diagnostic.primary.text.is_empty() {
            told = told.note(&diagnostic.primary.text);
        }
        for label in &diagnostic.labels {
            told = match self.place(&label.range) {
                Some(place) => told.span_note(place, &label.text),
                None => told.note(&label.text),
            };
        }
        let edit = diagnostic.patch.as_ref().map(|patch| format!("write `{}`", patch.replacement));
        for help in diagnostic.help.clone().into_iter().chain(edit) {
            told = told.help(help);
        }
        told.emit();
        true
    }

    fn place(&self, range: &Range<usize>) -> Option<Span> {
        self.0.subspan(range.clone())
    }
}
