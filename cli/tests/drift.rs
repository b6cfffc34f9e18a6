//! What syncs have seen that the spec does not say: `drift --live`, from a real API's odd records to the last byte printed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may")]

mod support;

use serde_json::{Value, json};
use support::{Place, Said, signal, until};
use tapwright_sandbox::{Change, Fault, Running, Sandbox};
use tapwright_spec::{Source, check};

const SPEC: &str = r#"
tapwright: 1
connector: shop
title: Shop
description: What a shop sells.
config:
  apiKey: { type: secret, env: SHOP_KEY, description: The key. }
api:
  base_url: https://api.shop.example
  auth: { bearer: "{config.apiKey}" }
paging:
  after:
    cursor: { from: next, to: query.after }
    size: { to: query.limit, value: 10 }
types:
  State: [active, archived]
resources:
  items:
    description: What is sold.
    get: /items
    paging: after
    records: data
    entity: shop_item
    key: id
    fields:
      name: string
      state: State
      seats: integer
      nick: { type: string?, from: nickname }
      color: string?
      owner: { type: string?, from: owner.name }
    example: { id: item_1, name: Chair, state: active, seats: 1, nickname: Chairy, color: red, owner: { name: Ann } }
  shelves:
    description: Where it stands.
    get: /shelves
    paging: after
    records: data
    entity: shop_shelf
    key: id
    fields: { name: string }
    example: { id: shelf_1, name: Left }
"#;

/// Records by hand: `plain` as the spec says, then one of each kind that is not.
fn shop(plain: usize) -> Running {
    let model = check(&Source::new("shop.yaml", SPEC)).model.unwrap();
    let sandbox = Sandbox::new(&model).records("items", 0).records("shelves", 0).start_on_thread().unwrap();
    let item = || {
        let owner = json!({ "name": "Ann" });
        let change = Change::new().set("name", "Chair").set("state", "active").set("seats", 1).set("owner", owner);
        change.set("nickname", Value::Null).set("color", "red")
    };
    let put = |change: Change| drop(sandbox.insert("items", &change).unwrap());
    put(item().set("color", Value::Null));
    (1..plain).for_each(|_| put(item()));
    put(item().set("plan", "pro"));
    put(item().set("plan", Value::Null).set(&format!("key_{}", sandbox.key()), 1));
    put(item().set("state", "frozen"));
    put(item().set("state", sandbox.key()));
    put(item().set("name", Value::Null));
    put(item().set("seats", "two"));
    put(item().set("seats", 1.5));
    put(item().set("owner", "Ann"));
    sandbox
}

fn place(sandbox: &Running) -> Place {
    let place = Place::new().variable("SHOP_KEY", sandbox.key());
    place.write("shop.yaml", SPEC);
    place
}

fn sync(place: &Place, sandbox: &Running, more: &[&str]) -> Said {
    place.run(&[&["sync", "shop.yaml", "--base-url", &sandbox.url()][..], more].concat())
}

/// What it prints, with moments as `TIME`, and the spaces of the table as they are for one.
fn timeless(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.ends_with('Z') && word.get(4..5) == Some("-");
    let shown = |word: &str| if is_time(word) { "TIME".to_owned() } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(shown).collect::<Vec<_>>().join(" ") + "\n";
    text.lines().map(line).collect()
}

