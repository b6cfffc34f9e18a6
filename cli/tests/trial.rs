//! `try`, as a user runs it: what was sent, what came, what became of it, and nothing of a secret.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may")]

mod support;

use serde_json::{Value, json};
use support::{Place, SPEC, Said, workos};
use tapwright_sandbox::{Fault, Running, Sandbox};
use tapwright_spec::{Source, check};

const CHILDREN: &str = include_str!("../../generated-tests/specs/children.yaml");
const ACCESS: &str = include_str!("../../generated-tests/specs/access.yaml");
const PAGING: &str = include_str!("../../generated-tests/specs/paging.yaml");
const EXPRESSIONS: &str = include_str!("../../generated-tests/specs/expressions.yaml");

fn serve(spec: &str, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Running {
    let model = check(&Source::new("spec.yaml", spec)).model.unwrap();
    set_up(Sandbox::new(&model)).start_on_thread().unwrap()
}

/// `try` of a resource of WorkOS from an API on this machine.
fn tried(place: &Place, sandbox: &Running, more: &[&str]) -> Said {
    place.run(&[&["try", "workos"][..], more, &["--base-url", &sandbox.url()]].concat())
}

/// `try` of a resource of a spec, whose settings are those of the sandbox.
fn tried_of(spec: &str, sandbox: &Running, resource: &str, more: &[&str]) -> Said {
    let mut place = Place::new();
    let model = check(&Source::new("spec.yaml", spec)).model.unwrap();
    for (name, value) in sandbox.settings() {
        let setting = model.settings.iter().find(|setting| setting.name == name);
        if let Some(variable) = setting.and_then(|setting| setting.env.as_deref()) {
            place = place.variable(variable, &value);
        }
    }
    place.write("spec.yaml", spec);
    place.run(&[&["try", "spec.yaml", resource, "--base-url", &sandbox.url()][..], more].concat())
}

#[track_caller]
fn holds_none(said: &Said, secret: &str) {
    assert!(!secret.is_empty());
    assert!(!said.out.contains(secret) && !said.err.contains(secret), "it says `{secret}`:\n{said:#?}");
}

#[test]
fn a_page_is_shown_as_it_was_sent_and_became_rows_and_nothing_is_stored() {
    let sandbox = workos(|sandbox| sandbox);
    let place = Place::with_key(sandbox.key());
    let said = tried(&place, &sandbox, &["organizations"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&[
        &format!("→ GET {}/organizations?order=asc&limit=100", sandbox.url()),
        "    authorization: Bearer ••••••",
        "← 200, ",
        "    content-type: application/json",
        "\"data\": [",
        "page 1 of organizations: 100 records, 100 rows",
        "updated_at",
        "the list goes on at org_",
    ]);
    holds_none(&said, sandbox.key());
    assert_eq!(sandbox.request_count(), 1);
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 0, "nothing is written");
    let said = tried(&place, &sandbox, &["organizations", "--pages", "9"]);
    said.says(&["page 1 of organizations", "page 2 of", "page 3 of organizations: 50 records", "the list ends here"]);
    assert_eq!(sandbox.request_count(), 4, "there are three pages");
}

#[test]
fn the_table_fits_the_terminal_and_names_what_does_not() {
    let sandbox = workos(|sandbox| sandbox);
    let place = Place::with_key(sandbox.key()).variable("COLUMNS", "64");
    let said = tried(&place, &sandbox, &["organizations"]);
    let shown: Vec<_> = said.out.lines().filter(|line| !line.starts_with('→')).collect();
    assert!(
        shown.iter().all(|line| line.starts_with("no room") || console::measure_text_width(line) <= 64),
        "{shown:#?}"
    );
    said.says(&["no room for ", "metadata, createdAt; --json shows all", "80 other rows; --json shows all"]);
}

#[test]
fn a_wrong_credential_is_refused_as_in_a_sync_and_not_said() {
    let sandbox = workos(|sandbox| sandbox);
    // However short it is.
    for key in ["sk_wrong_key_of_somebody", "sk_q7"] {
        let place = Place::with_key(key);
        let said = tried(&place, &sandbox, &["organizations"]);
        assert_eq!(said.code, Some(1), "{said:#?}");
        said.says(&[
            "← 401, ",
            "authorization: Bearer ••••••",
            "WorkOS does not accept the credential; `apiKey` came from the environment variable WORKOS_API_KEY",
        ]);
        holds_none(&said, key);
        let said = tried(&place, &sandbox, &["organizations", "--json"]);
        assert_eq!(said.code, Some(1), "{said:#?}");
        let said_json = said.json();
        assert_eq!(said_json["error"]["kind"], json!("unauthorized"));
        assert_eq!(said_json["exchanges"][0]["response"]["status"], json!(401));
        holds_none(&said, key);
    }
}

#[test]
fn what_is_set_aside_is_shown_with_its_reason() {
    let sandbox = workos(|sandbox| sandbox.records("organizations", 5));
    sandbox.fail("organizations", Fault::WrongType("name".to_owned()).times(2)).unwrap();
    let place = Place::with_key(sandbox.key());
    let said = tried(&place, &sandbox, &["organizations"]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&["page 1 of organizations: 5 records, 4 rows, 1 set aside", "set aside: record ", "`name` "]);
    let page = tried(&place, &sandbox, &["organizations", "--json"]).json()["pages"][0].clone();
    assert_eq!(page["rows"].as_array().unwrap().len(), 4);
    assert_eq!(page["quarantined"].as_array().unwrap().len(), 1);
    assert!(page["quarantined"][0]["reason"].as_str().unwrap().contains("`name`"), "{page}");
    assert!(page["quarantined"][0]["record"].as_str().unwrap().contains("\"id\""), "{page}");
}

#[test]
fn of_a_resource_with_parents_it_finds_one_that_has_records() {
    // Not every team has some.
    let sandbox = serve(CHILDREN, |sandbox| sandbox.records("teams", 9).records("searches", 40));
    let said = tried_of(CHILDREN, &sandbox, "searches", &[]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    said.says(&[
        "(what it is read for: teams)",
        &format!("→ POST {}/search", sandbox.url()),
        "    content-type: application/json",
        "\"team\": \"team_",
        "page 1 of searches for team_",
    ]);
    holds_none(&said, sandbox.key());
    let none = r#"{"hits":[],"page":{"end":null,"more":false}}"#;
    sandbox.fail("searches", Fault::Answer(200, none.to_owned()).times(2)).unwrap();
    let found = tried_of(CHILDREN, &sandbox, "searches", &["--json"]).json();
    let pages = found["pages"].as_array().unwrap();
    let (last, before) = pages.split_last().unwrap();
    assert!(last["records"].as_u64().unwrap() > 0, "{last}");
    assert!(before.len() >= 2 && before.iter().all(|page| page["records"] == json!(0)), "{before:?}");
    assert!(last["parent"].as_str().unwrap().starts_with("team_"), "{last}");
}

#[test]
fn a_graphql_query_is_shown_with_its_variables() {
    let sandbox = serve(CHILDREN, |sandbox| sandbox);
    let found = tried_of(CHILDREN, &sandbox, "notes", &["--json", "--pages", "2"]).json();
    let body = |page: usize| -> Value {
        let text = found["pages"][page]["exchanges"][0]["request"]["body"]["text"].as_str().unwrap();
        serde_json::from_str(text).unwrap()
    };
    assert!(body(0)["query"].as_str().unwrap().contains("notes(first: $first"), "{}", body(0));
    assert_eq!(body(0)["variables"], json!({ "first": 7, "open": true }));
    assert_eq!(body(1)["variables"]["after"], found["pages"][0]["next"], "the second page is behind the first");
    assert_eq!(found["pages"][1]["number"], json!(2));
}

#[test]
fn a_resource_that_there_is_not_finds_the_one_that_was_meant() {
    let place = Place::new();
    let said = place.run(&["try", "workos", "orgs", "--sandbox"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["`orgs` is not a resource of WorkOS", "did you mean `organizations`?"]);
    let said = place.run(&["try", "workos", "organizations"]);
    assert_eq!(said.code, Some(2), "{said:#?}");
    said.says(&["try workos organizations --sandbox` needs none"]);
    assert_eq!(place.run(&["try", "workos", "organizations", "--sandbox"]).code, Some(0));
}

/// A text as a source may write it in JSON: each of its characters as an escape.
fn escaped(text: &str) -> String {
    text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()
}

#[test]
fn nothing_that_is_shown_is_of_a_secret_whatever_the_source_says() {
    for (spec, resource) in [(SPEC, "organizations"), (PAGING, "addresses")] {
        let key = serve(spec, |sandbox| sandbox).key().to_owned();
        let echo = |text: &str| text.replace("KEY", &key).replace("ESCAPED", &escaped(&key));
        let bodies = [
            r#"{"message":"the key KEY is not allowed","code":"KEY"}"#,
            r#"{"data":[{"KEY":1,"id":"KEY","name":"ESCAPED"}],"links":{},"list_metadata":{}}"#,
            r#"{"data":[{"id":"1","name":"a KEY b","metadata":{"ESCAPED":"ESCAPED"},"created_at":"2026-01-15T12:00:00Z"}],
               "links":{"next":null},"list_metadata":{"after":null}}"#,
            r#"{"data":[{"id":"1","name":{"x":"ESCAPED"}}],"links":{"next":null},"list_metadata":{"after":null}}"#,
            r#"{"data":[],"links":{"next":null},"list_metadata":{"after":"behind KEY"}}"#,
            "<html>KEY</html>",
            r#"["KEY","ESCAPED"]"#,
        ];
        for (status, body) in bodies.iter().flat_map(|body| [(200, body), (400, body)]) {
            let sandbox = serve(spec, |sandbox| sandbox);
            sandbox.fail(resource, Fault::Answer(status, echo(body)).times(9)).unwrap();
            for more in [&[][..], &["--json"]] {
                let said = tried_of(spec, &sandbox, resource, more);
                assert!(said.out.contains("••••••"), "it shows what was said: {said:#?}");
                holds_none(&said, &key);
                holds_none(&said, &escaped(&key));
                // A record that is set aside is text, and as JSON that text is escaped once more.
                holds_none(&said, &escaped(&key).replace('\\', "\\\\"));
            }
        }
    }
}

#[test]
fn nothing_that_is_shown_is_of_a_token_or_of_what_it_was_given_for() {
    for way in ["key", "session", "cookie", "app", "service", "signed", "hushed"] {
        let sandbox = serve(ACCESS, |sandbox| sandbox.setting("method", way));
        for more in [&[][..], &["--json"]] {
            let set = [&["--set", "tenant=1"][..], more].concat();
            let said = tried_of(ACCESS, &sandbox, "things", &set);
            assert_eq!(said.code, Some(0), "{way}: {said:#?}");
            said.says(&["••••••"]);
            holds_none(&said, "sandbox-access-token");
            for (name, value) in sandbox.settings() {
                if ["key", "password", "appKey", "serviceKey", "signingKey", "secret"].contains(&name) {
                    // Of a key in PEM, each of its lines.
                    value.lines().filter(|line| line.len() > 8).for_each(|line| holds_none(&said, line));
                }
            }
            let fetched = matches!(way, "session" | "cookie" | "app" | "service");
            assert_eq!(said.out.contains("a token)") || said.out.contains("\"for\":\"token\""), fetched, "{way}");
        }
    }
}

#[test]
fn what_is_made_of_a_secret_is_hidden_where_it_is_sent() {
    let sandbox = serve(EXPRESSIONS, |sandbox| sandbox);
    let said = tried_of(EXPRESSIONS, &sandbox, "orders", &[]);
    assert_eq!(said.code, Some(0), "{said:#?}");
    // `X-Key: "{sha256(config.key)}"`, which no text of a setting tells.
    said.says(&["    x-key: ••••••", "    x-days: 73"]);
}

/// A refresh token that is good for one use is replaced when it is used: the next command needs the new one.
#[test]
fn a_token_that_is_used_up_is_kept_for_the_sync_that_follows() {
    let bearer = "auth: { bearer: \"{config.key}\" }";
    let refreshed = "auth:\n    oauth2: { token_url: https://api.example.com/token, grant: refresh_token, \
                     refresh_token: \"{config.key}\" }";
    let spec = CHILDREN.replace(bearer, refreshed);
    assert_ne!(spec, CHILDREN);
    let sandbox = serve(&spec, |sandbox| sandbox);
    let key = sandbox.settings().find(|(name, _)| *name == "key").unwrap().1;
    let place = Place::new().variable("CHILDREN_KEY", &key);
    place.write("spec.yaml", &spec);
    for command in [
        &["try", "spec.yaml", "teams"][..],
        &["try", "spec.yaml", "teams", "--to", "sqlite:tapwright.db"],
        &["sync", "spec.yaml", "--resources", "teams"],
    ] {
        let said = place.run(&[command, &["--base-url", &sandbox.url()]].concat());
        assert_eq!(said.code, Some(0), "{said:#?}");
        holds_none(&said, &key);
        holds_none(&said, "sandbox-refresh-token");
    }
}
