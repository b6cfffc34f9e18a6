//! A sandbox of the `connector.yaml` at the root, and official clients for it.

use std::sync::Arc;

use tapwright_sandbox::{Running, Sandbox};
use tapwright_spec::model::{Connector, ParamValue};
use tapwright_spec::{Source, check};
use workos::Client;

use crate::gap::Tally;
use crate::transport::Filled;

/// The most records that WorkOS puts on a page.
pub const PAGE: i64 = 100;

/// A sandbox, and the clients for it.
pub struct Api {
    /// The sandbox.
    pub sandbox: Running,
    /// The official client, with nothing between it and the sandbox.
    pub plain: Client,
    /// The same with [`Filled`] answers: its types refuse records with gaps.
    pub client: Client,
    /// What was filled for `client`.
    pub tally: Arc<Tally>,
}

impl Api {
    /// One that is set up first.
    ///
    /// # Panics
    /// When the sandbox does not start.
    pub async fn start(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Api {
        let sandbox = set_up(Sandbox::new(&connector())).start().await.expect("the sandbox starts");
        let tally = Arc::new(Tally::default());
        let client = || Client::builder().api_key(sandbox.key()).base_url(sandbox.url());
        let (plain, client) = (client().build(), client().transport(Arc::new(Filled::new(Arc::clone(&tally)))).build());
        Api { sandbox, plain, client, tally }
    }

    /// An official client with another key.
    #[must_use]
    pub fn with_key(&self, key: &str) -> Client {
        Client::builder().api_key(key).base_url(self.sandbox.url()).build()
    }

    /// An official client that asks once and no more.
    #[must_use]
    pub fn without_retries(&self) -> Client {
        Client::builder().api_key(self.sandbox.key()).base_url(self.sandbox.url()).max_retries(0).build()
    }
}

/// The names of all events that the connector asks for.
#[must_use]
pub fn names() -> Vec<String> {
    let listed = connector()
        .resources
        .into_iter()
        .flat_map(|resource| resource.query)
        .find_map(|param| if let ParamValue::Each { values, .. } = param.value { Some(values) } else { None });
    listed.unwrap_or_default()
}

fn connector() -> Connector {
    let checked = check(&Source::new("connector.yaml", include_str!("../../../connector.yaml")));
    checked.model.unwrap_or_else(|| panic!("the spec has mistakes: {:#?}", checked.diagnostics))
}
