//! A connector with its settings: what a program reads records from, or syncs into a sink of its own.

use std::sync::Arc;

use tapwright_plan::Connector;

use crate::fetch::Fetcher;
use crate::http::Client;
use crate::parents::{Parents, Walk};
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
        let client =
            Client::new(connector, &settings, options.base_url.as_deref(), options.bounds, options.vault.clone())?;
        let fetcher = Fetcher::new(connector, settings.clone(), client, &options, None);
        Ok(Api { connector, settings, options, fetcher })
    }

    /// All records of a resource (of its look-back, for an incremental one), read page by page as they are asked for.
    ///
    /// When the connector has no such resource, or its rows are not `T`, the stream is one error of kind `Config`.
    #[must_use]
    pub fn records<T: Record>(&self, resource: &str) -> Records<T> {
        let Some(resource) = self.connector.resource(resource) else {
            let title = self.connector.title;
            return Records::failed(Error::new(
                ErrorKind::Config,
                format!("`{resource}` is not a resource of {title}"),
            ));
        };
        if resource.row.name != T::ROW {
            let (name, row, other) = (resource.name, resource.row.name, T::ROW);
            let what = format!("the rows of `{name}` are `{row}`, not `{other}`");
            return Records::failed(Error::new(ErrorKind::Config, what));
        }
        if let Err(error) = self.options.hooks.check(self.connector, &[resource]) {
            return Records::failed(error);
        }
        let most_pages = self.options.most_pages;
        let parents = Parents::of(self.connector, resource, &self.fetcher, most_pages, Walk::default(), None);
        let slices = match parents {
            Some(_) => Vec::new(),
            None => plan(resource, &self.settings, None, Timestamp::now(), 1),
        };
        Records::new(Source::new(resource, Arc::clone(&self.fetcher), most_pages), slices, parents)
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
