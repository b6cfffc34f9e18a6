//! Every record arrives once, whatever the number of pages, with the requests that it takes and no more.

use tapwright_generated_tests::Lab;
use tapwright_runtime::{Mode, Status};

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_exact_at_every_boundary_size() {
    for count in [0_u64, 1, 99, 100, 101, 10_000] {
        let mut lab = Lab::workos(|sandbox| sandbox.records("organizations", count)).await;
        lab.options.resources = Some(vec!["organizations".to_owned()]);
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete);
        let organizations = &report.resources[0];
        assert_eq!((organizations.rows, organizations.mode), (count, Mode::Full), "{count} records");
        assert_eq!(report.requests, count.div_ceil(100).max(1), "{count} records in pages of 100");
        assert_eq!(report.retries, 0);
        let distinct = lab.number("select count(distinct id) from workos_organization");
        assert_eq!(distinct, i64::try_from(count).unwrap());
        assert_eq!(lab.number("select count(*) from workos_organization"), distinct);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_exact_at_every_boundary_size_however_they_are_sliced() {
    for count in [0_u64, 1, 99, 100, 101, 10_000] {
        for readers in [1, 3, 8] {
            let mut lab =
                Lab::workos(|sandbox| sandbox.records("auth_events", count).setting("authEventsLookbackDays", "90"))
                    .await;
            lab.options.resources = Some(vec!["auth_events".to_owned()]);
            lab.options.readers = readers;
            let report = lab.sync().await;
            assert_eq!(report.status, Status::Complete);
            assert_eq!(report.resources[0].rows, count, "{count} events, {readers} readers");
            let stored = "select count(*) from workos_auth_event";
            assert_eq!(lab.number(stored), i64::try_from(count).unwrap(), "{count} events, {readers} readers");
            let most = count.div_ceil(100) + 12 * u64::try_from(readers).unwrap() + 8;
            assert!(report.requests <= most, "{} requests for {count} events, {readers} readers", report.requests);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_look_back_says_how_much_of_the_events_is_read() {
    let count = |days: &'static str| async move {
        let mut lab =
            Lab::workos(|sandbox| sandbox.records("auth_events", 8900).setting("authEventsLookbackDays", days)).await;
        lab.options.resources = Some(vec!["auth_events".to_owned()]);
        lab.sync().await.resources[0].rows
    };
    // 100 events a day over 89 days, up to the start of this day.
    let (week, month) = (count("7").await, count("30").await);
    assert!((500..=800).contains(&week), "{week}");
    assert!((2800..=3100).contains(&month), "{month}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_requests_are_the_ones_that_the_documentation_asks_for() {
    let lab = Lab::workos(|sandbox| sandbox.records("organizations", 150).records("auth_events", 3000)).await;
    lab.sync().await;
    let requests = lab.sandbox.requests();
    assert!(requests.iter().all(|request| request.status == 200), "{requests:#?}");
    let of = |path: &str| requests.iter().filter(|request| request.path == path).collect::<Vec<_>>();
    let organizations = of("/organizations");
    assert_eq!(organizations.len(), 2);
    assert!(organizations[0].query.contains("limit=100") && organizations[0].query.contains("order=asc"));
    assert!(!organizations[0].query.contains("after") && organizations[1].query.contains("after=org_"));
    for event in of("/events") {
        let names = event.query.split('&').find_map(|pair| pair.strip_prefix("events=")).unwrap();
        assert_eq!(names.matches("authentication.").count(), 18, "the filter is expanded: {names}");
        let (after, range) = (event.query.contains("after="), event.query.contains("range_start="));
        assert!(after != range, "the one or the other: {}", event.query);
    }
    assert_eq!(of("/connections").len(), 3);
    assert_eq!(of("/directories").len(), 3);
}
