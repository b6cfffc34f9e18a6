//! The language: text to a checked model, with diagnostics.
