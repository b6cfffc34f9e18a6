//! Lists that end without a word: some sources leave out what leads to the next page on the last one, and one whose key goes
//! by another name by now looks the same. Of the first all is read, at no more requests; the second is never taken for one.

use std::sync::{Arc, Mutex};

use tapwright_generated_tests::{Heard, Lab, Scripted, WORKOS, model, respond};
use tapwright_runtime::{Error, ErrorKind, Status};

/// How a source tells where its lists go on.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Tells {
    /// A key that is null on the last page.
    Always,
    /// A key that the last page does not have.
    WhenThereIsMore,
    /// The object around the key is null on the last page.
    AroundIt,
    /// The key is not there on the last page, and what says whether there is more is.
    MoreAlone,
    /// The key is not there from this record on.
    NotFrom(usize),
    /// The next answer does not have the key, as of a server that is ahead of the others; those behind it do.
    NotOnce,
    /// Another key by now.
    ByAnotherName,
    /// Another key by now, beside one that says whether there is more.
    ByAnotherNameBesideMore,
    /// A key that the last page does not have, and nothing at all from this record on.
    RefusedFrom(usize),
}

/// How a source takes the page size that is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Sizes {
    Kept,
    /// Larger ones are cut to this one without a word.
    Most(usize),
    /// Every size is taken for this one.
    Only(usize),
    /// Any other size than this one is refused.
    Refused(usize),
}

struct Source {
    server: Scripted,
    is: Arc<Mutex<(Tells, Sizes, usize)>>,
}

