//! The flagship spec, which a reader opens first, is without a mistake and says what it seems to say.

#![allow(clippy::expect_used, reason = "a test may")]

use tapwright_render::{Style, render};
use tapwright_spec::model::{
    Action, Auth, Connector, Expr, Function, Json, ListStyle, Paging, ParamValue, Segment, SettingKind, Shape, Step,
    Target, TimeFormat, Type, WindowOn,
};
use tapwright_spec::{Source, check};

fn flagship() -> Connector {
    let source = Source::new("connector.yaml", include_str!("../../connector.yaml"));
    let checked = check(&source);
    let shown: Vec<_> =
        checked.diagnostics.iter().map(|diagnostic| render(diagnostic, &source, Style::Plain)).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
    assert!(checked.partial.is_none());
    checked.model.expect("there is no error")
}

fn path(keys: &str) -> Expr {
    Expr::Path(
        keys.split('.').map(|key| if key == "[]" { Segment::Each } else { Segment::Key(key.to_owned()) }).collect(),
    )
}

#[test]
fn describes_the_api() {
    let connector = flagship();
    assert_eq!((connector.name.as_str(), connector.title.as_str()), ("workos", "WorkOS"));
    assert_eq!(connector.setup.len(), 3);
    assert_eq!(connector.api.base_url, Expr::Text("https://api.workos.com".to_owned()));
    assert_eq!(connector.api.auth, Auth::Bearer(Expr::Setting("apiKey".to_owned())));
    let limit = connector.api.limits.first().expect("it has one");
    assert_eq!((limit.requests, limit.per_millis), (6000, 60_000));
    let [key, days] = connector.settings.as_slice() else { panic!("two settings") };
    assert_eq!(key.kind, SettingKind::Secret { matches: Some("sk_*".to_owned()) });
    assert!(key.required && !days.required);
    assert_eq!(days.kind, SettingKind::Integer { range: 1..=90, default: Some(30) });
    assert_ne!(connector.fingerprint, 0);
}

#[test]
fn lists_four_resources_and_how_they_are_read() {
    let connector = flagship();
    let names: Vec<_> = connector.resources.iter().map(|resource| resource.name.as_str()).collect();
    assert_eq!(names, ["organizations", "connections", "directories", "auth_events"]);
    for resource in &connector.resources {
        let Some(Paging { step: Step::Cursor { from, to }, size: Some(size), more: None, short_is_last: false }) =
            &resource.paging
        else {
            panic!("all are paged")
        };
        assert_eq!(*from, path("list_metadata.after"));
        assert_eq!(*to, Target::Query("after".to_owned()));
        assert_eq!((&size.to, size.value), (&Target::Query("limit".to_owned()), 100));
        assert_eq!(resource.records.plain(), Some(vec!["data"]));
        assert_eq!(resource.row.key, path("id"));
        assert!(matches!(resource.example, Some(Json::Object(_))));
    }
    let organizations = &connector.resources[0].row;
    assert_eq!((organizations.name.as_str(), organizations.shape), ("workos_organization", Shape::Entity));
    let time = organizations.time.as_ref().expect("it has one");
    assert_eq!(time.from, Expr::FirstOf(vec![path("updated_at"), path("created_at")]));
    let domains = organizations.fields.iter().find(|field| field.name == "domains").expect("it is there");
    assert_eq!((&domains.ty, domains.nullable), (&Type::String, true));
    let joined = vec![path("domains.[].domain"), Expr::Text(", ".to_owned())];
    assert_eq!(domains.from, Expr::Call(Function::Join, joined));
}

#[test]
fn reads_authentication_events_incrementally() {
    let connector = flagship();
    let events = &connector.resources[3];
    let ParamValue::Each { values, style: ListStyle::Comma } = &events.query[0].value else { panic!("a list") };
    assert_eq!(values.len(), 18);
    assert!(values.iter().all(|value| value.starts_with("authentication.")));
    assert_eq!(events.on_error[0].then, Action::DropValueOf("events".to_owned()));
    assert_eq!(
        events.keep,
        Some(Expr::Call(Function::Matches, vec![path("event"), Expr::Text("authentication.*".to_owned())]))
    );
    assert_eq!((events.row.name.as_str(), events.row.shape), ("workos_auth_event", Shape::Event));
    let incremental = events.incremental.as_ref().expect("it is");
    assert_eq!(incremental.resume.as_ref().expect("it continues").from, path("id"));
    let window = incremental.window.as_ref().expect("it has one");
    assert_eq!(window.at_most_millis, Some(30 * 86_400_000));
    assert_eq!((window.on, window.format.clone()), (WindowOn::FirstPage, TimeFormat::Rfc3339));
    let lookback = incremental.lookback.as_ref().expect("it has one");
    assert_eq!(lookback.amount, Expr::Setting("authEventsLookbackDays".to_owned()));
    assert_eq!(lookback.unit_millis, 86_400_000);
    assert_eq!(incremental.overlap_millis, 600_000);
    let method = events.row.fields.iter().find(|field| field.name == "method").expect("it is there");
    let pattern = Expr::Text(r"^authentication\.(.+)_(?:succeeded|failed|started|timed_out)$".to_owned());
    let captured = Expr::Call(Function::Capture, vec![path("event"), pattern]);
    assert_eq!(method.from, Expr::FirstOf(vec![path("data.type"), captured]));
}
