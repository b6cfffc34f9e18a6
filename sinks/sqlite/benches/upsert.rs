//! How many rows a second go in: an authentication event of 17 columns, pages of 100, as the engine commits them.
//!
//! `cargo bench -p tapwright-sqlite -- [rows] [directory]`
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tapwright_runtime::plan::{
    Auth, Column, Connector, Decode, Envelope, Expr, Method, Node, Records, Request, Resource, Row, Shape, TimeFormat,
    Type,
};
use tapwright_runtime::{Batch, Begin, Commit, Sink, Timestamp, Value, Write};
use tapwright_sqlite::Sqlite;

const PAGE: usize = 100;
const COLUMNS: usize = 17;

const fn text(name: &'static str, nullable: bool) -> Column {
    Column { name, description: "", ty: Type::String, nullable, from: Expr::Null }
}

static ROW: Row = Row {
    name: "workos_auth_event",
    shape: Shape::Event,
    key: &[0],
    time: Some(1),
    columns: &[
        text("id", false),
        Column {
            name: "at",
            description: "",
            ty: Type::Timestamp(TimeFormat::Rfc3339),
            nullable: false,
            from: Expr::Null,
        },
        text("eventType", false),
        text("outcome", true),
        text("method", true),
        text("organizationId", true),
        text("userId", true),
        text("connectionId", true),
        text("connectionType", true),
        text("ipAddress", true),
        text("eventId", false),
        text("email", true),
        text("userAgent", true),
        text("errorCode", true),
        text("errorMessage", true),
        text("sessionId", true),
        text("provider", true),
    ],
};

const NODE: Node = Node { slot: None, fields: &[], each: None };

static CONNECTOR: Connector = Connector {
    name: "workos",
    title: "WorkOS",
    fingerprint: 0,
    settings: &[],
    base_url: Expr::Text("https://api.test"),
    auth: Auth::None,
    limits: &[],
    retry: None,
    resources: &[Resource {
        name: "auth_events",
        description: "",
        for_each: &[],
        given: &[],
        request: Request { method: Method::Get, path: Expr::Text("/"), query: &[], headers: &[], body: None },
        limits: &[],
        paging: None,
        decode: Decode {
            records: Records::List(&[]),
            envelope: Envelope::NOTHING,
            record: NODE,
            known: None,
            above: None,
            entry_key: None,
            record_slots: &[],
        },
        keep: None,
        on_error: &[],
        refusal: Envelope::NOTHING,
        incremental: None,
        hook: None,
        row: ROW,
    }],
};

/// How the ids follow each other.
#[derive(Clone, Copy, Debug)]
enum Ids {
    InOrder,
    Random,
}

fn page(from: usize, generation: i64, ids: Ids) -> Write {
    let mut batch = Batch::empty(&ROW);
    for at in from..from + PAGE {
        // SplitMix64, so that an id is the same whenever its page is made.
        let mut mixed = (at as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let id = match ids {
            Ids::InOrder => format!("event_01EHZ{at:011}{:010X}", mixed & 0xff_ffff_ffff),
            Ids::Random => format!("event_{mixed:016X}{at:010}"),
        };
        let organization = format!("org_01EHWNCE74X7JSDV0X3S{:06}", at % 500);
        let user = format!("user_01E4ZCR3C56J083X43JQ{:06}", at % 5000);
        let connection = format!("conn_01E4ZCR3C56J083X43JQ{:06}", at % 500);
        let address = format!("192.0.{}.{}", at % 3, at % 251);
        let (email, session) = (format!("user{}@example.com", at % 5000), format!("01JBYD8R8Q2ZKQ1B7XW2{at:06}"));
        let row: [Value<'_>; COLUMNS] = [
            Value::Text(&id),
            Value::Timestamp(Timestamp::from_millis(1_768_478_400_000 + at as i64 * 137).unwrap()),
            Value::Text("authentication.sso_succeeded"),
            Value::Text("succeeded"),
            Value::Text("sso"),
            Value::Text(&organization),
            Value::Text(&user),
            Value::Text(&connection),
            Value::Null,
            Value::Text(&address),
            Value::Text(&id),
            Value::Text(&email),
            Value::Text("Mozilla/5.0 (X11; Linux x86_64)"),
            Value::Null,
            Value::Null,
            Value::Text(&session),
            Value::Text("GoogleOAuth"),
        ];
        batch.push(&row);
    }
    Write { resource: &CONNECTOR.resources[0], generation, batch, quarantined: Vec::new(), stage: None }
}

/// Commits all rows, so many pages at a time; how long the commits took, without making the pages.
async fn write(sink: &mut Sqlite, rows: usize, pages: usize, generation: i64, ids: Ids) -> (Duration, Duration) {
    let (mut spent, mut longest) = (Duration::ZERO, Duration::ZERO);
    for from in (0..rows).step_by(PAGE * pages) {
        let writes = (0..pages).map(|at| page(from + at * PAGE, generation, ids)).collect();
        let checkpoints = vec![(&CONNECTOR.resources[0], from.to_string())];
        let commit = Commit { writes, checkpoints, ..Commit::default() };
        let started = Instant::now();
        sink.commit(commit).await.unwrap();
        spent += started.elapsed();
        longest = longest.max(started.elapsed());
    }
    (spent, longest)
}

/// The most memory the process ever held, in MiB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok())
        .map_or_else(String::new, |kib| format!("peak {} MiB", kib / 1024))
}

async fn measure(directory: &Path, rows: usize, pages: usize, ids: Ids) {
    let file: PathBuf = directory.join(format!("{pages}-{ids:?}.db"));
    let mut sink = Sqlite::open(&file).unwrap();
    let begin = Begin {
        connector: &CONNECTOR,
        resources: CONNECTOR.resources.iter().collect(),
        full: false,
        owner: "bench".to_owned(),
        lease: Duration::from_secs(60),
    };
    sink.begin(begin).await.unwrap();
    let rows = rows / (PAGE * pages) * PAGE * pages;
    for (pass, generation) in [("new", 1), ("the same again", 1), ("another generation", 2)] {
        let (spent, longest) = write(&mut sink, rows, pages, generation, ids).await;
        let rate = rows as f64 / spent.as_secs_f64();
        let longest = longest.as_millis();
        println!(
            "{pages:>3} pages a commit, ids {ids:?}, {pass}: {rate:.0} rows/s, longest commit {longest} ms, {}",
            peak()
        );
    }
    sink.end("{}".to_owned()).await.unwrap();
    drop(sink);
    std::fs::remove_file(file).unwrap();
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let rows = arguments.next().and_then(|rows| rows.parse().ok()).unwrap_or(300_000);
    let place = tempfile::TempDir::new().unwrap();
    let directory = arguments.next().map_or_else(|| place.path().to_owned(), PathBuf::from);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        for (pages, ids) in [(1, Ids::InOrder), (10, Ids::InOrder), (30, Ids::InOrder), (30, Ids::Random)] {
            measure(&directory, rows, pages, ids).await;
        }
    });
}