impl Source {
    /// A source of so many organizations, or things behind links.
    fn new(tells: Tells, sizes: Sizes, count: usize) -> Source {
        let is = Arc::new(Mutex::new((tells, sizes, count)));
        let known = Arc::clone(&is);
        let server = Scripted::start(move |heard, stream| {
            let (tells, sizes, count) = *known.lock().unwrap();
            if tells == Tells::NotOnce {
                known.lock().unwrap().0 = Tells::Always;
            }
            let number = |name: &str| parameter(heard, name).and_then(|text| text.parse::<usize>().ok());
            let asked = number("limit").or_else(|| number("per_page")).unwrap();
            let size = match sizes {
                Sizes::Kept => asked,
                Sizes::Most(most) => asked.min(most),
                Sizes::Only(size) => size,
                Sizes::Refused(size) if asked != size => {
                    return respond(stream, "422 Unprocessable", &[], br#"{"message":"no such size"}"#);
                }
                Sizes::Refused(size) => size,
            };
            let from = number("after").unwrap_or(0);
            if matches!(tells, Tells::RefusedFrom(place) if from >= place) {
                return respond(stream, "403 Forbidden", &[], br#"{"message":"not now"}"#);
            }
            let to = count.min(from + size);
            let records: Vec<_> = (from..to)
                .map(|id| {
                    format!(r#"{{"id":"org_{id:04}","name":"n","domains":[],"created_at":"2026-01-15T12:00:00Z","updated_at":"2026-01-15T12:00:00Z"}}"#)
                })
                .collect();
            let more = to < count;
            let next = if more { format!("\"{to}\"") } else { "null".to_owned() };
            let metadata = match tells {
                Tells::WhenThereIsMore | Tells::RefusedFrom(_) if !more => String::new(),
                Tells::MoreAlone if !more => r#","list_metadata":{"more":false}"#.to_owned(),
                Tells::AroundIt if !more => r#","list_metadata":null"#.to_owned(),
                Tells::NotOnce => String::new(),
                Tells::NotFrom(place) if from >= place => String::new(),
                Tells::ByAnotherName => format!(r#","list_metadata":{{"next":{next}}}"#),
                Tells::ByAnotherNameBesideMore => format!(r#","list_metadata":{{"next":{next},"more":{more}}}"#),
                _ => format!(r#","list_metadata":{{"after":{next},"more":{more}}}"#),
            };
            let link = format!("Link: </links?after={to}&per_page={asked}>; rel=\"next\"");
            let headers = if more && tells != Tells::ByAnotherName { vec![link.as_str()] } else { Vec::new() };
            respond(stream, "200 OK", &headers, format!(r#"{{"data":[{}]{metadata}}}"#, records.join(",")).as_bytes())
        });
        Source { server, is }
    }

    fn becomes(&self, change: impl FnOnce(&mut (Tells, Sizes, usize))) {
        change(&mut self.is.lock().unwrap());
    }

    async fn lab(&self) -> Lab {
        self.lab_of(WORKOS).await
    }

    async fn lab_of(&self, spec: &str) -> Lab {
        let mut lab = Lab::of(&model(spec), |sandbox| sandbox).await;
        lab.options.base_url = Some(self.server.url());
        lab.options.resources = Some(vec!["organizations".to_owned()]);
        lab
    }

    /// How many requests a sync takes that is complete.
    async fn requests(&self, lab: &Lab) -> usize {
        let before = self.server.heard().len();
        let report = lab.sync().await;
        assert_eq!(report.status, Status::Complete, "{:?}: {report:#?}", self.is.lock().unwrap());
        self.server.heard().len() - before
    }
}

fn parameter(heard: &Heard, name: &str) -> Option<String> {
    let (_, query) = heard.target.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
}

fn stored(lab: &Lab) -> i64 {
    lab.number("select count(*) from workos_organization")
}

async fn refused(lab: &Lab) -> Error {
    let report = lab.sync().await;
    assert_eq!(report.status, Status::Failed, "{report:#?}");
    let error = report.resources[0].error.clone().unwrap();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error:?}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_goes_by_another_name_ends_the_refresh_and_removes_nothing() {
    for (sizes, tells) in [
        (Sizes::Kept, Tells::Always),
        (Sizes::Kept, Tells::WhenThereIsMore),
        (Sizes::Kept, Tells::AroundIt),
        (Sizes::Most(50), Tells::Always),
        (Sizes::Most(25), Tells::WhenThereIsMore),
    ] {
        let source = Source::new(tells, sizes, 253);
        let lab = source.lab().await;
        source.requests(&lab).await;
        assert_eq!(stored(&lab), 253);
        source.becomes(|(tells, ..)| *tells = Tells::ByAnotherName);
        for _ in 0..3 {
            let before = source.server.heard().len();
            let error = refused(&lab).await.to_string();
            assert!(error.contains("`list_metadata.after`") && error.contains("page 1"), "{error}");
            assert_eq!(source.server.heard().len() - before, 3, "what is asked to make sure is bounded");
            assert_eq!(stored(&lab), 253, "{sizes:?}, {tells:?}");
        }
        source.becomes(|(is, _, count)| (*is, *count) = (tells, 252));
        source.requests(&lab).await;
        assert_eq!(stored(&lab), 252, "the refresh that is complete sweeps");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_goes_by_another_name_in_the_middle_of_a_list_is_noticed_as_well() {
    for sizes in [Sizes::Kept, Sizes::Most(37)] {
        let source = Source::new(Tells::WhenThereIsMore, sizes, 253);
        let lab = source.lab().await;
        source.requests(&lab).await;
        source.becomes(|(tells, ..)| *tells = Tells::NotFrom(70));
        let error = refused(&lab).await.to_string();
        assert!(error.contains("page 2") || error.contains("page 3"), "{error}");
        assert_eq!(stored(&lab), 253);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_missing_once_is_asked_for_again() {
    let source = Source::new(Tells::Always, Sizes::Kept, 253);
    let lab = source.lab().await;
    for _ in 0..2 {
        source.becomes(|(tells, ..)| *tells = Tells::NotOnce);
        assert_eq!(source.requests(&lab).await, 5, "three pages, the first of them by half and again");
        assert_eq!(stored(&lab), 253);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_sync_by_a_wrong_name_does_not_take_its_first_page_for_all() {
    let source = Source::new(Tells::ByAnotherName, Sizes::Kept, 253);
    let lab = source.lab().await;
    refused(&lab).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_leaves_the_key_out_at_the_end_is_read_whole_and_asked_twice_more_at_most() {
    for tells in [Tells::Always, Tells::AroundIt, Tells::WhenThereIsMore] {
        for (count, pages) in [(0, 1), (1, 1), (37, 1), (99, 1), (100, 1), (101, 2), (200, 2), (250, 3)] {
            let source = Source::new(tells, Sizes::Kept, count);
            let lab = source.lab().await;
            // Only a last page that is a full one, and says nothing at all, is doubted.
            let doubted = if tells == Tells::WhenThereIsMore && count > 0 && count % 100 == 0 { 2 } else { 0 };
            for _ in 0..2 {
                assert_eq!(source.requests(&lab).await, pages + doubted, "{tells:?}, {count} records");
                assert_eq!(stored(&lab), i64::try_from(count).unwrap());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_source_sends_no_fewer_records_it_has_the_last_word() {
    for sizes in [Sizes::Only(100), Sizes::Refused(100)] {
        let source = Source::new(Tells::WhenThereIsMore, sizes, 100);
        let lab = source.lab().await;
        assert_eq!(source.requests(&lab).await, 2, "{sizes:?}");
        assert_eq!(stored(&lab), 100);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn links_that_are_gone_from_the_headers_are_noticed_too() {
    let source = Source::new(Tells::Always, Sizes::Kept, 45);
    let spec = model(include_str!("../specs/paging.yaml"));
    let mut lab = Lab::of(&spec, |sandbox| sandbox).await;
    lab.options.base_url = Some(source.server.url());
    lab.options.resources = Some(vec!["links".to_owned()]);
    assert_eq!(source.requests(&lab).await, 3);
    source.becomes(|(tells, ..)| *tells = Tells::ByAnotherName);
    let error = refused(&lab).await.to_string();
    assert!(error.contains("the header `link`"), "{error}");
    assert_eq!(lab.number("select count(*) from paging_links"), 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_that_is_false_because_nothing_is_there_is_doubted_as_well() {
    let cursor = "cursor: { from: list_metadata.after, to: query.after }";
    let spec = WORKOS.replace(cursor, &format!("{cursor}\n    more: list_metadata.more == true"));
    assert_ne!(spec, WORKOS);
    for (tells, count, requests) in [
        (Tells::Always, 100, 1),
        (Tells::AroundIt, 100, 1),
        (Tells::MoreAlone, 100, 1),
        (Tells::WhenThereIsMore, 100, 3),
    ] {
        let source = Source::new(tells, Sizes::Kept, count);
        assert_eq!(source.requests(&source.lab_of(&spec).await).await, requests, "{tells:?}");
    }
    let source = Source::new(Tells::Always, Sizes::Kept, 253);
    let lab = source.lab_of(&spec).await;
    assert_eq!(source.requests(&lab).await, 3);
    source.becomes(|(tells, ..)| *tells = Tells::ByAnotherName);
    refused(&lab).await;
    assert_eq!(stored(&lab), 253);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_several_places_that_is_gone_is_noticed_too() {
    let spec = WORKOS
        .replace("from: list_metadata.after,", "from: 'if list_metadata.more then list_metadata.after else null',");
    assert_ne!(spec, WORKOS);
    let source = Source::new(Tells::Always, Sizes::Kept, 253);
    let lab = source.lab_of(&spec).await;
    assert_eq!(source.requests(&lab).await, 3);
    source.becomes(|(tells, ..)| *tells = Tells::ByAnotherNameBesideMore);
    let error = refused(&lab).await.to_string();
    assert!(error.contains("`list_metadata.after`"), "{error}");
    assert_eq!(stored(&lab), 253);
    // A source that says so and leaves the key out at the end is believed, for two requests more.
    let source = Source::new(Tells::MoreAlone, Sizes::Kept, 200);
    let lab = source.lab_of(&spec).await;
    assert_eq!(source.requests(&lab).await, 4);
    assert_eq!(stored(&lab), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_goes_by_another_name_between_two_syncs_of_one_refresh_is_noticed() {
    // Pages of 37 lead on, and what led to the third of them was another sync.
    let source = Source::new(Tells::WhenThereIsMore, Sizes::Most(37), 253);
    let lab = source.lab().await;
    source.requests(&lab).await;
    source.becomes(|(tells, ..)| *tells = Tells::RefusedFrom(74));
    assert_eq!(lab.sync().await.status, Status::Failed);
    source.becomes(|(tells, ..)| *tells = Tells::ByAnotherName);
    refused(&lab).await;
    assert_eq!(stored(&lab), 253);
    source.becomes(|(tells, ..)| *tells = Tells::WhenThereIsMore);
    source.requests(&lab).await;
    assert_eq!(stored(&lab), 253);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_that_go_while_it_is_made_sure_are_no_missing_key() {
    // Five records; four go as soon as they were sent, so that one comes when two are asked for, and one when all are.
    let asked = Arc::new(Mutex::new(0));
    let server = Scripted::start(move |_, stream| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        let ids = if *asked == 1 { 0..5 } else { 0..1 };
        let record = |id| {
            format!(
                r#"{{"id":"org_{id}","name":"n","domains":[],"created_at":"2026-01-15T12:00:00Z","updated_at":"2026-01-15T12:00:00Z"}}"#
            )
        };
        let records: Vec<_> = ids.map(record).collect();
        respond(stream, "200 OK", &[], format!(r#"{{"data":[{}]}}"#, records.join(",")).as_bytes())
    });
    let mut lab = Lab::workos(|sandbox| sandbox).await;
    lab.options.base_url = Some(server.url());
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    assert_eq!(lab.sync().await.status, Status::Complete);
    assert_eq!(server.heard().len(), 3);
}
