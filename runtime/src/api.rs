//! A connector with its settings: what a program reads records from, or syncs into a sink of its own.

use std::sync::Arc;

use tapwright_plan::{Connector, Resource};

use crate::fetch::Fetcher;
use crate::http::Client;
use crate::pages::{Pages, Walk};
use crate::parents::{self, Parents};
use crate::reader::Source;
use crate::slices::plan;
use crate::{Error, ErrorKind, Options, Record, Records, Report, Result, Settings, Sink, Stop, Sync, Timestamp};

/// A connector, configured.
#[derive(Debug)]
pub struct Api {
    connector: &'static Connector,
    settings: Settings,
    options: Options,
    fetcher: Arc<Fetcher>,
}

impl Api {
    /// A connector with these settings.
    ///
    /// # Errors
    /// `Config`: a base URL that a credential may not be sent to.
    pub fn new(connector: &'static Connector, settings: Settings, options: Options) -> Result<Self> {
        let client = Client::new(connector, &settings, &options)?;
        let fetcher = Fetcher::new(connector, settings.clone(), client, &options, None);
        Ok(Api { connector, settings, options, fetcher })
    }

    /// All records of a resource (of its look-back, for an incremental one), read page by page as they are asked for.
    ///
    /// When the connector has no such resource, or its rows are not `T`, the stream is one error of kind `Config`.
    #[must_use]
    pub fn records<T: Record>(&self, resource: &str) -> Records<T> {
        let resource = match self.resource(resource) {
            Ok(resource) => resource,
            Err(error) => return Records::failed(error),
        };
        if resource.row.name != T::ROW {
            let (name, row, other) = (resource.name, resource.row.name, T::ROW);
            let what = format!("the rows of `{name}` are `{row}`, not `{other}`");
            return Records::failed(Error::new(ErrorKind::Config, what));
        }
        Records::new(self.walk(resource))
    }

    /// The same, in the pages that they come in: for a program that wants to see what a source sends and what becomes of it.
    ///
    /// # Errors
    /// `Config`: no such resource, or one without the hook it needs.
    pub fn pages(&self, resource: &str) -> Result<Pages> {
        Ok(Pages::new(self.walk(self.resource(resource)?)))
    }

    /// `text` with every secret in it replaced that was configured or fetched, so that it may be shown.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.settings.mask(text)
    }

    fn resource(&self, name: &str) -> Result<&'static Resource> {
        let Some(resource) = self.connector.resource(name) else {
            let title = self.connector.title;
            return Err(Error::new(ErrorKind::Config, format!("`{name}` is not a resource of {title}")));
        };
        self.options.hooks.check(self.connector, &[resource])?;
        Ok(resource)
    }

    fn walk(&self, resource: &'static Resource) -> Walk {
        let most_pages = self.options.most_pages;
        let parents = Parents::of(self.connector, resource, &self.fetcher, most_pages, parents::Walk::default(), None);
        let slices = match parents {
            Some(_) => Vec::new(),
            None => plan(resource, &self.settings, None, Timestamp::now(), 1),
        };
        Walk::new(Source::new(resource, Arc::clone(&self.fetcher), most_pages), slices, parents)
    }

    /// Syncs into `sink`.
    ///
    /// # Errors
    /// As [`Sync::run`].
    pub async fn sync(&self, sink: &mut dyn Sink) -> Result<Report> {
        let sync = Sync::new(self.connector, self.settings.clone(), self.options.clone())?;
        sync.run(sink, &(), &Stop::default()).await
    }
}
