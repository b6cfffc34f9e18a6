//! What the sandbox refuses, and how the official client understands it.

use std::time::Duration;

use tapwright_official_tests::{Api, Ask, List, names};
use tapwright_sandbox::{Fault, RetryAfter};
use workos::PaginationOrder::Asc;
use workos::events::ListEventsParams;

fn ask() -> Ask {
    Ask { order: Some(Asc), ..Ask::default() }
}

#[tokio::test]
async fn a_wrong_key_is_unauthorized() {
    let api = Api::start(|sandbox| sandbox).await;
    for list in List::ALL {
        for key in ["sk_wrong", ""] {
            let error = list.page(&api.with_key(key), ask()).await.unwrap_err();
            assert!(error.is_unauthorized(), "{list:?}: {error}");
            assert_eq!(error.api().unwrap().message, "Unauthorized", "{list:?}");
        }
        assert!(list.page(&api.client, ask()).await.is_ok(), "{list:?}");
    }
}

#[tokio::test]
async fn an_unknown_event_name_fails_the_whole_request() {
    let api = Api::start(|sandbox| sandbox).await;
    let page = async |names: Vec<String>| api.plain.events().list_events(ListEventsParams::new(names)).await;
    for unknown in ["authentication.telepathy_succeeded", "authentication.*", "user.created"] {
        let mut names = names();
        names.insert(3, unknown.to_owned());
        let error = page(names).await.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(400), Some("invalid_events_request")), "{error}");
        assert_eq!(error.api().unwrap().message, format!("Invalid name parameter, received: '{unknown}'"));
    }
    let error = page(Vec::new()).await.unwrap_err();
    assert_eq!(error.status(), Some(400), "no names at all: {error}");
    assert!(page(names()).await.is_ok());
}

#[tokio::test]
async fn too_many_requests_say_when_to_come_back() {
    let api = Api::start(|sandbox| sandbox.rate_limit(2, Duration::from_secs(30))).await;
    let client = api.without_retries();
    for _ in 0..2 {
        assert!(List::Events.page(&client, ask()).await.is_ok());
    }
    let error = List::Events.page(&client, ask()).await.unwrap_err();
    assert!(error.is_rate_limited(), "{error}");
    let wait = error.retry_after().unwrap();
    assert!((Duration::from_secs(1)..=Duration::from_secs(30)).contains(&wait), "{wait:?}");
}

#[tokio::test]
async fn what_passes_is_asked_again() {
    let api = Api::start(|sandbox| {
        sandbox
            .records("auth_events", 30)
            .fail("auth_events", Fault::Status(429, Some(RetryAfter::Seconds(0))).times(1).after(1))
            .fail("auth_events", Fault::Status(503, None).times(1).after(2))
    })
    .await;
    assert_eq!(List::Events.walk(&api.client, ask()).await.unwrap().len(), 30);
    assert!(api.sandbox.requests().iter().any(|request| request.status == 429));
    assert!(api.sandbox.requests().iter().any(|request| request.status == 503));
}

#[tokio::test]
async fn a_missing_permission_is_no_wrong_key() {
    let api = Api::start(|sandbox| sandbox.fail("connections", Fault::Forbidden("no access".into()).always())).await;
    let error = List::Connections.page(&api.client, ask()).await.unwrap_err();
    assert!(error.status() == Some(403) && !error.is_unauthorized(), "{error}");
    assert_eq!(error.api().unwrap().message, "no access");
}
