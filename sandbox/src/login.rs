//! The request of an API that gives a token: whether it is as the spec says, and the answer from which the spec reads the
//! token. What proves who asks is told from what is only ill-formed. It must not know what a token is used for.

use std::time::Duration;

use hyper::header::HeaderName;
use hyper::{HeaderMap, Method};
use serde_json::{Value, json};
use tapwright_spec::model::{self, Auth, Body, Param, TokenFrom};

use crate::answer::Answer;
use crate::auth::Credential;
use crate::eval::{Scope, text};
use crate::fixed::Fixed;
use crate::jwt::Verifier;
use crate::place::{Part, Placed, Placer, Spot};
use crate::posted::{Posted, compare};
use crate::refusal::put;
use crate::sent::{pairs, without};
use crate::time;
use crate::token::Place;
use crate::wait::said;

/// A request that gives a token.
#[derive(Debug)]
pub(crate) struct Login {
    login: model::Login,
    settings: Vec<(String, Value)>,
    proof: Proof,
}

/// How it proves who asks.
#[derive(Debug)]
enum Proof {
    AtHand(Credential),
    /// With where a request carries it.
    Signed(Box<(Verifier, Place)>),
}

impl Login {
    /// What a spec says of it.
    pub(crate) fn of(login: &model::Login, settings: &[(String, Value)]) -> Login {
        let scope = Scope::new(&Value::Null, settings);
        let proof = match &login.auth {
            Auth::Token(token) => match &token.from {
                TokenFrom::Jwt(jwt) => {
                    Proof::Signed(Box::new((Verifier::of(jwt, scope), Place::of(&token.carried, settings))))
                }
                TokenFrom::OAuth2(_) | TokenFrom::Login(_) => Proof::AtHand(Credential::None),
            },
            auth => Proof::AtHand(Credential::of(auth, scope)),
        };
        Login { login: login.clone(), settings: settings.to_vec(), proof }
    }

    /// A token, or why there is none. `token` makes one.
    pub(crate) fn answer(
        &self,
        method: &Method,
        (query, headers, body): (&str, &HeaderMap, &[u8]),
        lasts: Duration,
        token: impl FnOnce() -> (u64, String),
    ) -> Answer {
        let wanted = match self.login.method {
            model::Method::Get => Method::GET,
            model::Method::Post => Method::POST,
        };
        if *method != wanted {
            return Answer::error(405, &format!("{method} is not allowed here"));
        }
        if let Err(answer) = self.check(query, headers, body) {
            return answer;
        }
        self.give(&token().1, lasts)
    }

    fn check(&self, query: &str, headers: &HeaderMap, body: &[u8]) -> Result<(), Answer> {
        let scope = Scope::new(&Value::Null, &self.settings);
        match &self.proof {
            Proof::AtHand(credential) if credential.admits(query, headers, body) => {}
            Proof::AtHand(_) => return Err(refused("who asks")),
            Proof::Signed(signed) => {
                let (verifier, place) = signed.as_ref();
                let token = place.find(query, headers).unwrap_or_default();
                verifier
                    .check(&token, time::now().div_euclid(1000))
                    .map_err(|why| Answer::error(401, &format!("the signed token: {why}")))?;
            }
        }
        let query = match &self.proof {
            Proof::AtHand(credential) => credential.strip(query),
            Proof::Signed(signed) => signed.1.parameter().map_or(query.into(), |name| without(query, name)),
        };
        let mut sent = pairs(&query);
        for fixed in self.fixed(&self.login.query) {
            let Some(wanted) = fixed.value(scope) else { continue };
            let place = sent.iter().position(|(name, _)| *name == fixed.name);
            let Some(place) = place else {
                return Err(Answer::wrong(&format!("parameter '{}' is missing", fixed.name)));
            };
            if sent.remove(place).1 != wanted {
                return Err(refused(&fixed.name));
            }
        }
        if let Some((name, _)) = sent.first() {
            return Err(Answer::wrong(&format!("unknown parameter '{name}'")));
        }
        for fixed in self.fixed(&self.login.headers) {
            let Some(wanted) = fixed.value(scope) else { continue };
            if headers.get(fixed.name.as_str()).is_none_or(|sent| sent.as_bytes() != wanted.as_bytes()) {
                return Err(refused(&fixed.name));
            }
        }
        let sent = Posted::read(self.login.body.as_ref(), headers, body)?;
        let Some(wanted) = &self.login.body else { return Ok(()) };
        if sent == Posted::Nothing {
            return Err(Answer::wrong("there is no body"));
        }
        compare(wanted, &sent, &[], scope, true).map_err(|(path, message)| {
            // Which key it is may be said, what it should be may not.
            let ill_formed = message.starts_with("unknown") || message.contains("is missing");
            match wanted {
                Body::Json { .. } | Body::Form(_) if ill_formed => {
                    Answer::wrong(&format!("'{path}' is missing or unknown"))
                }
                _ => refused(&path),
            }
        })
    }

    fn fixed(&self, params: &[Param]) -> Vec<Fixed> {
        Fixed::of(params, Scope::new(&Value::Null, &self.settings))
    }

    /// The answer from which the spec reads this token.
    fn give(&self, token: &str, lasts: Duration) -> Answer {
        let everywhere = |_: &[model::Segment]| true;
        let mut placer = Placer::new(&self.settings, &everywhere);
        let both = |value: Value| Part::Either(value.clone(), value);
        if !placer.value(&self.login.token, &both(token.into()), false) {
            return Answer::error(501, "the sandbox cannot tell where the spec finds the token");
        }
        if let Some(expires) = &self.login.expires {
            placer.value(&expires.from, &both(said(expires.format, lasts, time::now())), false);
        }
        let (mut body, mut headers) = (json!({}), Vec::new());
        for Placed { spot, part, as_text } in placer.placed() {
            let Part::Either(value, _) = part else { continue };
            match spot {
                Spot::Body(path) => put(&mut body, path, if as_text { text(&value).into() } else { value }),
                Spot::Header(name) => {
                    headers.extend(HeaderName::from_bytes(name.as_bytes()).map(|name| (name, text(&value))));
                }
            }
        }
        let mut answer = Answer::value(200, &body);
        answer.headers.extend(headers);
        answer
    }
}

fn refused(what: &str) -> Answer {
    Answer::coded(401, &format!("the log-in is refused: {what} is wrong"), "bad_credentials")
}
