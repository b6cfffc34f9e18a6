//! A token that OAuth 2 gives: fetched once however many requests wait, before it expires, once more when it is refused;
//! and a refresh token that is replaced is kept before anything is asked with what came with it.

use std::collections::HashMap;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tapwright_generated_tests::{Heard, Lab, Scripted, json, model, respond};
use tapwright_runtime::{
    Error, ErrorKind, ExposeSecret, Options, Origin, Report, Result, SecretString, SettingValue, Settings, Status,
    Stop, Sync, Vault, VaultOption,
};
use tapwright_sqlite::Sqlite;

const SPEC: &str = r#"
tapwright: 1
connector: tokens
description: An API that gives tokens.
config:
  id: { type: string, description: The client. }
  secret: { type: secret, description: Its secret. }
  refresh: { type: secret, description: The first refresh token. }
api:
  base_url: https://api.example.com/v1
  auth:
    oauth2:
      token_url: https://login.example.com/oauth/token
      grant: refresh_token
      client_id: "{config.id}"
      client_secret: "{config.secret}"
      refresh_token: "{config.refresh}"
      scope: read
      more: { audience: things }
paging:
  pages: { page: { to: query.page, last: pages } }
resources:
  things:
    description: Things.
    get: /things
    paging: pages
    records: data
    entity: tokens_thing
    key: id
    fields: { name: string? }
  others:
    description: Others.
    get: /others
    paging: pages
    records: data
    entity: tokens_other
    key: id
    fields: { name: string? }
"#;

/// A vault that remembers, and may refuse.
#[derive(Default)]
struct Remembering {
    held: Mutex<HashMap<String, String>>,
    refuses: bool,
}

impl Vault for Remembering {
    fn load(&self, name: &str) -> Result<Option<SecretString>> {
        Ok(self.held.lock().unwrap().get(name).cloned().map(SecretString::from))
    }

    fn keep(&self, name: &str, secret: &SecretString) -> Result<()> {
        if self.refuses {
            return Err(Error::new(ErrorKind::Store, "the vault is full"));
        }
        self.held.lock().unwrap().insert(name.to_owned(), secret.expose_secret().to_owned());
        Ok(())
    }
}

/// A source: what its tokens are, and what it was asked.
struct Source {
    /// The number of the token that counts; a refresh token has the number of the access token it came with.
    number: AtomicU64,
    /// A token counts for so many requests.
    uses: u64,
    used: AtomicU64,
    refusals: Arc<AtomicU64>,
    /// So long a token counts, and so long the endpoint says it does.
    lasts: Duration,
    given: Mutex<Instant>,
    /// So long an answer takes.
    slow: Duration,
}

