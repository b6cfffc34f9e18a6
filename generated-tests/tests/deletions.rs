//! A full refresh removes what the source no longer has, and only a complete one does.

use tapwright_generated_tests::{Lab, WORKOS, model};
use tapwright_runtime::Status;
use tapwright_sandbox::{Change, Fault};

async fn organizations(count: u64) -> (Lab, Vec<String>) {
    let mut lab = Lab::workos(|sandbox| sandbox.records("organizations", count)).await;
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    lab.sync().await;
    let store = lab.store();
    let mut statement = store.prepare("select id from workos_organization order by id").unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    (lab, ids)
}

fn stored(lab: &Lab) -> i64 {
    lab.number("select count(*) from workos_organization")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_at_the_source_goes() {
    let (lab, ids) = organizations(250).await;
    for id in [&ids[0], &ids[120], &ids[249]] {
        lab.sandbox.delete("organizations", id).unwrap();
    }
    lab.sandbox.update("organizations", &ids[7], &Change::new().set("name", "Renamed")).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.resources[0].deleted, 3);
    assert_eq!(stored(&lab), 247);
    assert_eq!(lab.number("select count(*) from workos_organization where name = 'Renamed'"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_fails_removes_nothing() {
    let (lab, ids) = organizations(250).await;
    lab.sandbox.delete("organizations", &ids[0]).unwrap();
    lab.sandbox.fail("organizations", Fault::Forbidden("not today".to_owned()).times(1).after(2)).unwrap();
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Failed);
    assert_eq!((report.resources[0].deleted, stored(&lab)), (0, 250));

    let report = lab.sync().await;
    assert_eq!(report.status, Status::Complete);
    assert_eq!((report.resources[0].deleted, stored(&lab)), (1, 249));
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_never_see_fewer_rows_than_before() {
    let (lab, _) = organizations(2000).await;
    let reader = lab.store();
    let watch = std::thread::spawn(move || {
        let (mut least, mut looks) = (i64::MAX, 0);
        let until = std::time::Instant::now() + std::time::Duration::from_millis(1500);
        while std::time::Instant::now() < until {
            let count = reader.query_row("select count(*) from workos_organization", [], |row| row.get(0)).unwrap();
            least = least.min(count);
            looks += 1;
        }
        (least, looks)
    });
    for _ in 0..3 {
        assert_eq!(lab.sync().await.status, Status::Complete);
    }
    let (least, looks) = watch.join().unwrap();
    assert!(looks > 10, "the reader looked {looks} times");
    assert_eq!(least, 2000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_cannot_be_mapped_any_more_keeps_its_row() {
    let (lab, ids) = organizations(250).await;
    let was = Change::new().set("name", 7);
    lab.sandbox.update("organizations", &ids[7], &was).unwrap();
    lab.sandbox.delete("organizations", &ids[8]).unwrap();
    let report = lab.sync().await;
    let organizations = &report.resources[0];
    assert_eq!((organizations.status, organizations.quarantined, organizations.deleted), (Status::Complete, 1, 1));
    assert!(organizations.notes[0].contains("`name` is a number"), "{:?}", organizations.notes);
    assert_eq!(lab.number(&format!("select count(*) from workos_organization where id = '{}'", ids[7])), 1);

    lab.sandbox.delete("organizations", &ids[7]).unwrap();
    assert_eq!(lab.sync().await.resources[0].deleted, 1);
    assert_eq!((stored(&lab), lab.number("select count(*) from _tapwright_quarantine")), (248, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_that_did_not_see_everything_removes_nothing_and_the_next_removes_what_is_gone_by_then() {
    let ignoring = WORKOS.replacen(
        "    paging: after\n    records: data\n",
        "    paging: after\n    records: data\n    on_error: [{ status: 403, then: ignore }]\n",
        1,
    );
    let mut lab = Lab::of(&model(&ignoring), |sandbox| sandbox.records("organizations", 250)).await;
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    assert_eq!(lab.sync().await.status, Status::Complete);
    let first: String =
        lab.store().query_row("select id from workos_organization order by id limit 1", [], |row| row.get(0)).unwrap();

    // The first page is read, the second refused: what stood on the first is gone before the next sync.
    lab.sandbox.fail("organizations", Fault::Forbidden("not this one".to_owned()).times(1).after(1)).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.resources[0].status, report.resources[0].deleted), (Status::Partial, 0), "{report:#?}");
    lab.sandbox.delete("organizations", &first).unwrap();
    let report = lab.sync().await;
    assert_eq!((report.resources[0].status, report.resources[0].deleted), (Status::Complete, 1), "{report:#?}");
    assert_eq!(stored(&lab), 249);
}
