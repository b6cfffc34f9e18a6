//! How requests prove who asks.

use plan::Slot;
use tapwright_model as model;
use tapwright_plan as plan;

use super::places::Places;
use super::{Lowering, list, span, text, texts};

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
            model::Auth::Body { path, value } => {
                plan::Auth::Body { path: texts(path), value: self.over_settings(value) }
            }
            model::Auth::Basic { user, password } => {
                plan::Auth::Basic { user: self.over_settings(user), password: self.over_settings(password) }
            }
            model::Auth::Token(token) => plan::Auth::Token(Box::leak(Box::new(self.token(token)))),
            model::Auth::Choice { setting, ways } => plan::Auth::Choice {
                setting: self.place_of(setting),
                ways: list(
                    ways.iter()
                        .map(|(value, auth)| plan::Way { value: text(value), auth: self.auth(auth) })
                        .collect::<Vec<_>>()
                        .into_iter(),
                ),
            },
        }
    }

    fn token(&self, token: &model::Token) -> plan::Token {
        // The token is the one place there is.
        let value = |value: &model::Expr| self.expr(value, &mut Places::default(), Slot::Scalar);
        plan::Token {
            from: match &token.from {
                model::TokenFrom::OAuth2(oauth2) => plan::TokenFrom::OAuth2(self.oauth2(oauth2)),
                model::TokenFrom::Login(login) => plan::TokenFrom::Login(self.login(login)),
                model::TokenFrom::Jwt(jwt) => plan::TokenFrom::Jwt(self.jwt(jwt)),
            },
            carried: match &token.carried {
                model::Carried::Bearer => plan::Carried::Bearer,
                model::Carried::Header { name, value: of } => {
                    plan::Carried::Header { name: text(name), value: value(of) }
                }
                model::Carried::Query { name, value: of } => {
                    plan::Carried::Query { name: text(name), value: value(of) }
                }
            },
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
                model::Grant::JwtBearer => plan::Grant::JwtBearer,
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
            assertion: oauth2.assertion.as_ref().map(|jwt| self.jwt(jwt)),
            scope: optional(&oauth2.scope),
            more: list(oauth2.more.iter().map(|param| self.param(param))),
        }
    }

    fn login(&self, login: &model::Login) -> plan::Login {
        let mut answer = Places::default();
        let token = self.expr(&login.token, &mut answer, Slot::Scalar);
        let (path, address) = match &login.to {
            model::LoginAt::Path(path) => (self.over_settings(path), None),
            model::LoginAt::Address(address) => (plan::Expr::Text(""), Some(self.over_settings(address))),
        };
        plan::Login {
            request: plan::Request {
                method: super::method(login.method),
                path,
                query: list(login.query.iter().map(|param| self.param(param))),
                headers: list(login.headers.iter().map(|param| self.param(param))),
                body: login.body.as_ref().map(|body| self.body(body)),
            },
            address,
            auth: self.auth(&login.auth),
            answer: answer.into_plan(),
            token,
            lasts: login.lasts_millis.map(span),
            expires: login.expires.as_ref().map(|expires| self.wait(expires)),
        }
    }

    fn jwt(&self, jwt: &model::Jwt) -> plan::Jwt {
        plan::Jwt {
            algorithm: match jwt.algorithm {
                model::Algorithm::Hs256 => plan::Algorithm::Hs256,
                model::Algorithm::Hs384 => plan::Algorithm::Hs384,
                model::Algorithm::Hs512 => plan::Algorithm::Hs512,
                model::Algorithm::Rs256 => plan::Algorithm::Rs256,
                model::Algorithm::Rs384 => plan::Algorithm::Rs384,
                model::Algorithm::Rs512 => plan::Algorithm::Rs512,
                model::Algorithm::Es256 => plan::Algorithm::Es256,
                model::Algorithm::Es384 => plan::Algorithm::Es384,
            },
            key: self.over_settings(&jwt.key),
            header: list(jwt.header.iter().map(|param| self.param(param))),
            claims: self.template(&jwt.claims),
            lasts: span(jwt.lasts_millis),
        }
    }
}
