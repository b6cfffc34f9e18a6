//! Requests keep to what the source allows: of all resources together, of one of them, and of several limits all.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tapwright_generated_tests::{Lab, Scripted, json, model};
use tapwright_runtime::Status;

const SPEC: &str = r#"
tapwright: 1
connector: limits
description: An API with limits.
config: { key: { type: secret, description: The key. } }
api:
  base_url: https://api.example.com
  auth: { bearer: "{config.key}" }
  limit: [{ requests: 6, per: 200ms }, { requests: 20, per: 2s }]
paging:
  pages: { page: { to: query.page, last: pages } }
resources:
  fast:
    description: A list with the limits of all.
    get: /fast
    paging: pages
    records: data
    entity: limits_fast
    key: id
    fields: { name: string? }
  slow:
    description: A list with a limit of its own.
    get: /slow
    limit: { requests: 2, per: 300ms }
    paging: pages
    records: data
    entity: limits_slow
    key: id
    fields: { name: string? }
"#;

/// When requests came, from the first.
type Came = Arc<Mutex<Vec<(String, Instant)>>>;

fn most_within(came: &[Instant], span: Duration) -> usize {
    let within = |from: &Instant| came.iter().filter(|at| **at >= *from && at.duration_since(*from) < span).count();
    came.iter().map(within).max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_limit_holds_and_nothing_waits_longer_than_it_must() {
    let came: Came = Arc::default();
    let log = Arc::clone(&came);
    let server = Scripted::start(move |heard, stream| {
        log.lock().unwrap().push((heard.target.clone(), Instant::now()));
        let page = heard.target.split("page=").nth(1).unwrap_or("1").to_owned();
        json(stream, &format!(r#"{{"pages":9,"data":[{{"id":"{page}","name":null}}]}}"#))
    });
    let mut lab = Lab::of(&model(SPEC), |sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    let start = Instant::now();
    assert_eq!(lab.sync().await.status, Status::Complete);
    let took = start.elapsed();
    let came = came.lock().unwrap();
    let all: Vec<Instant> = came.iter().map(|(_, at)| *at).collect();
    let slow: Vec<Instant> = came.iter().filter(|(target, _)| target.starts_with("/slow")).map(|(_, at)| *at).collect();
    assert_eq!((all.len(), slow.len()), (18, 9));
    // A request is granted before it is heard, by a little that differs.
    let slack = Duration::from_millis(40);
    assert!(most_within(&slow, Duration::from_millis(300) - slack) <= 2, "{slow:?}");
    assert!(most_within(&all, Duration::from_millis(200) - slack) <= 6, "{all:?}");
    // Nine requests, two at once: four waits of 300 ms.
    assert!(took >= Duration::from_millis(1200 - 40) && took < Duration::from_secs(8), "{took:?}");
}
