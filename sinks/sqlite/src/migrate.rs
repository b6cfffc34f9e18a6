//! Bringing the tables to the plan's columns, in the transaction that takes the lease, without losing a value.
//!
//! | the spec | the table |
//! | --- | --- |
//! | has a new field | gets a column, null in the rows that are there |
//! | lost a field | keeps its column and values, which may be null from now on |
//! | allows null where it did not | allows null |
//! | no longer allows null | stays as it is: older rows may hold nulls, and newer ones cannot |
//! | gave a field another type | keeps the column as `name__was_type`, and gets a new one with the values that convert exactly |
//! | gave a row type another key | is kept as `name__was_keyed_by_key`; a new one is read from the start |
//! | made a row type a metric, edge or distribution, or another of them | is kept as `name__was_shape`; a new one is read from the start |
//! | gave a resource another row type | is kept; the new one is read from the start |
//!
//! What Tapwright has not made it does not touch. Every change is told in a note.

use rusqlite::Connection;
use tapwright_runtime::plan::{self, Connector, Resource};
use tapwright_runtime::{Error, ErrorKind, Result};

use crate::fault::Doing;
use crate::schema::{self, GENERATION, Ty, quote};
use crate::table::{self, Actual, Column, Table};
use crate::told::Told;
use crate::{retype, state, views};

/// The generation of rows that no refresh of their resource has written yet; the engine's begin at 0.
const NO_GENERATION: i64 = -1;

/// One resource's table on its way to the plan.
struct Migration<'a> {
    connection: &'a Connection,
    connector: &'static Connector,
    resource: &'static Resource,
    notes: &'a mut Vec<String>,
    /// Whether another table has the name now.
    changed: bool,
    /// Whether the sync reads the resource in full.
    anew: bool,
    told: Told,
}

/// Makes or changes the table of `resource`, and says what was done. `full` is whether everything is read anew.
pub(crate) fn bring(
    connection: &Connection,
    connector: &'static Connector,
    resource: &'static Resource,
    full: bool,
    notes: &mut Vec<String>,
) -> Result<()> {
    let (anew, told) = (full || !resource.is_incremental(), Told::default());
    let run = Migration { connection, connector, resource, notes, changed: false, anew, told }.run();
    run.map_err(|error| error.with("connector", connector.name).with("resource", resource.name))
}

