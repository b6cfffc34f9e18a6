//! Any spec served as an API on loopback.
mod dice;
mod eval;
mod id;
mod time;
mod timeline;
