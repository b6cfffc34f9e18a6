//! The checked model made into the tables that the engine reads.
//!
//! The tables are `&'static`, so they are leaked: a program lowers a spec once and keeps it, a compiler ends.

mod api;
mod auth;
mod expr;
mod places;
mod request;

use std::cell::RefCell;

use tapwright_model as model;
use tapwright_plan as plan;

use api::limits;
use places::{OfRecord, Places};
use plan::Slot;

/// The plan of a spec.
#[must_use]
pub fn lower(connector: &model::Connector) -> &'static plan::Connector {
    let settings = &connector.settings;
    let lowering = Lowering { settings, given: RefCell::default(), locals: RefCell::default() };
    Box::leak(Box::new(plan::Connector {
        name: text(&connector.name),
        title: text(&connector.title),
        fingerprint: connector.fingerprint,
        settings: list(settings.iter().map(|setting| lowering.setting(setting))),
        base_url: lowering.over_settings(&connector.api.base_url),
        auth: lowering.auth(&connector.api.auth),
        limits: limits(&connector.api.limits),
        retry: connector.api.retry.as_ref().map(|retry| lowering.retry(retry)),
        resources: list(connector.resources.iter().map(|resource| lowering.resource(resource, &connector.resources))),
    }))
}

fn text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn list<T>(items: impl Iterator<Item = T>) -> &'static [T] {
    Box::leak(items.collect::<Vec<T>>().into_boxed_slice())
}

fn texts(items: &[String]) -> &'static [&'static str] {
    list(items.iter().map(|item| text(item)))
}

fn optional(item: Option<&String>) -> Option<&'static str> {
    item.map(|item| text(item))
}

fn span(millis: i64) -> plan::Span {
    plan::Span { millis }
}

fn method(method: model::Method) -> plan::Method {
    match method {
        model::Method::Get => plan::Method::Get,
        model::Method::Post => plan::Method::Post,
    }
}

fn time_format(format: &model::TimeFormat) -> plan::TimeFormat {
    match format {
        model::TimeFormat::Rfc3339 => plan::TimeFormat::Rfc3339,
        model::TimeFormat::UnixSeconds => plan::TimeFormat::UnixSeconds,
        model::TimeFormat::UnixMillis => plan::TimeFormat::UnixMillis,
        model::TimeFormat::UnixMicros => plan::TimeFormat::UnixMicros,
        model::TimeFormat::Date => plan::TimeFormat::Date,
        model::TimeFormat::Pattern(pattern) => {
            plan::TimeFormat::Pattern { text: text(pattern), unit: format.granularity_millis() }
        }
    }
}

fn field_type(ty: &model::Type) -> plan::Type {
    match ty {
        model::Type::String => plan::Type::String,
        model::Type::Integer => plan::Type::Integer,
        model::Type::Number => plan::Type::Number,
        model::Type::Decimal => plan::Type::Decimal,
        model::Type::Boolean => plan::Type::Boolean,
        model::Type::Timestamp(format) => plan::Type::Timestamp(time_format(format)),
        model::Type::Date => plan::Type::Date,
        model::Type::Json => plan::Type::Json,
        model::Type::List => plan::Type::List,
        model::Type::Enum(known) => {
            // Sorted, so that the engine can search.
            let mut values: Vec<String> = known.values.clone();
            values.sort_unstable();
            plan::Type::Enum { name: text(&known.name), values: texts(&values) }
        }
    }
}

fn records(records: &model::Records) -> plan::Records {
    let step = |step: &model::RecordStep| match step {
        model::RecordStep::Key(key) => plan::RecordStep::Key(text(key)),
        model::RecordStep::Each => plan::RecordStep::Each,
        model::RecordStep::Values => plan::RecordStep::Values,
    };
    let zipped = |(name, path): &(String, Vec<String>)| plan::Zipped { name: text(name), path: texts(path) };
    match (records, records.plain()) {
        (_, Some(keys)) => plan::Records::List(list(keys.into_iter().map(text))),
        (model::Records::At(steps), None) => plan::Records::At(list(steps.iter().map(step))),
        (model::Records::One(keys), None) => plan::Records::One(texts(keys)),
        (model::Records::Zip(columns), None) => plan::Records::Zip(list(columns.iter().map(zipped))),
    }
}

