//! The checked model made into the tables that the engine reads.
//!
//! The tables are `&'static`, so they are leaked: a program lowers a spec once and keeps it, a compiler ends.

mod places;

use std::cell::RefCell;

use tapwright_plan as plan;
use tapwright_spec::model;

use places::Places;
use plan::Slot;

/// The plan of a spec.
#[must_use]
pub fn lower(connector: &model::Connector) -> &'static plan::Connector {
    let settings = &connector.settings;
    let lowering = Lowering { settings, of_parent: RefCell::default() };
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

fn limits(limits: &[model::RateLimit]) -> &'static [plan::RateLimit] {
    list(limits.iter().map(|limit| plan::RateLimit { requests: limit.requests, per: span(limit.per_millis) }))
}

fn retry(retry: &model::Retry) -> plan::Retry {
    plan::Retry {
        attempts: retry.attempts,
        first: span(retry.first_millis),
        most: span(retry.most_millis),
        constant: retry.constant,
        after: retry.after.as_ref().map(|after| plan::WaitHeader {
            name: text(&after.name),
            format: match after.format {
                model::WaitFormat::Seconds => plan::WaitFormat::Seconds,
                model::WaitFormat::Millis => plan::WaitFormat::Millis,
                model::WaitFormat::UnixSeconds => plan::WaitFormat::UnixSeconds,
                model::WaitFormat::UnixMillis => plan::WaitFormat::UnixMillis,
                model::WaitFormat::Rfc3339 => plan::WaitFormat::Rfc3339,
            },
        }),
    }
}

