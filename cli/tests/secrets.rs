//! Every byte that the command writes, whatever goes wrong and however much it logs: none of it is the credential.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod support;

use std::path::Path;

use support::{Place, SPEC, sync_from};
use tapwright_sandbox::{Fault, RetryAfter, Running, Sandbox};
use tapwright_spec::{Source, check};

/// A spec whose credential stands in the address of every request.
const IN_THE_QUERY: &str = include_str!("../../generated-tests/specs/paging.yaml");

fn serve(spec: &str) -> Running {
    let model = check(&Source::new("spec.yaml", spec)).model.unwrap();
    Sandbox::new(&model).start_on_thread().unwrap()
}

/// A spec with every kind of token.
const ACCESS: &str = include_str!("../../generated-tests/specs/access.yaml");

/// All files of a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.path().display().to_string(), std::fs::read(entry.path()).unwrap())).collect()
}

#[track_caller]
fn holds_none(what: &str, bytes: &[u8], key: &str) {
    let found = bytes.windows(key.len()).any(|window| window == key.as_bytes());
    assert!(!found, "the credential is in {what}: {}", String::from_utf8_lossy(bytes));
}

#[test]
fn no_byte_that_is_written_is_of_the_credential() {
    for (spec, resource, variable) in
        [(SPEC, "organizations", "WORKOS_API_KEY"), (IN_THE_QUERY, "addresses", "PAGING_KEY")]
    {
        let key = serve(spec).key().to_owned();
        let echo = |text: &str| text.replace("KEY", &key);
        let faults = [
            None,
            Some(Fault::Unauthorized),
            Some(Fault::Status(500, None)),
            Some(Fault::Status(429, Some(RetryAfter::Seconds(0)))),
            // Sources that say what they were told.
            Some(Fault::Answer(400, echo(r#"{"message":"the key KEY is not allowed","code":"KEY"}"#))),
            Some(Fault::Answer(401, echo(r#"{"error":{"message":"KEY"}}"#))),
            Some(Fault::Answer(200, echo("<html>KEY</html>"))),
            Some(Fault::Answer(200, echo(r#"{"KEY":"KEY"}"#))),
            Some(Fault::Answer(
                200,
                echo(r#"{"data":[{"KEY":1}],"list_metadata":{"after":"KEY"},"links":{"next":"/x?k=KEY"}}"#),
            )),
            Some(Fault::Answer(
                200,
                echo(r#"{"data":[{"name":"KEY"}],"list_metadata":{"after":null},"links":{"next":null}}"#),
            )),
            Some(Fault::Answer(500, echo("KEY"))),
            Some(Fault::Reset),
            Some(Fault::CutBody),
            Some(Fault::NotJson),
            Some(Fault::WrongType("name".to_owned())),
        ];
        for fault in faults {
            let sandbox = serve(spec);
            let place = Place::new().variable(variable, &key).variable("RUST_LOG", "trace");
            let file = place.write("spec.yaml", spec);
            if let Some(fault) = fault.clone() {
                sandbox.fail(resource, fault.times(12)).unwrap();
            }
            let url = sandbox.url();
            for more in [&["--deadline", "1s"][..], &["--deadline", "1s", "--json", "--full"]] {
                let arguments = [&["sync", file.to_str().unwrap()], &sync_from(&url, more)[1..]].concat();
                let output = place.command(&arguments).output().unwrap();
                assert!(!output.stderr.is_empty(), "it logs");
                holds_none(&format!("what is printed, {fault:?}"), &output.stdout, &key);
                holds_none(&format!("what is logged, {fault:?}"), &output.stderr, &key);
            }
            let status = place.command(&["status"]).output().unwrap();
            holds_none("the status", &status.stdout, &key);
            for (name, bytes) in files(file.parent().unwrap()) {
                holds_none(&format!("{name}, {fault:?}"), &bytes, &key);
            }
        }
    }
}

#[test]
fn no_byte_that_is_written_is_of_a_token_or_of_what_it_was_given_for() {
    for way in ["key", "session", "cookie", "app", "service", "signed", "hushed"] {
        let model = check(&Source::new("spec.yaml", ACCESS)).model.unwrap();
        let begin = |fault: Option<Fault>| {
            let sandbox = Sandbox::new(&model).setting("method", way).start_on_thread().unwrap();
            if let Some(fault) = fault {
                sandbox.fail("things", fault.times(12)).unwrap();
            }
            sandbox
        };
        let given = matches!(way, "session" | "cookie" | "app" | "service");
        let token = if given { "sandbox-access-token-1" } else { "SECRET" };
        let secrets: Vec<String> = begin(None)
            .settings()
            .filter(|(name, _)| ["key", "password", "appKey", "serviceKey", "signingKey", "secret"].contains(name))
            // Of a key in PEM, each of its lines.
            .flat_map(|(_, value)| value.lines().map(str::to_owned).collect::<Vec<_>>())
            .filter(|line| line.len() > 16 && !line.starts_with("-----"))
            .chain(given.then(|| token.to_owned()))
            .collect();
        let echo = |text: &str| text.replace("TOKEN", token).replace("SECRET", &secrets[0]);
        for fault in [
            None,
            Some(Fault::Unauthorized),
            Some(Fault::Answer(400, echo(r#"{"message":"TOKEN and SECRET are not allowed","code":"TOKEN"}"#))),
            Some(Fault::Answer(401, echo(r#"{"error":{"message":"TOKEN"}}"#))),
            Some(Fault::Answer(200, echo(r#"{"data":[{"TOKEN":"SECRET"}],"pages":1}"#))),
            Some(Fault::Answer(500, echo("TOKEN"))),
        ] {
            let sandbox = begin(None);
            let mut place = Place::new().variable("RUST_LOG", "trace").variable("ACCESS_METHOD", way);
            for (name, value) in sandbox.settings() {
                let setting = model.settings.iter().find(|setting| setting.name == name);
                if let Some(variable) = setting.and_then(|setting| setting.env.as_deref()).filter(|_| name != "method")
                {
                    place = place.variable(variable, &value);
                }
            }
            let file = place.write("spec.yaml", ACCESS);
            let set = ["--deadline", "1s", "--set", "tenant=1"];
            for more in [&set[..], &[&set[..], &["--json", "--full"]].concat()] {
                let url = sandbox.url();
                let arguments = [&["sync", file.to_str().unwrap()], &sync_from(&url, more)[1..]].concat();
                let output = place.command(&arguments).output().unwrap();
                assert!(!output.stderr.is_empty(), "it logs");
                assert!(
                    fault.is_some() || output.status.success(),
                    "{way}: {}",
                    String::from_utf8_lossy(&output.stderr)
                );
                for secret in &secrets {
                    holds_none(&format!("what is printed, {way} {fault:?}"), &output.stdout, secret);
                    holds_none(&format!("what is logged, {way} {fault:?}"), &output.stderr, secret);
                }
            }
            for (name, bytes) in files(file.parent().unwrap()) {
                secrets.iter().for_each(|secret| holds_none(&format!("{name}, {way} {fault:?}"), &bytes, secret));
            }
        }
    }
}
