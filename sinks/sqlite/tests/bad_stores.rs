//! What cannot be synced into is refused in words, and is not touched: not a byte of it, not a file beside it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::fs;
use std::path::Path;

use support::*;
use tapwright_runtime::{Error, ErrorKind, Sink};
use tapwright_sqlite::Sqlite;

/// Opens, begins and asks for the status: all refuse, and the directory is as it was.
async fn refused(place: &Place, file: &Path) -> Error {
    let look = || -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
        let one = |name: String| {
            let path = place.directory.path().join(&name);
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            (name, fs::read(&path).unwrap_or_default(), modified)
        };
        place.files().into_iter().map(one).collect()
    };
    let before = look();
    let error = match Sqlite::open(file) {
        Err(error) => error,
        Ok(mut sink) => {
            let error = sink.begin(begin_of(plain_users())).await.unwrap_err();
            drop(sink);
            error
        }
    };
    assert_eq!(error.kind(), ErrorKind::Store);
    assert!(error.advice().is_some(), "{error}");
    assert_eq!(look(), before, "{error}");
    error
}

fn set_read_only(path: &Path, read_only: bool) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    #[allow(clippy::permissions_set_readonly_false)]
    permissions.set_readonly(read_only);
    fs::set_permissions(path, permissions).unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    for content in ["x", "id,name\n1,Ann\n", &"not a database ".repeat(1000)] {
        let place = place();
        fs::write(&place.file, content).unwrap();
        let error = refused(&place, &place.file).await;
        assert_eq!(error.message(), format!("{} is not a SQLite database", place.file.display()));
        let error = Sqlite::status(&place.file).unwrap_err();
        assert!(error.message().ends_with("is not a SQLite database"), "{error}");
    }
}

#[tokio::test]
async fn an_empty_file_is_a_place_for_a_database() {
    let place = place();
    fs::write(&place.file, "").unwrap();
    begin(&place.file, plain_users()).await.unwrap();
}

#[tokio::test]
async fn a_read_only_file() {
    let place = place();
    begin(&place.file, plain_users()).await.unwrap();
    set_read_only(&place.file, true);
    let error = refused(&place, &place.file).await;
    assert_eq!(error.message(), format!("{} is read-only", place.file.display()));
    assert_eq!(Sqlite::status(&place.file).unwrap().connectors[0].name, "shop", "it can still be looked at");
    set_read_only(&place.file, false);
}

#[tokio::test]
async fn a_read_only_directory() {
    for exists in [false, true] {
        let place = place();
        if exists {
            begin(&place.file, plain_users()).await.unwrap();
        }
        set_read_only(place.directory.path(), true);
        let error = refused(&place, &place.file).await;
        assert!(error.message().ends_with("is read-only"), "{error}");
        set_read_only(place.directory.path(), false);
    }
}

#[tokio::test]
async fn a_directory_that_is_not_there() {
    let place = place();
    let file = place.directory.path().join("no/such/shop.db");
    let error = refused(&place, &file).await;
    assert!(error.message().contains("no/such cannot be used"), "{error}");
    assert!(!file.parent().unwrap().exists());
}

#[tokio::test]
async fn a_directory_in_its_place() {
    let place = place();
    assert!(refused(&place, place.directory.path()).await.message().ends_with("is a directory"));
    let slash = format!("{}/", place.file.display());
    assert!(refused(&place, Path::new(&slash)).await.message().ends_with("is a directory"));
    fs::write(&place.file, "").unwrap();
    assert!(refused(&place, &place.file.join("x.db")).await.message().ends_with("is not a directory"));
}

#[tokio::test]
async fn a_database_of_a_newer_release() {
    // As it is when it was closed, and as it is after a crash: with the version in the log alone.
    for crashed in [false, true] {
        let place = place();
        begin(&place.file, plain_users()).await.unwrap();
        let sql = place.sql();
        sql.execute_batch("UPDATE _tapwright_meta SET value = '99' WHERE key = 'format'").unwrap();
        let file = if crashed {
            let copy = place.directory.path().join("copy.db");
            fs::copy(&place.file, &copy).unwrap();
            fs::copy(place.directory.path().join("shop.db-wal"), place.directory.path().join("copy.db-wal")).unwrap();
            drop(sql);
            copy
        } else {
            drop(sql);
            place.file.clone()
        };
        let bytes = fs::read(&file).unwrap();
        let error = if crashed {
            let error = begin(&file, plain_users()).await.unwrap_err();
            assert_eq!(fs::read(&file).unwrap(), bytes);
            error
        } else {
            refused(&place, &file).await
        };
        assert_eq!(error.message(), "the database has format 99, and this release knows up to 2");
        let error = Sqlite::status(&file).unwrap_err();
        assert!(error.message().contains("format 99"), "{error}");
    }
}

