//! What a sync costs: `cargo bench -p tapwright-generated-tests --bench sync`.
//!
//! Each figure is printed with the bound it is held to. The sandbox runs in this process and each client in one of its
//! own, so that its memory can be told apart; they share the machine's cores, as an API on another machine would not.
//! Comparisons are made in pairs, one after the other, and given as the median of the ratios. `-- build` adds what a
//! build of the macro costs, which takes a minute.

use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tapwright_generated_tests::{WORKOS, model};
use tapwright_runtime::{Options, Origin, SecretString, SettingValue, Settings, Stop, Sync};
use tapwright_sandbox::{Running, Sandbox};
use tapwright_sqlite::Sqlite;

/// How often each pair is run.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[1..] {
        ["client", "tapwright", url, key, store, limit] => {
            let [url, key, store, limit] = [url, key, store, limit].map(str::to_owned);
            client(tapwright(url, key, store, limit));
        }
        ["client", "typed", url, key] => client(typed(url.to_owned(), key.to_owned())),
        _ => bench(arguments.iter().any(|argument| argument == "build")),
    }
}

// --- The clients: each in a process of its own ---

/// `run` says how many rows it read and how long it was until the last one was committed, if it commits.
fn client(run: impl Future<Output = (u64, Option<Duration>)> + Send + 'static) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let start = Instant::now();
    // As the command does it.
    let (rows, committed) = runtime.block_on(async { tokio::spawn(run).await.unwrap() });
    let elapsed = start.elapsed().as_secs_f64();
    let committed = committed.map_or(elapsed, |committed| committed.as_secs_f64());
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    println!("{rows} {elapsed} {committed} {peak}");
}

async fn tapwright(url: String, key: String, store: String, limit: String) -> (u64, Option<Duration>) {
    let start = Instant::now();
    let spec = WORKOS.replace("limit: { requests: 6000, per: 60s }", &format!("limit: {limit}"));
    assert_ne!(spec, WORKOS);
    let plan = tapwright_codegen::lower(&model(&spec));
    let settings = Settings::builder(plan)
        .set("apiKey", SettingValue::Text(SecretString::from(key.to_owned())), Origin::Given)
        .set("authEventsLookbackDays", SettingValue::Integer(90), Origin::Given)
        .build()
        .unwrap();
    let options = Options { base_url: Some(url.to_owned()), ..Options::default() };
    let mut sink = Sqlite::open(store).unwrap();
    let report = Sync::new(plan, settings, options).unwrap().run(&mut sink, &(), &Stop::default()).await.unwrap();
    assert_eq!(report.status, tapwright_runtime::Status::Complete, "{report:#?}");
    let committed = start.elapsed();
    // Closes the file, which moves the last of the log into it and waits for the disk.
    drop(sink);
    (report.total(|resource| resource.rows), Some(committed))
}

