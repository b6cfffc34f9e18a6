//! Plans made by hand, and short words for what the tests do with a sink and with its file.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tapwright_runtime::plan::{
    Auth, Column, Connector, Decode, Envelope, Expr, Incremental, Method, Node, Records, Request, Resource, Row, Shape,
    Span, TimeFormat, Type,
};
use tapwright_runtime::{
    Batch, Begin, Begun, Commit, Committed, Quarantined, Result, Sink, Sweep, Timestamp, Value, Write,
};
use tapwright_sqlite::Sqlite;
use tempfile::TempDir;

pub const LEASE: Duration = Duration::from_secs(60);
pub const MOMENT: Type = Type::Timestamp(TimeFormat::Rfc3339);

pub fn column(name: &'static str, ty: Type, nullable: bool) -> Column {
    Column { name, description: "", ty, nullable, from: Expr::Null }
}

/// A row type whose key and time are named.
pub fn row(name: &'static str, shape: Shape, key: &[&str], time: Option<&str>, columns: Vec<Column>) -> Row {
    let columns: &'static [Column] = columns.leak();
    let at = |name: &str| u16::try_from(columns.iter().position(|column| column.name == name).unwrap()).unwrap();
    let key: Vec<u16> = key.iter().map(|name| at(name)).collect();
    Row { name, shape, key: key.leak(), time: time.map(at), columns }
}

pub fn resource(name: &'static str, row: Row) -> Resource {
    let node = Node { slot: None, fields: &[], each: None };
    Resource {
        name,
        description: "",
        for_each: &[],
        given: &[],
        request: Request { method: Method::Get, path: Expr::Text("/"), query: &[], headers: &[], body: None },
        limits: &[],
        paging: None,
        decode: Decode {
            records: Records::List(&[]),
            envelope: Envelope::NOTHING,
            record: node,
            known: None,
            above: None,
            entry_key: None,
            record_slots: &[],
        },
        keep: None,
        on_error: &[],
        refusal: Envelope::NOTHING,
        incremental: None,
        hook: None,
        row,
    }
}

pub fn connector(name: &'static str, resources: Vec<Resource>) -> &'static Connector {
    Box::leak(Box::new(Connector {
        name,
        title: name,
        fingerprint: 0,
        settings: &[],
        base_url: Expr::Text("https://api.test"),
        auth: Auth::None,
        limits: &[],
        retry: None,
        resources: resources.leak(),
    }))
}

/// One connector `shop` with one resource `users` of entities `shop_user`, of these columns, by `id`.
pub fn users(columns: Vec<Column>) -> &'static Connector {
    connector("shop", vec![resource("users", row("shop_user", Shape::Entity, &["id"], None, columns))])
}

/// `id` and a nullable `name`.
pub fn plain_users() -> &'static Connector {
    users(vec![column("id", Type::String, false), column("name", Type::String, true)])
}

/// The same with resources that go on from the last sync.
pub fn incremental(connector: &'static Connector) -> &'static Connector {
    let none = Span { millis: 0 };
    let goes_on = Incremental {
        resume: None,
        window: None,
        newest_first: true,
        lookback: None,
        lookback_unit: none,
        overlap: none,
    };
    let resources = connector.resources.iter().map(|resource| Resource { incremental: Some(goes_on), ..*resource });
    Box::leak(Box::new(Connector { resources: resources.collect::<Vec<_>>().leak(), ..*connector }))
}

/// A directory that is gone with the test, and the database's place in it.
pub struct Place {
    pub directory: TempDir,
    pub file: PathBuf,
}

pub fn place() -> Place {
    let directory = TempDir::new().unwrap();
    let file = directory.path().join("shop.db");
    Place { directory, file }
}

impl Place {
    /// A second connection, as a dashboard would have one.
    pub fn sql(&self) -> Connection {
        sql(&self.file)
    }

    /// The names of all files in the directory.
    pub fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.directory.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

pub fn sql(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
}

/// A number that a query gives.
pub fn number(connection: &Connection, query: &str) -> i64 {
    connection.query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// All values that a query gives, as text, `|` between columns; null is `~`.
pub fn lines(connection: &Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let width = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells: Vec<String> = (0..width)
            .map(|at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Null => "~".to_owned(),
                rusqlite::types::ValueRef::Integer(integer) => integer.to_string(),
                rusqlite::types::ValueRef::Real(real) => format!("{real:?}"),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap(),
                rusqlite::types::ValueRef::Blob(_) => "blob".to_owned(),
            })
            .collect();
        Ok(cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

pub fn begin_of(connector: &'static Connector) -> Begin {
    let resources = connector.resources.iter().collect();
    Begin { connector, resources, full: false, owner: "host pid 1".to_owned(), lease: LEASE }
}

/// Opens the file and begins a sync of all resources.
pub async fn begin(file: &Path, connector: &'static Connector) -> Result<(Sqlite, Begun)> {
    let mut sink = Sqlite::open(file)?;
    let begun = sink.begin(begin_of(connector)).await?;
    Ok((sink, begun))
}

pub fn batch(resource: &'static Resource, rows: &[Vec<Value<'_>>]) -> Batch {
    let mut batch = Batch::empty(Box::leak(Box::new(resource.row)));
    rows.iter().for_each(|row| batch.push(row));
    batch
}

pub fn page(resource: &'static Resource, generation: i64, rows: &[Vec<Value<'_>>]) -> Write {
    Write { resource, generation, batch: batch(resource, rows), quarantined: Vec::new(), stage: None }
}

pub fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

pub fn moment(millis: i64) -> Value<'static> {
    Value::Timestamp(Timestamp::from_millis(millis).unwrap())
}

pub fn bad(record: &str) -> Quarantined {
    Quarantined { key: None, page: 1, index: 0, reason: "name is not a string".to_owned(), record: record.to_owned() }
}

/// Commits pages, and the checkpoint of the first page's resource.
pub async fn commit(sink: &mut Sqlite, writes: Vec<Write>, checkpoint: &str) -> Result<Committed> {
    let checkpoints = writes.first().map(|write| (write.resource, checkpoint.to_owned())).into_iter().collect();
    sink.commit(Commit { writes, checkpoints, ..Commit::default() }).await
}

/// Ends a full refresh.
pub async fn sweep(sink: &mut Sqlite, resource: &'static Resource, generation: i64) -> Result<Committed> {
    let sweeps = vec![Sweep { resource, generation, since: generation }];
    sink.commit(Commit { sweeps, ..Commit::default() }).await
}
