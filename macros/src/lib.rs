//! The macro that turns a connector spec into a typed connector.
