//! Any spec served as an API on loopback.
