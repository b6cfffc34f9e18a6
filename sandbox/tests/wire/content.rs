//! Records are what the spec says of them, and as varied as an API's.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixture::*;
use serde_json::Value;

async fn events(count: u64) -> Vec<Value> {
    let running = sandbox().records("auth_events", count).start().await.unwrap();
    Client::of(&running).walk(&all_events("&limit=100"), "").await.0
}

async fn entities(name: &str, count: u64) -> Vec<Value> {
    let running = sandbox().records(name, count).start().await.unwrap();
    Client::of(&running).walk(&format!("/{name}?limit=100&order=asc"), "").await.0
}

/// How often a place holds a value, null, or nothing.
fn presence(records: &[Value], pointer: &str) -> (usize, usize, usize) {
    let mut counted = (0, 0, 0);
    for record in records {
        match record.pointer(pointer) {
            Some(Value::Null) => counted.1 += 1,
            Some(_) => counted.0 += 1,
            None => counted.2 += 1,
        }
    }
    counted
}

fn distinct<'v>(records: &'v [Value], pointer: &str) -> BTreeSet<&'v str> {
    records.iter().filter_map(|record| record.pointer(pointer)?.as_str()).collect()
}

#[tokio::test]
async fn every_value_of_an_enum_occurs() {
    assert_eq!(distinct(&events(100).await, "/event"), EVENTS.into_iter().collect());
    assert_eq!(distinct(&entities("connections", 40).await, "/state"), STATES.into_iter().collect());
    let organizations = entities("organizations", 100).await;
    assert_eq!(distinct(&organizations, "/domains/0/state"), ["failed", "pending", "verified"].into());
}

#[tokio::test]
async fn alternatives_say_the_same() {
    let mut both = 0;
    for connection in entities("connections", 300).await {
        if let (Some(state), Some(status)) = (connection["state"].as_str(), connection["status"].as_str()) {
            assert_eq!(state, status);
            both += 1;
        }
        let names = [&connection["title"], &connection["name"]];
        assert!(
            names.iter().any(|name| name.is_string()),
            "a field that is never null has nothing to be made of: {connection}"
        );
    }
    assert!(both > 100);
}

#[tokio::test]
async fn what_a_fallback_derives_is_what_the_record_says() {
    let mut said = BTreeMap::new();
    for event in events(2_000).await {
        let name = event["event"].as_str().unwrap();
        let outcome = name.rsplit('_').next().filter(|end| ["failed", "succeeded"].contains(end));
        let method =
            outcome.and_then(|_| name.strip_prefix("authentication.")?.rsplit_once('_')).map(|(method, _)| method);
        for (key, expected) in [("status", outcome), ("type", method)] {
            match event["data"].get(key) {
                Some(Value::String(text)) => {
                    assert_eq!(Some(text.as_str()), expected, "{event}");
                    *said.entry((name.to_owned(), key)).or_insert(0) += 1;
                }
                Some(Value::Null) => assert!(expected.is_some(), "{event}"),
                Some(other) => panic!("{other}"),
                None => {}
            }
        }
    }
    assert_eq!(said.len(), 12, "six of eight names end in an outcome: {said:?}");
}

#[tokio::test]
async fn nullable_places_are_sometimes_empty_and_others_never() {
    let events = events(2_000).await;
    for pointer in ["/data/user_id", "/data/email", "/data/ip_address", "/data/user_agent"] {
        let (there, null, absent) = presence(&events, pointer);
        assert!(there > 1_000 && null > 20 && absent > 20, "{pointer}: {there}, {null}, {absent}");
    }
    for pointer in ["/id", "/event", "/created_at", "/data"] {
        assert_eq!(presence(&events, pointer).0, 2_000, "{pointer}");
    }
    let (there, null, _) = presence(&events, "/data/organization_id");
    assert!(there > 20 && null > 1_000, "what the example has as null is null mostly, not always: {there}, {null}");
    let connections = entities("connections", 2_000).await;
    for pointer in ["/state", "/organization_id", "/metadata/users", "/score", "/enabled", "/tags"] {
        let (there, null, absent) = presence(&connections, pointer);
        assert!(there > 1_000 && null > 20 && absent > 20, "{pointer}: {there}, {null}, {absent}");
    }
    assert_eq!(presence(&connections, "/created_at").0, 2_000);
    assert_eq!(presence(&connections, "/updated_at").0, 2_000);
}

