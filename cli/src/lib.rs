//! The tapwright command.
