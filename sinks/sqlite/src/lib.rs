//! The embedded default sink: typed tables in one SQLite file.
