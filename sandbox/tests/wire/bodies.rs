//! Lists that are asked for with a body: JSON, a form, GraphQL. What is in it has to be as the spec says, to the last key.

use crate::fixture::*;
use crate::written::spec;
use serde_json::{Value, json};
use tapwright_sandbox::{Fault, Running, Sandbox};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Lists that are searched.
const SEARCHES: &str = r#"
paging:
  tokens: { cursor: { from: paging.next.after, to: body.after }, size: { to: body.limit, value: 50 } }
  pages: { page: { to: body.page.number, first: 0, last: pages }, size: { to: body.page.size, value: 50 } }
  form: { offset: { to: body.offset }, size: { to: body.count, value: 50 } }
  addresses: { next: { from: next }, size: { to: body.limit, value: 50 } }
resources:
  contacts:
    description: Contacts.
    post: /contacts/search
    json:
      properties: [email, "{config.org}"]
      filter: { archived: false, limit: 7, none: null }
    paging: tokens
    records: results
    entity: contact
    key: id
    updated_at: updated_at
    fields: { name: string }
    incremental:
      window: { from: body.filter.since, to: body.filter.until, format: unix_millis }
  companies:
    description: Companies.
    post: /companies
    json: {}
    paging: pages
    records: data
    entity: company
    key: id
    fields: { name: string }
  notes:
    description: The notes of a company.
    for_each: { company: companies }
    post: /notes
    json: { of: { company: "{company.id}", name: "{company.name}!" } }
    paging: addresses
    records: data
    entity: note
    key: id
    fields: { text: string }
  users:
    description: Users.
    post: /users.list
    form: { team: "{config.org}", deleted: "false" }
    paging: form
    records: members
    entity: user
    key: id
    fields: { name: string }
  ping:
    description: Nothing is sent.
    post: /ping
    paging: none
    records: data
    entity: pong
    key: id
    fields: { name: string }
"#;

async fn start(text: &str) -> Running {
    let sandbox = Sandbox::new(&spec(text)).now(NOW).seed(5);
    sandbox.start().await.unwrap()
}

fn items<'g>(got: &'g Got, pointer: &str) -> &'g Vec<Value> {
    assert_eq!(got.status, 200, "{}", got.body);
    got.body.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("{}", got.body))
}

/// A body with another value at a pointer to an object's member.
fn with(body: &Value, pointer: &str, value: Value) -> Value {
    let mut body = body.clone();
    let (object, key) = pointer.rsplit_once('/').unwrap();
    body.pointer_mut(object).unwrap()[key] = value;
    body
}

fn search() -> Value {
    json!({"properties": ["email", "a/b c"], "filter": {"archived": false, "limit": 7, "none": null}, "limit": 50})
}

