//! The checked model made into the tables that the engine reads.
//!
//! The tables are `&'static`, so they are leaked: a program lowers a spec once and keeps it, a compiler ends.

mod api;
mod expr;
mod places;
mod request;

use std::cell::RefCell;

use tapwright_plan as plan;
use tapwright_spec::model;

use api::{limits, retry};
use places::Places;
use plan::Slot;

/// The plan of a spec.
#[must_use]
pub fn lower(connector: &model::Connector) -> &'static plan::Connector {
    let settings = &connector.settings;
    let lowering = Lowering { settings, of_parent: RefCell::default(), locals: RefCell::default() };
    Box::leak(Box::new(plan::Connector {
        name: text(&connector.name),
        title: text(&connector.title),
        fingerprint: connector.fingerprint,
        settings: list(settings.iter().map(setting)),
        base_url: lowering.over_settings(&connector.api.base_url),
        auth: lowering.auth(&connector.api.auth),
        limits: limits(&connector.api.limits),
        retry: connector.api.retry.as_ref().map(retry),
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

fn setting(setting: &model::Setting) -> plan::Setting {
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
            model::SettingKind::Choice { values, default, .. } => {
                plan::Kind::Choice { values: texts(values), default: optional(default.as_ref()) }
            }
        },
        required: setting.required,
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
    /// The columns of its parent that the resource being lowered speaks of.
    of_parent: RefCell<Vec<String>>,
    /// The names of the expression's own that are known where it is being lowered, the innermost last.
    locals: RefCell<Vec<String>>,
}

impl Lowering<'_> {
    fn resource(&self, resource: &model::Resource, all: &[model::Resource]) -> plan::Resource {
        self.of_parent.take();
        let mut record = Places::default();
        let mut envelope = Places::default();
        let row = self.row(&resource.row, &mut record);
        let keep = resource.keep.as_ref().map(|keep| self.expr(keep, &mut record, Slot::Scalar));
        let incremental = resource.incremental.as_ref().map(|incremental| self.incremental(incremental, &mut record));
        let paging = resource.paging.as_ref().map(|paging| self.paging(paging, &mut record, &mut envelope));
        let mut refusal = Places::default();
        let on_error = list(resource.on_error.iter().map(|rule| self.error_rule(rule, &mut refusal)));
        let plan::Envelope { body: record, slots: record_slots, .. } = record.into_plan();
        let request = plan::Request {
            method: match resource.method {
                model::Method::Get => plan::Method::Get,
                model::Method::Post => plan::Method::Post,
            },
            path: self.over_settings(&resource.path),
            query: list(resource.query.iter().map(|param| self.param(param))),
            headers: list(resource.headers.iter().map(|param| self.param(param))),
            body: resource.body.as_ref().map(|body| match body {
                model::Body::Json { template, .. } => plan::Body::Json(self.template(template)),
                model::Body::Form(params) => plan::Body::Form(list(params.iter().map(|param| self.param(param)))),
            }),
        };
        plan::Resource {
            name: text(&resource.name),
            description: text(&resource.description),
            parent: resource.parent.as_ref().and_then(|parent| self.parent(parent, all)),
            request,
            limits: limits(&resource.limits),
            paging,
            decode: plan::Decode {
                records: texts(&resource.records),
                envelope: envelope.into_plan(),
                known: resource.example.as_ref().map(|example| other_keys(example, &record)),
                record,
                record_slots,
            },
            keep,
            on_error,
            refusal: refusal.into_plan(),
            incremental,
            row,
        }
    }

    /// The parent, with what was said of its row. Called when all of the resource is lowered.
    fn parent(&self, parent: &model::Parent, all: &[model::Resource]) -> Option<plan::Parent> {
        let place = all.iter().position(|resource| resource.name == parent.resource)?;
        let row = &all.get(place)?.row;
        let names: Vec<&str> = std::iter::once("id")
            .chain(row.time.as_ref().map(|_| row.shape.time_column()))
            .chain(row.fields.iter().map(|field| field.name.as_str()))
            .collect();
        let columns = self.of_parent.borrow();
        let columns = columns.iter().filter_map(|column| names.iter().position(|name| name == column));
        let columns: Vec<u16> = columns.filter_map(|at| u16::try_from(at).ok()).collect();
        Some(plan::Parent { resource: u16::try_from(place).ok()?, columns: list(columns.into_iter()) })
    }

    /// The place of a column of the parent among those that are spoken of.
    fn column_of_parent(&self, name: &str) -> u16 {
        let mut columns = self.of_parent.borrow_mut();
        let at = columns.iter().position(|column| column == name).unwrap_or_else(|| {
            columns.push(name.to_owned());
            columns.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }

    /// Identity first, then the spec's fields.
    fn row(&self, row: &model::Row, record: &mut Places) -> plan::Row {
        let mut columns = vec![plan::Column {
            name: "id",
            description: "What identifies it.",
            ty: plan::Type::String,
            nullable: false,
            from: self.expr(&row.key, record, Slot::Scalar),
        }];
        if let Some(time) = &row.time {
            columns.push(plan::Column {
                name: row.shape.time_column(),
                description: match row.shape {
                    model::Shape::Entity => "When it last changed.",
                    model::Shape::Event => "When it happened.",
                },
                ty: plan::Type::Timestamp(time_format(&time.format)),
                nullable: row.shape == model::Shape::Entity,
                from: self.expr(&time.from, record, Slot::Scalar),
            });
        }
        columns.extend(row.fields.iter().map(|field| plan::Column {
            name: text(&field.name),
            description: text(&field.description),
            ty: field_type(&field.ty),
            nullable: field.nullable,
            from: self.expr(&field.from, record, kept_as(&field.ty)),
        }));
        plan::Row {
            name: text(&row.name),
            shape: match row.shape {
                model::Shape::Entity => plan::Shape::Entity,
                model::Shape::Event => plan::Shape::Event,
            },
            key: &[0],
            time: row.time.as_ref().map(|_| 1),
            columns: list(columns.into_iter()),
        }
    }
}
