//! The checked model made into the tables that the engine reads.
//!
//! The tables are `&'static`, so they are leaked: a program lowers a spec once and keeps it, a compiler ends.

mod places;

use tapwright_plan as plan;
use tapwright_spec::model;

use places::Places;
use plan::Slot;

/// The plan of a spec.
#[must_use]
pub fn lower(connector: &model::Connector) -> &'static plan::Connector {
    let settings = &connector.settings;
    let lowering = Lowering { settings };
    Box::leak(Box::new(plan::Connector {
        name: text(&connector.name),
        title: text(&connector.title),
        fingerprint: connector.fingerprint,
        settings: list(settings.iter().map(setting)),
        base_url: lowering.over_settings(&connector.api.base_url),
        auth: lowering.auth(&connector.api.auth),
        limit: connector
            .api
            .limit
            .map(|limit| plan::RateLimit { requests: limit.requests, per: span(limit.per_millis) }),
        resources: list(connector.resources.iter().map(|resource| lowering.resource(resource))),
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

fn target(target: &model::Target) -> plan::Target {
    match target {
        model::Target::Query(name) => plan::Target::Query(text(name)),
        model::Target::Header(name) => plan::Target::Header(text(name)),
    }
}

fn time_format(format: model::TimeFormat) -> plan::TimeFormat {
    match format {
        model::TimeFormat::Rfc3339 => plan::TimeFormat::Rfc3339,
        model::TimeFormat::UnixSeconds => plan::TimeFormat::UnixSeconds,
        model::TimeFormat::UnixMillis => plan::TimeFormat::UnixMillis,
    }
}

fn field_type(ty: &model::Type) -> plan::Type {
    match ty {
        model::Type::String => plan::Type::String,
        model::Type::Integer => plan::Type::Integer,
        model::Type::Number => plan::Type::Number,
        model::Type::Decimal => plan::Type::Decimal,
        model::Type::Boolean => plan::Type::Boolean,
        model::Type::Timestamp(format) => plan::Type::Timestamp(time_format(*format)),
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
            model::Auth::Basic { user, password } => {
                plan::Auth::Basic { user: self.over_settings(user), password: self.over_settings(password) }
            }
        }
    }

    fn resource(&self, resource: &model::Resource) -> plan::Resource {
        let mut record = Places::default();
        let mut envelope = Places::default();
        let row = self.row(&resource.row, &mut record);
        let keep = resource.keep.as_ref().map(|keep| self.expr(keep, &mut record, Slot::Scalar));
        let incremental = resource.incremental.as_ref().map(|incremental| self.incremental(incremental, &mut record));
        let paging = self.paging(&resource.paging, &mut envelope);
        let (record, record_slots) = record.into_plan();
        let (envelope, envelope_slots) = envelope.into_plan();
        plan::Resource {
            name: text(&resource.name),
            description: text(&resource.description),
            request: plan::Request {
                method: plan::Method::Get,
                path: self.over_settings(&resource.path),
                query: list(resource.query.iter().map(|param| self.param(param))),
                headers: list(resource.headers.iter().map(|param| self.param(param))),
            },
            paging,
            decode: plan::Decode { records: texts(&resource.records), envelope, envelope_slots, record, record_slots },
            keep,
            on_error: list(resource.on_error.iter().map(error_rule)),
            incremental,
            row,
        }
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
                ty: plan::Type::Timestamp(time_format(time.format)),
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

    fn paging(&self, paging: &model::Paging, envelope: &mut Places) -> plan::Paging {
        match paging {
            model::Paging::None => plan::Paging::None,
            model::Paging::Cursor { from, to, size } => plan::Paging::Cursor(plan::Cursor {
                from: self.expr(from, envelope, Slot::Scalar),
                to: target(to),
                size: size.as_ref().map(|size| plan::Size { to: target(&size.to), value: size.value }),
            }),
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
                format: time_format(window.format),
            }),
            lookback: lookback.map(|lookback| self.over_settings(&lookback.amount)),
            lookback_unit: span(lookback.map_or(0, |lookback| lookback.unit_millis)),
            overlap: span(incremental.overlap_millis),
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

fn error_rule(rule: &model::ErrorRule) -> plan::ErrorRule {
    plan::ErrorRule {
        status: rule.status,
        code: optional(rule.code.as_ref()),
        then: match &rule.then {
            model::Action::Retry => plan::Action::Retry,
            model::Action::Fail => plan::Action::Fail,
            model::Action::Ignore => plan::Action::Ignore,
            model::Action::DropValueOf(param) => plan::Action::DropValueOf(text(param)),
        },
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
        From::Join => To::Join,
        From::Length => To::Length,
        From::First => To::First,
        From::Lower => To::Lower,
        From::Upper => To::Upper,
        From::Trim => To::Trim,
        From::Replace => To::Replace,
        From::Text => To::Text,
    }
}
