//! Events by name and by time.

use crate::fixture::*;

async fn moments(client: &Client<'_>, rest: &str) -> Vec<String> {
    let (records, _) = client.walk(&all_events("&limit=100"), rest).await;
    texts(&records, "id").into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_filter_gives_the_events_of_these_names() {
    let running = sandbox().records("auth_events", 2_000).start().await.unwrap();
    let client = Client::of(&running);
    let (all, _) = client.walk(&all_events("&limit=100"), "").await;
    let wanted = ["authentication.sso_started", "authentication.mfa_failed"];
    let url = format!("/events?events={}%2C{}", wanted[0], wanted[1]);
    let (some, _) = client.walk(&format!("{url}&limit=100"), "").await;
    let expected: Vec<_> =
        all.iter().filter(|event| wanted.contains(&event["event"].as_str().unwrap())).cloned().collect();
    assert!((498..503).contains(&some.len()), "a quarter of the names: {}", some.len());
    assert_eq!(some, expected);
    let exact = (2..=100).find(|size| some.len() % size == 0).unwrap_or(1);
    let (_, pages) = client.walk(&format!("{url}&limit={exact}"), "").await;
    assert_eq!(pages, some.len() / exact, "a full last page knows that it is the last, though other events follow");
}

#[tokio::test]
async fn an_unknown_name_fails_the_whole_request() {
    let running = sandbox().start().await.unwrap();
    let got = Client::of(&running).get(&format!("/events?events={},authentication.nonsense", EVENTS[0])).await;
    assert_eq!(got.status, 400);
    assert_eq!(got.body["code"], "invalid_events_request");
    assert_eq!(got.body["message"], "Invalid name parameter, received: 'authentication.nonsense'");
    assert_eq!(Client::of(&running).get("/events?events=").await.status, 400);
}

#[tokio::test]
async fn a_window_includes_its_start_and_excludes_its_end() {
    let running = sandbox().records("auth_events", 1_000).start().await.unwrap();
    let client = Client::of(&running);
    let at = |day: u32, ms: u32| format!("2026-11-{day:02}T00:00:00.{ms:03}Z");
    let millis = |day: i64, ms: i64| NOW - (20 - day) * DAY + ms;
    let insert = |at: i64| running.insert("auth_events", &tapwright_sandbox::Change::new().at(at)).unwrap();
    let (early, start) = (insert(millis(11, -1)), insert(millis(11, 0)));
    let (last, end) = (insert(millis(13, -1)), insert(millis(13, 0)));
    let window = moments(&client, &format!("&range_start={}&range_end={}", at(11, 0), at(13, 0))).await;
    // Behind the first page the cursor stands alone, and the list goes on to its end.
    assert_eq!(window.first(), Some(&start));
    assert!(!window.contains(&early));
    assert!(window.contains(&last));
    let got = client.get(&all_events(&format!("&limit=100&range_start={}&range_end={}", at(11, 0), at(13, 0)))).await;
    let ids = texts(got.body["data"].as_array().unwrap(), "id");
    assert!(ids.len() < 100 && ids.contains(&last.as_str()) && !ids.contains(&end.as_str()));
    assert!(got.body["list_metadata"]["after"].is_null());
}

#[tokio::test]
async fn windows_side_by_side_are_the_whole() {
    let running = sandbox().records("auth_events", 3_000).start().await.unwrap();
    let client = Client::of(&running);
    let mut sum = 0;
    for start in (0..100).step_by(5) {
        let day = |days: i64| {
            let civil = client_date(NOW + DAY - (100 - days) * DAY);
            format!("{civil}T00:00:00Z")
        };
        let url = format!(
            "/events?limit=100&events={}&range_start={}&range_end={}",
            EVENTS.join(","),
            day(start),
            day(start + 5)
        );
        let mut got = client.get(&url).await;
        let end = day(start + 5);
        loop {
            assert_eq!(got.status, 200, "{}", got.body);
            let data = got.body["data"].as_array().unwrap();
            let inside =
                data.iter().filter(|event| event["created_at"].as_str().unwrap().replace(' ', "T") < end).count();
            sum += inside;
            let next = got.body["list_metadata"]["after"].as_str().filter(|_| inside == data.len()).map(str::to_owned);
            let Some(next) = next else { break };
            got = client.get(&all_events(&format!("&limit=100&after={next}"))).await;
        }
    }
    assert_eq!(sum, 3_000);
}

/// The date of a moment of 2026, counted independently of the sandbox.
fn client_date(millis: i64) -> String {
    let mut days = (millis - 1_767_225_600_000).div_euclid(DAY);
    for (month, length) in [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate() {
        if days < length {
            return format!("2026-{:02}-{:02}", month + 1, days + 1);
        }
        days -= length;
    }
    panic!("{millis} is not in 2026")
}

#[tokio::test]
async fn a_window_and_a_cursor_exclude_each_other() {
    let running = sandbox().records("auth_events", 200).start().await.unwrap();
    let client = Client::of(&running);
    let id = client.get(&all_events("&limit=1")).await.body["data"][0]["id"].as_str().unwrap().to_owned();
    let got = client.get(&all_events(&format!("&after={id}&range_start=2026-11-01T00:00:00Z"))).await;
    assert_eq!(got.status, 400);
    let message = got.body["message"].as_str().unwrap();
    assert!(message.contains("mutually exclusive") && message.contains("range_start"), "{message}");
}

#[tokio::test]
async fn a_window_has_a_longest_length_and_a_direction() {
    let running = sandbox().start().await.unwrap();
    let client = Client::of(&running);
    for (end, status) in
        [("2026-10-31T00:00:00Z", 200), ("2026-10-31T00:00:00.001Z", 400), ("2026-09-30T00:00:00Z", 400), ("soon", 422)]
    {
        let got = client.get(&all_events(&format!("&range_start=2026-10-01T00:00:00Z&range_end={end}"))).await;
        assert_eq!(got.status, status, "{end}: {}", got.body);
    }
}
