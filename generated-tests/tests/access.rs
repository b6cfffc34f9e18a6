//! Ways to authenticate that a setting chooses: a key in the body, log-ins, signed tokens. Each is tried against a sandbox
//! that knows it by the spec alone.

use std::time::Duration;

use tapwright_generated_tests::{Lab, SPECS, model};
use tapwright_runtime::{
    Error, ErrorKind, Options, Origin, Report, SecretString, SettingValue, Settings, Status, Stop, Sync,
};
use tapwright_sandbox::{Fault, Sandbox};
use tapwright_sqlite::Sqlite;

fn spec() -> &'static str {
    SPECS.iter().find(|(name, _)| *name == "access").map(|(_, text)| *text).unwrap()
}

async fn lab(way: &str, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let chosen = |sandbox: Sandbox| set_up(sandbox.setting("method", way).records("things", 60).records("others", 40));
    Lab::of(&model(spec()), chosen).await
}

/// The sandbox's settings of these names, and what stands in place of some.
fn settings(lab: &Lab, names: &[&str], instead: &[(&str, &str)]) -> Result<Settings, Error> {
    let given = |text: String| SettingValue::Text(SecretString::from(text));
    let mut settings = Settings::builder(lab.plan);
    for (name, value) in lab.sandbox.settings().filter(|(name, _)| names.contains(name)) {
        let other = instead.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        settings = settings.set(name, given(other.unwrap_or(value)), Origin::Env("ACCESS"));
    }
    settings.build()
}

async fn sync(lab: &Lab, settings: Settings) -> Report {
    let sync = Sync::new(lab.plan, settings, Options { ..lab.options.clone() }).unwrap();
    let mut sink = Sqlite::open(lab.path()).unwrap();
    sync.run(&mut sink, &(), &Stop::default()).await.unwrap()
}

fn asked(lab: &Lab, path: &str) -> usize {
    lab.sandbox.requests().iter().filter(|request| request.path == path).count()
}

