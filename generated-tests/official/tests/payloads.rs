//! Every event decodes into the type that the official client has for its name.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::TryStreamExt;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tapwright_official_tests::{Api, PAGE, fill, names};
use workos::events::ListEventsParams;
use workos::*;

async fn all_events(api: &Api) -> Vec<EventSchema> {
    let params = ListEventsParams { limit: Some(PAGE), order: None, ..ListEventsParams::new(names()) };
    api.plain.events().list_events_auto_paging(params).try_collect().await.unwrap()
}

/// What the client's type for a name makes of an event.
fn typed(name: &str, event: Value) -> Result<Value, serde_json::Error> {
    fn through<T: DeserializeOwned + Serialize>(event: Value) -> Result<Value, serde_json::Error> {
        serde_json::to_value(serde_json::from_value::<T>(event)?)
    }
    match name.strip_prefix("authentication.").unwrap() {
        "email_verification_failed" => through::<AuthenticationEmailVerificationFailed>(event),
        "email_verification_succeeded" => through::<AuthenticationEmailVerificationSucceeded>(event),
        "magic_auth_failed" => through::<AuthenticationMagicAuthFailed>(event),
        "magic_auth_succeeded" => through::<AuthenticationMagicAuthSucceeded>(event),
        "mfa_failed" => through::<AuthenticationMfaFailed>(event),
        "mfa_succeeded" => through::<AuthenticationMfaSucceeded>(event),
        "oauth_failed" => through::<AuthenticationOAuthFailed>(event),
        "oauth_succeeded" => through::<AuthenticationOAuthSucceeded>(event),
        "passkey_failed" => through::<AuthenticationPasskeyFailed>(event),
        "passkey_succeeded" => through::<AuthenticationPasskeySucceeded>(event),
        "password_failed" => through::<AuthenticationPasswordFailed>(event),
        "password_succeeded" => through::<AuthenticationPasswordSucceeded>(event),
        "radar_risk_detected" => through::<AuthenticationRadarRiskDetected>(event),
        "reauthentication_succeeded" => through::<AuthenticationReauthenticationSucceeded>(event),
        "sso_failed" => through::<AuthenticationSSOFailed>(event),
        "sso_started" => through::<AuthenticationSSOStarted>(event),
        "sso_succeeded" => through::<AuthenticationSSOSucceeded>(event),
        "sso_timed_out" => through::<AuthenticationSSOTimedOut>(event),
        other => panic!("the client has no type for {other}"),
    }
}

/// The places that are never empty in events of a name, and what WorkOS has there.
fn required(name: &str) -> Vec<(&'static str, Value)> {
    let name = name.strip_prefix("authentication.").unwrap();
    let outcome = ["succeeded", "failed", "started", "timed_out"].into_iter().find(|outcome| name.ends_with(outcome));
    let Some(outcome) = outcome else {
        return vec![
            ("data.auth_method", json!("password")),
            ("data.action", json!("login")),
            ("data.user_id", json!("user_filled")),
            ("data.email", json!("filled@example.com")),
        ];
    };
    let method = &name[..name.len() - outcome.len() - 1];
    let mut places = vec![("data.type", json!(method)), ("data.status", json!(outcome))];
    if outcome == "succeeded" {
        places.push(("data.email", json!("filled@example.com")));
    }
    if outcome == "succeeded" && !["oauth", "sso"].contains(&method) {
        places.push(("data.user_id", json!("user_filled")));
    }
    if method == "sso" {
        places.push(("data.sso", json!({})));
    }
    if ["failed", "timed_out"].contains(&outcome) {
        places.push(("data.error", json!({})));
        places.push(("data.error.code", json!("filled")));
        places.push(("data.error.message", json!("Filled.")));
    }
    places
}

