//! A request for one page, put together from what the plan fixes, where the paging is, and the window.

use std::collections::BTreeSet;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tapwright_plan::{Param, ParamValue, Resource, Target, TimeFormat};
use url::Url;

use crate::http::text;
use crate::{Error, ErrorKind, Result, Settings, Timestamp};

/// A request in the making.
#[derive(Clone, Debug)]
pub(crate) struct PageRequest {
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    path: String,
}

impl PageRequest {
    /// What every request of `resource` has. `dropped` are values of list parameters that the source refused.
    pub(crate) fn new(
        resource: &'static Resource,
        settings: &Settings,
        dropped: &BTreeSet<(&'static str, &'static str)>,
    ) -> Result<Self> {
        let path = text(&resource.request.path, settings).unwrap_or_default();
        let mut request = PageRequest { query: Vec::new(), headers: HeaderMap::new(), path };
        for param in resource.request.query {
            request.param(param, settings, dropped)?;
        }
        for header in resource.request.headers {
            if let ParamValue::Text(value) = &header.value
                && let Some(value) = text(value, settings)
            {
                request.header(header.name, &value)?;
            }
        }
        Ok(request)
    }

    fn param(
        &mut self,
        param: &'static Param,
        settings: &Settings,
        dropped: &BTreeSet<(&'static str, &'static str)>,
    ) -> Result<()> {
        let left = |values: &'static [&'static str]| -> Result<Vec<&'static str>> {
            let left: Vec<_> = values.iter().copied().filter(|value| !dropped.contains(&(param.name, value))).collect();
            if left.is_empty() {
                return Err(Error::new(
                    ErrorKind::Rejected,
                    format!("the source refuses every value of `{}`", param.name),
                ));
            }
            Ok(left)
        };
        match &param.value {
            ParamValue::Text(value) => {
                // A parameter whose value is null is left out.
                self.query.extend(text(value, settings).map(|value| (param.name, value)));
            }
            ParamValue::Comma(values) => self.query.push((param.name, left(values)?.join(","))),
            ParamValue::Repeat(values) => {
                self.query.extend(left(values)?.into_iter().map(|value| (param.name, value.to_owned())));
            }
        }
        Ok(())
    }

    /// Puts a value where `target` says, in place of what stood there.
    pub(crate) fn put(&mut self, target: Target, value: &str) -> Result<()> {
        match target {
            Target::Query(name) => {
                self.query.retain(|(known, _)| *known != name);
                self.query.push((name, value.to_owned()));
                Ok(())
            }
            Target::Header(name) => self.header(name, value),
        }
    }

    fn header(&mut self, name: &str, value: &str) -> Result<()> {
        let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else {
            return Err(Error::new(ErrorKind::Body, format!("the header `{name}` cannot carry its value")));
        };
        self.headers.insert(name, value);
        Ok(())
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole URL below `base`.
    pub(crate) fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        url.set_path(&format!("{}{}", base.path().trim_end_matches('/'), self.path));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

/// For a message: method, path and query, shortened.
pub(crate) fn shown(url: &Url) -> String {
    let mut line = format!("GET {}", url.path());
    if let Some(query) = url.query() {
        let query: Vec<_> = query
            .split('&')
            .map(|pair| match pair.char_indices().nth(60) {
                Some((at, _)) => format!("{}…", pair.get(..at).unwrap_or("")),
                None => pair.to_owned(),
            })
            .collect();
        line.push('?');
        line.push_str(&query.join("&"));
    }
    line
}

/// A moment as the source wants it.
pub(crate) fn written(at: Timestamp, format: TimeFormat) -> String {
    match format {
        TimeFormat::Rfc3339 => at.to_string(),
        TimeFormat::UnixSeconds => at.millis().div_euclid(1000).to_string(),
        TimeFormat::UnixMillis => at.millis().to_string(),
    }
}
