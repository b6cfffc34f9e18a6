//! What goes through a hook is changed as the hook says, checked as what a source sends is, and never lost.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tapwright_generated_tests::{HOOKS, Heard, Lab, Scripted, json, model, respond};
use tapwright_runtime::{
    Api, ErrorKind, Hook, HookRequest, HookSet, Options, Origin, RawRecord, Reason, Report, ResourceReport,
    SettingValue, Settings, Status, Stop, Sync,
};
use tapwright_sandbox::Sandbox;
use tapwright_sqlite::Sqlite;

mod hooks {
    #![allow(dead_code)]

    tapwright::connector!("../specs/hooks.yaml");
}

use hooks::{Hooks, Role, User};

/// A hook whose rows go through a function.
struct Rows<F>(F);

impl<F: Fn(User, &RawRecord<'_>) -> Result<Option<User>, Reason> + Send + std::marker::Sync + 'static> Hook<User>
    for Rows<F>
{
    fn row(&self, row: User, record: &RawRecord<'_>) -> Result<Option<User>, Reason> {
        self.0(row, record)
    }
}

fn rows(
    f: impl Fn(User, &RawRecord<'_>) -> Result<Option<User>, Reason> + Send + std::marker::Sync + 'static,
) -> HookSet {
    Hooks { users: Box::new(Rows(f)) }.into()
}

struct Nothing;

impl Hook<User> for Nothing {}

fn nothing() -> HookSet {
    Hooks { users: Box::new(Nothing) }.into()
}

async fn lab_of(spec: &str, hooks: HookSet, set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let few = |sandbox: Sandbox| sandbox.records("users", 60).records("posts", 200).records("members", 40);
    let mut lab = Lab::of(&model(spec), |sandbox| set_up(few(sandbox))).await;
    lab.options.hooks = hooks;
    lab
}

async fn lab(hooks: HookSet) -> Lab {
    lab_of(HOOKS, hooks, |sandbox| sandbox).await
}

fn of<'r>(report: &'r Report, name: &str) -> &'r ResourceReport {
    report.resources.iter().find(|resource| resource.name == name).unwrap()
}

#[track_caller]
fn complete(report: &Report) {
    assert_eq!(report.status, Status::Complete, "{report:#?}");
}

