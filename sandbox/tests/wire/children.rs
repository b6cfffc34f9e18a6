//! Lists that are read for each row of another: which there are, whose they are, and how they are paged.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixture::*;
use crate::written::{segment, spec};
use serde_json::{Value, json};
use tapwright_sandbox::{Fault, Running, Sandbox};

/// Repositories, their issues (numbered by repository), the comments of those (of which each has an id of its own), and
/// the settings of a repository, of which there are one at most.
const TREE: &str = r#"
paging:
  tokens: { cursor: { from: meta.next, to: query.cursor }, size: { to: query.limit, value: 100 } }
  pages: { page: { to: query.page, last: 'integer(headers["X-Total-Pages"])' }, size: { to: query.per_page, value: 50 } }
  records: { offset: { to: query.start, total: total }, size: { to: query.limit, value: 50 } }
  github: { next: link_header, size: { to: query.per_page, value: 50 } }
types:
  State: [open, closed]
resources:
  comments:
    description: Comments.
    for_each: { issue: issues }
    get: /repos/{config.org}/{issue.repositoryName}/issues/{issue.number}/comments
    paging: records
    records: items
    entity: comment
    key: id
    updated_at: updated_at
    fields: { body: string, issue: { type: string, from: issue.id, references: issues } }
    example: { id: com_01E4ZCR3C56J083X43JQXF3JK5, body: Yes., updated_at: "2026-01-15T12:00:00.000Z" }
  repositories:
    description: Repositories.
    get: /orgs/{config.org}/repos
    paging: tokens
    records: data
    entity: repository
    key: text(id)
    updated_at: updated_at
    fields: { name: string, owner: { type: string, from: owner.login } }
    example: { id: 1296269, name: Hello-World, owner: { login: octocat }, updated_at: "2026-01-15T12:00:00Z" }
  issues:
    description: Issues.
    for_each: { repository: repositories }
    get: /repos/{config.org}/{repository.name}/issues
    query: { states: { each: State, style: comma } }
    paging: pages
    records: $
    on_error: [{ status: 410, code: repository_gone, then: skip_parent }]
    entity: issue
    key: [repository.id, number]
    updated_at: { from: updated, format: unix_seconds }
    fields:
      number: integer
      state: State
      repositoryName: { type: string, from: repository.name }
    incremental:
      window: { from: query.since, to: query.until, format: unix_seconds }
    example: { number: 7, state: open, updated: 1768478400 }
  events:
    description: Events.
    for_each: { repository: repositories }
    get: /repositories/v-{repository.id}.json/events
    query: { repository: "{repository.id}", at: "{repository.updated_at}" }
    headers: { X-Owner: "{repository.owner}" }
    paging: github
    records: data
    event: repository_event
    key: id
    at: created_at
    fields: { kind: string }
    example: { id: evt_01E4ZCR3C56J083X43JQXF3JK5, kind: push, created_at: "2026-01-15T12:00:00.000Z" }
  special:
    description: Nobody's issues.
    get: /repos/{config.org}/special/issues
    paging: none
    records: data
    entity: special
    key: id
    fields: { name: string }
  settings:
    description: Settings.
    for_each: { repository: repositories }
    get: /repos/{config.org}/{repository.name}/settings
    paging: none
    records: data
    entity: setting
    key: repository.id
    fields: { wiki: boolean }
    example: { wiki: true }
"#;

/// What is asked for to get events.
const EVENTS_OF: &str = r#"    get: /repositories/v-{repository.id}.json/events
    query: { repository: "{repository.id}", at: "{repository.updated_at}" }
    headers: { X-Owner: "{repository.owner}" }
"#;

pub(crate) const ORG: &str = "a%2Fb%20c";

pub(crate) async fn start() -> Running {
    let sandbox = Sandbox::new(&spec(TREE)).now(NOW).seed(3).records("repositories", 20).records("issues", 400);
    let sandbox = sandbox.records("comments", 1_200).records("events", 900).records("settings", 12);
    sandbox.start().await.unwrap()
}

pub(crate) async fn repositories(client: &Client<'_>) -> Vec<Value> {
    data(&client.get(&format!("/orgs/{ORG}/repos?limit=100")).await, "/data")
}

fn data(got: &Got, pointer: &str) -> Vec<Value> {
    assert_eq!(got.status, 200, "{}", got.body);
    got.body.pointer(pointer).unwrap().as_array().unwrap().clone()
}

pub(crate) fn name(record: &Value) -> String {
    segment(record["name"].as_str().unwrap())
}

pub(crate) fn issues_of(repository: &Value) -> String {
    format!("/repos/{ORG}/{}/issues?states=open,closed", name(repository))
}

/// All issues of a repository.
pub(crate) async fn issues(client: &Client<'_>, repository: &Value, rest: &str) -> Vec<Value> {
    let (mut found, mut page) = (Vec::new(), 1);
    loop {
        let got = client.get(&format!("{}&per_page=50&page={page}{rest}", issues_of(repository))).await;
        let here = data(&got, "");
        let last: usize = got.headers["x-total-pages"].to_str().unwrap().parse().unwrap();
        found.extend(here);
        if page >= last {
            return found;
        }
        page += 1;
    }
}

