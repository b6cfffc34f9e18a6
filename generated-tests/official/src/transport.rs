//! The official client's own way to the network, with the gaps of what comes back filled. It must not touch anything
//! else: a status, a header, a cursor, an error or a value that is there.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;
use workos::transport::{HttpRequest, HttpResponse, HttpTransport, ReqwestTransport, TransportError};

use crate::gap::Tally;

/// A transport whose records have no gaps.
pub struct Filled {
    inner: ReqwestTransport,
    tally: Arc<Tally>,
}

impl Filled {
    /// One that counts what it fills.
    #[must_use]
    pub fn new(tally: Arc<Tally>) -> Filled {
        Filled { inner: ReqwestTransport::default(), tally }
    }
}

#[async_trait]
impl HttpTransport for Filled {
    async fn execute(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let address = request.url.split('?').next().unwrap_or_default();
        let list = address.rfind('/').map_or("", |at| &address[at..]).to_owned();
        let mut response = self.inner.execute(request).await?;
        if response.status.is_success()
            && let Ok(mut page) = serde_json::from_slice::<Value>(&response.body)
            && let Some(Value::Array(records)) = page.get_mut("data")
        {
            for record in records {
                self.tally.fill(&list, record);
            }
            response.body = page.to_string().into();
        }
        Ok(response)
    }
}
