//! What the engine costs by itself: `cargo bench -p tapwright-generated-tests --bench engine`.
//!
//! 200 resources of 1,000 pages with one record each, from a sandbox in this process, read by clients in processes of
//! their own: the engine, into a sink that throws everything away, and a loop that asks for the same pages and looks for
//! the next cursor. What the engine takes of the processor beyond the loop, by page, is its own cost.

use std::process::Command;
use std::time::Instant;

use serde::Deserialize;
use tapwright_generated_tests::model;
use tapwright_runtime::{
    Begin, Begun, Commit, Committed, Options, Origin, SecretString, SettingValue, Settings, Sink, SinkFuture, Stop,
    Sync,
};
use tapwright_sandbox::{Running, Sandbox};

const RESOURCES: usize = 200;
const PAGES: u64 = 1_000;

/// How often each pair is run.
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["client", "engine", url, key] => client(engine(url.to_owned(), key.to_owned())),
        ["client", "loop", url, key] => client(by_hand(url.to_owned(), key.to_owned())),
        _ => bench(),
    }
}

fn spec() -> String {
    let mut spec = String::from(
        r#"
tapwright: 1
connector: many
description: Many small lists.
config: { key: { type: secret, description: The key. } }
api:
  base_url: https://api.example.com
  auth: { bearer: "{config.key}" }
paging:
  tokens: { cursor: { from: meta.next, to: query.after }, size: { to: query.limit, value: 1 } }
resources:
"#,
    );
    for at in 0..RESOURCES {
        spec.push_str(&format!(
            "  r{at}:\n    description: A list.\n    get: /r{at}\n    paging: tokens\n    records: data\n    entity: many_r{at}\n    key: id\n    fields: {{ name: string? }}\n"
        ));
    }
    spec
}

// --- The clients ---

fn client(run: impl Future<Output = u64> + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let start = Instant::now();
    let pages = runtime.block_on(async { tokio::spawn(run).await.unwrap() });
    println!("{pages} {} {}", start.elapsed().as_secs_f64(), processor());
}

/// Seconds of the processor that this process has taken.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}

/// A sink that keeps nothing.
struct Nowhere(u64);

impl Sink for Nowhere {
    fn begin(&mut self, begin: Begin) -> SinkFuture<'_, Begun> {
        let checkpoints = vec![None; begin.resources.len()];
        Box::pin(async move { Ok(Begun { checkpoints, ..Begun::default() }) })
    }

    fn commit(&mut self, commit: Commit) -> SinkFuture<'_, Committed> {
        self.0 += commit.writes.len() as u64;
        let deleted = vec![0; commit.sweeps.len()];
        Box::pin(async move { Ok(Committed { deleted, ..Committed::default() }) })
    }

    fn end(&mut self, _: String) -> SinkFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

async fn engine(url: String, key: String) -> u64 {
    let plan = tapwright_codegen::lower(&model(&spec()));
    let key = SettingValue::Text(SecretString::from(key));
    let settings = Settings::builder(plan).set("key", key, Origin::Given).build().unwrap();
    let options = Options { base_url: Some(url), ..Options::default() };
    let mut sink = Nowhere(0);
    let report = Sync::new(plan, settings, options).unwrap().run(&mut sink, &(), &Stop::default()).await.unwrap();
    assert_eq!(report.status, tapwright_runtime::Status::Complete);
    sink.0
}

async fn by_hand(url: String, key: String) -> u64 {
    #[derive(Deserialize)]
    struct Page {
        meta: Meta,
        data: Vec<Record>,
    }
    #[derive(Deserialize)]
    struct Meta {
        next: Option<String>,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "decoded as a program would that uses it")]
    struct Record {
        id: String,
        name: Option<String>,
    }
    drop(rustls::crypto::ring::default_provider().install_default());
    let http = reqwest::Client::builder().tcp_nodelay(true).build().unwrap();
    let under_way = std::sync::Arc::new(tokio::sync::Semaphore::new(16));
    let mut tasks = tokio::task::JoinSet::new();
    for at in 0..RESOURCES {
        let (http, key, under_way) = (http.clone(), key.clone(), std::sync::Arc::clone(&under_way));
        let list = format!("{url}/r{at}?limit=1");
        tasks.spawn(async move {
            let (mut pages, mut records, mut after) = (0, 0, None::<String>);
            loop {
                let place = after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
                let body = {
                    let _under_way = under_way.acquire().await.unwrap();
                    let answer = http.get(format!("{list}{place}")).bearer_auth(&key).send().await.unwrap();
                    answer.error_for_status().unwrap().bytes().await.unwrap()
                };
                let page: Page = serde_json::from_slice(&body).unwrap();
                pages += 1;
                records += page.data.len();
                after = page.meta.next;
                if after.is_none() {
                    return (pages, records);
                }
            }
        });
    }
    let mut pages = 0;
    while let Some(one) = tasks.join_next().await {
        pages += one.unwrap().0;
    }
    pages
}

// --- The bench ---

fn bench() {
    let model = model(&spec());
    let sandbox = (0..RESOURCES).fold(Sandbox::new(&model), |sandbox, at| sandbox.records(&format!("r{at}"), PAGES));
    let sandbox = sandbox.log(0).start_on_thread().unwrap();
    let pages = RESOURCES as f64 * PAGES as f64;
    println!("{RESOURCES} resources of {PAGES} pages with one record each; medians of {RUNS} pairs\n");
    let pairs: Vec<[Run; 2]> = (0..RUNS).map(|_| [run("engine", &sandbox), run("loop", &sandbox)]).collect();
    let median = |of: &dyn Fn(&[Run; 2]) -> f64| {
        let mut all: Vec<f64> = pairs.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let micros = |seconds: f64| seconds / pages * 1e6;
    for (at, what) in
        ["the engine, into a sink that keeps nothing", "a loop that asks for the same pages"].iter().enumerate()
    {
        let (busy, took) = (micros(median(&|pair| pair[at].busy)), median(&|pair| pair[at].took));
        println!("  {what:<44} {busy:6.1} µs of the processor a page, {took:.1} s");
    }
    let own = micros(median(&|[engine, by_hand]| engine.busy - by_hand.busy));
    let holds = if own < 20.0 { "holds" } else { "DOES NOT HOLD" };
    println!("  {:<44} {own:6.1} µs a page   under 20 µs   {holds}", "the engine's own cost");
}

/// What a client took.
struct Run {
    /// Seconds.
    took: f64,
    /// Seconds of the processor.
    busy: f64,
}

fn run(client: &str, sandbox: &Running) -> Run {
    let own = std::env::current_exe().unwrap();
    let output = Command::new(own).args(["client", client, &sandbox.url(), sandbox.key()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers[0], RESOURCES as f64 * PAGES as f64);
    Run { took: numbers[1], busy: numbers[2] }
}
