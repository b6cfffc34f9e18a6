//! How fast a sandbox is: `cargo run --release -p tapwright-sandbox --example throughput`.
//!
//! Serves 200,000 events of the WorkOS spec in pages of 100, and then of 1, to a client on a raw connection that does nothing but find the
//! next cursor; says what a page and a record cost. The server's processor time is read where Linux keeps it.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement is printed, and stops when it cannot be taken"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model::ParamValue;
use tapwright_spec::{Source, check};

const EVENTS: u64 = 200_000;

fn main() {
    let connector = check(&Source::new("connector.yaml", include_str!("../../connector.yaml"))).model.unwrap();
    let events = connector.resources.iter().find(|resource| resource.name == "auth_events").unwrap();
    let ParamValue::Each { values, .. } = &events.query[0].value else { return };
    let names = values.join(",");
    let began = Instant::now();
    let sandbox = Sandbox::new(&connector).records("auth_events", EVENTS).log(0).start_on_thread().unwrap();
    println!("started in {:?}", began.elapsed());
    // A page size may be given, for a profiler's sake.
    let only: Option<usize> = std::env::args().nth(1).and_then(|size| size.parse().ok());
    let runs = only.map_or_else(|| vec![(100, 2_000), (1, 20_000), (100, 2_000)], |size| vec![(size, usize::MAX); 5]);
    for (size, most) in runs {
        let before = busy();
        let began = Instant::now();
        let (pages, records, bytes) = walk(&sandbox, &names, size, most);
        let (took, cpu) = (began.elapsed(), busy().saturating_sub(before));
        println!(
            "pages of {size:>3}: {pages} pages, {records} records, {:.1} MB in {took:.2?} ({:.0} pages/s); server {cpu:.2?}: \
             {:.1} µs a page, {:.0} ns a record",
            bytes as f64 / 1e6,
            pages as f64 / took.as_secs_f64(),
            cpu.as_secs_f64() * 1e6 / pages as f64,
            cpu.as_secs_f64() * 1e9 / records as f64,
        );
    }
}

/// Walks the list; gives pages, records and bytes.
fn walk(sandbox: &Running, names: &str, size: usize, most: usize) -> (usize, usize, usize) {
    let mut stream = TcpStream::connect(sandbox.url().trim_start_matches("http://")).unwrap();
    stream.set_nodelay(true).unwrap();
    let (mut after, mut pages, mut records, mut bytes) = (String::new(), 0, 0, 0);
    let mut buffer = vec![0; 1 << 20];
    while pages < most {
        let path = format!("/events?events={names}&limit={size}{after}");
        let key = sandbox.key();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: sandbox\r\nauthorization: Bearer {key}\r\n\r\n").unwrap();
        let mut filled = 0;
        let end = loop {
            filled += stream.read(&mut buffer[filled..]).unwrap();
            let Some(head) = buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") else { continue };
            let text = std::str::from_utf8(&buffer[..head]).unwrap();
            assert!(text.starts_with("HTTP/1.1 200"), "{text}");
            let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
            let end = head + 4 + length.parse::<usize>().unwrap();
            while filled < end {
                filled += stream.read(&mut buffer[filled..]).unwrap();
            }
            break end;
        };
        pages += 1;
        records += size;
        bytes += end;
        let tail = std::str::from_utf8(&buffer[end - 64..end]).unwrap();
        match tail.split_once("\"after\":\"").and_then(|(_, rest)| rest.split_once('"')) {
            Some((id, _)) => after = format!("&after={id}"),
            None => break,
        }
    }
    (pages, records, bytes)
}

/// How long the sandbox's thread has run so far; nothing where it cannot be told.
fn busy() -> Duration {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let mine = tasks.filter(|task| {
        std::fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name.starts_with("tapwright-sandb"))
    });
    let nanos = mine.filter_map(|task| {
        std::fs::read_to_string(task.path().join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}