/// What one writes by hand: typed structs, page after page, resource after resource. It stores nothing.
async fn typed(url: String, key: String) -> (u64, Option<Duration>) {
    #[derive(Deserialize)]
    struct Page<T> {
        data: Vec<T>,
        list_metadata: Metadata,
    }
    #[derive(Deserialize)]
    struct Metadata {
        after: Option<String>,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "decoded as a program would that uses them")]
    struct Thing {
        id: String,
        name: String,
        state: Option<String>,
        organization_id: Option<String>,
        domains: Option<Vec<Domain>>,
        created_at: String,
        updated_at: String,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "as above")]
    struct Domain {
        domain: Option<String>,
        state: Option<String>,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "as above")]
    struct Event {
        id: String,
        event: String,
        created_at: String,
        data: Data,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "as above")]
    struct Data {
        r#type: Option<String>,
        status: Option<String>,
        user_id: Option<String>,
        email: Option<String>,
        ip_address: Option<String>,
        user_agent: Option<String>,
        provider: Option<String>,
        sso: Option<Sso>,
        error: Option<Failure>,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "as above")]
    struct Sso {
        organization_id: Option<String>,
        connection_id: Option<String>,
        session_id: Option<String>,
    }
    #[derive(Deserialize)]
    #[allow(dead_code, reason = "as above")]
    struct Failure {
        code: Option<String>,
        message: Option<String>,
    }

    async fn read<T: serde::de::DeserializeOwned>(
        http: &reqwest::Client,
        url: &str,
        key: &str,
        first: &str,
        rest: &str,
    ) -> u64 {
        let (mut rows, mut query) = (0, first.to_owned());
        loop {
            let request = http.get(format!("{url}?limit=100&{query}")).header("Authorization", format!("Bearer {key}"));
            let body = request.send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap();
            let page: Page<T> = serde_json::from_slice(&body).unwrap();
            rows += page.data.len() as u64;
            match page.list_metadata.after {
                Some(after) => query = format!("{rest}&after={after}"),
                None => return rows,
            }
        }
    }

    // The client speaks plain HTTP here, but is not made without it.
    drop(rustls::crypto::ring::default_provider().install_default());
    let http = reqwest::Client::builder().tcp_nodelay(true).build().unwrap();
    let mut rows = 0;
    for path in ["organizations", "connections", "directories"] {
        rows += read::<Thing>(&http, &format!("{url}/{path}"), &key, "order=asc", "order=asc").await;
    }
    let model = model(WORKOS);
    let types = &model.enums.iter().find(|known| known.name == "AuthEventType").unwrap().values;
    let events = format!("events={}", types.join("%2C"));
    let first = format!("{events}&range_start=1970-01-01T00%3A00%3A00Z");
    (rows + read::<Event>(&http, &format!("{url}/events"), &key, &first, &events).await, None)
}

// --- The measurements ---

#[derive(Clone, Copy)]
struct Run {
    rows: u64,
    seconds: f64,
    committed: f64,
    peak_mib: f64,
}

fn sandbox(events: u64, latency: Duration) -> Running {
    Sandbox::new(&model(WORKOS))
        .records("organizations", 1000)
        .records("connections", 2000)
        .records("directories", 500)
        .records("auth_events", events)
        .setting("authEventsLookbackDays", "90")
        .latency(latency)
        .strict(false)
        .log(0)
        .start_on_thread()
        .unwrap()
}

/// The API's own limit would be all there is to measure: 2,003,500 rows are 20,035 requests, and it allows 6,000 a minute.
const UNLIMITED: &str = "{ requests: 60000000, per: 60s }";

fn run(client: &str, sandbox: &Running) -> Run {
    run_within(client, sandbox, UNLIMITED)
}

fn run_within(client: &str, sandbox: &Running, limit: &str) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("bench.db");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["client", client, &sandbox.url(), sandbox.key()])
        .args((client == "tapwright").then_some(store).map(|store| [store, limit.into()]).into_iter().flatten())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<&str> = text.split_whitespace().collect();
    let number = |at: usize| -> f64 { numbers[at].parse().unwrap() };
    Run { rows: numbers[0].parse().unwrap(), seconds: number(1), committed: number(2), peak_mib: number(3) / 1024.0 }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Runs of both, in turn.
fn pairs(sandbox: &Running) -> (Vec<Run>, Vec<Run>) {
    run("tapwright", sandbox);
    (0..RUNS).map(|_| (run("tapwright", sandbox), run("typed", sandbox))).unzip()
}

/// A figure; with a bound, whether it holds.
fn line(what: &str, figure: &str, bound: Option<(&str, bool)>) {
    let (bound, verdict) =
        bound.map_or(("", ""), |(bound, holds)| (bound, if holds { "holds" } else { "DOES NOT HOLD" }));
    println!("{}", format!("{what:<60} {figure:>10}   {bound:<18} {verdict}").trim_end());
}

fn seconds(of: f64) -> String {
    format!("{of:.2} s")
}

/// How long the disk takes for what a sync of 203,500 rows gives it: a log of 100 MB and a file of 71 MB.
fn disk() -> f64 {
    use std::io::Write;
    let mut file = tempfile::tempfile().unwrap();
    let block = vec![7_u8; 1 << 20];
    let start = Instant::now();
    for _ in 0..171 {
        file.write_all(&block).unwrap();
    }
    file.sync_all().unwrap();
    start.elapsed().as_secs_f64()
}

