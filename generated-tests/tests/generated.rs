//! The tests that a crate has of its spec by one line, here for the flagship: a check each, by name, with the plan that is
//! compiled in.

tapwright::generated_tests!("../../connector.yaml");
