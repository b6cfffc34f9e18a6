//! An order to a running sandbox, as JSON: what is taken out of it, and what is wrong with the rest. It must not know how an
//! order is carried out.
//!
//! `at` is RFC 3339 or Unix milliseconds. A fault is named in snake case: `status` takes `status` and `retry_after`
//! (seconds), `forbidden` a `message`, `answer` a `status` and a `body`, `slow_body` a `rate`, `cursor_cycle` a `length`,
//! `wrong_type` a `field`, `reject_value` a `value`, `rule` the place of a `rule` in `on_error`. `of` is the `id` of the
//! parent, for a resource that is read for each row of another.

use serde_json::{Map, Value};

use crate::change::Change;
use crate::fault::{Fault, Injection, RetryAfter};
use crate::time;

/// An order, and what of it has not been read yet.
#[derive(Debug)]
pub(crate) struct Order(Map<String, Value>);

impl Order {
    /// An order; no body at all is one that says nothing.
    pub(crate) fn read(bytes: &[u8]) -> Result<Order, String> {
        if bytes.is_empty() {
            return Ok(Order(Map::new()));
        }
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(members)) => Ok(Order(members)),
            Ok(_) => Err("an order is a JSON object".to_owned()),
            Err(error) => Err(format!("the body is not JSON: {error}")),
        }
    }

    /// Everything must have been read.
    pub(crate) fn end(&self) -> Result<(), String> {
        match self.0.keys().next() {
            Some(key) => Err(format!("unknown key `{key}`")),
            None => Ok(()),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(format!("`{name}` must be text")),
            None => Err(format!("`{name}` is missing: it must be text")),
        }
    }

    /// A text that need not be there.
    pub(crate) fn text_or(&mut self, name: &str, otherwise: &str) -> Result<String, String> {
        if self.0.contains_key(name) { self.text(name) } else { Ok(otherwise.to_owned()) }
    }

    fn number(&mut self, name: &str) -> Result<u32, String> {
        let value = self.take(name).ok_or_else(|| format!("`{name}` is missing: it must be a whole number"))?;
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| format!("`{name}` must be a whole number"))
    }

    fn status(&mut self) -> Result<u16, String> {
        let status = u16::try_from(self.number("status")?).ok().filter(|status| (200..600).contains(status));
        status.ok_or_else(|| "`status` must be 200 to 599".to_owned())
    }

    /// How many changes happen behind each request.
    pub(crate) fn rate(&mut self) -> Result<f64, String> {
        let rate = self.take("rate").and_then(|rate| rate.as_f64()).filter(|rate| (0.0..=1_000.0).contains(rate));
        rate.ok_or_else(|| "`rate` must be a number from 0 to 1000".to_owned())
    }

    /// What a record is to be.
    pub(crate) fn change(&mut self) -> Result<Change, String> {
        let mut change = Change::new();
        if let Some(at) = self.take("at") {
            let millis = at.as_i64().or_else(|| at.as_str().and_then(time::parse));
            change = change.at(millis.ok_or("`at` must be RFC 3339 or Unix milliseconds")?);
        }
        if self.0.contains_key("of") {
            change = change.of(&self.text("of")?);
        }
        match self.take("set") {
            None => Ok(change),
            Some(Value::Object(values)) => {
                Ok(values.into_iter().fold(change, |change, (path, value)| change.set(&path, value)))
            }
            Some(_) => Err("`set` must be an object of paths and values".to_owned()),
        }
    }

    /// A fault, and when it fires.
    pub(crate) fn injection(&mut self) -> Result<Injection, String> {
        let fault = match self.text("fault")?.as_str() {
            "status" => {
                let status = self.status()?;
                let seconds = if self.0.contains_key("retry_after") { Some(self.number("retry_after")?) } else { None };
                Fault::Status(status, seconds.map(|seconds| RetryAfter::Seconds(seconds.into())))
            }
            "unauthorized" => Fault::Unauthorized,
            "forbidden" => Fault::Forbidden(self.text("message")?),
            "answer" => Fault::Answer(self.status()?, self.text("body")?),
            "reset" => Fault::Reset,
            "cut_body" => Fault::CutBody,
            "slow_body" => Fault::SlowBody(self.number("rate")?),
            "not_json" => Fault::NotJson,
            "truncated_json" => Fault::TruncatedJson,
            "wrong_type" => Fault::WrongType(self.text("field")?),
            "stuck_cursor" => Fault::StuckCursor,
            "no_next" => Fault::NoNext,
            "cursor_cycle" => Fault::CursorCycle(self.number("length")?),
            "restart_on_unknown" => Fault::RestartOnUnknown,
            "empty_page" => Fault::EmptyPage,
            "short_page" => Fault::ShortPage,
            "endless_last_page" => Fault::EndlessLastPage,
            "clamped_page" => Fault::ClampedPage,
            "ignore_size" => Fault::IgnoreSize,
            "reject_value" => Fault::RejectValue(self.text("value")?),
            "rule" => Fault::Rule(self.number("rule")? as usize),
            other => return Err(format!("no fault is called `{other}`")),
        };
        let after = if self.0.contains_key("after") { self.number("after")? } else { 0 };
        let injection = match self.0.get("times") {
            None => fault.once(),
            Some(Value::String(always)) if always == "always" => {
                self.take("times");
                fault.always()
            }
            Some(_) => fault.times(self.number("times")?),
        };
        Ok(injection.after(after))
    }
}