impl Migration<'_> {
    fn run(mut self) -> Result<()> {
        self.bring()?;
        self.stage()
    }

    fn bring(&mut self) -> Result<()> {
        let name = self.resource.row.name;
        let there = table::kind_of(self.connection, name)?;
        self.leave_other_tables()?;
        match (Table::named(self.connection, name)?, there) {
            (None, None) => self.create(),
            (None, Some(kind)) => {
                let message = format!("the {kind} `{name}` is there already, and was not made by Tapwright");
                Err(Error::new(ErrorKind::Store, message)
                    .help("rename it, or sync into another file with --to sqlite:PATH"))
            }
            (Some(known), there) => {
                self.take_over(&known)?;
                if there.is_none() {
                    self.notes.push(format!("{name}: the table was gone; made it anew, and read from the start"));
                    self.read_from_the_start()?;
                    self.changed = true;
                    self.create()
                } else {
                    self.evolve(&known)
                }
            }
        }
    }

    /// Makes the place where the rows of a metric or distribution wait, and drops one that does not fit: what waits there
    /// was never shown, and is read again.
    fn stage(&self) -> Result<()> {
        let row = &self.resource.row;
        let staged = schema::staged(row);
        let columns: Vec<String> =
            table::actual(self.connection, &staged)?.into_iter().map(|column| column.name).collect();
        let fits = row.shape.is_replaced() && schema::names(row).eq(columns.iter().map(String::as_str));
        if fits && !self.changed {
            return Ok(());
        }
        if !columns.is_empty() {
            self.execute(&format!("DROP TABLE {}", quote(&staged)), "clear what waits for")?;
        }
        if row.shape.is_replaced() {
            self.execute(&schema::create_table(row, &staged), "make the table")?;
        }
        if let Some((name, columns)) = schema::part_index(row) {
            let (name, table) = (quote(&name), quote(row.name));
            let sql =
                format!("DROP INDEX IF EXISTS {name}; CREATE INDEX {name} ON {table} ({})", schema::list(columns));
            self.execute(&sql, "make an index of")?;
        }
        Ok(())
    }

    fn create(&self) -> Result<()> {
        let row = &self.resource.row;
        self.execute(&schema::create_table(row, row.name), "make the table")?;
        Table::planned(self.connector.name, self.resource).keep(self.connection)
    }

    /// A resource that writes another table than before starts that one from nothing; the old one stays.
    fn leave_other_tables(&mut self) -> Result<()> {
        let name = self.resource.row.name;
        for mut other in Table::all(self.connection)? {
            let ours = other.connector == self.connector.name && other.resource.as_deref() == Some(self.resource.name);
            if ours && !other.name.eq_ignore_ascii_case(name) {
                self.notes.push(format!(
                    "{}: writes {name} now, from the start; {} is kept as it was",
                    self.resource.name, other.name
                ));
                self.read_from_the_start()?;
                other.resource = None;
                other.keep(self.connection)?;
            }
        }
        Ok(())
    }

    /// Refuses a table that another resource writes; takes over one whose resource is no more.
    fn take_over(&mut self, known: &Table) -> Result<()> {
        let name = self.resource.row.name;
        if known.connector != self.connector.name {
            let message = format!("the table `{name}` belongs to the connector {}", known.connector);
            let help = "give the row type another name, or sync into another file with --to sqlite:PATH";
            return Err(Error::new(ErrorKind::Store, message).help(help));
        }
        if known.resource.as_deref() == Some(self.resource.name) {
            return Ok(());
        }
        let writer = known.resource.as_deref().and_then(|writer| self.connector.resource(writer));
        if let Some(writer) = writer.filter(|writer| writer.row.name.eq_ignore_ascii_case(name)) {
            let message = format!("the table `{name}` is written by the resource {}", writer.name);
            return Err(Error::new(ErrorKind::Store, message).help("give each resource a row type of its own"));
        }
        let before = known.resource.as_deref().unwrap_or("no resource");
        self.notes
            .push(format!("{name}: written by {} now, by {before} before; read from the start", self.resource.name));
        self.read_from_the_start()?;
        let rows = format!("UPDATE {} SET {GENERATION} = {NO_GENERATION}", quote(name));
        if table::kind_of(self.connection, name)?.is_some() {
            self.execute(&rows, "take the table over")
        } else {
            Ok(())
        }
    }

    fn evolve(&mut self, known: &Table) -> Result<()> {
        let row = &self.resource.row;
        if self.key_changed(known) {
            let key: Vec<&str> = schema::key_names(row).collect();
            let what = format!("the key is {} now", key.join(", "));
            return self.set_aside(known, &format!("keyed_by_{}", known.key.join("_")), &what);
        }
        let (was, is) = (known.shape.as_str(), schema::shape_name(row.shape));
        let plain = |shape: &str| matches!(shape, "entity" | "event");
        if was != is && !(plain(was) && plain(is)) {
            // What a row means is another thing now, and so is what writing it again does.
            return self.set_aside(known, was, &format!("it is of the shape {is} now"));
        }
        let mut actual = table::actual(self.connection, row.name)?;
        let mut table = Table::planned(self.connector.name, self.resource);
        for column in row.columns {
            let there = find(&actual, column.name);
            match (known.column(column.name), there) {
                (None, Some(_)) => {
                    let message = format!("the column `{}` of `{}` was not made by Tapwright", column.name, row.name);
                    return Err(Error::new(ErrorKind::Store, message).help("rename it, or the field"));
                }
                (_, None) => self.add(column)?,
                (Some(old), Some(there)) => {
                    if there.name != column.name {
                        self.rename(&there.name, column.name)?;
                        self.notes.push(format!("{}: renamed column {} to {}", row.name, there.name, column.name));
                    }
                    if retype::same_values(old.ty, Ty::of(column.ty)) {
                        if old.retired {
                            self.told.back.push(column.name.to_owned());
                        }
                        let key = row.key.iter().any(|&at| row.columns.get(usize::from(at)) == Some(column));
                        if column.nullable && there.not_null && !key {
                            self.allow_null(column.name)?;
                            self.told.null.push(column.name.to_owned());
                        }
                    } else {
                        table.columns.push(self.retype(old.ty, column, there, known)?);
                    }
                }
            }
        }
        for old in &known.columns {
            if table.column(&old.name).is_some() {
                continue;
            }
            if let Some(there) = find(&actual, &old.name) {
                if there.not_null {
                    self.allow_null(&old.name)?;
                }
                if !old.retired {
                    self.told.gone.push(old.name.clone());
                }
                table.columns.push(Column { retired: true, ..old.clone() });
            }
        }
        actual.clear();
        self.notes.extend(self.told.lines(self.resource, self.anew));
        if table == *known { Ok(()) } else { table.keep(self.connection) }
    }

    /// Whether rows are identified by other values than before.
    fn key_changed(&self, known: &Table) -> bool {
        let row = &self.resource.row;
        let same = |(old, new): (&String, &str)| {
            let ty = row.columns.iter().find(|column| column.name == new).map(|column| Ty::of(column.ty));
            let was = known.column(old).map(|column| column.ty);
            let fits = was.zip(ty).is_some_and(|(was, ty)| retype::same_values(was, ty));
            old.eq_ignore_ascii_case(new) && fits
        };
        known.key.len() != row.key.len() || !known.key.iter().zip(schema::key_names(row)).all(same)
    }

    /// Keeps the table of another key or shape under another name, and begins a new one.
    fn set_aside(&mut self, known: &Table, was: &str, what: &str) -> Result<()> {
        let name = self.resource.row.name;
        self.changed = true;
        let aside = self.free_name(&format!("{name}__was_{was}"), |name| {
            Ok(table::kind_of(self.connection, name)?.is_none() && Table::named(self.connection, name)?.is_none())
        })?;
        views::drop_ours(self.connection)?;
        // So that a user's views go on to show the table of this name, not the one set aside.
        let rename = format!("ALTER TABLE {} RENAME TO {}", quote(name), quote(&aside));
        self.execute("PRAGMA legacy_alter_table = ON", "set the table aside")?;
        let renamed = self.execute(&rename, "set the table aside");
        self.execute("PRAGMA legacy_alter_table = OFF", "set the table aside")?;
        renamed?;
        known.forget(self.connection)?;
        Table { name: aside.clone(), resource: None, ..known.clone() }.keep(self.connection)?;
        self.notes.push(format!(
            "{name}: {what}; the rows so far are kept in {aside}, and a new table is read from the start"
        ));
        self.read_from_the_start()?;
        self.create()
    }

    /// Adds a column. A table with rows has no value for them, whatever the spec says of null.
    fn add(&mut self, column: &plan::Column) -> Result<()> {
        let row = &self.resource.row;
        let any = format!("SELECT EXISTS (SELECT 1 FROM {})", quote(row.name));
        let any: bool = self.connection.query_row(&any, [], |row| row.get(0)).doing("read the table")?;
        let null = if column.nullable || any { "" } else { " NOT NULL" };
        let (name, storage) = (quote(column.name), Ty::of(column.ty).storage());
        self.execute(&format!("ALTER TABLE {} ADD COLUMN {name} {storage}{null}", quote(row.name)), "add a column")?;
        self.told.added.push(column.name.to_owned());
        self.told.to_rows |= any;
        Ok(())
    }

    /// Keeps the column under another name, and adds one of the new type with what converts exactly.
    fn retype(&mut self, was: Ty, column: &plan::Column, there: &Actual, known: &Table) -> Result<Column> {
        let (row, ty) = (&self.resource.row, Ty::of(column.ty));
        let actual = table::actual(self.connection, row.name)?;
        let old = self.free_name(&format!("{}__was_{}", column.name, was.name()), |name| {
            let planned = row.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
            Ok(find(&actual, name).is_none() && known.column(name).is_none() && !planned)
        })?;
        if there.not_null {
            self.allow_null(column.name)?;
        }
        self.rename(column.name, &old)?;
        let (table, name) = (quote(row.name), quote(column.name));
        self.execute(&format!("ALTER TABLE {table} ADD COLUMN {name} {}", ty.storage()), "add a column")?;
        let kept =
            format!("{}: column {} is {} now, the values so far are kept in {old}", row.name, column.name, ty.name());
        let note = match retype::conversion(was, ty, &quote(&old)) {
            None if self.anew => "none of them converts exactly".to_owned(),
            None => "none of them converts exactly; --full reads again what the source still has".to_owned(),
            Some(value) => {
                let convert = format!("UPDATE {table} SET {name} = {value} WHERE {} IS NOT NULL", quote(&old));
                self.execute(&convert, "convert a column")?;
                let count = format!("SELECT count({name}), count({}) FROM {table}", quote(&old));
                let count = self.connection.query_row(&count, [], |row| Ok((row.get(0)?, row.get(1)?)));
                let (converted, all): (i64, i64) = count.doing("convert a column")?;
                format!("{converted} of {all} converted exactly")
            }
        };
        self.notes.push(format!("{kept}; {note}"));
        Ok(Column { name: old, ty: was, retired: true, role: None })
    }

    fn rename(&self, from: &str, to: &str) -> Result<()> {
        views::drop_ours(self.connection)?;
        let table = quote(self.resource.row.name);
        self.execute(&format!("ALTER TABLE {table} RENAME COLUMN {} TO {}", quote(from), quote(to)), "rename a column")
    }

    fn allow_null(&self, column: &str) -> Result<()> {
        let table = quote(self.resource.row.name);
        self.execute(
            &format!("ALTER TABLE {table} ALTER COLUMN {} DROP NOT NULL", quote(column)),
            "let a column be null",
        )
    }

    fn read_from_the_start(&self) -> Result<()> {
        state::forget_checkpoint(self.connection, self.connector.name, self.resource.name)
    }

    /// `name`, or with a number behind it when it is taken.
    fn free_name(&self, name: &str, is_free: impl Fn(&str) -> Result<bool>) -> Result<String> {
        let mut free = name.to_owned();
        let mut number = 2;
        while !is_free(&free)? {
            free = format!("{name}_{number}");
            number += 1;
        }
        Ok(free)
    }

    fn execute(&self, sql: &str, what: &str) -> Result<()> {
        self.connection.execute_batch(sql).doing(&format!("{what} `{}`", self.resource.row.name))
    }
}

fn find<'a>(actual: &'a [Actual], name: &str) -> Option<&'a Actual> {
    actual.iter().find(|column| column.name.eq_ignore_ascii_case(name))
}