fn bench(with_build: bool) {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!("{cores} cores, shared by the API and its client; medians of {RUNS} pairs\n");

    let fast = sandbox(200_000, Duration::ZERO);
    let (ours, typed) = pairs(&fast);
    assert!(ours.iter().chain(&typed).all(|run| run.rows == 203_500), "a client read another number of rows");
    let of = |runs: &[Run], figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let ratio = |figure: fn(&Run) -> f64| {
        median(ours.iter().zip(&typed).map(|(ours, typed)| figure(ours) / typed.seconds).collect())
    };
    println!("203,500 rows into SQLite on disk, loopback");
    let rate = 203_500.0 / of(&ours, |run| run.seconds);
    line("  until the file is closed", &seconds(of(&ours, |run| run.seconds)), None);
    line("  until the last row is committed", &seconds(of(&ours, |run| run.committed)), None);
    line(
        "  rows per second, file closed",
        &format!("{:.0} k", rate / 1000.0),
        Some(("at least 200 k", rate >= 200_000.0)),
    );
    line("  a client written by hand that stores nothing", &seconds(of(&typed, |run| run.seconds)), None);
    let whole = ratio(|run| run.seconds);
    line("  ours / theirs, file closed", &format!("{whole:.2}"), Some(("at most 1.5", whole <= 1.5)));
    line("  ours / theirs, committed", &format!("{:.2}", ratio(|run| run.committed)), None);
    line("  171 MB written to this disk and synced", &seconds(disk()), None);
    let peak = ours.iter().map(|run| run.peak_mib).fold(0.0, f64::max);
    line("  peak memory", &format!("{peak:.0} MiB"), Some(("under 64 MB", peak < 61.0)));
    drop(fast);

    let large = run("tapwright", &sandbox(2_000_000, Duration::ZERO));
    assert_eq!(large.rows, 2_003_500);
    println!("\nten times the events");
    let holds = large.peak_mib < 61.0;
    line("  peak memory", &format!("{:.0} MiB", large.peak_mib), Some(("under 64 MB", holds)));
    line("  rows per second", &format!("{:.0} k", large.rows as f64 / large.seconds / 1000.0), None);

    let slow = sandbox(20_000, Duration::from_millis(20));
    let (ours, typed) = pairs(&slow);
    assert!(ours.iter().all(|run| run.rows == 23_500));
    println!("\n23,500 rows, every answer 20 ms late");
    let whole = of(&ours, |run| run.seconds);
    line("  ours", &seconds(whole), Some(("under 1.0 s", whole < 1.0)));
    line("  a client written by hand, page after page", &seconds(of(&typed, |run| run.seconds)), None);
    drop(slow);

    let slow = sandbox(200_000, Duration::from_millis(50));
    let limited = run_within("tapwright", &slow, "{ requests: 100, per: 1s }");
    assert_eq!(limited.rows, 203_500);
    let requests = slow.request_count() as f64;
    println!("\n203,500 rows, every answer 50 ms late, 100 requests a second allowed");
    let least = requests / 100.0;
    line(&format!("  {requests} requests take at least"), &seconds(least), None);
    let beyond = limited.seconds / least;
    line("  ours", &seconds(limited.seconds), None);
    line("  ours / least", &format!("{beyond:.2}"), Some(("at most 1.15", beyond <= 1.15)));
    drop(slow);

    let expand = |_| {
        let start = Instant::now();
        let tokens = tapwright_codegen::expand(&model(WORKOS), &tapwright_codegen::Names::default());
        assert!(!tokens.is_empty());
        start.elapsed().as_secs_f64() * 1000.0
    };
    println!("\nthe macro");
    let millis = median((0..RUNS).map(expand).collect());
    line("  checking and expanding connector.yaml", &format!("{millis:.1} ms"), Some(("under 100 ms", millis < 100.0)));
    if with_build {
        build();
    }
}

/// The macro and all it depends on, built from nothing, as a crate that uses it would.
fn build() {
    let folder = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--package", "tapwright-macros"])
        // This workspace optimizes its dependencies; a crate that uses the macro does not.
        .args(["--config", "profile.dev.package.\"*\".opt-level=0", "--target-dir"])
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(status.success());
    let took = start.elapsed().as_secs_f64();
    line("  built with all it depends on, from nothing", &seconds(took), Some(("under 6 s", took < 6.0)));
}