fn target(target: &model::Target) -> plan::Target {
    match target {
        model::Target::Query(name) => plan::Target::Query(text(name)),
        model::Target::Header(name) => plan::Target::Header(text(name)),
        model::Target::Body(path) => plan::Target::Body(texts(path)),
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
}

impl Lowering<'_> {
    /// An expression that refers to settings alone.
    fn over_settings(&self, expr: &model::Expr) -> plan::Expr {
        self.expr(expr, &mut Places::default(), Slot::Scalar)
    }

    fn auth(&self, auth: &model::Auth) -> plan::Auth {
        match auth {
            model::Auth::None => plan::Auth::None,
            model::Auth::Bearer(token) => plan::Auth::Bearer(self.over_settings(token)),
            model::Auth::Header { name, value } => {
                plan::Auth::Header { name: text(name), value: self.over_settings(value) }
            }
            model::Auth::Query { name, value } => {
                plan::Auth::Query { name: text(name), value: self.over_settings(value) }
            }
            model::Auth::OAuth2(oauth2) => plan::Auth::OAuth2(Box::leak(Box::new(self.oauth2(oauth2)))),
            model::Auth::Basic { user, password } => {
                plan::Auth::Basic { user: self.over_settings(user), password: self.over_settings(password) }
            }
        }
    }

    fn oauth2(&self, oauth2: &model::OAuth2) -> plan::OAuth2 {
        let optional = |expr: &Option<model::Expr>| expr.as_ref().map(|expr| self.over_settings(expr));
        plan::OAuth2 {
            token_url: self.over_settings(&oauth2.token_url),
            grant: match oauth2.grant {
                model::Grant::ClientCredentials => plan::Grant::ClientCredentials,
                model::Grant::RefreshToken => plan::Grant::RefreshToken,
                model::Grant::Password => plan::Grant::Password,
            },
            client_id: optional(&oauth2.client_id),
            client_secret: optional(&oauth2.client_secret),
            client: match oauth2.client {
                model::ClientProof::Form => plan::ClientProof::Form,
                model::ClientProof::Basic => plan::ClientProof::Basic,
            },
            refresh_token: optional(&oauth2.refresh_token),
            user: optional(&oauth2.user),
            password: optional(&oauth2.password),
            scope: optional(&oauth2.scope),
            more: list(oauth2.more.iter().map(|param| self.param(param))),
        }
    }

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

    fn template(&self, template: &model::Template) -> plan::Template {
        match template {
            model::Template::Null => plan::Template::Null,
            model::Template::Value(expr) => plan::Template::Value(self.over_settings(expr)),
            model::Template::Text(expr) => plan::Template::Text(self.over_settings(expr)),
            model::Template::Array(items) => plan::Template::Array(list(
                items.iter().map(|item| self.template(item)).collect::<Vec<_>>().into_iter(),
            )),
            model::Template::Object(members) => {
                let member = |(name, value): &(String, model::Template)| plan::Member {
                    name: text(name),
                    value: self.template(value),
                };
                plan::Template::Object(list(members.iter().map(member).collect::<Vec<_>>().into_iter()))
            }
        }
    }

    fn param(&self, param: &model::Param) -> plan::Param {
        plan::Param {
            name: text(&param.name),
            value: match &param.value {
                model::ParamValue::Text(value) => plan::ParamValue::Text(self.over_settings(value)),
                model::ParamValue::Each { values, style: model::ListStyle::Comma } => {
                    plan::ParamValue::Comma(texts(values))
                }
                model::ParamValue::Each { values, style: model::ListStyle::Repeat } => {
                    plan::ParamValue::Repeat(texts(values))
                }
            },
        }
    }

    fn paging(&self, paging: &model::Paging, record: &mut Places, envelope: &mut Places) -> plan::Paging {
        let mut of_response = |expr: &model::Expr| self.expr(expr, envelope, Slot::Scalar);
        let step = match &paging.step {
            model::Step::Cursor { from, to } => plan::Step::Cursor { from: of_response(from), to: target(to) },
            model::Step::Last { from, to } => {
                plan::Step::Last { from: self.expr(from, record, Slot::Scalar), to: target(to) }
            }
            model::Step::Page { to, first, last } => {
                plan::Step::Page { to: target(to), first: *first, last: last.as_ref().map(&mut of_response) }
            }
            model::Step::Offset { to, first, total } => {
                plan::Step::Offset { to: target(to), first: *first, total: total.as_ref().map(&mut of_response) }
            }
            model::Step::Next { from } => plan::Step::Next { from: of_response(from) },
            model::Step::Link => plan::Step::Link,
        };
        plan::Paging {
            step,
            size: paging.size.as_ref().map(|size| plan::Size { to: target(&size.to), value: size.value }),
            more: paging.more.as_ref().map(of_response),
            short_is_last: paging.short_is_last,
        }
    }

    fn incremental(&self, incremental: &model::Incremental, record: &mut Places) -> plan::Incremental {
        let lookback = incremental.lookback.as_ref();
        plan::Incremental {
            resume: incremental.resume.as_ref().map(|resume| plan::Resume {
                from: self.expr(&resume.from, record, Slot::Scalar),
                to: target(&resume.to),
            }),
            window: incremental.window.as_ref().map(|window| plan::Window {
                from: target(&window.from),
                to: window.to.as_ref().map(target),
                at_most: window.at_most_millis.map(span),
                on: match window.on {
                    model::WindowOn::FirstPage => plan::On::FirstPage,
                    model::WindowOn::EveryPage => plan::On::EveryPage,
                },
                format: time_format(&window.format),
                until_now: window.until_now,
            }),
            lookback: lookback.map(|lookback| self.over_settings(&lookback.amount)),
            lookback_unit: span(lookback.map_or(0, |lookback| lookback.unit_millis)),
            overlap: span(incremental.overlap_millis),
        }
    }

    fn error_rule(&self, rule: &model::ErrorRule, refusal: &mut Places) -> plan::ErrorRule {
        plan::ErrorRule {
            status: rule.status,
            code: optional(rule.code.as_ref()),
            message: optional(rule.message.as_ref()),
            when: rule.when.as_ref().map(|when| self.expr(when, refusal, Slot::Scalar)),
            then: match &rule.then {
                model::Action::Retry => plan::Action::Retry,
                model::Action::Wait => plan::Action::Wait,
                model::Action::SkipParent => plan::Action::SkipParent,
                model::Action::Fail => plan::Action::Fail,
                model::Action::Empty => plan::Action::Empty,
                model::Action::Ignore => plan::Action::Ignore,
                model::Action::DropValueOf(param) => plan::Action::DropValueOf(text(param)),
            },
        }
    }

    /// An expression whose paths lead to `places`. `kept` is how the value of a path is to be kept that becomes the
    /// value of the whole.
    fn expr(&self, expr: &model::Expr, places: &mut Places, kept: Slot) -> plan::Expr {
        let inner = |places: &mut Places, exprs: &[model::Expr], kept: Slot| {
            list(exprs.iter().map(|expr| self.expr(expr, places, kept)).collect::<Vec<_>>().into_iter())
        };
        match expr {
            model::Expr::Null => plan::Expr::Null,
            model::Expr::Bool(b) => plan::Expr::Bool(*b),
            model::Expr::Integer(i) => plan::Expr::Integer(*i),
            model::Expr::Number(n) => plan::Expr::Number(*n),
            model::Expr::Text(literal) => plan::Expr::Text(text(literal)),
            model::Expr::Path(path) => plan::Expr::Slot(places.slot(path, kept)),
            model::Expr::Parent(name) => plan::Expr::Parent(self.column_of_parent(name)),
            model::Expr::Header(name) => plan::Expr::Slot(places.header(name)),
            model::Expr::Setting(name) => {
                let at = self.settings.iter().position(|setting| setting.name == *name);
                plan::Expr::Setting(at.and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX))
            }
            model::Expr::FirstOf(parts) => plan::Expr::FirstOf(inner(places, parts, kept)),
            model::Expr::Concat(parts) => plan::Expr::Concat(inner(places, parts, Slot::Scalar)),
            model::Expr::If(parts) => {
                let [condition, then, otherwise] = parts.as_ref();
                plan::Expr::If(Box::leak(Box::new([
                    self.expr(condition, places, Slot::Scalar),
                    self.expr(then, places, kept),
                    self.expr(otherwise, places, kept),
                ])))
            }
            model::Expr::Call(function, operands) => {
                plan::Expr::Call(function_of(*function), inner(places, operands, Slot::Scalar))
            }
        }
    }
}

fn function_of(function: model::Function) -> plan::Function {
    use model::Function as From;
    use plan::Function as To;
    match function {
        From::Equal => To::Equal,
        From::NotEqual => To::NotEqual,
        From::Less => To::Less,
        From::LessOrEqual => To::LessOrEqual,
        From::Greater => To::Greater,
        From::GreaterOrEqual => To::GreaterOrEqual,
        From::And => To::And,
        From::Or => To::Or,
        From::Not => To::Not,
        From::In => To::In,
        From::Matches => To::Matches,
        From::Capture => To::Capture,
        From::Integer => To::Integer,
        From::Number => To::Number,
        From::Join => To::Join,
        From::Length => To::Length,
        From::First => To::First,
        From::Lower => To::Lower,
        From::Upper => To::Upper,
        From::Trim => To::Trim,
        From::Replace => To::Replace,
        From::Concat => To::Concat,
        From::Contains => To::Contains,
        From::StartsWith => To::StartsWith,
        From::EndsWith => To::EndsWith,
        From::Split => To::Split,
        From::Last => To::Last,
        From::Text => To::Text,
        From::Key => To::Key,
    }
}