#[tokio::test]
async fn optional_parts_belong_to_variants_and_are_sometimes_missing() {
    let events = events(4_000).await;
    let (sso, others): (Vec<Value>, Vec<Value>) =
        events.into_iter().partition(|event| event["event"].as_str().unwrap().contains("sso"));
    let (there, null, absent) = presence(&sso, "/data/sso");
    assert!(there > 1_000 && null > 20 && absent > 20, "{there}, {null}, {absent}");
    let (there, null, absent) = presence(&sso, "/data/sso/connection_id");
    assert!(there > 900 && null > 20 && absent > 20, "{there}, {null}, {absent}");
    assert_eq!(presence(&others, "/data/sso"), (0, 0, others.len()));
    let (succeeded, failed): (Vec<Value>, Vec<Value>) =
        others.into_iter().partition(|event| event["event"].as_str().unwrap().ends_with("_succeeded"));
    assert_eq!(presence(&succeeded, "/data/error"), (0, 0, succeeded.len()));
    let (there, null, absent) = presence(&failed, "/data/error");
    assert!(there > 1_000 && null > 20 && absent > 20, "{there}, {null}, {absent}");
}

#[tokio::test]
async fn references_name_records_that_exist() {
    let running = sandbox()
        .records("auth_events", 1_000)
        .records("connections", 37)
        .records("organizations", 11)
        .start()
        .await
        .unwrap();
    let client = Client::of(&running);
    let (events, _) = client.walk(&all_events("&limit=100"), "").await;
    let (organizations, _) = client.walk("/organizations?limit=100&order=asc", "").await;
    let (connections, _) = client.walk("/connections?limit=100", "").await;
    let named = distinct(&events, "/data/sso/organization_id");
    assert_eq!(named, distinct(&organizations, "/id"), "all are referred to, and no others");
    assert_eq!(distinct(&events, "/data/sso/connection_id"), distinct(&connections, "/id"));
    assert!(distinct(&connections, "/organization_id").is_subset(&distinct(&organizations, "/id")));
}

#[tokio::test]
async fn references_to_an_empty_list_are_null() {
    let running = sandbox().records("organizations", 0).start().await.unwrap();
    let (connections, _) = Client::of(&running).walk("/connections?limit=100", "").await;
    assert!(connections.len() == 250 && connections.iter().all(|connection| connection["organization_id"].is_null()));
}

#[tokio::test]
async fn ids_look_like_the_example_and_parts_follow_them() {
    for organization in entities("organizations", 100).await {
        let id = organization["id"].as_str().unwrap();
        assert!(id.starts_with("org_01") && id.len() == "org_01EHWNCE74X7JSDV0X3SZ3KJNY".len(), "{id}");
        for domain in organization.get("domains").and_then(Value::as_array).into_iter().flatten() {
            assert_eq!(domain["organization_id"], id);
            assert_eq!(domain["id"], "org_domain_01EHZNVPK2QXHMVWCEDQEKY69A", "what no field reads stays as it is");
        }
        assert_eq!(organization["allow_profiles_outside_organization"], false);
    }
}

#[tokio::test]
async fn arrays_vary_in_length() {
    let organizations = entities("organizations", 200).await;
    let lengths: BTreeSet<Option<usize>> =
        organizations.iter().map(|organization| Some(organization.get("domains")?.as_array()?.len())).collect();
    assert!(lengths.contains(&None) && lengths.contains(&Some(0)) && lengths.contains(&Some(1)), "{lengths:?}");
    assert!(lengths.iter().flatten().any(|length| *length > 1), "{lengths:?}");
}

