//! The suite that every spec has for nothing, for the specs of the tests, as they are interpreted: no check fails, and each is
//! about something somewhere. Those with hooks and the connectors have theirs as they are compiled (`hooked.rs`, `generated.rs`,
//! `connectors/suites.rs`).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use tapwright_generated_tests::SPECS;
use tapwright_suite::{Outcome, Subject, checks, run};

#[tokio::test(flavor = "multi_thread")]
async fn every_spec_passes_and_every_check_is_about_something() {
    // `TAPWRIGHT_SUITE=workos` runs that one alone.
    let only = std::env::var("TAPWRIGHT_SUITE").ok();
    let (mut failures, mut about) = (Vec::new(), BTreeMap::<String, u64>::new());
    let specs = SPECS.iter().filter(|(name, _)| *name != "hooks");
    for (name, text) in specs.filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)) {
        let subject = Arc::new(Subject::read(name, text, &[]).unwrap());
        let start = Instant::now();
        let (mut passed, mut tried, mut not_about) = (0, 0, 0);
        for done in run(&subject, checks(&subject.model), 8).await {
            let check = done.check.name();
            let (_, what) = check.split_once("::").unwrap();
            match done.outcome {
                Outcome::Passed(of) => {
                    *about.entry(what.to_owned()).or_default() += 1;
                    passed += 1;
                    tried += of.count;
                }
                Outcome::DoesNotApply(_) => not_about += 1,
                Outcome::Failed(why) => failures.push(format!("{name}, {check}: {why}")),
            }
        }
        println!("{name}: {passed} passed ({tried} tried), {not_about} not about it, {:?}", start.elapsed());
    }
    println!("{about:#?}");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    let names = tapwright_codegen::suite::CASES.iter().map(|case| case.name);
    // Specs that are interpreted are held against nothing compiled: `generated.rs` does that.
    let silent: Vec<_> = names.filter(|name| !about.contains_key(*name) && !name.starts_with("compiled_")).collect();
    assert!(only.is_some() || silent.is_empty(), "about nothing: {silent:?}");
}

/// What a spec may say, and the suite once blamed it for.
const RARE: &str = r#"
tapwright: 1
connector: rare
description: What few specs say.
config:
  id: { type: string, env: RARE_ID, description: The client. }
  secret: { type: secret, env: RARE_SECRET, description: Its secret. }
  refresh: { type: secret, env: RARE_REFRESH, description: The first refresh token. Every use replaces it. }
api:
  base_url: https://api.example.com
  auth:
    oauth2:
      token_url: https://login.example.com/token
      grant: refresh_token
      client_id: "{config.id}"
      client_secret: "{config.secret}"
      refresh_token: "{config.refresh}"
paging:
  header: { cursor: { from: 'headers["X-Next"]', to: query.after }, size: { to: query.limit, value: 10 } }
resources:
  lines:
    description: Nothing of the answer leads on but a header, and the records stand in items.
    get: /invoices
    paging: header
    records: items[].lines
    entity: rare_line
    key: [above.id, no]
    fields: { no: integer, text: string? }
    example: { no: 1, text: Hello }
  flags:
    description: Nothing of a record is read but the key that it stands under.
    get: /flags
    paging: header
    records: flags.*
    entity: rare_flag
    key: entry.key
    fields: { name: { type: string, from: entry.key } }
  rates:
    description: Fewer days are read than records are tried out.
    get: /rates
    paging: header
    records: data
    metric: rare_rate
    start_at: day
    period: 1d
    dimensions: [currency]
    value: [rate]
    incremental:
      window: { from: query.since, to: query.until, format: date }
      lookback: 7d
      overlap: 1d
    fields: { currency: string, rate: number?, note: string?, source: string? }
    example: { day: "2026-01-15T00:00:00Z", currency: chf, rate: 1.5, note: null, source: bank }
  visits:
    description: What changes, by a token that the next sync needs anew.
    get: /visits
    paging: header
    records: data
    event: rare_visit
    key: id
    at: at
    incremental:
      window: { from: query.since }
      overlap: 5m
    fields: { page: string? }
    example: { id: visit_1, at: "2026-01-15T12:00:00Z", page: home }
"#;

#[tokio::test(flavor = "multi_thread")]
async fn what_few_specs_say_is_no_mistake() {
    let subject = Arc::new(Subject::read("rare", RARE, &[]).unwrap());
    let mut failures = Vec::new();
    for done in run(&subject, checks(&subject.model), 8).await {
        if let Outcome::Failed(why) = done.outcome {
            failures.push(format!("{}: {why}", done.check.name()));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}