#[tokio::test]
async fn a_list_is_paged_by_what_is_in_the_body() {
    let running = start(SEARCHES).await;
    let client = Client::of(&running);
    let (mut ids, mut body) = (Vec::new(), search());
    loop {
        let got = client.post_json("/contacts/search", &body).await;
        ids.extend(items(&got, "/results").iter().map(|record| record["id"].as_str().unwrap().to_owned()));
        match &got.body["paging"]["next"]["after"] {
            Value::Null => break,
            after => body["after"] = after.clone(),
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 250);
    assert_eq!(running.requests()[0].body, search().to_string());
    let mut page = json!({"page": {"number": 0, "size": 40}});
    let mut found = 0;
    loop {
        let got = client.post_json("/companies", &page).await;
        found += items(&got, "/data").len();
        if page["page"]["number"] == got.body["pages"] {
            break;
        }
        page["page"]["number"] = json!(page["page"]["number"].as_i64().unwrap() + 1);
    }
    assert_eq!((found, &page["page"]["number"]), (250, &json!(6)));
    assert_eq!(client.post_as("/ping", None, "").await.status, 200);
    assert_eq!(client.post_as("/ping", Some(JSON), "{}").await.status, 400);
}

#[tokio::test]
async fn what_is_not_as_the_spec_says_is_refused_by_name() {
    let running = start(SEARCHES).await;
    let client = Client::of(&running);
    for (pointer, value, named) in [
        ("/more", json!(1), "unknown key 'more'"),
        ("/filter/more", json!(null), "unknown key 'filter.more'"),
        ("/properties", json!(["email"]), "'properties'"),
        ("/properties", json!(["email", "a/b"]), "'properties.1'"),
        ("/filter/archived", json!("false"), "'filter.archived'"),
        ("/filter/limit", json!(8), "'filter.limit'"),
        ("/filter/none", json!(1), "'filter.none'"),
        ("/filter", json!({}), "is missing"),
        ("/limit", json!("50"), "'limit' must be a whole number"),
        ("/after", json!(5), "'after' must be text"),
        ("/after", json!(null), "'after' must be text"),
        ("/after", json!("nothing"), "'after' names no record"),
        ("/filter/since", json!("1790000000000"), "'filter.since' must be a whole number"),
        ("/filter/since", json!(1.5), "'filter.since' must be a whole number"),
    ] {
        let got = client.post_json("/contacts/search", &with(&search(), pointer, value)).await;
        assert_eq!(got.status, 400, "{pointer}: {}", got.body);
        assert!(got.body["message"].as_str().unwrap().contains(named), "{pointer}: {}", got.body);
    }
    assert_eq!(client.post_json("/contacts/search", &with(&search(), "/limit", json!(51))).await.status, 422);
    let window = with(&with(&search(), "/filter/since", json!(NOW)), "/filter/until", json!(NOW + 1));
    assert!(items(&client.post_json("/contacts/search", &window).await, "/results").len() <= 1);
    for (media, status) in
        [(None, 415), (Some("text/plain"), 415), (Some(FORM), 415), (Some("Application/JSON; charset=utf-8"), 200)]
    {
        assert_eq!(client.post_as("/contacts/search", media, &search().to_string()).await.status, status, "{media:?}");
    }
    assert_eq!(client.post_as("/contacts/search", Some(JSON), "{").await.status, 400);
    assert_eq!(client.post_as("/contacts/search", Some(JSON), "").await.status, 400);
    assert_eq!(client.post_as("/contacts/search", None, "").await.status, 415);
    assert_eq!(client.post_json("/contacts/search", &json!([])).await.status, 400);
    let got = client.get("/contacts/search").await;
    assert_eq!((got.status, &got.headers["allow"]), (405, &"POST".parse().unwrap()));
}

#[tokio::test]
async fn a_form_is_as_strict() {
    let running = start(SEARCHES).await;
    let client = Client::of(&running);
    let status = async |body: &str| client.post_as("/users.list", Some(FORM), body).await.status;
    let right = "team=a%2Fb+c&deleted=false";
    let first = client.post_as("/users.list", Some(FORM), &format!("{right}&count=30")).await;
    let second = client.post_as("/users.list", Some(FORM), &format!("{right}&count=30&offset=30")).await;
    assert_eq!((items(&first, "/members").len(), items(&second, "/members").len()), (30, 30));
    assert_ne!(items(&first, "/members")[29]["id"], items(&second, "/members")[0]["id"]);
    for (body, expected) in [
        (format!("{right}&more=1"), 400),
        ("team=a%2Fb+c".to_owned(), 400),
        (format!("{right}&deleted=false"), 400),
        (format!("{right}&offset=1&offset=1"), 400),
        ("team=other&deleted=false".to_owned(), 400),
        (format!("{right}&offset=x"), 422),
    ] {
        assert_eq!(status(&body).await, expected, "{body}");
    }
    assert_eq!(client.post_as("/users.list", Some(JSON), "{}").await.status, 415);
    assert_eq!(client.post_as("/users.list", None, right).await.status, 415);
}

#[tokio::test]
async fn a_parent_is_named_in_the_body() {
    let running = start(SEARCHES).await;
    let client = Client::of(&running);
    let mut ids = Vec::new();
    let companies = client.post_json("/companies", &json!({"page": {"number": 0, "size": 50}})).await;
    for company in items(&companies, "/data") {
        let (id, name) = (company["id"].as_str().unwrap(), company["name"].as_str().unwrap());
        let body = json!({"of": {"company": id, "name": format!("{name}!")}, "limit": 5});
        let mut got = client.post_json("/notes", &body).await;
        loop {
            ids.extend(items(&got, "/data").iter().map(|note| note["id"].as_str().unwrap().to_owned()));
            let Some(next) = got.body["next"].as_str().map(str::to_owned) else { break };
            let next = next.strip_prefix(&running.url()).unwrap().to_owned();
            got = client.post_json(&next, &body).await;
        }
        assert_eq!(client.post_json("/notes", &with(&body, "/of/name", json!(name))).await.status, 404);
    }
    let got = client.post_json("/notes", &json!({"of": {"company": "nobody", "name": "x!"}})).await;
    assert_eq!((got.status, &got.body["code"]), (404, &json!("not_found")));
    let got = client.post_json("/notes", &json!({"of": {"company": "nobody"}})).await;
    assert_eq!((got.status, &got.body["message"]), (400, &json!("key 'of.name' is missing")));
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert!(all > 30 && ids.len() == all, "{all}");
}

#[tokio::test]
async fn what_is_strict_can_be_let_go_of() {
    let running = Sandbox::new(&spec(SEARCHES)).strict(false).start().await.unwrap();
    let client = Client::of(&running);
    assert_eq!(client.post_json("/contacts/search", &json!({"limit": 5})).await.status, 200);
    assert_eq!(client.post_json("/contacts/search", &json!({"limit": 5, "more": 5})).await.status, 400);
}

/// Two lists of one GraphQL API.
const GRAPH: &str = r#"
paging:
  teams:
    cursor: { from: data.teams.pageInfo.endCursor, to: body.variables.after }
    size: { to: body.variables.first, value: 50 }
    more: data.teams.pageInfo.hasNextPage
  issues:
    cursor: { from: data.team.issues.pageInfo.endCursor, to: body.variables.after }
    size: { to: body.variables.first, value: 50 }
    more: data.team.issues.pageInfo.hasNextPage
resources:
  teams:
    description: Teams.
    post: /graphql
    graphql:
      query: "query ($first: Int!, $after: String) { teams(first: $first, after: $after) { nodes { id name } } }"
    paging: teams
    records: data.teams.nodes
    entity: team
    key: id
    fields: { name: string }
  issues:
    description: Issues.
    for_each: { team: teams }
    post: /graphql
    graphql:
      query: "query ($team: String!, $open: Boolean, $first: Int!, $after: String) { team(id: $team) { issues(open: $open, first: $first, after: $after) { nodes { id } } } }"
      variables: { team: "{team.id}", open: true }
    paging: issues
    records: data.team.issues.nodes
    entity: issue
    key: id
    fields: { title: string }
"#;

const TEAMS: &str =
    "query ($first: Int!, $after: String) { teams(first: $first, after: $after) { nodes { id name } } }";
const ISSUES: &str = "query ($team: String!, $open: Boolean, $first: Int!, $after: String) { team(id: $team) { issues(open: $open, first: $first, after: $after) { nodes { id } } } }";

#[tokio::test]
async fn a_query_says_which_list_of_one_path_is_meant() {
    let running = start(GRAPH).await;
    let client = Client::of(&running);
    let (mut teams, mut variables) = (Vec::new(), json!({"first": 50}));
    loop {
        let got = client.post_json("/graphql", &json!({"query": TEAMS, "variables": variables})).await;
        assert_eq!(got.body.as_object().unwrap().keys().collect::<Vec<_>>(), ["data"]);
        teams.extend(items(&got, "/data/teams/nodes").iter().cloned());
        let info = &got.body["data"]["teams"]["pageInfo"];
        if info["hasNextPage"] == json!(false) {
            break;
        }
        variables["after"] = info["endCursor"].clone();
    }
    assert_eq!(teams.len(), 250);
    let mut sizes = Vec::new();
    for team in &teams[200..] {
        let variables = json!({"first": 50, "team": team["id"], "open": true});
        let got = client.post_json("/graphql", &json!({"query": ISSUES, "variables": variables})).await;
        sizes.push(items(&got, "/data/team/issues/nodes").len());
    }
    assert!(sizes.contains(&0) && sizes.iter().any(|size| *size > 0), "{sizes:?}");
    running.fail("issues", Fault::Status(503, None).always()).unwrap();
    assert_eq!(client.post_json("/graphql", &json!({"query": TEAMS, "variables": {"first": 1}})).await.status, 200);
}

#[tokio::test]
async fn bad_variables_are_told_in_errors() {
    let running = start(GRAPH).await;
    let client = Client::of(&running);
    for variables in [
        json!({"first": 50, "after": "nothing"}),
        json!({"first": "50"}),
        json!({"first": 51}),
        json!({"first": 50, "after": 7}),
        json!({"first": 50, "more": true}),
    ] {
        let got = client.post_json("/graphql", &json!({"query": TEAMS, "variables": variables})).await;
        assert_eq!((got.status, &got.body["data"]), (200, &Value::Null), "{variables}: {}", got.body);
        assert!(!got.body["errors"][0]["message"].as_str().unwrap().is_empty(), "{variables}: {}", got.body);
    }
    let team = json!({"first": 5, "team": "nobody", "open": true});
    let got = client.post_json("/graphql", &json!({"query": ISSUES, "variables": team})).await;
    assert_eq!(got.body, json!({"data": null, "errors": [{"message": "Not found"}]}));
    for body in [
        json!({"query": "query { other }", "variables": {"first": 5}}),
        json!({"query": TEAMS}),
        json!({"query": TEAMS, "variables": {"first": 5}, "more": 1}),
        json!({"variables": {"first": 5}}),
    ] {
        let got = client.post_json("/graphql", &body).await;
        assert_eq!((got.status, got.body["message"].is_string()), (400, true), "{body}: {}", got.body);
    }
}

#[tokio::test]
async fn a_setting_is_of_its_kind_in_a_body_whoever_sets_it() {
    let text = "tapwright: 1\nconnector: fixture\ndescription: A fixture.\n\
                config:\n  apiKey: { type: secret, matches: \"sk_*\", description: The key. }\n  \
                days: { type: integer, range: [1, 90], default: 30, description: How many. }\n  \
                open: { type: boolean, default: true, description: Whether. }\n  \
                teams: { type: list of string, default: [a, b], description: Which. }\n\
                api:\n  base_url: https://api.example.com\n  auth: { bearer: \"{config.apiKey}\" }\n\
                resources:\n  things: { description: T., post: /things, json: { days: \"{config.days}\", open: \
                \"{config.open}\" }, paging: none, records: data, entity: thing, key: id, fields: { name: string } }\n";
    let checked = tapwright_spec::check(&tapwright_spec::Source::new("fixture.yaml", text));
    let connector = checked.model.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics));
    let made = Sandbox::new(&connector).start().await.unwrap();
    let given = Sandbox::new(&connector).setting("days", "7").setting("open", "false").setting("teams", "x, y");
    let given = given.start().await.unwrap();
    for (running, days, open) in [(&made, 30, true), (&given, 7, false)] {
        let client = Client::of(running);
        for (body, status) in [
            (json!({"days": days, "open": open}), 200),
            (json!({"days": days.to_string(), "open": open}), 400),
            (json!({"days": days, "open": open.to_string()}), 400),
            (json!({"days": days, "open": !open}), 400),
        ] {
            assert_eq!(client.post_json("/things", &body).await.status, status, "{body}");
        }
    }
    let teams = |running: &Running| running.settings().find(|(name, _)| *name == "teams").unwrap().1;
    assert_eq!((teams(&made), teams(&given)), ("a,b".to_owned(), "x,y".to_owned()));
}