#[tokio::test]
async fn every_record_is_in_the_list_of_exactly_one_parent() {
    let running = start().await;
    let client = Client::of(&running);
    let repositories = repositories(&client).await;
    assert_eq!(repositories.len(), 20);
    let names: BTreeSet<String> = repositories.iter().map(name).collect();
    assert_eq!(names.len(), 20, "a repository is called by its name");
    assert!(names.iter().any(|name| name.contains('%')), "odd names are names");
    let mut counts = Vec::new();
    for repository in &repositories {
        let found = issues(&client, repository, "").await;
        let numbers: BTreeSet<u64> = found.iter().map(|issue| issue["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (1..=found.len() as u64).collect(), "they are counted by repository");
        counts.push(found.len());
    }
    assert_eq!(counts.iter().sum::<usize>(), 400);
    assert_eq!((counts.iter().max(), counts.iter().filter(|count| **count == 0).count()), (Some(&100), 5));
    assert_eq!(start().await.request_count(), 0);
}

#[tokio::test]
async fn every_strategy_leads_through_the_list_of_a_parent() {
    let running = start().await;
    let client = Client::of(&running);
    let http = crate::fixture::http();
    let (mut events, mut comments) = (BTreeMap::<String, usize>::new(), BTreeSet::new());
    for repository in repositories(&client).await {
        let id = repository["id"].as_u64().unwrap();
        let at = segment(repository["updated_at"].as_str().unwrap());
        let path = format!("{}/repositories/v-{id}.json/events?repository={id}&at={at}", running.url());
        let mut url = Some(format!("{path}&per_page=20"));
        while let Some(next) = url.take() {
            let owner = repository["owner"]["login"].as_str().unwrap();
            let response = http.get(&next).bearer_auth(running.key()).header("x-owner", owner).send().await.unwrap();
            assert_eq!(response.status(), 200, "{next}");
            let link = response.headers().get("link").map(|link| link.to_str().unwrap().to_owned());
            let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            for event in body["data"].as_array().unwrap() {
                *events.entry(event["id"].as_str().unwrap().to_owned()).or_default() += 1;
            }
            let link = link.unwrap_or_default();
            let next = link.split(", ").find(|link| link.ends_with("rel=\"next\""));
            url = next.map(|next| next[1..next.find('>').unwrap()].to_owned());
        }
        for issue in issues(&client, &repository, "").await {
            let path = format!("/repos/{ORG}/{}/issues/{}/comments", name(&repository), issue["number"]);
            let mut seen = 0;
            loop {
                let got = client.get(&format!("{path}?limit=7&start={seen}")).await;
                let here = data(&got, "/items");
                seen += here.len();
                comments.extend(texts(&here, "id").into_iter().map(str::to_owned));
                if seen as u64 >= got.body["total"].as_u64().unwrap() {
                    break;
                }
            }
        }
    }
    assert_eq!((events.len(), events.values().all(|times| *times == 1)), (900, true));
    assert_eq!(comments.len(), 1_200);
}

#[tokio::test]
async fn filters_and_windows_are_of_the_parents_list() {
    let running = start().await;
    let client = Client::of(&running);
    for repository in repositories(&client).await.iter().take(4) {
        let all = issues(&client, repository, "").await;
        let moment = |issue: &Value| issue["updated"].as_i64().unwrap();
        assert!(all.is_sorted_by_key(moment));
        let open = issues_of(repository).replace("open,closed", "open");
        let got = client.get(&format!("{open}&per_page=50")).await;
        let expected: Vec<Value> = all.iter().filter(|issue| issue["state"] == "open").take(50).cloned().collect();
        assert_eq!(data(&got, ""), expected);
        let (from, to) = (NOW / 1_000 - 40 * 86_400, NOW / 1_000 - 10 * 86_400);
        let expected: Vec<Value> = all.iter().filter(|issue| (from..to).contains(&moment(issue))).cloned().collect();
        assert_eq!(issues(&client, repository, &format!("&since={from}&until={to}")).await, expected);
    }
}

#[tokio::test]
async fn a_parent_that_is_not_there_has_no_list() {
    let running = start().await;
    let client = Client::of(&running);
    let got = client.get(&format!("/repos/{ORG}/nobody/issues?states=open")).await;
    assert_eq!((got.status, &got.body["code"]), (410, &json!("repository_gone")), "as the rule says");
    let got = client.get(&format!("/repos/{ORG}/nobody/issues/1/comments")).await;
    assert_eq!((got.status, got.body), (404, json!({"message": "Not found", "code": "not_found"})));
    let repository = &repositories(&client).await[0];
    let status = async |path: String| client.get(&path).await.status;
    assert_eq!(status(format!("/repos/{ORG}/{}/issues/9999/comments", name(repository))).await, 404);
    assert_eq!(status(format!("/repos/other/{}/issues?states=open", name(repository))).await, 404);
    assert_eq!(status(format!("/repos/{ORG}/{}/nothing", name(repository))).await, 404);
    // What stands in the path says more than what may stand there.
    assert_eq!(status(format!("/repos/{ORG}/special/issues")).await, 200);
    let id = &repository["id"];
    let events = format!("/repositories/v-{id}.json/events");
    let got = client.get(&events).await;
    assert_eq!((got.status, &got.body["message"]), (400, &json!("parameter 'repository' is missing")));
    assert_eq!(status(format!("/repositories/{id}.json/events")).await, 404);
    let at = segment(repository["updated_at"].as_str().unwrap());
    let owner = repository["owner"]["login"].as_str().unwrap();
    for (query, owner, expected) in [
        (format!("repository={id}&at={at}"), owner, 200),
        (format!("repository={id}1&at={at}"), owner, 404),
        (format!("repository={id}&at={at}"), "nobody", 404),
        (format!("repository={id}&at=2020-01-01T00:00:00Z"), owner, 404),
        (format!("repository={id}&at={}", at.replace('Z', "%2B00%3A00")), owner, 200),
    ] {
        let request = crate::fixture::http().get(format!("{}{events}?{query}", running.url()));
        let response = request.bearer_auth(running.key()).header("x-owner", owner).send().await.unwrap();
        assert_eq!(response.status(), expected, "all that is said of the parent has to be right: {query}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_parents_list_is_unknown() {
    let text = TREE.replace("paging: records", "paging: tokens");
    let running = Sandbox::new(&spec(&text)).now(NOW).records("repositories", 2).records("issues", 8);
    let running = running.records("comments", 300).start().await.unwrap();
    let client = Client::of(&running);
    let repositories = repositories(&client).await;
    let mut first = None;
    for repository in &repositories {
        for issue in issues(&client, repository, "").await {
            let path = format!("/repos/{ORG}/{}/issues/{}/comments?limit=2", name(repository), issue["number"]);
            let got = client.get(&path).await;
            let Some(id) = got.body["items"].get(0).and_then(|item| item["id"].as_str()) else { continue };
            let other = first.get_or_insert_with(|| id.to_owned());
            assert_eq!(client.get(&format!("{path}&cursor={id}")).await.status, 200);
            let expected = if id == other { 200 } else { 400 };
            assert_eq!(client.get(&format!("{path}&cursor={other}")).await.status, expected);
        }
    }
    assert!(first.is_some());
}

#[tokio::test]
async fn a_record_that_only_its_parent_tells_from_others_is_there_once() {
    let running = start().await;
    let client = Client::of(&running);
    let mut counts = Vec::new();
    for repository in repositories(&client).await {
        counts.push(data(&client.get(&format!("/repos/{ORG}/{}/settings", name(&repository))).await, "/data").len());
    }
    counts.sort_unstable();
    assert_eq!(counts, [vec![0; 8], vec![1; 12]].concat());
}

#[tokio::test]
async fn bent_pages_are_of_one_list() {
    let text = TREE
        .replace("paging: github", "paging: tokens")
        .replace(EVENTS_OF, "    get: /repositories/{repository.id}/events\n");
    let running = Sandbox::new(&spec(&text)).now(NOW).records("repositories", 3).records("events", 120);
    let running = running.start().await.unwrap();
    let client = Client::of(&running);
    let repositories = repositories(&client).await;
    let walk = async |repository: &Value, size: usize| {
        let (mut ids, mut cursors, mut cursor) = (Vec::new(), Vec::new(), String::new());
        for _ in 0..20 {
            let path = format!("/repositories/{}/events?limit={size}{cursor}", repository["id"]);
            let got = client.get(&path).await;
            ids.extend(texts(&data(&got, "/data"), "id").into_iter().map(str::to_owned));
            let Some(next) = got.body["meta"]["next"].as_str() else { break };
            cursors.push(next.to_owned());
            cursor = format!("&cursor={next}");
        }
        (ids, cursors)
    };
    for (repository, count) in repositories.iter().zip([0, 90, 30]) {
        let (whole, _) = walk(repository, 10).await;
        assert_eq!(whole.len(), count);
        running.fail("events", Fault::EmptyPage.times(2).after(1)).unwrap();
        running.fail("events", Fault::ShortPage.times(1)).unwrap();
        assert_eq!(walk(repository, 10).await.0, whole);
        running.heal("*").unwrap();
    }
    running.fail("events", Fault::CursorCycle(2).always()).unwrap();
    for repository in &repositories[1..] {
        let (_, cursors) = walk(repository, 10).await;
        assert!((2..20).all(|nth| cursors[nth] == cursors[nth - 2]) && cursors[0] != cursors[1], "{cursors:?}");
    }
}

#[tokio::test]
async fn faults_are_of_all_lists_of_a_resource() {
    let running = start().await;
    let client = Client::of(&running);
    running.fail("issues", Fault::Status(503, None).times(2)).unwrap();
    let mut statuses = Vec::new();
    for repository in repositories(&client).await.iter().take(3) {
        statuses.push(client.get(&issues_of(repository)).await.status);
    }
    assert_eq!(statuses, [503, 503, 200]);
    let paths = client.get("/__sandbox").await.body;
    assert_eq!(paths["resources"][2]["path"], "/repos/a/b c/{repository.name}/issues");
}