/// The paths of values that are in one record and not, or otherwise, in another.
fn missing(path: &str, from: &Value, in_other: Option<&Value>, found: &mut BTreeSet<String>) {
    match (from, in_other) {
        (Value::Object(fields), Some(Value::Object(others))) => {
            for (key, value) in fields {
                missing(
                    &format!("{path}{}{key}", if path.is_empty() { "" } else { "." }),
                    value,
                    others.get(key),
                    found,
                );
            }
        }
        (Value::Null, None) => {}
        (value, Some(other)) if value == other => {}
        _ => {
            found.insert(path.to_owned());
        }
    }
}

/// What was found in all events.
#[derive(Default)]
struct Found {
    /// For each name and required place, in how many events it was empty, and in how many it was not.
    counts: BTreeMap<(String, &'static str), (u64, u64)>,
    /// For each place that the type for some name does not have, the names.
    beyond: BTreeMap<String, BTreeSet<String>>,
}

async fn sweep() -> Found {
    let api = Api::start(|sandbox| sandbox.records("auth_events", 9_000)).await;
    let mut found = Found::default();
    for event in all_events(&api).await {
        let mut value = serde_json::to_value(&event).unwrap();
        assert_eq!(value, api.sandbox.record("auth_events", &event.id).unwrap(), "the untyped event loses nothing");
        for (place, filling) in required(&event.event) {
            let (empty, full) = fill(&mut value, place, &filling);
            let count = found.counts.entry((event.event.clone(), place)).or_default();
            *count = (count.0 + empty, count.1 + full);
            if ["data.type", "data.status"].contains(&place) {
                let pointer = format!("/{}", place.replace('.', "/"));
                assert_eq!(value.pointer(&pointer), Some(&filling), "{place} of {}", event.event);
            }
        }
        let typed = typed(&event.event, value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"));
        let mut missing_places = BTreeSet::new();
        missing("", &value, Some(&typed), &mut missing_places);
        for place in missing_places {
            found.beyond.entry(place).or_default().insert(event.event.clone());
        }
    }
    found
}

#[tokio::test]
async fn every_event_decodes_into_the_type_of_its_name() {
    let found = sweep().await;
    let seen: BTreeSet<String> = found.counts.keys().map(|(name, _)| name.clone()).collect();
    assert_eq!(seen, names().into_iter().collect());
}

/// What WorkOS always sends, and the sandbox never: the connector does not read it.
const NEVER_SENT: [(&str, &str); 2] =
    [("authentication.radar_risk_detected", "data.action"), ("authentication.radar_risk_detected", "data.auth_method")];

#[tokio::test]
async fn what_the_sandbox_never_sends_is_known() {
    let found = sweep().await;
    let never: BTreeSet<(&str, &str)> = found
        .counts
        .iter()
        .filter(|(_, (_, full))| *full == 0)
        .map(|((name, place), _)| (name.as_str(), *place))
        .collect();
    assert_eq!(never, NEVER_SENT.into());
    for ((name, place), (empty, _)) in &found.counts {
        assert!(*empty > 0, "{place} of {name} is always there, and need not be filled");
    }
}

#[tokio::test]
async fn what_the_sandbox_sends_beyond_the_types_is_known() {
    // One example stands for all names, so that some have what at WorkOS only others have. Where the connector looks in
    // two places, the sandbox fills both; WorkOS has the organization and the connection in `data.sso` only, and the
    // connection's type nowhere. The client passes over all of it.
    let beyond = sweep().await.beyond;
    let of = |test: fn(&str) -> bool| -> BTreeSet<String> { names().into_iter().filter(|name| test(name)).collect() };
    let expected = [
        ("data.connection_id", of(|_| true)),
        ("data.connection_type", of(|_| true)),
        ("data.error", of(|name| name.ends_with("_detected") || name.ends_with("_started"))),
        ("data.organization_id", of(|_| true)),
        ("data.provider", of(|name| !name.contains(".oauth_"))),
        ("data.sso.connection_type", of(|name| name.contains(".sso_"))),
    ];
    assert_eq!(beyond, expected.into_iter().map(|(place, names)| (place.to_owned(), names)).collect());
}
