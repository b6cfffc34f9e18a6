//! The test suite of every connector in this folder: a test for each check of each resource, run on the connector as it is
//! compiled. `cargo test` runs all of them here, `cargo test okta::users` those of one resource.

mod auth0 {
    tapwright::generated_tests!("auth0/connector.yaml");
}

mod github {
    tapwright::generated_tests!("github/connector.yaml");
}

mod hubspot {
    tapwright::generated_tests!("hubspot/connector.yaml");
}

mod jira {
    tapwright::generated_tests!("jira/connector.yaml");
}

mod linear {
    tapwright::generated_tests!("linear/connector.yaml");
}

mod okta {
    tapwright::generated_tests!("okta/connector.yaml");
}

mod pagerduty {
    tapwright::generated_tests!("pagerduty/connector.yaml");
}

mod sentry {
    tapwright::generated_tests!("sentry/connector.yaml");
}

mod stripe {
    tapwright::generated_tests!("stripe/connector.yaml");
}

mod zendesk {
    tapwright::generated_tests!("zendesk/connector.yaml");
}

#[test]
fn every_connector_of_the_folder_has_its_suite_here() {
    let text = include_str!("suites.rs");
    let folders = std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).into_iter().flatten().flatten();
    let specs = folders.filter(|entry| entry.path().join("connector.yaml").exists());
    let names: Vec<_> = specs.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.len() >= 10, "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !text.contains(&format!("\"{name}/connector.yaml\""))).collect();
    assert!(missing.is_empty(), "{missing:?} has no suite in `suites.rs`");
}