#[test]
fn what_syncs_have_seen_is_told_with_what_to_do_and_an_exit_code() {
    let sandbox = shop(22);
    let place = place(&sandbox);
    for _ in 0..2 {
        assert_eq!(sync(&place, &sandbox, &[]).code, Some(0));
    }
    let said = place.run(&["drift", "shop.yaml", "--live"]);
    assert_eq!(said.code, Some(3), "{said:#?}");
    let expected = "\
items: 60 records in 2 syncs, 8 of them set aside, since TIME
what        where       came                          times  last                  what to do
new field   plan                                          4  TIME  add a field, or put it into `example`
new field   key_••••••                                    2  TIME  add a field, or put it into `example`
new value   state       frozen                            2  TIME  add it to the type `State`
new value   state       ••••••                            2  TIME  add it to the type `State`
null        name        null, or nothing                  2  TIME  make it `string?`
wrong type  seats       a number that it cannot hold      2  TIME  make it `decimal`, or make a value of it in `from`
wrong type  seats       text                              2  TIME  make it `string`, or make a value of it in `from`
wrong type  owner       text                              2  TIME  read it as `json`, or by another path
never came  nick                                         52  TIME  check its `from`, or leave it out
may be null, and never was: `owner`

shelves: 0 records in 2 syncs, since TIME
as the spec says

drift: 9 differences in 1 resource
";
    assert_eq!(timeless(&said.out), expected);
    assert_eq!(said.err, "");

    let said = place.run(&["drift", "shop.yaml", "--live", "--format", "json"]);
    assert_eq!(said.code, Some(3));
    let json = said.json();
    assert_eq!((&json["connector"], &json["drift"]), (&json!("shop"), &json!(true)));
    let items = &json["resources"]["items"];
    assert_eq!(items["records"], 60);
    assert_eq!(items["set_aside"], 8);
    assert_eq!(items["syncs"], 2);
    assert_eq!(items["never_null"], json!(["owner"]));
    let findings = items["findings"].as_array().unwrap();
    let first = &findings[0];
    assert!(first["first_at"].as_str().unwrap() < first["last_at"].as_str().unwrap(), "{first}");
    assert_eq!(first["help"], "add a field, or put it into `example`");
    let told: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let mut finding = finding.clone();
            let object = finding.as_object_mut().unwrap();
            ["first_at", "last_at", "help"].iter().for_each(|key| drop(object.remove(*key)));
            finding
        })
        .collect();
    assert_eq!(
        json!(told),
        json!([
            { "kind": "new_field", "field": "plan", "count": 4 },
            { "kind": "new_field", "field": "key_••••••", "count": 2 },
            { "kind": "new_value", "column": "state", "value": "frozen", "count": 2 },
            { "kind": "new_value", "column": "state", "value": "••••••", "count": 2 },
            { "kind": "null", "column": "name", "count": 2 },
            { "kind": "wrong_type", "column": "seats", "came": "a number that it cannot hold", "count": 2 },
            { "kind": "wrong_type", "column": "seats", "came": "text", "count": 2 },
            { "kind": "wrong_path", "key": "owner", "came": "text", "count": 2 },
            { "kind": "never_came", "column": "nick", "count": 52 },
        ])
    );
    // The column `state` itself keeps what came, as the row's own data; the counts do not.
    for query in ["select group_concat(name) from _tapwright_seen", "select group_concat(place) from _tapwright_seen"] {
        let kept: String = place.store().query_row(query, [], |row| row.get(0)).unwrap();
        assert!(!kept.contains(sandbox.key()), "{kept}");
    }
}

#[test]
fn a_source_that_is_as_the_spec_says_has_none() {
    let place = Place::new();
    for sync in ["1 sync", "2 syncs"] {
        assert_eq!(place.run(&["sync", "--sandbox"]).code, Some(0));
        let said = place.run(&["drift", "workos", "--live"]);
        assert_eq!(said.code, Some(0), "{said:#?}");
        said.says(&[&format!("in {sync}, since"), "no drift: all that came is as the spec says\n"]);
        assert_eq!(place.run(&["drift", "--live", "--format", "json"]).json()["drift"], false);
    }
}

#[test]
fn a_spec_that_says_it_now_has_no_drift_any_more() {
    let sandbox = shop(22);
    let place = place(&sandbox);
    assert_eq!(sync(&place, &sandbox, &[]).code, Some(0));
    let spec = SPEC
        .replace("[active, archived]", &format!("[active, archived, frozen, {}]", sandbox.key()))
        .replace("name: string\n      state", "name: string?\n      plan: string?\n      state")
        .replace("seats: integer", "seats: json")
        .replace("owner: { type: string?, from: owner.name }", "owner: json")
        .replace("      nick: { type: string?, from: nickname }\n", "")
        .replace("owner: { name: Ann } }", &format!("owner: {{ name: Ann }}, plan: a, key_{}: 1 }}", sandbox.key()));
    place.write("shop.yaml", &spec);
    let said = place.run(&["drift", "shop.yaml", "--live"]);
    // The key is masked where it was counted: that it is known by now cannot be told.
    let left: Vec<_> = said.out.lines().filter(|line| line.starts_with("new ")).collect();
    assert!(left.iter().all(|line| line.contains("••••••")), "{said:#?}");
    assert!(!said.out.contains("null  ") && !said.out.contains("wrong type") && !said.out.contains("never came"));
    // And what is read anew is counted anew.
    assert_eq!(sync(&place, &sandbox, &["--full"]).code, Some(0));
    let said = place.run(&["drift", "shop.yaml", "--live"]);
    said.says(&["items: 30 records in 1 sync, since"]);
}

