//! Requests: their parameters and bodies, paging, windows of time, what answers mean.

use plan::Slot;
use tapwright_model as model;
use tapwright_plan as plan;

use super::places::Places;
use super::{Lowering, list, optional, span, text, texts, time_format};

impl Lowering<'_> {
    pub(super) fn body(&self, body: &model::Body) -> plan::Body {
        match body {
            model::Body::Json { template, .. } => plan::Body::Json(self.template(template)),
            model::Body::Form(params) => plan::Body::Form(list(params.iter().map(|param| self.param(param)))),
        }
    }

    pub(super) fn template(&self, template: &model::Template) -> plan::Template {
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

    pub(super) fn param(&self, param: &model::Param) -> plan::Param {
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

    pub(super) fn paging(&self, paging: &model::Paging, record: &mut Places, envelope: &mut Places) -> plan::Paging {
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

    pub(super) fn incremental(&self, incremental: &model::Incremental, record: &mut Places) -> plan::Incremental {
        let lookback = incremental.lookback.as_ref();
        plan::Incremental {
            resume: incremental.resume.as_ref().map(|resume| plan::Resume {
                from: self.expr(&resume.from, record, Slot::Scalar),
                to: target(&resume.to),
            }),
            window: incremental.window.as_ref().map(|window| plan::Window {
                from: window.from.as_ref().map(target),
                to: window.to.as_ref().map(target),
                at_most: window.at_most_millis.map(span),
                on: match window.on {
                    model::WindowOn::FirstPage => plan::On::FirstPage,
                    model::WindowOn::EveryPage => plan::On::EveryPage,
                },
                format: time_format(&window.format),
                until_now: window.until_now,
            }),
            newest_first: incremental.newest_first,
            lookback: lookback.map(|lookback| self.over_settings(&lookback.amount)),
            lookback_unit: span(lookback.map_or(0, |lookback| lookback.unit_millis)),
            overlap: span(incremental.overlap_millis),
        }
    }

    pub(super) fn error_rule(&self, rule: &model::ErrorRule, refusal: &mut Places) -> plan::ErrorRule {
        plan::ErrorRule {
            status: rule.status,
            code: optional(rule.code.as_ref()),
            message: optional(rule.message.as_ref()),
            when: rule.when.as_ref().map(|when| self.expr(when, refusal, Slot::Scalar)),
            then: match &rule.then {
                model::Action::Retry(after) => plan::Action::Retry(after.map(span)),
                model::Action::Wait(so_long) => plan::Action::Wait(so_long.map(span)),
                model::Action::SkipParent => plan::Action::SkipParent,
                model::Action::Fail => plan::Action::Fail,
                model::Action::Empty => plan::Action::Empty,
                model::Action::Ignore => plan::Action::Ignore,
                model::Action::DropValueOf(param) => plan::Action::DropValueOf(text(param)),
            },
        }
    }
}

pub(super) fn target(target: &model::Target) -> plan::Target {
    match target {
        model::Target::Query(name) => plan::Target::Query(text(name)),
        model::Target::Header(name) => plan::Target::Header(text(name)),
        model::Target::Body(path) => plan::Target::Body(texts(path)),
    }
}