#[tokio::test]
async fn moments_are_in_order_within_the_history_and_sometimes_shared() {
    let events = events(5_000).await;
    let moments: Vec<String> =
        texts(&events, "created_at").iter().map(|text| text.replace(' ', "T")[..23].to_owned()).collect();
    assert!(moments.is_sorted());
    assert!(moments[0].as_str() > "2026-08-22" && moments[4_999].as_str() < "2026-11-20");
    assert!(moments[4_999].as_str() > "2026-11-19");
    assert!(moments.windows(4).any(|four| four[0] == four[3]), "no millisecond is shared");
    let bare: Vec<&str> = texts(&events, "created_at").into_iter().filter(|text| !text.ends_with('Z')).collect();
    assert!((20..250).contains(&bare.len()), "{} of 5,000 have a space and no zone", bare.len());
    assert!(bare.iter().any(|text| text.len() == 23) && bare.iter().any(|text| text.len() == 26));
}

#[tokio::test]
async fn entities_change_after_they_were_made_and_not_in_the_future() {
    let connections = entities("connections", 500).await;
    let mut changed = 0;
    for connection in &connections {
        let (made, altered) = (connection["created_at"].as_str().unwrap(), connection["updated_at"].as_str().unwrap());
        assert!(made <= altered && altered <= "2026-11-20T00:00:00.000Z", "{connection}");
        changed += usize::from(made < altered);
    }
    assert!((300..500).contains(&changed), "{changed}");
}

#[tokio::test]
async fn nothing_changed_after_an_early_now() {
    let now = NOW - 365 * DAY;
    let running = sandbox().now(now).start().await.unwrap();
    let (connections, _) = Client::of(&running).walk("/connections?limit=100&order=asc", "").await;
    let moments = texts(&connections, "updated_at");
    assert!(moments.iter().all(|moment| *moment <= "2025-11-20T00:00:00.000Z"));
    assert!(moments.contains(&"2025-11-20T00:00:00.000Z"), "some would have changed later");
}

#[tokio::test]
async fn fields_vary_each_on_its_own() {
    let connections = entities("connections", 500).await;
    let pairs: Vec<(u64, f64)> = connections
        .iter()
        .filter_map(|one| Some((one.pointer("/metadata/users")?.as_u64()?, one.get("score")?.as_f64()?)))
        .collect();
    assert!(pairs.len() > 200);
    // Independent halves meet half of the time; the same dice would always.
    let together = pairs.iter().filter(|(users, score)| (*users < 42) == (*score < 500.0)).count();
    assert!((pairs.len() * 2 / 5..pairs.len() * 3 / 5).contains(&together), "{together} of {}", pairs.len());
}

#[tokio::test]
async fn values_vary_and_some_are_odd() {
    let connections = entities("connections", 500).await;
    assert!(distinct(&connections, "/name").len() > 400);
    let names: String = distinct(&connections, "/name").into_iter().collect();
    for odd in ['"', '\\', '\n', '🚀', 'ش', '社', 'ü'] {
        assert!(names.contains(odd), "{odd:?}");
    }
    // One record of 61 has odd values, none of the first 100.
    let tame = connections.iter().enumerate().filter(|(place, _)| *place < 100 || place % 61 > 0);
    let numbers: BTreeSet<u64> = tame.filter_map(|(_, one)| one.pointer("/metadata/users")?.as_u64()).collect();
    assert!(numbers.len() > 30 && numbers.iter().all(|number| *number < 84));
    let truths: BTreeSet<bool> = connections.iter().filter_map(|one| one.get("enabled")?.as_bool()).collect();
    assert_eq!(truths.len(), 2);
    let organizations = entities("organizations", 500).await;
    assert!(distinct(&organizations, "/external_id").len() > 350);
    let events = events(1_000).await;
    assert!(distinct(&events, "/data/email").len() > 600);
    assert!(distinct(&events, "/data/ip_address").iter().all(|ip| ip.parse::<std::net::IpAddr>().is_ok()));
    assert!(distinct(&events, "/data/user_id").len() > 500);
}

