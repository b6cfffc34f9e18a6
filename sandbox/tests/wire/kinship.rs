//! Lists that are read for each row of another: what happens to them when records come, change and go.

use crate::children::{ORG, issues, issues_of, name, repositories, start};
use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Change, Error, Sandbox};

#[tokio::test]
async fn what_belongs_to_a_parent_comes_and_goes_with_it() {
    let running = start().await;
    let client = Client::of(&running);
    let before = repositories(&client).await;
    let (full, path) = (&before[before.len() - 1], issues_of(&before[before.len() - 1]));
    let id = full["id"].to_string();
    assert_eq!(issues(&client, full, "").await.len(), 100);
    let issue = running.insert("issues", &Change::new().of(&id).set("state", "closed")).unwrap();
    assert_eq!(issue, format!("{id}/101"));
    let last = issues(&client, full, "").await.pop().unwrap();
    assert_eq!((&last["number"], &last["state"]), (&json!(101), &json!("closed")));
    let comments = format!("/repos/{ORG}/{}/issues/101/comments?limit=5", name(full));
    assert_eq!(client.get(&comments).await.body["items"], json!([]));
    let comment = running.insert("comments", &Change::new().of(&issue).set("body", "New.")).unwrap();
    assert_eq!(client.get(&comments).await.body["items"][0]["body"], "New.");
    running.update("comments", &comment, &Change::new().of(&issue).set("body", "Newer.")).unwrap();
    assert_eq!(client.get(&comments).await.body["items"][0], running.record("comments", &comment).unwrap());
    assert_eq!(running.record("comments", &comment).unwrap()["body"], "Newer.");
    running.update("issues", &format!("{id}/7"), &Change::new().set("note", "odd")).unwrap();
    assert_eq!(running.record("issues", &format!("{id}/7")).unwrap()["note"], "odd");
    assert_eq!(running.moment("issues", &format!("{id}/7")).unwrap(), NOW + 2);
    running.delete("comments", &comment).unwrap();
    assert_eq!(client.get(&comments).await.body["total"], 0);
    running.delete("issues", &format!("{id}/1")).unwrap();
    assert_eq!(issues(&client, full, "").await.len(), 100);
    let of_first = comments.replace("101", "1");
    assert_eq!(client.get(&of_first).await.status, 404, "its comments are gone with it");
    running.update("repositories", &id, &Change::new().set("name", "re/named")).unwrap();
    assert_eq!(client.get(&path).await.status, 410);
    let renamed = format!("/repos/{ORG}/re%2Fnamed/issues?states=open,closed");
    assert_eq!(client.get(&renamed).await.status, 200);
    running.delete("repositories", &id).unwrap();
    assert_eq!(client.get(&renamed).await.status, 410);
    assert_eq!(client.get(&comments).await.status, 404);
    assert!(matches!(running.record("issues", &issue), Err(Error::UnknownRecord(_))));
}

#[tokio::test]
async fn a_new_parent_has_an_empty_list_of_its_own() {
    let running = start().await;
    let client = Client::of(&running);
    let id = running.insert("repositories", &Change::new().set("name", "new")).unwrap();
    let path = format!("/repos/{ORG}/new/issues?states=open,closed");
    assert_eq!(client.get(&path).await.body, json!([]));
    let own = |nth: usize| format!("{id}/{nth}");
    for nth in 1..4 {
        assert_eq!(running.insert("issues", &Change::new().of(&id)).unwrap(), own(nth));
    }
    let numbers = client.get(&path).await.body;
    assert_eq!(
        numbers.as_array().unwrap().iter().map(|issue| issue["number"].as_u64()).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3)]
    );
    let taken = Change::new().of(&id).set("number", 2);
    assert!(matches!(running.insert("issues", &taken), Err(Error::Exists(id)) if id == own(2)));
    assert!(matches!(running.insert("issues", &Change::new()), Err(Error::WithoutParent(_))));
    assert!(matches!(running.insert("issues", &Change::new().of("0")), Err(Error::UnknownRecord(_))));
    let other = Change::new().of("0").set("state", "odd");
    assert!(matches!(running.update("issues", &own(2), &other), Err(Error::UnknownRecord(_))));
    let order = json!({"resource": "comments", "of": own(3), "set": {"body": "x"}});
    assert_eq!(client.post("/__sandbox/insert", order).await.status, 200);
    let got = client.get(&format!("/repos/{ORG}/new/issues/3/comments")).await;
    assert_eq!(got.body["items"][0]["body"], "x");
    running.delete("issues", &own(2)).unwrap();
    assert_eq!(running.insert("issues", &Change::new().of(&id)).unwrap(), own(4), "a number is given once");
}

/// Issues, and their changes, which come with them; the changes of tickets, which come alone.
const WITHIN: &str = r#"
paging: { counted: { offset: { to: query.start, total: total }, size: { to: query.max, value: 50 } } }
resources:
  changes:
    description: The changes of issues.
    get: /issues
    paging: counted
    records: issues[].changelog.histories
    entity: change
    key: [above.id, id]
    fields: { issue: { type: string, from: above.id, references: issues }, author: string? }
    example: { id: "7", author: Ada }
  issues:
    description: Issues.
    get: /issues
    paging: counted
    records: issues
    entity: issue
    key: id
    fields: { name: string }
    example: { id: issue_01EHWNCE74X7JSDV0X3SZ3KJNY, name: One }
  ticks:
    description: The changes of issues, elsewhere.
    get: /ticks
    paging: counted
    records: issues[].ticks
    entity: tick
    key: id
    fields: { issue: { type: string, from: above.id, references: issues } }
    example: { id: tick_01EHWNCE74X7JSDV0X3SZ3KJNY }