impl Source {
    fn answer(&self, heard: &Heard, stream: &mut TcpStream) -> std::io::Result<()> {
        if heard.target == "/oauth/token" {
            std::thread::sleep(Duration::from_millis(30));
            let now = self.number.load(Ordering::SeqCst);
            let good = format!("refresh_token=refresh-token-{now}");
            let fits = heard.body.contains(&good);
            let form = [
                "grant_type=refresh_token",
                "client_id=me",
                "client_secret=hush-hush",
                "scope=read",
                "audience=things",
            ];
            if !fits || !form.iter().all(|field| heard.body.contains(field)) {
                let body = r#"{"error":"invalid_grant","error_description":"the token was used"}"#;
                return respond(stream, "400 Bad Request", &[], body.as_bytes());
            }
            let next = self.number.fetch_add(1, Ordering::SeqCst) + 1;
            self.used.store(0, Ordering::SeqCst);
            *self.given.lock().unwrap() = Instant::now();
            let seconds = self.lasts.as_secs();
            let body = format!(
                r#"{{"access_token":"access-token-{next}","expires_in":{seconds},"token_type":"bearer","refresh_token":"refresh-token-{next}"}}"#
            );
            return json(stream, &body);
        }
        let wanted = format!("Bearer access-token-{}", self.number.load(Ordering::SeqCst));
        let used = self.used.fetch_add(1, Ordering::SeqCst);
        let expired = self.given.lock().unwrap().elapsed() > self.lasts;
        std::thread::sleep(self.slow);
        if heard.header("authorization") != Some(&wanted) || used >= self.uses || expired {
            self.refusals.fetch_add(1, Ordering::SeqCst);
            let body = format!(r#"{{"message":"bad token {}"}}"#, heard.header("authorization").unwrap_or("none"));
            return respond(stream, "401 Unauthorized", &[], body.as_bytes());
        }
        let page: u64 = heard.target.split("page=").nth(1).and_then(|page| page.parse().ok()).unwrap_or(1);
        json(stream, &format!(r#"{{"pages":6,"data":[{{"id":"{page}","name":"n"}}]}}"#))
    }
}

struct Facing {
    lab: Lab,
    server: Scripted,
    vault: Arc<Remembering>,
    /// How many requests were refused for their token.
    refusals: Arc<AtomicU64>,
}

async fn facing(uses: u64, seconds: u64, vault: Remembering) -> Facing {
    let refusals = Arc::new(AtomicU64::new(0));
    let source = Source {
        number: AtomicU64::new(0),
        uses,
        used: AtomicU64::new(0),
        refusals: Arc::clone(&refusals),
        lasts: Duration::from_secs(seconds),
        given: Mutex::new(Instant::now()),
        slow: Duration::from_millis(if seconds < 10 { 250 } else { 0 }),
    };
    let server = Scripted::start(move |heard, stream| source.answer(heard, stream));
    let mut lab = Lab::of(&model(SPEC), |sandbox| sandbox).await;
    let vault = Arc::new(vault);
    lab.options.base_url = Some(format!("{}/v1", server.url()));
    lab.options.vault = VaultOption(Some(Arc::clone(&vault) as Arc<dyn Vault>));
    Facing { lab, server, vault, refusals }
}

impl Facing {
    async fn sync(&self) -> Report {
        let given = |text: &str| SettingValue::Text(SecretString::from(text.to_owned()));
        let settings = Settings::builder(self.lab.plan)
            .set("id", given("me"), Origin::Given)
            .set("secret", given("hush-hush"), Origin::Given)
            .set("refresh", given("refresh-token-0"), Origin::Given)
            .build()
            .unwrap();
        let options = Options { ..self.lab.options.clone() };
        let sync = Sync::new(self.lab.plan, settings, options).unwrap();
        let mut sink = Sqlite::open(self.lab.path()).unwrap();
        let report = sync.run(&mut sink, &(), &Stop::default()).await.unwrap();
        let shown = format!("{report:?} {}", serde_json::to_string(&report).unwrap());
        for secret in ["hush-hush", "refresh-token-", "access-token-"] {
            assert!(!shown.contains(secret), "{shown}");
        }
        report
    }

    fn token_requests(&self) -> usize {
        self.server.heard().iter().filter(|heard| heard.target == "/oauth/token").count()
    }

    fn kept(&self) -> Vec<String> {
        self.vault.held.lock().unwrap().values().cloned().collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_fetched_once_however_many_requests_wait_for_it() {
    let facing = facing(u64::MAX, 3600, Remembering::default()).await;
    let report = facing.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(facing.token_requests(), 1);
    assert_eq!(facing.kept(), ["refresh-token-1"]);
    // The next sync trades the token that was kept: the configured one is spent.
    assert_eq!(facing.sync().await.status, Status::Complete);
    assert_eq!(facing.kept(), ["refresh-token-2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_refused_in_mid_sync_is_replaced_once() {
    let facing = facing(6, 3600, Remembering::default()).await;
    let report = facing.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert_eq!(facing.lab.number("select count(*) from tokens_thing"), 6);
    assert_eq!(facing.lab.number("select count(*) from tokens_other"), 6);
    // Twelve pages, six to a token; the refused request is one, too, and may have company.
    assert!((2..=4).contains(&facing.token_requests()), "{}", facing.token_requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_replaced_before_it_expires() {
    // It lasts a second, of which half is used; the sync takes more than that.
    let facing = facing(u64::MAX, 1, Remembering::default()).await;
    assert_eq!(facing.sync().await.status, Status::Complete);
    assert!(facing.token_requests() >= 2, "{}", facing.token_requests());
    assert!(facing.refusals.load(Ordering::SeqCst) <= 1, "a request that was under way when the token was replaced");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_asked_with_a_token_whose_successor_could_not_be_kept() {
    let facing = facing(u64::MAX, 3600, Remembering { refuses: true, ..Remembering::default() }).await;
    let report = facing.sync().await;
    assert_eq!(report.status, Status::Failed, "{report:#?}");
    assert_eq!(report.resources[0].error.as_ref().unwrap().kind(), ErrorKind::Store);
    assert!(facing.server.heard().iter().all(|heard| heard.target == "/oauth/token"), "{:?}", facing.server.heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_endpoint_that_refuses_is_asked_once() {
    let facing = facing(u64::MAX, 3600, Remembering::default()).await;
    assert_eq!(facing.sync().await.status, Status::Complete);
    // Somebody else has used the token.
    facing.vault.held.lock().unwrap().values_mut().for_each(|token| "refresh-token-7".clone_into(token));
    let before = facing.token_requests();
    let report = facing.sync().await;
    assert_eq!(report.status, Status::Failed);
    let error = report.resources[0].error.as_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unauthorized, "{error:?}");
    assert!(error.message().contains("the token was used"), "{error}");
    assert_eq!(facing.token_requests(), before + 1, "both resources were told by one answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_being_traded_when_the_sync_ends_is_kept() {
    let mut facing = facing(u64::MAX, 3600, Remembering::default()).await;
    // The endpoint takes 30 ms.
    facing.lab.options.deadline = Some(Duration::from_millis(10));
    assert_eq!(facing.sync().await.status, Status::Interrupted);
    assert_eq!(facing.kept(), ["refresh-token-1"], "the one that was configured is spent");
    facing.lab.options.deadline = None;
    assert_eq!(facing.sync().await.status, Status::Complete);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_grant_is_traded_as_the_source_wants_it() {
    let grants = [
        ("", ""),
        ("      scope: read\n", "      client: basic\n      scope: write\n"),
        (
            "grant: refresh_token\n      client_id: \"{config.id}\"",
            "grant: client_credentials\n      client_id: \"{config.id}\"",
        ),
        ("grant: refresh_token", "grant: password\n      user: \"{config.id}\"\n      password: \"{config.secret}\""),
    ];
    for (from, to) in grants {
        let mut spec = SPEC.replace(from, to);
        if to.contains("grant: ") {
            spec = spec.replace("      refresh_token: \"{config.refresh}\"\n", "");
            spec = spec.replace("  refresh: { type: secret, description: The first refresh token. }\n", "");
        }
        let lab = Lab::of(&model(&spec), |sandbox| sandbox.records("things", 60)).await;
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{to}: {report:#?}");
        assert_eq!(lab.number("select count(*) from tokens_thing"), 60);
        let requests = lab.sandbox.requests();
        assert_eq!(requests.iter().filter(|request| request.path == "/oauth/token").count(), 1, "{to}");
        assert!(requests.iter().all(|request| request.status == 200), "{to}: {requests:#?}");
    }
}