#[tokio::test]
async fn someone_elses_database_is_left_as_it_was_when_its_table_is_in_the_way() {
    let place = place();
    place.sql().execute_batch("CREATE TABLE shop_user (id); INSERT INTO shop_user VALUES (1)").unwrap();
    let error = refused(&place, &place.file).await;
    assert_eq!(error.message(), "the table `shop_user` is there already, and was not made by Tapwright");
    let error = Sqlite::status(&place.file).unwrap_err();
    assert_eq!(error.message(), "nothing was ever synced into the database");
}

#[tokio::test]
async fn someone_elses_database_can_be_synced_into_when_nothing_is_in_the_way() {
    let place = place();
    place
        .sql()
        .execute_batch("CREATE TABLE theirs (id); INSERT INTO theirs VALUES (1); PRAGMA user_version = 7")
        .unwrap();
    let (mut sink, _) = begin(&place.file, plain_users()).await.unwrap();
    commit(&mut sink, vec![page(&plain_users().resources[0], 1, &[vec![text("a")]])], "1").await.unwrap();
    assert_eq!(number(&place.sql(), "SELECT id FROM theirs"), 1);
    assert_eq!(number(&place.sql(), "PRAGMA user_version"), 7);
}

#[tokio::test]
async fn status_makes_no_database() {
    let place = place();
    let error = Sqlite::status(&place.file).unwrap_err();
    assert_eq!((error.kind(), error.message()), (ErrorKind::Store, "there is no database yet"));
    assert!(Sqlite::status("").is_err());
    assert!(place.files().is_empty());
    Sqlite::open(&place.file).unwrap();
    assert!(place.files().is_empty(), "opening alone makes none either");
}

#[tokio::test]
async fn urls_name_files() {
    let place = place();
    for url in [format!("sqlite:{}", place.file.display()), format!("sqlite://{}", place.file.display())] {
        assert_eq!(Sqlite::from_url(&url).unwrap().path(), place.file);
    }
    let error = Sqlite::from_url("postgres://user:hunter2@host/db").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!format!("{error:?}").contains("hunter2"));
    for url in ["sqlite:", "sqlite::memory:"] {
        assert_eq!(Sqlite::from_url(url).unwrap_err().kind(), ErrorKind::Store, "{url}");
    }
}

#[tokio::test]
async fn odd_names_are_names() {
    for name in ["file:x?mode=ro", "a b#c%20.db", "ä'\".db"] {
        let place = place();
        let file = place.directory.path().join(name);
        let (sink, _) = begin(&file, plain_users()).await.unwrap();
        drop(sink);
        assert_eq!(place.files(), [name]);
        assert!(Sqlite::open(&file).is_ok());
        assert_eq!(Sqlite::status(&file).unwrap().connectors.len(), 1);
    }
}

/// Linux lets a process be kept from writing beyond a size: SQLite sees a disk that refuses.
#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_disk_that_refuses_is_an_error_and_nothing_is_written() {
    let place = place();
    let status = std::process::Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4000; exec \"$0\" --exact child_on_a_small_disk --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .env("TAPWRIGHT_TEST_SMALL", &place.file)
        .status()
        .unwrap();
    assert!(status.success());
    let sql = place.sql();
    assert_eq!(lines(&sql, "PRAGMA integrity_check"), ["ok"]);
    let (rows, pages) =
        (number(&sql, "SELECT count(*) FROM shop_user"), lines(&sql, "SELECT checkpoint FROM _tapwright_checkpoints"));
    assert_eq!(pages, [(rows / 10).to_string()], "each page is there with its checkpoint");
}

#[tokio::test]
async fn child_on_a_small_disk() {
    let Some(file) = std::env::var_os("TAPWRIGHT_TEST_SMALL") else { return };
    let (place_file, shop) = (Path::new(&file), plain_users());
    let users = &shop.resources[0];
    let (mut sink, _) = begin(place_file, shop).await.unwrap();
    let (long, mut done, mut refused) = ("x".repeat(2000), 0, 0);
    for at in 0..200 {
        let ids: Vec<String> = (0..10).map(|row| format!("{at:04}{row}")).collect();
        let rows: Vec<_> = ids.iter().map(|id| vec![text(id), text(&long)]).collect();
        match commit(&mut sink, vec![page(users, 1, &rows)], &(done + 1).to_string()).await {
            Ok(_) => done += 1,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Store);
                assert!(error.advice().unwrap().contains("nothing of this commit was written"), "{error}");
                refused += 1;
            }
        }
        assert_eq!(number(&sql(place_file), "SELECT count(*) FROM shop_user"), done * 10);
        if refused == 5 {
            assert!(done > 5);
            return;
        }
    }
    unreachable!("the disk took everything");
}
