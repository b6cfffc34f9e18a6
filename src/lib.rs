//! Tapwright.