/// A list whose every column is of another type.
const TYPES: &str = r#"
paging: { tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } } }
resources:
  things:
    description: Things.
    get: /things
    paging: tokens
    records: data
    entity: thing
    key: id
    updated_at: changed
    incremental: { window: { from: query.since } }
    where: size2 >= 0 or size2 < 0
    fields:
      title: string
      note: { type: string?, from: note ?? comment }
      code: string
      size: integer
      size2: integer
      other: integer
      twice: { type: integer, from: other * 2 }
      ratio: number
      price: decimal
      day: date
      extra: json
      fine: boolean
    example: { id: th_01EHWNCE74X7JSDV0X3SZ3KJNY, title: A title, note: Some words, comment: Some words, code: a-b, size: 5,
      size2: 5, other: 4, ratio: 1.5, price: "1.50", day: "2026-01-15", extra: { a: 1 }, fine: true,
      changed: "2026-01-15T12:00:00.000Z" }
  parts:
    description: Parts.
    for_each: { thing: things }
    get: "/things/{thing.id}/parts"
    query: { of: "{thing.code}" }
    paging: tokens
    records: data
    entity: part
    key: id
    fields: { name: string }
"#;

#[tokio::test]
async fn a_few_values_of_every_type_are_at_its_ends_and_the_first_are_not() {
    let connector = crate::written::spec(TYPES);
    let running = tapwright_sandbox::Sandbox::new(&connector).now(NOW).records("things", 2_000).start().await.unwrap();
    let mut things = Vec::new();
    let mut next = String::new();
    loop {
        let page = Client::of(&running).get(&format!("/things?limit=100{next}")).await.body;
        things.extend(page["data"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    let all = |key: &str| things.iter().map(|thing| thing[key].to_string()).collect::<BTreeSet<_>>();
    let longest = things.iter().map(|thing| thing["title"].as_str().unwrap().chars().count()).max().unwrap();
    assert!(longest >= 5_000, "{longest}");
    for (key, odd) in [
        ("title", "\"\""),
        ("title", "\"مرحبا بالعالم، שלום עולם\""),
        ("title", "\"👩\u{200d}👩\u{200d}👧\u{200d}👦 🏳️\u{200d}🌈 🇨🇭 👍🏽\""),
        ("size", "9223372036854775807"),
        ("size", "-9223372036854775808"),
        ("size", "9007199254740993"),
        ("ratio", "1.7976931348623157e+308"),
        ("ratio", "5e-324"),
        ("price", "\"99999999999999999999999999.99\""),
        ("day", "\"2024-02-29\""),
        ("day", "\"9999-12-31\""),
        ("extra", "{}"),
    ] {
        assert!(all(key).contains(odd), "{key} is never {odd}");
    }
    let first = &things[..100];
    let whole = |thing: &Value, key: &str| thing[key].as_i64().unwrap();
    assert!(first.iter().all(|thing| (0..10).contains(&whole(thing, "size")) && thing["title"].as_str() > Some("")));
    assert!(things.iter().all(|thing| (0..10).contains(&whole(thing, "other"))), "what is computed with stays tame");
    assert!(things.iter().all(|thing| thing["size2"].as_i64().unwrap().abs() < 10), "so does what a filter looks at");
    let odd = things.iter().filter(|thing| !(0..10).contains(&whole(thing, "size"))).count();
    assert!((20..33).contains(&odd), "{odd} of 2,000 are odd");
    let same = things.iter().filter(|one| one["note"].is_string() && one["comment"].is_string());
    assert!(same.into_iter().all(|one| one["note"] == one["comment"]), "alternatives say the same");
    let moments: Vec<&str> = things.iter().map(|thing| thing["changed"].as_str().unwrap()).collect();
    assert!(moments.windows(2).filter(|pair| pair[0] == pair[1]).count() > 10, "some changed in the same millisecond");
}
