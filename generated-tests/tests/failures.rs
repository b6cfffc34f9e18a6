//! What goes wrong at the source is retried when that can help, and otherwise ends its resource, alone and in words.

use std::time::{Duration, Instant};

use tapwright_generated_tests::Lab;
use tapwright_runtime::{ErrorKind, Report, ResourceReport, Status};
use tapwright_sandbox::{Fault, RetryAfter};

fn of<'r>(report: &'r Report, name: &str) -> &'r ResourceReport {
    report.resources.iter().find(|resource| resource.name == name).unwrap()
}

async fn lab() -> Lab {
    Lab::workos(|sandbox| sandbox.records("auth_events", 2000)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_resource_that_fails_does_not_stop_the_others() {
    let lab = lab().await;
    lab.sandbox.fail("directories", Fault::Forbidden("no directory access".to_owned()).always()).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Partial);
    let error = of(&report, "directories").error.as_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(error.message().contains("no directory access"), "{error}");
    assert!(error.to_string().contains("GET /directories"), "{error}");
    for name in ["organizations", "connections", "auth_events"] {
        assert_eq!(of(&report, name).status, Status::Complete, "{name}");
    }
    let refused = lab.sandbox.requests().iter().filter(|request| request.status == 403).count();
    assert_eq!(refused, 1, "what cannot succeed is asked once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_pass_is_tried_again() {
    for fault in [
        Fault::Status(408, None),
        Fault::Status(425, None),
        Fault::Status(429, None),
        Fault::Status(500, None),
        Fault::Status(502, None),
        Fault::Status(503, None),
        Fault::Status(504, None),
        Fault::Reset,
        Fault::CutBody,
    ] {
        let lab = lab().await;
        lab.sandbox.fail("organizations", fault.clone().times(3).after(1)).unwrap();
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{fault:?}: {report:#?}");
        assert_eq!(report.retries, 3, "{fault:?}");
        assert_eq!(lab.number("select count(*) from workos_organization"), 250, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_keeps_failing_is_given_up_after_bounded_attempts() {
    let lab = lab().await;
    lab.sandbox.fail("organizations", Fault::Status(500, None).always()).unwrap();
    let report = lab.sync().await;
    let error = of(&report, "organizations").error.as_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::Server);
    let tries = lab.sandbox.requests().iter().filter(|request| request.path == "/organizations").count();
    assert_eq!(tries, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn retry_after_is_honoured_in_both_forms() {
    for (form, least) in [
        (RetryAfter::Seconds(1), Duration::from_millis(990)),
        (RetryAfter::Date(Duration::from_secs(2)), Duration::from_millis(1000)),
    ] {
        let lab = lab().await;
        lab.sandbox.fail("organizations", Fault::Status(429, Some(form)).once()).unwrap();
        let start = Instant::now();
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete);
        assert!(start.elapsed() >= least, "{form:?}: {:?}", start.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_limit_slows_the_sync_down_and_loses_nothing() {
    let lab = Lab::workos(|sandbox| {
        sandbox
            .records("auth_events", 3000)
            .rate_limit(20, Duration::from_secs(1))
            .setting("authEventsLookbackDays", "90")
    })
    .await;
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.retries > 0, "the limit was met");
    assert_eq!(lab.number("select count(*) from workos_auth_event"), 3000);
    assert_eq!(lab.number("select count(*) from workos_organization"), 250);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_of_all_requests_failing_changes_no_row() {
    let calm = Lab::workos(|sandbox| sandbox.records("auth_events", 9000)).await;
    calm.sync().await;
    let lab = Lab::workos(|sandbox| sandbox.records("auth_events", 9000).fault_rate(0.3, 7)).await;
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete, "{report:#?}");
    assert!(report.retries > 5, "{} retries", report.retries);
    assert_eq!(lab.rows(), calm.rows());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_is_refused_costs_one_request_in_all() {
    let lab = lab().await;
    lab.sandbox.fail("*", Fault::Unauthorized.always()).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Failed);
    assert_eq!((report.requests, report.retries), (1, 0));
    for resource in &report.resources {
        assert_eq!(resource.error.as_ref().unwrap().kind(), ErrorKind::Unauthorized, "{}", resource.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paging_that_goes_in_a_circle_ends_in_an_error() {
    for fault in [Fault::StuckCursor, Fault::CursorCycle(3)] {
        let lab = Lab::workos(|sandbox| sandbox.records("organizations", 2000)).await;
        lab.sandbox.fail("organizations", fault.clone().always()).unwrap();
        let report = lab.sync().await;
        let organizations = of(&report, "organizations");
        assert_eq!(organizations.error.as_ref().map(|error| error.kind()), Some(ErrorKind::Paging), "{fault:?}");
        assert!(organizations.pages <= 6, "{fault:?}: {} pages", organizations.pages);
        assert_eq!(of(&report, "connections").status, Status::Complete);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_but_honest_paging_is_read_to_the_end() {
    for fault in [Fault::EmptyPage, Fault::ShortPage, Fault::IgnoreSize] {
        let lab = lab().await;
        lab.sandbox.fail("organizations", fault.clone().times(2)).unwrap();
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{fault:?}: {report:#?}");
        assert_eq!(lab.number("select count(*) from workos_organization"), 250, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_last_page_that_never_ends_ends() {
    let lab = lab().await;
    lab.sandbox.fail("organizations", Fault::EndlessLastPage.always()).unwrap();
    let report = lab.sync().await;
    let organizations = of(&report, "organizations");
    assert_eq!(organizations.error.as_ref().map(|error| error.kind()), Some(ErrorKind::Paging));
    assert_eq!(lab.number("select count(*) from workos_organization"), 250, "what was read stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_not_json_is_shown_and_asked_for_once() {
    for fault in [Fault::NotJson, Fault::TruncatedJson] {
        let lab = lab().await;
        lab.sandbox.fail("organizations", fault.clone().always()).unwrap();
        let report = lab.sync().await;
        let error = of(&report, "organizations").error.as_ref().unwrap();
        assert_eq!(error.kind(), ErrorKind::Body, "{fault:?}");
        assert!(error.advice().unwrap().contains("it begins with: "), "{error:?}");
        let tries = lab.sandbox.requests().iter().filter(|request| request.path == "/organizations").count();
        assert_eq!(tries, 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_name_that_the_source_does_not_know_is_left_out() {
    let lab = lab().await;
    let refused = "authentication.radar_risk_detected";
    lab.sandbox.fail("auth_events", Fault::RejectValue(refused.to_owned()).always()).unwrap();
    let report = lab.sync().await;
    let events = of(&report, "auth_events");
    assert_eq!(events.status, Status::Complete, "{events:#?}");
    assert_eq!(events.notes, [format!("left `{refused}` out of `events`: the source does not know it")]);
    assert!(events.rows > 100);
    let of_that_type = format!("select count(*) from workos_auth_event where eventType = '{refused}'");
    assert_eq!(lab.number(&of_that_type), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_mapped_is_set_aside_once() {
    let mut lab = lab().await;
    lab.sandbox.fail("organizations", Fault::WrongType("name".to_owned()).once()).unwrap();
    let report = lab.sync().await;
    let organizations = of(&report, "organizations");
    assert_eq!((organizations.status, organizations.rows, organizations.quarantined), (Status::Complete, 249, 1));
    let reason: String =
        lab.store().query_row("select reason from _tapwright_quarantine", [], |row| row.get(0)).unwrap();
    assert!(reason.starts_with("`name` is "), "{reason}");

    // The next refresh finds it as it should be.
    lab.sync().await;
    assert_eq!(lab.number("select count(*) from _tapwright_quarantine"), 0);
    assert_eq!(lab.number("select count(*) from workos_organization"), 250);

    lab.options.strict = true;
    lab.sandbox.fail("organizations", Fault::WrongType("name".to_owned()).once()).unwrap();
    let report = lab.sync().await;
    assert_eq!(of(&report, "organizations").error.as_ref().unwrap().kind(), ErrorKind::Quarantine);
}
