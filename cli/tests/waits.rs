//! A sync that has to wait says so, where no terminal shows that it lives.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use support::Place;

#[test]
fn a_source_that_asks_for_minutes_is_waited_for_in_so_many_words() {
    let source = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", source.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in source.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = [0; 4096];
            drop(stream.read(&mut asked));
            let answer =
                "HTTP/1.1 429 Too Many Requests\r\nretry-after: 600\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    waits(&url, &["--resources", "organizations,directories"]);
    waits(&url, &["--resources", "organizations,directories", "--json"]);
}

fn waits(url: &str, arguments: &[&str]) {
    let place = Place::with_key("sk_test_of_waiting");
    let mut command = place.command(&support::sync_from(url, arguments));
    let mut sync = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let id = sync.id();
    // Where nothing is told it would be waited for.
    let (over, is_over) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        if is_over.recv_timeout(Duration::from_secs(20)) == Err(RecvTimeoutError::Timeout) {
            support::signal("KILL", id);
        }
    });
    let mut lines = BufReader::new(sync.stderr.take().unwrap()).lines().map(Result::unwrap);
    let mut said = Vec::new();
    while said.iter().filter(|line: &&String| line.contains("waiting")).count() < 2 {
        said.push(lines.next().expect("it tells of both resources before it ends"));
    }
    sync.kill().unwrap();
    sync.wait().unwrap();
    drop(over);
    let waits: Vec<&String> = said.iter().filter(|line| line.contains("waiting")).collect();
    for resource in ["organizations", "directories"] {
        assert_eq!(waits.iter().filter(|line| line.contains(resource)).count(), 1, "{said:#?}");
    }
    assert!(waits.iter().all(|line| line.contains("waiting 10 min: ")), "{said:#?}");
    assert!(waits.iter().any(|line| line.contains("429")), "{said:#?}");
}