#[test]
fn there_is_something_to_say_of_a_store_only_when_a_sync_has_counted() {
    let place = Place::new();
    let said = place.run(&["drift", "--live"]);
    assert_eq!(said.code, Some(1));
    said.says(&["error: there is no database yet", "run `tapwright sync` first"]);
    place.write("shop.yaml", SPEC);
    assert_eq!(place.run(&["sync", "--sandbox", "--resources", "organizations"]).code, Some(0));
    let said = place.run(&["drift", "shop.yaml", "--live"]);
    assert_eq!(said.code, Some(1));
    said.says(&["error: nothing was counted of Shop yet", "a sync counts as it reads"]);
    let said = place.run(&["drift", "--live"]);
    assert_eq!(said.code, Some(0));
    said.says(&["organizations: 250 records in 1 sync, since", "connections: not read yet"]);
    // A store of a release that did not count.
    place.store().execute_batch("drop table _tapwright_seen").unwrap();
    place.run(&["drift", "--live"]).says(&["error: nothing was counted of WorkOS yet"]);
    assert_eq!(place.run(&["drift"]).code, Some(2), "against what, is for the user to say");
    assert_eq!(place.run(&["drift", "shop.yml", "--live"]).code, Some(2));
}

#[test]
fn counts_outlive_a_failure_a_stop_and_a_kill_and_are_not_doubled() {
    // A failure on page 3 of 6, then the rest.
    let sandbox = shop(52);
    let place = place(&sandbox);
    sandbox.fail("items", Fault::Forbidden(String::new()).times(1).after(2)).unwrap();
    assert_eq!(sync(&place, &sandbox, &[]).code, Some(3));
    let counted = |place: &Place| {
        let items =
            place.run(&["drift", "shop.yaml", "--live", "--format", "json"]).json()["resources"]["items"].clone();
        (items["records"].as_u64().unwrap(), items["set_aside"].as_u64().unwrap(), items["syncs"].as_u64().unwrap())
    };
    assert_eq!(counted(&place), (20, 4, 1), "what was committed is counted");
    assert_eq!(sync(&place, &sandbox, &[]).code, Some(0));
    assert_eq!(counted(&place), (60, 4, 2), "and the pages before are not read, nor counted, again");

    // Killed or stopped in the middle, wherever that is: rows and counts are of the same pages.
    let slow = slow_shop();
    let (mut killed, mut in_the_middle) = (0, 0);
    for (name, requests) in [("KILL", 3), ("TERM", 4), ("KILL", 6), ("TERM", 9), ("KILL", 9), ("KILL", 13)] {
        let place = Place::new().variable("SHOP_KEY", slow.key());
        place.write("shop.yaml", SPEC);
        let seen = slow.request_count();
        let mut command = place.command(&["sync", "shop.yaml", "--base-url", &slow.url()]);
        let mut child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
        until("it had sent its requests", || slow.request_count() - seen >= requests);
        signal(name, child.id());
        killed += u32::from(child.wait().unwrap().code().is_none());
        let rows = place.number("select count(*) from shop_item");
        let counted = "select coalesce(sum(count), 0) from _tapwright_seen where resource = 'items' and what = 'row'";
        assert_eq!(place.number(counted), rows, "{name} after {requests} requests");
        in_the_middle += u32::from(rows > 0 && rows < 200);
        assert_eq!(sync(&place, &slow, &[]).code, Some(0));
        assert_eq!(place.number("select count(*) from shop_item"), 200);
        assert_eq!(place.number(counted), 200, "{name} after {requests} requests");
    }
    assert!(killed >= 3 && in_the_middle >= 3, "{killed} killed in time, {in_the_middle} in the middle");
}

/// 20 pages, each 20 ms late.
fn slow_shop() -> Running {
    let model = check(&Source::new("shop.yaml", SPEC)).model.unwrap();
    let sandbox = Sandbox::new(&model).records("items", 200).records("shelves", 0);
    sandbox.latency(std::time::Duration::from_millis(20)).start_on_thread().unwrap()
}