/// Each way, the settings it alone needs, and where its token comes from.
const WAYS: &[(&str, &[&str], Option<&str>)] = &[
    ("key", &["key"], None),
    ("session", &["user", "password"], Some("/session")),
    ("cookie", &["user", "password"], Some("/sid")),
    ("app", &["app", "appKey"], Some("/app/installations/7/access_tokens")),
    ("service", &["service", "serviceKey"], Some("/oauth/token")),
    ("signed", &["app", "issuer", "signingKey"], None),
    ("hushed", &["issuer", "secret"], None),
    ("open", &[], None),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_way_is_served_and_needs_its_own_settings_only() {
    for (way, needed, endpoint) in WAYS {
        let lab = lab(way, |sandbox| sandbox).await;
        let names = [*needed, &["method", "tenant"]].concat();
        let report = sync(&lab, settings(&lab, &names, &[]).unwrap()).await;
        assert_eq!(report.status, Status::Complete, "{way}: {report:#?}");
        assert_eq!(lab.number("select count(*) from access_thing"), 60, "{way}");
        assert_eq!(lab.number("select count(*) from access_other"), 40, "{way}");
        let requests = lab.sandbox.requests();
        assert!(requests.iter().all(|request| request.status == 200), "{way}: {requests:#?}");
        if let Some(path) = endpoint {
            assert_eq!(asked(&lab, path), 1, "{way}: one log-in for all requests");
        }
        let shown = format!("{report:?} {}", serde_json::to_string(&report).unwrap());
        assert!(!shown.contains("sandbox-access-token"), "{shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_that_the_chosen_way_needs_is_asked_for_by_name() {
    for (way, needed, _) in WAYS {
        for missing in *needed {
            let lab = lab(way, |sandbox| sandbox).await;
            let names: Vec<&str> = needed.iter().copied().filter(|name| name != missing).chain(["method"]).collect();
            let error = settings(&lab, &names, &[]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            let told = format!("{error}");
            assert!(told.contains(&format!("`{missing}` where `method` is `{way}`")), "{told}");
            let variable = lab.plan.setting(missing).and_then(|setting| setting.env).unwrap();
            assert!(error.advice().unwrap_or_default().contains(variable), "{error:?}");
        }
    }
    // Without a choice it is the default that counts, and another value is told to be none.
    let lab = lab("open", |sandbox| sandbox).await;
    let error = settings(&lab, &[], &[]).unwrap_err();
    assert!(error.to_string().contains("`key` where `method` is `key`"), "{error}");
    let error = settings(&lab, &["method"], &[("method", "sesion")]).unwrap_err();
    assert!(error.to_string().contains("`sesion`"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_credential_is_refused_once_and_the_setting_is_named() {
    let wrong: &[(&str, &str, &str, &str)] = &[
        ("key", "key", "another-key", ""),
        ("session", "password", "another-password", "/session"),
        ("session", "user", "somebody", "/session"),
        ("cookie", "password", "another-password", "/sid"),
        ("app", "app", "another-app", "/app/installations/7/access_tokens"),
        ("service", "service", "another-service", "/oauth/token"),
        ("signed", "issuer", "another-issuer", ""),
        ("hushed", "secret", "another-secret", ""),
    ];
    for (way, setting, value, endpoint) in wrong {
        let lab = lab(way, |sandbox| sandbox).await;
        let needed = WAYS.iter().find(|(known, ..)| known == way).unwrap().1;
        let names = [needed, &["method", "tenant"]].concat();
        let report = sync(&lab, settings(&lab, &names, &[(setting, value)]).unwrap()).await;
        assert_eq!(report.status, Status::Failed, "{way} {setting}: {report:#?}");
        for resource in &report.resources {
            let error = resource.error.as_ref().unwrap();
            assert_eq!(error.kind(), ErrorKind::Unauthorized, "{way} {setting}: {error:?}");
            let told = format!("{error:?}");
            assert!(way == &"service" || told.contains("environment variable ACCESS"), "{way} {setting}: {told}");
            assert!(
                lab.plan.setting(setting).is_none_or(|known| !known.is_secret()) || !told.contains(value),
                "{told}"
            );
        }
        if !endpoint.is_empty() {
            assert_eq!(asked(&lab, endpoint), 1, "{way} {setting}: nobody asks again");
            assert_eq!(lab.sandbox.request_count(), 1, "{way} {setting}");
        } else {
            // A token that was signed is signed once more.
            assert!(lab.sandbox.request_count() <= 2, "{way} {setting}: {}", lab.sandbox.request_count());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_replaced_before_it_expires_in_mid_sync() {
    for (way, needed, endpoint) in WAYS.iter().filter(|(way, ..)| matches!(*way, "session" | "app" | "service")) {
        // A token lasts two seconds, of which one is used; an answer takes a quarter of one.
        let slow = |sandbox: Sandbox| {
            sandbox.token_lasts(Duration::from_secs(2)).latency(Duration::from_millis(250)).records("things", 80)
        };
        let mut lab = lab(way, slow).await;
        lab.options.requests = 1;
        let names = [*needed, &["method", "tenant"]].concat();
        let report = sync(&lab, settings(&lab, &names, &[]).unwrap()).await;
        assert_eq!(report.status, Status::Complete, "{way}: {report:#?}");
        assert_eq!(lab.number("select count(*) from access_thing"), 80);
        let logins = asked(&lab, endpoint.unwrap());
        assert!((2..=6).contains(&logins), "{way}: {logins}");
        let requests = lab.sandbox.requests();
        assert!(requests.iter().all(|request| request.status == 200), "{way}: before, not after: {requests:#?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expired_unannounced_is_replaced_when_it_is_refused() {
    // The spec takes it to last half an hour.
    let slow = |sandbox: Sandbox| {
        sandbox.token_lasts(Duration::from_millis(600)).latency(Duration::from_millis(120)).records("things", 120)
    };
    let lab = lab("cookie", slow).await;
    let names = ["user", "password", "method", "tenant"];
    let report = sync(&lab, settings(&lab, &names, &[]).unwrap()).await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(lab.number("select count(*) from access_thing"), 120);
    let (logins, refused) = (asked(&lab, "/sid"), lab.sandbox.requests());
    let refused = refused.iter().filter(|request| request.status == 401).count();
    assert!(logins >= 2 && refused >= 1, "{logins} {refused}");
    assert!(logins - 1 <= refused, "one log-in for a refusal at most: {logins} {refused}");
    assert!(lab.sandbox.requests().iter().all(|request| !request.query.contains("sid=")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_none_is_told_before_anything_is_asked_and_not_shown() {
    let lab = lab("app", |sandbox| sandbox).await;
    let rsa = lab.sandbox.settings().find(|(name, _)| *name == "appKey").unwrap().1;
    let ec = lab.sandbox.settings().find(|(name, _)| *name == "signingKey").unwrap().1;
    let cut = format!("{}\n-----END PRIVATE KEY-----\n", &rsa[..700]);
    let labelled = |label: &str| rsa.replace("PRIVATE KEY", label);
    for (way, setting, key, told) in [
        ("app", "appKey", "not-a-key-at-all".to_owned(), "is not in PEM"),
        ("app", "appKey", ec.clone(), "is not an RSA key"),
        ("app", "appKey", cut, "is not an RSA key"),
        ("app", "appKey", labelled("PUBLIC KEY"), "is a public key"),
        ("app", "appKey", labelled("ENCRYPTED PRIVATE KEY"), "is encrypted"),
        ("signed", "signingKey", rsa.clone(), "is not a key of its curve"),
        ("signed", "signingKey", ec.replace("PRIVATE KEY", "EC PRIVATE KEY"), "SEC 1"),
        ("hushed", "secret", rsa.clone(), "is in PEM"),
    ] {
        let names = ["app", "appKey", "issuer", "secret", "signingKey", "method"];
        let settings = settings(&lab, &names, &[("method", way), (setting, &key)]).unwrap();
        let error = Sync::new(lab.plan, settings, lab.options.clone()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(told) && shown.contains(&format!("`{setting}`")), "{shown}");
        let lines = key.lines().filter(|line| !line.starts_with("-----"));
        assert!(lines.into_iter().all(|line| line.len() < 10 || !shown.contains(line)), "{shown}");
    }
    // Line breaks as environment variables have them, and none at the end.
    for key in [rsa.replace('\n', "\\n"), rsa.trim_end().to_owned(), rsa.replace('\n', "\r\n")] {
        let names = ["app", "appKey", "method"];
        settings(&lab, &names, &[("appKey", &key)])
            .map(|settings| Sync::new(lab.plan, settings, lab.options.clone()))
            .unwrap()
            .unwrap();
    }
    assert_eq!(lab.sandbox.request_count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_left_alone_for_as_long_as_the_rule_or_the_answer_says() {
    let all = ["method"];
    for (status, body, least) in [
        // By the rule.
        (423, "{}", 250),
        // By the answer, in the words that the spec knows, and elsewhere.
        (423, r#"{"message":"try again in 1 seconds"}"#, 1_000),
        (429, r#"{"message":"slow down","reset":1}"#, 1_000),
        // Of one request, which no other waits for.
        (425, "{}", 20),
    ] {
        let mut lab = lab("open", |sandbox| sandbox.records("things", 5).records("others", 5)).await;
        lab.options.retry = Some(tapwright_runtime::RetryPolicy {
            attempts: 3,
            base: Duration::from_millis(1),
            cap: Duration::from_millis(1),
            constant: true,
        });
        lab.sandbox.fail("things", Fault::Answer(status, body.to_owned()).once()).unwrap();
        let report = sync(&lab, settings(&lab, &all, &[]).unwrap()).await;
        assert_eq!(report.status, Status::Complete, "{status} {body}: {report:#?}");
        let things: Vec<_> = lab.sandbox.requests().into_iter().filter(|request| request.path == "/things").collect();
        let (first, second) = (things[0].at, things[1].at);
        let waited = (second - first).as_millis();
        assert!((least..least + 700).contains(&waited), "{status} {body}: {waited}");
        if status != 425 {
            let between =
                |at: Duration| at > first + Duration::from_millis(30) && at + Duration::from_millis(5) < second;
            assert!(
                !lab.sandbox.requests().iter().any(|request| between(request.at)),
                "{status}: nobody asks meanwhile"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_with_a_limit_says_it_where_the_spec_looks() {
    let lab = lab("open", |sandbox| sandbox.rate_limit(3, Duration::from_millis(1_500))).await;
    let report = sync(&lab, settings(&lab, &["method"], &[]).unwrap()).await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    let refused = lab.sandbox.requests().iter().filter(|request| request.status == 429).count();
    let rounds = lab.sandbox.requests().len() / 3;
    assert!(refused <= 3 * rounds, "{refused} refused in {rounds} rounds: it waits as long as it is told");
}
