//! A sync that ends early, at whatever page or commit, is taken up by the next, and the store ends as if nothing had been.

use std::task::{Context, Poll};
use std::time::Duration;

use tapwright_generated_tests::Lab;
use tapwright_runtime::{ErrorKind, Mode, Status, Stop};
use tapwright_sandbox::{Change, Sandbox};
use tapwright_sqlite::Sqlite;
use tapwright_suite::Failing;

fn small(sandbox: Sandbox) -> Sandbox {
    sandbox
        .records("organizations", 450)
        .records("connections", 120)
        .records("directories", 30)
        .records("auth_events", 1500)
        // Well within the look-back, whatever the time of day.
        .history(Duration::from_secs(25 * 86_400))
}

async fn undisturbed() -> Lab {
    let lab = Lab::workos(small).await;
    assert_eq!(lab.sync().await.status, Status::Complete);
    lab
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_is_stopped_at_any_page_is_taken_up_by_the_next() {
    let expected = undisturbed().await.rows();
    let mut interrupted = 0;
    for commits in 1..=25 {
        let mut lab = Lab::workos(small).await;
        lab.options.readers = 2;
        let report = lab.sync_until(commits).await;
        if report.status == Status::Interrupted {
            interrupted += 1;
            let stopped = report.resources.iter().find(|resource| resource.status == Status::Interrupted).unwrap();
            assert_eq!(stopped.error.as_ref().unwrap().kind(), ErrorKind::Interrupted);
        }
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete);
        assert_eq!(lab.rows(), expected, "stopped after {commits} commits");
    }
    assert!(interrupted > 3, "only {interrupted} syncs were interrupted at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_whose_future_is_dropped_is_taken_up_by_the_next() {
    let expected = undisturbed().await.rows();
    let mut dropped = 0;
    for millis in (0..60).step_by(3) {
        let lab = Lab::workos(|sandbox| small(sandbox).latency(Duration::from_millis(3))).await;
        let mut sink = Sqlite::open(lab.path()).unwrap();
        let sync = lab.ready();
        let stop = Stop::default();
        let run = sync.run(&mut sink, &(), &stop);
        dropped += usize::from(tokio::time::timeout(Duration::from_millis(millis), run).await.is_err());
        drop(sink);
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "dropped after {millis} ms: {report:#?}");
        assert_eq!(lab.rows(), expected, "dropped after {millis} ms");
    }
    assert!(dropped > 5, "only {dropped} syncs were dropped in time");
}

/// How many records of organizations were counted.
const COUNTED: &str = "select sum(count) from _tapwright_seen where resource = 'organizations' and what = 'row'";

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_ends_the_sync_and_the_next_takes_it_up() {
    let expected = undisturbed().await.rows();
    let mut resumed = 0;
    for reaches in [false, true] {
        for fails in 1..=12 {
            let lab = Lab::workos(small).await;
            let mut sink = Failing::new(Sqlite::open(lab.path()).unwrap(), fails, reaches);
            let outcome = lab.sync_into(&mut sink).await;
            drop(sink);
            if let Err(error) = outcome {
                assert_eq!(error.message(), "the disk is full");
            }
            let report = lab.sync().await;
            assert_eq!(report.status, Status::Complete);
            assert_eq!(lab.rows(), expected, "commit {fails} failed");
            if report.resources[0].mode == Mode::Resumed {
                assert_eq!(lab.number(COUNTED), 450, "commit {fails} failed: each page is counted once");
                resumed += 1;
            }
        }
    }
    assert!(resumed >= 4, "only {resumed} lists were taken up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_taken_up_at_the_page_it_had_reached() {
    let mut lab = Lab::workos(|sandbox| sandbox.records("organizations", 1000)).await;
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    lab.sandbox.fail("organizations", tapwright_sandbox::Fault::Forbidden(String::new()).times(1).after(4)).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].pages), (Status::Failed, 4));
    let report = lab.sync().await;
    assert_eq!((report.status, report.resources[0].mode), (Status::Complete, Mode::Resumed));
    assert_eq!(report.requests, 6, "the first four pages are not read again");
    assert_eq!(lab.number("select count(*) from workos_organization"), 1000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_fails_at_any_row_of_a_page_writes_nothing_of_it() {
    let mut lab = Lab::workos(|sandbox| sandbox.records("organizations", 0)).await;
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    lab.sync().await;
    for _ in 0..100 {
        lab.sandbox.insert("organizations", &Change::new()).unwrap();
    }
    let ids: Vec<String> = lab
        .plain()
        .all("/organizations?order=asc&limit=100")
        .await
        .iter()
        .map(|record| record["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 100);
    for id in &ids {
        let trigger = format!(
            "create trigger refuse before insert on workos_organization when new.id = '{id}' \
             begin select raise(abort, 'not this one'); end"
        );
        lab.store().execute_batch(&trigger).unwrap();
        let error = lab.try_sync().await.unwrap_err();
        assert!(error.to_string().contains("not this one"), "{error}");
        assert_eq!(lab.number("select count(*) from workos_organization"), 0, "{id}");
        lab.store().execute_batch("drop trigger refuse").unwrap();
    }
    assert_eq!(lab.sync().await.status, Status::Complete);
    assert_eq!(lab.number("select count(*) from workos_organization"), 100);
}

/// A future that is polled so often and then no more.
struct Polls<F> {
    inner: std::pin::Pin<Box<F>>,
    left: u32,
}

impl<F: Future> Future for Polls<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[tokio::test]
async fn a_sync_that_is_dropped_after_any_poll_is_taken_up_by_the_next() {
    let expected = undisturbed().await.rows();
    let mut dropped = 0;
    for polls in 0..200 {
        let lab = Lab::workos(small).await;
        let mut sink = Sqlite::open(lab.path()).unwrap();
        let sync = lab.ready();
        let stop = Stop::default();
        let run = Polls { inner: Box::pin(sync.run(&mut sink, &(), &stop)), left: polls };
        let over = run.await.is_some();
        drop(sink);
        dropped += u32::from(!over);
        assert_eq!(lab.sync().await.status, Status::Complete, "dropped after {polls} polls");
        assert_eq!(lab.rows(), expected, "dropped after {polls} polls");
        if over {
            break;
        }
    }
    assert!(dropped > 5, "only {dropped} syncs were dropped in time");
}