/// The keys of an example that are not read.
fn other_keys(example: &model::Json, record: &plan::Node) -> &'static [&'static str] {
    let model::Json::Object(members) = example else { return &[] };
    let is_read = |key: &str| record.fields.iter().any(|field| field.name == key);
    list(members.iter().map(|(key, _)| key).filter(|key| !is_read(key)).map(|key| text(key)))
}

/// How a value of that type has to be kept until it becomes a cell.
fn kept_as(ty: &model::Type) -> Slot {
    match ty {
        // Their exact text counts.
        model::Type::Json | model::Type::List | model::Type::Decimal => Slot::Json,
        _ => Slot::Scalar,
    }
}

struct Lowering<'m> {
    settings: &'m [model::Setting],
    /// What the resource being lowered speaks of that `for_each` gives: names, and columns where they are rows'.
    given: RefCell<Vec<(String, Option<String>)>>,
    /// The names of the expression's own that are known where it is being lowered, the innermost last.
    locals: RefCell<Vec<String>>,
}

impl Lowering<'_> {
    fn setting(&self, setting: &model::Setting) -> plan::Setting {
        plan::Setting {
            name: text(&setting.name),
            description: text(&setting.description),
            env: optional(setting.env.as_ref()),
            kind: match &setting.kind {
                model::SettingKind::Secret { matches } => plan::Kind::Secret { matches: optional(matches.as_ref()) },
                model::SettingKind::Text { matches, default } => {
                    plan::Kind::Text { matches: optional(matches.as_ref()), default: optional(default.as_ref()) }
                }
                model::SettingKind::Integer { range, default } => {
                    plan::Kind::Integer { min: *range.start(), max: *range.end(), default: *default }
                }
                model::SettingKind::Boolean { default } => plan::Kind::Boolean { default: *default },
                model::SettingKind::List { default } => plan::Kind::List { default: default.as_deref().map(texts) },
                model::SettingKind::Choice { values, default, .. } => {
                    plan::Kind::Choice { values: texts(values), default: optional(default.as_ref()) }
                }
            },
            required: setting.required,
            only_for: setting
                .only_for
                .as_ref()
                .map(|only| plan::OnlyFor { setting: self.place_of(&only.setting), values: texts(&only.values) }),
        }
    }

    /// The place of a setting.
    fn place_of(&self, name: &str) -> u16 {
        let at = self.settings.iter().position(|setting| setting.name == name);
        at.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX)
    }

    fn resource(&self, resource: &model::Resource, all: &[model::Resource]) -> plan::Resource {
        self.given.take();
        let mut record = Places::default();
        let mut envelope = Places::default();
        let row = self.row(&resource.row, all, &mut record);
        let keep = resource.keep.as_ref().map(|keep| self.expr(keep, &mut record, Slot::Scalar));
        let incremental = resource.incremental.as_ref().map(|incremental| self.incremental(incremental, &mut record));
        let paging = resource.paging.as_ref().map(|paging| self.paging(paging, &mut record, &mut envelope));
        let mut refusal = Places::default();
        let on_error = list(resource.on_error.iter().map(|rule| self.error_rule(rule, &mut refusal)));
        let OfRecord { record, above, entry_key, slots: record_slots } = record.of_record();
        let request = plan::Request {
            method: method(resource.method),
            path: self.over_settings(&resource.path),
            query: list(resource.query.iter().map(|param| self.param(param))),
            headers: list(resource.headers.iter().map(|param| self.param(param))),
            body: resource.body.as_ref().map(|body| self.body(body)),
        };
        plan::Resource {
            name: text(&resource.name),
            description: text(&resource.description),
            for_each: list(resource.for_each.iter().map(|each| self.each(each, all))),
            given: self.places_of_given(resource),
            request,
            limits: limits(&resource.limits),
            paging,
            decode: plan::Decode {
                records: records(&resource.records),
                envelope: envelope.into_plan(),
                known: resource.example.as_ref().map(|example| other_keys(example, &record)),
                record,
                above,
                entry_key,
                record_slots,
            },
            keep,
            on_error,
            refusal: refusal.into_plan(),
            incremental,
            row,
            hook: optional(resource.hook.as_ref()),
        }
    }

    /// What the list is read for each of, with what was said of it. Called when all of the resource is lowered.
    fn each(&self, each: &model::Each, all: &[model::Resource]) -> plan::Each {
        match &each.of {
            model::EachOf::Values(values) => plan::Each::Values(texts(values)),
            model::EachOf::Setting(name) => plan::Each::Setting(self.place_of(name)),
            model::EachOf::Rows { resources, changed } => {
                let parents = resources.iter().filter_map(|resource| self.parent(&each.name, resource, all));
                plan::Each::Rows { parents: list(parents), changed: *changed }
            }
        }
    }

    fn parent(&self, name: &str, resource: &str, all: &[model::Resource]) -> Option<plan::Parent> {
        let place = all.iter().position(|known| known.name == resource)?;
        let row = &all.get(place)?.row;
        let implied = row.implied().into_iter().map(|column| column.name);
        let names: Vec<&str> = implied.chain(row.fields.iter().map(|field| field.name.as_str())).collect();
        let given = self.given.borrow();
        let columns = given.iter().filter(|(each, _)| each == name).filter_map(|(_, column)| column.as_deref());
        let columns = columns.filter_map(|column| names.iter().position(|name| *name == column));
        let columns: Vec<u16> = columns.filter_map(|at| u16::try_from(at).ok()).collect();
        Some(plan::Parent { resource: u16::try_from(place).ok()?, columns: list(columns.into_iter()) })
    }

    /// The place of what `for_each` gives among what is spoken of.
    fn given(&self, name: &str, column: Option<&str>) -> u16 {
        let mut given = self.given.borrow_mut();
        let is = |known: &(String, Option<String>)| known.0 == name && known.1.as_deref() == column;
        let at = given.iter().position(is).unwrap_or_else(|| {
            given.push((name.to_owned(), column.map(str::to_owned)));
            given.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Of what is spoken of, where in `for_each` it comes from.
    fn places_of_given(&self, resource: &model::Resource) -> &'static [u16] {
        let place = |name: &str| resource.for_each.iter().position(|each| each.name == name);
        let given = self.given.borrow();
        list(given.iter().map(|(name, _)| place(name).and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX)))
    }

    /// Identity first, then times and ends, then the spec's fields.
    fn row(&self, row: &model::Row, all: &[model::Resource], record: &mut Places) -> plan::Row {
        let implied = row.implied().into_iter().map(|column| plan::Column {
            name: column.name,
            description: column.about,
            ty: field_type(&column.ty),
            nullable: column.nullable,
            from: self.expr(column.from, record, Slot::Scalar),
        });
        let mut columns: Vec<plan::Column> = implied.collect();
        columns.extend(row.fields.iter().map(|field| plan::Column {
            name: text(&field.name),
            description: text(&field.description),
            ty: field_type(&field.ty),
            nullable: field.nullable,
            from: self.expr(&field.from, record, kept_as(&field.ty)),
        }));
        let columns = list(columns.into_iter());
        plan::Row {
            name: text(&row.name),
            shape: shape(row, columns, all),
            key: &[0],
            time: row.time.as_ref().map(|_| 1),
            columns,
        }
    }
}

