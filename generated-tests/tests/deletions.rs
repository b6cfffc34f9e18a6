//! A full refresh removes what the source no longer has, and only a complete one does.

use tapwright_generated_tests::Lab;
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
