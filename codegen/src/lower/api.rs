//! The API as a whole: how requests prove who asks, how many it allows, how they are repeated.

use tapwright_plan as plan;
use tapwright_spec::model;

use super::{Lowering, list, span, text};

impl Lowering<'_> {
    pub(super) fn auth(&self, auth: &model::Auth) -> plan::Auth {
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

    pub(super) fn oauth2(&self, oauth2: &model::OAuth2) -> plan::OAuth2 {
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
}

pub(super) fn limits(limits: &[model::RateLimit]) -> &'static [plan::RateLimit] {
    list(limits.iter().map(|limit| plan::RateLimit { requests: limit.requests, per: span(limit.per_millis) }))
}

pub(super) fn retry(retry: &model::Retry) -> plan::Retry {
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
