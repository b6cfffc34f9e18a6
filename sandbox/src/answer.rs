//! Answers: a status, a body and how it is delivered, and the shapes of errors. The language does not say yet how an API
//! writes its errors, so all specs get WorkOS's: `{"message"}` with a `code` where there is one, and
//! `{"message", "errors": [{"code", "field"}]}` with 422. It must not know why an answer is given.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::Sleep;

/// How a body goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// As it is.
    Whole,
    /// Half of it, then the connection closes.
    Cut,
    /// So many bytes a second.
    Slow(u32),
    /// Nothing at all: the connection closes.
    Dropped,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) delivery: Delivery,
}

impl Answer {
    /// A JSON answer.
    pub(crate) fn json(status: u16, body: Vec<u8>) -> Answer {
        Answer { status, headers: Vec::new(), content_type: "application/json", body, delivery: Delivery::Whole }
    }

    /// A JSON value.
    pub(crate) fn value(status: u16, value: &Value) -> Answer {
        Answer::json(status, value.to_string().into_bytes())
    }

    /// An error with a message.
    pub(crate) fn error(status: u16, message: &str) -> Answer {
        Answer::value(status, &json!({ "message": message }))
    }

    /// An error with a message and a code.
    pub(crate) fn coded(status: u16, message: &str, code: &str) -> Answer {
        Answer::value(status, &json!({ "message": message, "code": code }))
    }

    /// 400: a parameter that is not as the spec says.
    pub(crate) fn wrong(message: &str) -> Answer {
        Answer::coded(400, message, "invalid_parameter")
    }

    /// 422: a parameter whose value cannot be.
    pub(crate) fn invalid(message: &str, field: &str, code: &str) -> Answer {
        Answer::value(422, &json!({ "message": message, "errors": [{ "code": code, "field": field }] }))
    }

    /// 401.
    pub(crate) fn unauthorized() -> Answer {
        Answer::error(401, "Unauthorized")
    }

    /// 415: a body that is not of the media type that is wanted.
    pub(crate) fn media(wanted: &str) -> Answer {
        Answer::coded(415, &format!("the body must be {wanted}"), "unsupported_media_type")
    }

    /// 429.
    pub(crate) fn too_many() -> Answer {
        Answer::coded(429, "Too many requests", "rate_limit_exceeded")
    }

    /// The same as GraphQL says it: status 200, and what is wrong in `errors`.
    pub(crate) fn as_graphql(&self) -> Answer {
        let said: Option<Value> = serde_json::from_slice(&self.body).ok();
        let message = said.as_ref().and_then(|body| body.get("message")).cloned().unwrap_or_default();
        Answer::value(200, &json!({ "data": null, "errors": [{ "message": message }] }))
    }

    /// With a `Retry-After`.
    pub(crate) fn retry_after(mut self, value: String) -> Answer {
        self.headers.push((RETRY_AFTER, value));
        self
    }

    /// With another delivery.
    pub(crate) fn delivered(mut self, delivery: Delivery) -> Answer {
        self.delivery = delivery;
        self
    }

    /// As a response; `None` when there is to be none.
    pub(crate) fn into_response(self) -> Option<Response<Delivered>> {
        let body = match self.delivery {
            Delivery::Dropped => return None,
            delivery => Delivered { rest: Bytes::from(self.body), delivery, cut: false, pause: None },
        };
        let mut response = Response::new(body);
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        Some(response)
    }
}

/// The sandbox closed a connection on purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the sandbox closed the connection")
    }
}

impl std::error::Error for Closed {}

/// A body on its way.
pub(crate) struct Delivered {
    rest: Bytes,
    delivery: Delivery,
    cut: bool,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Body for Delivered {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
        }
        if self.cut {
            return Poll::Ready(Some(Err(Closed)));
        }
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let (size, pause) = match self.delivery {
            Delivery::Whole | Delivery::Dropped => (self.rest.len(), None),
            // Time for what was handed over to leave, before the connection goes down.
            Delivery::Cut => (self.rest.len() / 2, Some(Duration::from_millis(5))),
            Delivery::Slow(rate) => ((rate as usize / 20).clamp(1, self.rest.len()), Some(Duration::from_millis(50))),
        };
        let part = self.rest.split_to(size);
        self.cut = self.delivery == Delivery::Cut;
        self.pause = pause.map(|pause| Box::pin(tokio::time::sleep(pause)));
        Poll::Ready(Some(Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