/// What the columns of a row are for.
fn shape(row: &model::Row, columns: &[plan::Column], all: &[model::Resource]) -> plan::Shape {
    let place = |name: &str| {
        columns.iter().position(|column| column.name == name).and_then(|at| u16::try_from(at).ok()).unwrap_or_default()
    };
    let places = |names: &[String]| list(names.iter().map(|name| place(name)));
    let there = |name: &'static str| columns.iter().any(|column| column.name == name).then(|| place(name));
    let named = |resource: &str| {
        let name = all.iter().find(|known| known.name == resource).map_or("", |known| known.row.name.as_str());
        text(name)
    };
    let series = row.series.as_ref().map(|series| plan::Series {
        told_by: list(row.told_by().into_iter().map(place)),
        dimensions: places(&series.dimensions),
        values: places(&series.values),
        end: there("end_at"),
        period: series.period_millis.map(span),
        parent: series.parent.as_deref().map(place),
    });
    match (row.shape, series, &row.edge) {
        (model::Shape::Metric, Some(series), _) => plan::Shape::Metric(series),
        (model::Shape::Distribution, Some(series), _) => {
            let bucket = row.series.as_ref().and_then(|series| series.bucket.as_deref()).map_or(0, place);
            plan::Shape::Distribution { series, bucket }
        }
        (model::Shape::Edge, _, Some(edge)) => plan::Shape::Edge(plan::Edge {
            from: place("from_id"),
            from_row: named(&edge.from.resource),
            to: place("to_id"),
            to_row: named(&edge.to.resource),
            kind: there("kind"),
        }),
        (model::Shape::Event, ..) => plan::Shape::Event,
        // A checked spec has what its shapes are made of.
        _ => plan::Shape::Entity,
    }
}