"#;

#[tokio::test]
async fn records_within_those_of_another_resource_come_with_them() {
    let sandbox = Sandbox::new(&spec(WITHIN)).records("issues", 60).records("changes", 150).records("ticks", 30);
    let running = sandbox.start().await.unwrap();
    let client = Client::of(&running);
    let inserted = running.insert("changes", &Change::new().set("author", "Bob")).unwrap();
    let mut issues = client.get("/issues?max=50").await.body["issues"].as_array().unwrap().clone();
    issues.extend(client.get("/issues?max=50&start=50").await.body["issues"].as_array().unwrap().iter().cloned());
    assert_eq!(issues.len(), 60);
    let of = |issue: &Value| issue["changelog"]["histories"].as_array().unwrap().len();
    assert_eq!(issues.iter().map(of).sum::<usize>(), 151, "{}", issues[0]);
    let ids: Vec<&str> = texts(&issues, "id");
    for tick in client.get("/ticks?max=50").await.body["issues"].as_array().unwrap() {
        assert!(ids.contains(&tick["id"].as_str().unwrap()), "{tick} stands in nobody's list");
    }
    assert_eq!(running.record("changes", &inserted).unwrap()["author"], "Bob");
    running.fail("changes", tapwright_sandbox::Fault::Forbidden("no".to_owned())).unwrap();
    let state = client.control("").await;
    let armed = |place: usize| state["resources"][place]["faults"].clone();
    assert_eq!((armed(0), armed(1), armed(2)), (json!(1), json!(1), json!(0)), "one answer holds both");
    assert_eq!(client.get("/issues?max=50").await.status, 403);
    running.delete("changes", &inserted).unwrap();
    let issues = client.get("/issues?max=50").await.body["issues"].as_array().unwrap().clone();
    let first: Vec<Value> = issues[0]["changelog"]["histories"].as_array().unwrap().clone();
    let id = format!("{}/{}", issues[0]["id"].as_str().unwrap(), first[0]["id"].as_str().unwrap());
    assert_eq!(running.record("changes", &id).unwrap(), first[0], "its row is that of the issue it stands in");
}

/// What belongs to a part is asked for by what is said of it, one of which is the thing's.
const CALLED: &str = r#"
paging: { tokens: { cursor: { from: next, to: query.cursor }, size: { to: query.limit, value: 100 } } }
resources:
  things:
    { description: T., get: /things, paging: tokens, records: data, entity: thing, key: id, fields: { name: string } }
  parts:
    description: Parts.
    for_each: { thing: things }
    get: "/things/{thing.id}/parts"
    paging: tokens
    records: data
    entity: part
    key: id
    fields: { label: string, owner: { type: string, from: thing.name } }
  bits:
    description: Bits.
    for_each: { part: parts }
    get: "/bits/{part.owner}/{part.label}"
    paging: tokens
    records: data
    entity: bit
    key: id
    fields: { name: string }
  pairs:
    description: Of a thing in a state.
    for_each: { thing: things, state: [open, closed] }
    get: "/pairs/{thing.id}-{state}"
    paging: tokens
    records: data
    entity: pair
    key: id
    fields: { name: string }
"#;

#[tokio::test]
async fn what_is_called_by_a_parents_name_is_found_by_its_new_one() {
    let running = Sandbox::new(&spec(CALLED)).records("things", 4).records("parts", 12).records("bits", 60);
    let running = running.start().await.unwrap();
    let client = Client::of(&running);
    let thing = client.get("/things").await.body["data"][3]["id"].as_str().unwrap().to_owned();
    let parts = client.get(&format!("/things/{thing}/parts")).await.body["data"].as_array().unwrap().clone();
    let label = parts[0]["label"].as_str().unwrap();
    let path = |owner: &str| format!("/bits/{owner}/{}", crate::written::segment(label));
    running.update("things", &thing, &Change::new().set("name", "First")).unwrap();
    assert_eq!((client.get(&path("First")).await.status, client.get(&path("Second")).await.status), (200, 404));
    running.update("things", &thing, &Change::new().set("name", "Second")).unwrap();
    assert_eq!((client.get(&path("First")).await.status, client.get(&path("Second")).await.status), (404, 200));
}

#[tokio::test]
async fn a_path_that_names_two_at_once_is_taken_apart() {
    let running = Sandbox::new(&spec(CALLED)).records("things", 4).records("pairs", 80).start().await.unwrap();
    let client = Client::of(&running);
    let (mut ids, mut lists) = (Vec::new(), 0);
    for thing in client.get("/things").await.body["data"].as_array().unwrap() {
        let id = thing["id"].as_str().unwrap();
        for (state, status) in [("open", 200), ("closed", 200), ("odd", 404)] {
            let got = client.get(&format!("/pairs/{id}-{state}?limit=100")).await;
            assert_eq!(got.status, status, "{state}: {}", got.body);
            lists += u32::from(status == 200);
            ids.extend(
                texts(got.body["data"].as_array().unwrap_or(&Vec::new()), "id").iter().map(|id| (*id).to_owned()),
            );
        }
        assert_eq!(client.get(&format!("/pairs/x{id}-open")).await.status, 404);
    }
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), lists), (80, 8), "each stands in one list");
}
