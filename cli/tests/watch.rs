//! `check --watch` checks again as soon as a file is saved, however editors save, and ends when it is interrupted.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use support::{Place, signal};

const RIGHT: &str = include_str!("../../generated-tests/specs/smallest.yaml");

/// The command while it runs, and what it prints.
struct Watch {
    process: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(place: &Place, files: &[&str]) -> Watch {
        let mut process =
            place.command(&[&["check", "--watch"], files].concat()).stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let (send, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| send.send(line)));
        Watch { process, lines }
    }

    /// What it prints next, up to the line that ends it.
    #[track_caller]
    fn next(&self) -> String {
        let mut shown = String::new();
        loop {
            let Ok(line) = self.lines.recv_timeout(Duration::from_secs(20)) else { panic!("nothing came:\n{shown}") };
            shown.push_str(&line);
            shown.push('\n');
            if line.starts_with("checked in ") {
                return shown;
            }
        }
    }

    /// Whether it prints nothing for so long.
    fn is_silent(&self, time: Duration) -> bool {
        self.lines.recv_timeout(time).is_err()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn wrong() -> String {
    RIGHT.replace("paging: none", "pagin: none")
}

#[test]
fn a_save_is_seen_checked_and_shown_within_a_tenth_of_a_second() {
    let place = Place::new();
    place.write("acme.yaml", RIGHT);
    let watch = Watch::start(&place, &["acme.yaml"]);
    assert!(watch.next().contains("ok: acme.yaml"));
    // A machine that is busy with other tests may be late now and then, but not every time.
    let mut fastest = Duration::MAX;
    for round in 0..10 {
        let (text, says) = if round % 2 == 0 { (wrong(), "[C0102]") } else { (RIGHT.to_owned(), "ok: acme.yaml") };
        place.write("acme.yaml", text);
        let saved = Instant::now();
        let shown = watch.next();
        fastest = fastest.min(saved.elapsed());
        assert!(shown.contains(says), "{shown}");
    }
    assert!(fastest < Duration::from_millis(100), "the fastest of ten took {fastest:?}");
}

#[test]
fn a_file_that_another_takes_the_place_of_is_seen_and_one_that_is_gone_for_a_moment_is_waited_for() {
    let place = Place::new();
    let file = place.write("acme.yaml", RIGHT);
    let watch = Watch::start(&place, &["acme.yaml"]);
    watch.next();
    // Renamed over it.
    let new = place.write("new.yaml", wrong());
    std::fs::rename(&new, &file).unwrap();
    assert!(watch.next().contains("[C0102]"));
    // Moved away, and written anew a little later.
    std::fs::rename(&file, place.path("acme.yaml~")).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    place.write("acme.yaml", RIGHT);
    let shown = watch.next();
    assert!(shown.contains("ok: acme.yaml"), "{shown}");
    // Emptied, and written a little later.
    place.write("acme.yaml", "");
    std::thread::sleep(Duration::from_millis(100));
    place.write("acme.yaml", wrong());
    let shown = watch.next();
    assert!(shown.contains("[C0102]") && !shown.contains("[C0101]"), "{shown}");
    // Gone.
    std::fs::remove_file(&file).unwrap();
    assert!(watch.next().contains("`acme.yaml` cannot be read"));
    place.write("acme.yaml", RIGHT);
    assert!(watch.next().contains("ok: acme.yaml"));
    assert!(watch.is_silent(Duration::from_millis(200)), "it is quiet while nothing is saved");
}

#[test]
fn the_files_that_a_spec_names_are_watched_too() {
    let place = Place::new();
    std::fs::create_dir(place.path("queries")).unwrap();
    place.write("queries/things.graphql", "{ things { id name } }");
    let graph = "post: /graphql\n    graphql: { file: queries/things.graphql }";
    place.write("acme.yaml", RIGHT.replace("get: /things", graph).replace("records: $", "records: data.things"));
    let watch = Watch::start(&place, &["acme.yaml"]);
    let shown = watch.next();
    assert!(shown.contains("ok: acme.yaml") && shown.contains("watching 2 files"), "{shown}");
    place.write("queries/things.graphql", "{ things { id name }");
    assert!(watch.next().contains("[C0541]"));
}

#[test]
fn an_interrupt_ends_it_without_an_error() {
    let place = Place::new();
    place.write("acme.yaml", RIGHT);
    let mut watch = Watch::start(&place, &["acme.yaml"]);
    watch.next();
    signal("INT", watch.process.id());
    assert_eq!(watch.process.wait().unwrap().code(), Some(0));
}
