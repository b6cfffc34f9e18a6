//! The four lists that the connector reads, as the official client reads them: a page at a time, or all pages by its own
//! paging. It must not know what their records are.

use std::future::ready;

use futures_util::{Stream, TryStreamExt};
use workos::directory_sync::ListDirectoriesParams;
use workos::events::ListEventsParams;
use workos::organizations::ListOrganizationsParams;
use workos::sso::ListConnectionsParams;
use workos::{Client, Error, PaginationOrder};

use crate::api::names;

/// A list of WorkOS's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `GET /organizations`
    Organizations,
    /// `GET /connections`
    Connections,
    /// `GET /directories`
    Directories,
    /// `GET /events`, of all names that the connector asks for.
    Events,
}

/// What every list can be asked; nothing of it is sent when it is `None`.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// The most records on a page.
    pub limit: Option<i64>,
    /// The order of the list.
    pub order: Option<PaginationOrder>,
    /// The id that the page ends before.
    pub before: Option<String>,
    /// The id that the page begins after.
    pub after: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The ids of its records.
    pub ids: Vec<String>,
    /// The cursor to the page before it; a list of events has none.
    pub before: Option<String>,
    /// The cursor to the page behind it.
    pub after: Option<String>,
}

impl List {
    /// All of them.
    pub const ALL: [List; 4] = [List::Organizations, List::Connections, List::Directories, List::Events];

    /// Those of things that are there, rather than of what happened.
    pub const ENTITIES: [List; 3] = [List::Organizations, List::Connections, List::Directories];

    /// The connector's name for it.
    #[must_use]
    pub fn resource(self) -> &'static str {
        match self {
            List::Organizations => "organizations",
            List::Connections => "connections",
            List::Directories => "directories",
            List::Events => "auth_events",
        }
    }

    /// Its path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            List::Organizations => "/organizations",
            List::Connections => "/connections",
            List::Directories => "/directories",
            List::Events => "/events",
        }
    }

    /// A page.
    ///
    /// # Errors
    /// When the sandbox refuses, or a record is not of the client's type.
    pub async fn page(self, client: &Client, ask: Ask) -> Result<Page, Error> {
        Ok(match self {
            List::Organizations => {
                let page = client.organizations().list_organizations(ask.into()).await?;
                let ids = page.data.into_iter().map(|one| one.id).collect();
                Page { ids, before: page.list_metadata.before, after: page.list_metadata.after }
            }
            List::Connections => {
                let page = client.sso().list_connections(ask.into()).await?;
                let ids = page.data.into_iter().map(|one| one.id).collect();
                Page { ids, before: page.list_metadata.before, after: page.list_metadata.after }
            }
            List::Directories => {
                let page = client.directory_sync().list_directories(ask.into()).await?;
                let ids = page.data.into_iter().map(|one| one.id).collect();
                Page { ids, before: page.list_metadata.before, after: page.list_metadata.after }
            }
            List::Events => {
                let page = client.events().list_events(ask.into()).await?;
                let ids = page.data.into_iter().map(|one| one.id).collect();
                Page { ids, before: None, after: page.list_metadata.after }
            }
        })
    }

    /// The ids of all its records, by the client's own paging.
    ///
    /// # Errors
    /// When the sandbox refuses, or a record is not of the client's type.
    pub async fn walk(self, client: &Client, ask: Ask) -> Result<Vec<String>, Error> {
        match self {
            List::Organizations => {
                ids(client.organizations().list_organizations_auto_paging(ask.into()), |one| one.id).await
            }
            List::Connections => ids(client.sso().list_connections_auto_paging(ask.into()), |one| one.id).await,
            List::Directories => {
                ids(client.directory_sync().list_directories_auto_paging(ask.into()), |one| one.id).await
            }
            List::Events => ids(client.events().list_events_auto_paging(ask.into()), |one| one.id).await,
        }
    }
}

async fn ids<T>(records: impl Stream<Item = Result<T, Error>>, id: fn(T) -> String) -> Result<Vec<String>, Error> {
    records.and_then(|one| ready(Ok(id(one)))).try_collect().await
}

impl From<Ask> for ListOrganizationsParams {
    fn from(Ask { limit, order, before, after }: Ask) -> Self {
        ListOrganizationsParams { before, after, limit, order, ..Default::default() }
    }
}

impl From<Ask> for ListConnectionsParams {
    fn from(Ask { limit, order, before, after }: Ask) -> Self {
        ListConnectionsParams { before, after, limit, order, ..Default::default() }
    }
}

impl From<Ask> for ListDirectoriesParams {
    fn from(Ask { limit, order, before, after }: Ask) -> Self {
        ListDirectoriesParams { before, after, limit, order, ..Default::default() }
    }
}

impl From<Ask> for ListEventsParams {
    fn from(Ask { limit, order, before, after }: Ask) -> Self {
        ListEventsParams { before, after, limit, order, ..ListEventsParams::new(names()) }
    }
}