fn ids(lab: &Lab) -> Vec<String> {
    let store = lab.store();
    let mut statement = store.prepare("select id from hooks_user order by id").unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_does_nothing_changes_nothing() {
    let plain = HOOKS.replace("    hook: writes addresses in lower case, and leaves robots out\n", "");
    assert_ne!(plain, HOOKS);
    let without = lab_of(&plain, HookSet::new(), |sandbox| sandbox).await;
    complete(&without.sync().await);
    let with = lab(nothing()).await;
    let report = with.sync().await;
    complete(&report);
    assert!(of(&report, "users").rows > 10, "{report:#?}");
    assert_eq!(with.rows(), without.rows());
    // A paginator's size is the resource's own.
    let asked = |name: &str| {
        let requests = with.sandbox.requests();
        let path = format!("/{name}");
        requests.into_iter().filter(|request| request.path == path).map(|request| request.query).collect::<Vec<_>>()
    };
    assert!(asked("users").iter().all(|query| query.contains("limit=5")), "{:?}", asked("users"));
    assert_eq!(asked("users").len(), 24, "60 users, 5 to a page, once more for the posts of each");
    assert_eq!(of(&report, "members").pages, 5, "40 members, 9 to a page");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_changed_left_out_and_set_aside() {
    let undisturbed = lab(nothing()).await;
    complete(&undisturbed.sync().await);
    let all = ids(&undisturbed);
    let (dropped, refused) = (all[1].clone(), all[2].clone());
    let (out, aside) = (dropped.clone(), refused.clone());
    let lab = lab(rows(move |mut user, record| {
        assert_eq!(record.text("id"), Some(user.id.clone()), "the record is the row's");
        if user.id == out {
            return Ok(None);
        }
        if user.id == aside {
            return Err("no such person".into());
        }
        user.email = format!("{}!", user.email.to_lowercase());
        Ok(Some(user))
    }))
    .await;
    let report = lab.sync().await;
    let users = of(&report, "users");
    assert_eq!((users.status, users.quarantined, users.rows as usize), (Status::Complete, 1, all.len() - 2));
    assert!(!ids(&lab).contains(&dropped) && !ids(&lab).contains(&refused));
    assert_eq!(lab.number("select count(*) from hooks_user where email <> lower(email) or email not like '%!'"), 0);
    let (key, reason, record): (String, String, String) = lab
        .store()
        .query_row("select key, reason, record from _tapwright_quarantine where resource = 'users'", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!((key, reason.as_str()), (refused.clone(), "the hook cannot map it: no such person"));
    assert!(record.contains(&refused), "{record}");
    // What is read for each row sees the row behind the hook, and no row where there is none.
    assert_eq!(of(&report, "posts").status, Status::Partial, "what belongs to the refused one was not read");
    assert_eq!(lab.number("select count(*) from hooks_post where author not like '%!'"), 0);
    assert!(lab.number("select count(*) from hooks_post") > 0);
    let asked = |id: &str| lab.sandbox.requests().iter().any(|request| request.path == format!("/users/{id}/posts"));
    assert!(asked(&all[0]) && !asked(&dropped));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_aside_keeps_its_row_and_comes_back() {
    let refusing = Arc::new(AtomicBool::new(false));
    let now = Arc::clone(&refusing);
    let lab = lab(rows(move |mut user, _| {
        if now.load(Ordering::Relaxed) {
            return Err("not today".into());
        }
        user.nick = Some("known".to_owned());
        Ok(Some(user))
    }))
    .await;
    complete(&lab.sync().await);
    let before = ids(&lab);
    refusing.store(true, Ordering::Relaxed);
    let report = lab.sync().await;
    assert_eq!(of(&report, "users").quarantined as usize, before.len());
    assert_eq!(ids(&lab), before, "the rows they had stay");
    refusing.store(false, Ordering::Relaxed);
    lab.sync().await;
    assert_eq!(lab.number("select count(*) from _tapwright_quarantine"), 0);
    assert_eq!(ids(&lab), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_of_column_is_written_back() {
    let lab = lab(rows(|mut user, _| {
        user.updated_at = None;
        user.nick = Some("n\u{e9}".to_owned());
        user.role = Some(Role::Guest);
        user.level = Role::Member;
        user.logins = -7;
        user.seats = None;
        user.score = Some(0.25);
        user.balance = Some("-0.10".to_owned());
        user.verified = false;
        user.joined = tapwright_runtime::Timestamp::from_millis(1_767_225_600_000).unwrap();
        user.born = Some("2024-02-29".to_owned());
        user.extra = Some("{\"a\":[1]}".to_owned());
        user.rest = "[]".to_owned();
        user.tags = vec!["x".to_owned(), "\"y".to_owned()];
        user.aliases = None;
        Ok(Some(user))
    }))
    .await;
    complete(&lab.sync().await);
    let fit = "updated_at is null and nick = 'n\u{e9}' and role = 'guest' and level = 'member' and logins = -7 \
               and seats is null and score = 0.25 and balance = '-0.10' and verified = 0 and joined = 1767225600000 \
               and born = '2024-02-29' and extra = '{\"a\":[1]}' and rest = '[]' and tags = '[\"x\",\"\\\"y\"]' \
               and aliases is null";
    let all = lab.number("select count(*) from hooks_user");
    assert!(all > 0);
    assert_eq!(lab.number(&format!("select count(*) from hooks_user where {fit}")), all);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hook_returns_is_checked() {
    type Change = fn(&mut User);
    let changes: [(Change, &str); 9] = [
        (|user| user.id.push('x'), "`id` identifies the row, and was changed"),
        (|user| user.id.clear(), "`id` identifies the row, and was changed"),
        (|user| user.score = Some(f64::NAN), "`score` is NaN, which is no number to store"),
        (|user| user.balance = Some("12,50".to_owned()), "`balance` is \"12,50\", not a decimal number"),
        (|user| user.balance = Some(String::new()), "`balance` is \"\", not a decimal number"),
        (|user| user.born = Some("2023-02-29".to_owned()), "`born` is \"2023-02-29\", not a date"),
        (|user| user.extra = Some("{".to_owned()), "`extra` is \"{\", which is not JSON"),
        (|user| user.extra = Some("1 2".to_owned()), "`extra` is \"1 2\", which is not JSON"),
        (|user| user.rest = "nothing".to_owned(), "`rest` is \"nothing\", which is not JSON"),
    ];
    for (change, expected) in changes {
        let mut lab = lab(rows(move |mut user, _| {
            change(&mut user);
            Ok(Some(user))
        }))
        .await;
        lab.options.resources = Some(vec!["users".to_owned()]);
        let report = lab.sync().await;
        assert_eq!((of(&report, "users").rows, of(&report, "users").quarantined > 0), (0, true), "{expected}");
        let reason: String =
            lab.store().query_row("select reason from _tapwright_quarantine", [], |row| row.get(0)).unwrap();
        assert!(reason.starts_with(expected) && reason.ends_with("as the hook left it"), "{reason}");
        lab.options.strict = true;
        let report = lab.sync().await;
        assert_eq!(of(&report, "users").error.as_ref().map(|error| error.kind()), Some(ErrorKind::Quarantine));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_an_enum_does_not_list_are_counted_behind_the_hook() {
    let server = Scripted::start(|_, stream| json(stream, &page(&["a", "b"], None).replace("guest", "stranger")));
    let hook = Rows(|mut user: User, _: &RawRecord<'_>| {
        assert_eq!(user.level, Role::Unlisted("stranger".to_owned()));
        user.role = Some(Role::Unlisted("boss".to_owned()));
        user.level = Role::Owner;
        Ok(Some(user))
    });
    let (report, _) = facing(&server, hook, |_| {}).await;
    let drift: Vec<_> = report.drift.iter().collect();
    assert_eq!(drift.len(), 1, "the unknown level was mended: {drift:?}");
    assert_eq!((*drift[0].0, drift[0].1.get("boss")), ("role", Some(&2)));
}

/// Panics at every record while it is told to.
struct Fragile {
    at: fn(&str) -> bool,
    panics: Arc<AtomicBool>,
}

impl Hook<User> for Fragile {
    fn row(&self, row: User, _: &RawRecord<'_>) -> Result<Option<User>, Reason> {
        assert!(!(self.panics.load(Ordering::Relaxed) && (self.at)(&row.id)), "no idea what {} is", row.id);
        Ok(Some(row))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_fails_the_resource_and_loses_nothing() {
    let undisturbed = lab(nothing()).await;
    complete(&undisturbed.sync().await);
    let panics = Arc::new(AtomicBool::new(true));
    static FOURTH: Mutex<String> = Mutex::new(String::new());
    let in_the_middle = undisturbed.store();
    let at: String = in_the_middle
        .query_row("select id from hooks_user order by rowid limit 1 offset 20", [], |row| row.get(0))
        .unwrap();
    *FOURTH.lock().unwrap() = at;
    let fragile = Fragile { at: |id| *FOURTH.lock().unwrap() == id, panics: Arc::clone(&panics) };
    let lab = lab(Hooks { users: Box::new(fragile) }.into()).await;
    let report = lab.sync().await;
    let users = of(&report, "users");
    let error = users.error.as_ref().unwrap();
    assert_eq!((users.status, error.kind()), (Status::Failed, ErrorKind::Hook), "{users:#?}");
    assert!(error.message().starts_with("the hook panicked at a record: no idea what "), "{error}");
    assert!(error.to_string().contains("resource users") && error.to_string().contains("GET /users"), "{error}");
    assert_eq!(of(&report, "members").status, Status::Complete);
    let (kept, read) = (lab.number("select count(*) from hooks_user"), users.pages);
    assert!(kept > 0 && read > 0, "what was read before stays");
    assert_eq!(lab.number("select count(*) from _tapwright_quarantine"), 0);

    panics.store(false, Ordering::Relaxed);
    let before = lab.sandbox.requests().len();
    let report = lab.sync().await;
    complete(&report);
    let again: Vec<_> =
        lab.sandbox.requests()[before..].iter().filter(|request| request.path == "/users").cloned().collect();
    assert!(again.len() as u64 + read < 2 * 12 + 1, "users goes on where it was; its parents' walk reads them anew");
    assert_eq!(lab.rows(), undisturbed.rows());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_through_hooks_is_taken_up_wherever_it_was_stopped() {
    let hook = || {
        rows(|mut user, _| {
            user.email.make_ascii_lowercase();
            Ok((user.logins % 5 != 0).then_some(user))
        })
    };
    let undisturbed = lab(hook()).await;
    complete(&undisturbed.sync().await);
    let mut interrupted = 0;
    for commits in [1, 2, 3, 5] {
        let mut lab = lab_of(HOOKS, hook(), |sandbox| sandbox.latency(Duration::from_millis(1))).await;
        lab.options.readers = 2;
        let report = lab.sync_until(commits).await;
        interrupted += u32::from(report.status == Status::Interrupted);
        complete(&lab.sync().await);
        assert_eq!(lab.rows(), undisturbed.rows(), "after {commits} commits");
    }
    assert!(interrupted > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_hook_a_resource_is_not_read() {
    let lab = lab(HookSet::new()).await;
    let ready = |resources: Option<&[&str]>| {
        let resources = resources.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        Sync::new(lab.plan, lab.settings(), Options { resources, ..lab.options.clone() })
    };
    for resources in [None, Some(&["users"][..]), Some(&["posts"])] {
        let error = ready(resources).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(
            error.message(),
            "resource `users` of Hooks needs its hook, which is Rust code: writes addresses in lower case, and leaves \
             robots out",
            "{resources:?}"
        );
        assert!(error.advice().unwrap().ends_with("with `--resources members`"), "{error:?}");
    }
    let mut sink = Sqlite::open(lab.path()).unwrap();
    let report = ready(Some(&["members"])).unwrap().run(&mut sink, &(), &Stop::default()).await.unwrap();
    complete(&report);
    let api = Api::new(lab.plan, lab.settings(), lab.options.clone()).unwrap();
    let first = api.records::<User>("users").next().await.unwrap();
    assert_eq!(first.unwrap_err().kind(), ErrorKind::Config);
    assert!(lab.sandbox.requests().iter().all(|request| request.path == "/graphql"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_records_goes_through_the_hook() {
    let lab = lab(HookSet::new()).await;
    let config = hooks::Config::builder().key(lab.sandbox.key()).build().unwrap();
    let hook = Hooks {
        users: Box::new(Rows(|user: User, _: &RawRecord<'_>| match user.logins % 3 {
            0 => Ok(None),
            1 => Err("one".into()),
            _ => Ok(Some(User { email: "nobody".to_owned(), ..user })),
        })),
    };
    let connector = hooks::Connector::with_options(config, hook, lab.options.clone()).unwrap();
    let mut users = connector.users();
    let (mut rows, mut aside) = (0, 0);
    while let Some(user) = users.next().await {
        match user {
            Ok(user) => {
                assert_eq!((user.email.as_str(), user.logins % 3), ("nobody", 2));
                rows += 1;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Quarantine);
                aside += 1;
            }
        }
    }
    assert!(rows > 0 && aside > 0, "{rows} {aside}");
}

const KEY: &str = "sk_0123456789abcdef";

/// A sync of the users from a server that answers as a test wants.
async fn facing(
    server: &Scripted,
    hook: impl Hook<User>,
    change: impl FnOnce(&mut Options),
) -> (ResourceReport, Vec<String>) {
    let mut lab = lab(Hooks { users: Box::new(hook) }.into()).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["users".to_owned()]);
    change(&mut lab.options);
    let key = SettingValue::Text(KEY.to_owned().into());
    let settings = Settings::builder(lab.plan).set("key", key, Origin::Given).build().unwrap();
    let sync = Sync::new(lab.plan, settings, lab.options.clone()).unwrap();
    let mut sink = Sqlite::open(lab.path()).unwrap();
    let mut report = sync.run(&mut sink, &(), &Stop::default()).await.unwrap();
    drop(sink);
    let store = lab.store();
    let mut statement = store.prepare("select id || ' ' || email from hooks_user order by id").unwrap();
    let stored = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    (report.resources.remove(0), stored)
}

fn page(emails: &[&str], next: Option<&str>) -> String {
    let record = |email: &&str| {
        format!(
            r#"{{"id":"{email}","updated":"2026-01-15T12:00:00Z","active":true,"email":"{email}","level":"guest",
               "logins":1,"rest":null,"tags":[]}}"#
        )
    };
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    format!(r#"{{"data":[{}],"next":{next}}}"#, emails.iter().map(record).collect::<Vec<_>>().join(","))
}

/// Changes every request, and notes what it sees.
struct Asks(Arc<Mutex<String>>);

impl Hook<User> for Asks {
    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        *self.0.lock().unwrap() += &format!("{request:?} {:?}", request.parameters().collect::<Vec<_>>());
        assert_eq!((request.method(), request.header("accept-language"), request.body()), ("GET", Some("en"), None));
        assert_eq!(request.header("x-second"), None);
        let number = request.parameter("cursor").unwrap_or_else(|| "first".to_owned());
        request.set_path(&format!("/v2{}", request.path()))?;
        request.set_parameter("page", &number)?;
        request.remove_parameter("cursor");
        request.set_header("Accept", "text/csv")?;
        request.remove_header("Accept-Language");
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_changed_before_the_credential_is_added() {
    let server = Scripted::start(|heard: &Heard, stream| {
        json(stream, &if heard.target.contains("first") { page(&["a"], Some("b c")) } else { page(&["b"], None) })
    });
    let seen = Arc::new(Mutex::new(String::new()));
    let (report, stored) = facing(&server, Asks(Arc::clone(&seen)), |_| {}).await;
    assert_eq!((report.status, stored), (Status::Complete, vec!["a a".to_owned(), "b b".to_owned()]), "{report:#?}");
    let heard = server.heard();
    let targets: Vec<_> = heard.iter().map(|heard| heard.target.as_str()).collect();
    assert_eq!(targets, ["/v2/users?limit=5&page=first", "/v2/users?limit=5&page=b+c"]);
    for heard in &heard {
        let bearer = format!("Bearer {KEY}");
        assert_eq!(heard.header("authorization"), Some(bearer.as_str()));
        assert_eq!(heard.header("x-second"), Some(KEY), "a header with a secret goes around the hook");
        assert_eq!((heard.header("accept"), heard.header("accept-language")), (Some("text/csv"), None));
    }
    let seen = seen.lock().unwrap();
    assert!(seen.contains("accept-language") && !seen.contains(KEY), "{seen}");
}

/// A hook whose requests go through a function.
struct Requests<F>(F);

impl<F: Fn(&mut HookRequest) -> Result<(), Reason> + Send + std::marker::Sync + 'static> Hook<User> for Requests<F> {
    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        self.0(request)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_cannot_touch_the_credential_or_leave_the_origin() {
    type Change = fn(&mut HookRequest) -> Result<(), Reason>;
    let changes: [(Change, &str); 7] = [
        (|request| request.set_header("Authorization", "mine"), "the header `Authorization` carries a secret"),
        (|request| request.set_header("X-Second", "mine"), "the header `X-Second` carries a secret"),
        (|request| request.set_header("Host", "other.test"), "the header `Host` belongs to the connection"),
        (|request| request.set_header("X", "a\nb"), "the header `X` cannot carry its value"),
        (|request| request.set_path("users"), "a path begins with `/`"),
        (|request| request.set_body("{}"), "a GET sends no body"),
        (|_| Err(format!("the key is {KEY}").into()), "the key is ••••••"),
    ];
    for (change, expected) in changes {
        let server = Scripted::start(|_, stream| json(stream, &page(&["a"], None)));
        let (report, stored) = facing(&server, Requests(change), |_| {}).await;
        let error = report.error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Hook);
        assert_eq!(error.message(), format!("the hook cannot make the request: {expected}"));
        assert!(stored.is_empty() && server.heard().is_empty(), "nothing was asked for");
    }
    let server = Scripted::start(|_, stream| json(stream, &page(&["a"], None)));
    let (report, stored) =
        facing(&server, Requests(|request: &mut HookRequest| request.set_path("//other.test/a?b#c")), |_| {}).await;
    assert_eq!((report.status, stored.len()), (Status::Complete, 1), "{report:#?}");
    assert_eq!(server.heard()[0].target, "//other.test/a%3Fb%23c?limit=5");
}

/// Reads lines of `id,email`, the last of which may say where the list goes on.
struct Csv;

impl Hook<User> for Csv {
    fn response(&self, body: String) -> Result<String, Reason> {
        let (mut emails, mut next) = (Vec::new(), None);
        for line in body.lines() {
            match line.split_once(',').ok_or("a line without a comma")? {
                ("next", cursor) => next = Some(cursor),
                (_, email) => emails.push(email),
            }
        }
        Ok(page(&emails, next))
    }

    fn row(&self, row: User, record: &RawRecord<'_>) -> Result<Option<User>, Reason> {
        assert_eq!(record.text("email").as_deref(), Some(row.email.as_str()));
        assert_eq!(record.text("rest"), None);
        assert!(record.json().starts_with('{'), "{}", record.json());
        Ok(Some(row))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_turned_into_the_json_that_the_spec_describes() {
    let csv = |heard: &Heard| if heard.target.contains("cursor") { "2,b\n" } else { "1,a\nnext,2\n" };
    let server = Scripted::start(move |heard: &Heard, stream| respond(stream, "200 OK", &[], csv(heard).as_bytes()));
    let (report, stored) = facing(&server, Csv, |_| {}).await;
    assert_eq!((report.status, stored), (Status::Complete, vec!["a a".to_owned(), "b b".to_owned()]), "{report:#?}");

    // An error is the source's own words.
    let server = Scripted::start(|_, stream| respond(stream, "403 Forbidden", &[], b"not, you"));
    let (report, _) = facing(&server, Csv, |_| {}).await;
    let error = report.error.unwrap();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Forbidden, "the source answered 403: not, you"));

    let server = Scripted::start(|_, stream| respond(stream, "200 OK", &[], format!("hello {KEY}").as_bytes()));
    let (report, _) = facing(&server, Csv, |_| {}).await;
    let error = report.error.unwrap();
    assert_eq!(error.message(), "the hook cannot read the answer: a line without a comma");
    assert_eq!((error.kind(), error.advice()), (ErrorKind::Hook, Some("it begins with: hello ••••••")));
    assert_eq!(server.heard().len(), 1, "asking again would not help");
}

/// Makes much of little.
struct Inflates(usize);

impl Hook<User> for Inflates {
    fn response(&self, _: String) -> Result<String, Reason> {
        Ok(" ".repeat(self.0) + &page(&["a"], None))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hook_makes_is_bounded() {
    let server = Scripted::start(|_, stream| json(stream, "{}"));
    let (report, stored) = facing(&server, Inflates(10), |options| options.bounds.body = 1000).await;
    assert_eq!((report.status, stored.len()), (Status::Complete, 1), "{report:#?}");
    let (report, _) = facing(&server, Inflates(1000), |options| options.bounds.body = 1000).await;
    let error = report.error.unwrap();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Hook, "the hook made more than 1000 bytes of an answer"));
}

/// Panics wherever it is told to.
struct Panics(&'static str);

impl Hook<User> for Panics {
    fn request(&self, _: &mut HookRequest) -> Result<(), Reason> {
        if self.0 == "a request" { panic!("with {KEY}") } else { Ok(()) }
    }

    fn response(&self, body: String) -> Result<String, Reason> {
        if self.0 == "an answer" { std::panic::panic_any(7) } else { Ok(body) }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_anywhere_is_an_error_in_words_without_secrets() {
    for (place, said) in [("a request", "with ••••••"), ("an answer", "")] {
        let server = Scripted::start(|_, stream| json(stream, &page(&["a"], None)));
        let (report, stored) = facing(&server, Panics(place), |_| {}).await;
        let error = report.error.unwrap();
        assert_eq!(error.message(), format!("the hook panicked at {place}: {said}"));
        assert_eq!((report.status, error.kind(), stored.len()), (Status::Failed, ErrorKind::Hook, 0));
    }
}

/// A hook that sends something else.
struct Sends(&'static str);

impl Hook<User> for Sends {
    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        assert_eq!(request.body(), Some(r#"{"filter":{"active":true},"limit":5}"#), "without the credential");
        request.set_body(self.0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hook_sends_is_sent_with_the_credential_in_its_place() {
    let spec = HOOKS
        .replace("    get: /users\n", "    post: /users/search\n    json: { filter: { active: true } }\n")
        .replace("size: { to: query.limit, value: 7 } }", "size: { to: body.limit, value: 7 } }");
    let in_body = spec
        .replace("auth: { bearer: \"{config.key}\" }", "auth: { body: { name: auth.key, value: \"{config.key}\" } }");
    let others = |spec: &str| {
        let at = spec.find("  posts:\n").unwrap();
        spec[..at].to_owned()
    };
    for (spec, sends, expected) in [
        (&spec, r#"{"mine":1}"#, Ok(r#"{"mine":1}"#)),
        (&spec, "plain text", Ok("plain text")),
        (&in_body, r#"{"mine":1}"#, Ok(r#"{"auth":{"key":"KEY"},"mine":1}"#)),
        (&in_body, "plain text", Err(ErrorKind::Hook)),
        (&in_body, "[1]", Err(ErrorKind::Hook)),
    ] {
        let server = Scripted::start(|_, stream| json(stream, r#"{"next":null,"data":[]}"#));
        // The types and paginators that only the others use are no mistake that matters here.
        let model = model(&others(spec).replace("  graph:\n    cursor: { from: data.members.pageInfo.endCursor, to: body.variables.after }\n    size: { to: body.variables.first, value: 7 }\n    more: data.members.pageInfo.hasNextPage\n", ""));
        let mut lab = Lab::of(&model, |sandbox| sandbox.records("users", 1)).await;
        lab.options.hooks = Hooks { users: Box::new(Sends(sends)) }.into();
        lab.options.base_url = Some(server.url());
        let report = lab.sync().await;
        match expected {
            Ok(body) => {
                complete(&report);
                let sent = server.heard()[0].body.clone();
                assert_eq!(sent.replace(lab.sandbox.key(), "KEY"), body);
            }
            Err(kind) => {
                assert_eq!(report.resources[0].error.as_ref().unwrap().kind(), kind, "{sends}");
                assert!(server.heard().is_empty(), "nothing is sent without its credential");
            }
        }
    }
}
