//! A client that shares nothing with the engine: what it sees at a source is what a test expects in a store.

use serde_json::Value;
use tapwright_sandbox::Running;

/// A client of WorkOS's sandbox that reads one page after the other.
pub struct Plain {
    http: reqwest::Client,
    url: String,
    key: String,
}

impl Plain {
    /// A client of that sandbox.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    #[must_use]
    pub fn new(sandbox: &Running) -> Plain {
        // It speaks plain HTTP, but is not made without cryptography.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder().tcp_nodelay(true).build().expect("a client");
        Plain { http, url: sandbox.url(), key: sandbox.key().to_owned() }
    }

    /// All records behind a path and query.
    ///
    /// # Panics
    /// When the sandbox does not answer as its API would.
    pub async fn all(&self, path_and_query: &str) -> Vec<Value> {
        let mut records = Vec::new();
        let mut after = String::new();
        loop {
            let url = format!("{}{path_and_query}{after}", self.url);
            let answer = self.http.get(url).bearer_auth(&self.key).send().await.expect("an answer");
            let text = answer.error_for_status().expect("a page").text().await.expect("a body");
            let mut page: Value = serde_json::from_str(&text).expect("JSON");
            match page.pointer_mut("/data").map(Value::take) {
                Some(Value::Array(data)) => records.extend(data),
                other => panic!("no data: {other:?}"),
            }
            match page.pointer("/list_metadata/after").and_then(Value::as_str) {
                Some(next) => after = format!("&after={next}"),
                None => return records,
            }
        }
    }
}
