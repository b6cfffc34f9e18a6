//! How requests prove who asks, in words.

use tapwright_spec::model::{
    Algorithm, Auth, Carried, ClientProof, Connector, Expr, Grant, Jwt, Login, LoginAt, Method, OAuth2, Param,
    ParamValue, Token, TokenFrom, Wait,
};

use crate::duration;
use crate::limits::wait;
use crate::markdown::{code, text};
use crate::written::Writer;

/// The section of a page.
pub(crate) fn section(connector: &Connector) -> String {
    let base = code(&template(&connector.api.base_url));
    let Auth::Choice { setting, ways } = &connector.api.auth else {
        return format!("Requests go to {base} {}.", way(&connector.api.auth));
    };
    let ways = ways.iter().map(|(value, auth)| format!("- {}: {}.", code(value), way(auth)));
    let ways: Vec<_> = ways.collect();
    let setting = code(setting);
    format!("Requests go to {base}. The setting {setting} says how they prove who asks:\n\n{}", ways.join("\n"))
}

/// A way, as the end of a sentence.
fn way(auth: &Auth) -> String {
    match auth {
        Auth::None => "without any proof of who asks".to_owned(),
        Auth::Bearer(token) => format!("with the bearer token {}", value(token)),
        Auth::Header { name, value: sent } => {
            format!("with the header {}", code(&format!("{name}: {}", template(sent))))
        }
        Auth::Query { name, value: sent } => {
            format!("with the query parameter {}", code(&format!("{name}={}", template(sent))))
        }
        Auth::Body { path, value: sent } => {
            format!("with {} at {} of the body", value(sent), code(&path.join(".")))
        }
        Auth::Basic { user, password } => {
            format!("with the user {} and the password {} (HTTP Basic)", value(user), value(password))
        }
        Auth::Token(token) => format!("with {}", fetched(token)),
        // The language has no choice within a choice.
        Auth::Choice { setting, .. } => format!("as the setting {} says", code(setting)),
    }
}

fn fetched(token: &Token) -> String {
    let carried = match &token.carried {
        Carried::Bearer => "sent as a bearer token".to_owned(),
        Carried::Header { name, value } => format!("sent as {}", code(&format!("{name}: {}", template(value)))),
        Carried::Query { name, value } => {
            format!("sent as the query parameter {}", code(&format!("{name}={}", template(value))))
        }
    };
    match &token.from {
        TokenFrom::OAuth2(oauth) => format!("a token of OAuth 2, {carried}; {}", traded(oauth)),
        TokenFrom::Login(login) => format!("a token of a log-in, {carried}; {}", logged_in(login)),
        TokenFrom::Jwt(jwt) => format!("a token that is signed here, {carried}; {}", signed(jwt)),
    }
}

fn traded(oauth: &OAuth2) -> String {
    let grant = match oauth.grant {
        Grant::ClientCredentials => "client credentials",
        Grant::RefreshToken => "a refresh token",
        Grant::Password => "a user's password",
        Grant::JwtBearer => "a signed assertion",
    };
    let mut said = format!("{} gives it for {grant}", code(&template(&oauth.token_url)));
    let of = |what: &str, expr: &Option<Expr>| expr.as_ref().map(|expr| format!("{what} {}", value(expr)));
    let parts: Vec<_> = [
        of("client id", &oauth.client_id),
        of("client secret", &oauth.client_secret),
        of("refresh token", &oauth.refresh_token),
        of("user", &oauth.user),
        of("password", &oauth.password),
        of("scope", &oauth.scope),
    ]
    .into_iter()
    .flatten()
    .chain(oauth.more.iter().map(parameter))
    .collect();
    if !parts.is_empty() {
        said.push_str(&format!(" ({})", parts.join(", ")));
    }
    if oauth.client == ClientProof::Basic {
        said.push_str(", the client in `Authorization: Basic`");
    }
    if let Some(jwt) = &oauth.assertion {
        said.push_str(&format!("; the assertion is {}", signed(jwt)));
    }
    if oauth.grant == Grant::RefreshToken {
        said.push_str("; a refresh token that the API replaces is kept beside the store");
    }
    said
}

fn logged_in(login: &Login) -> String {
    let method = match login.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let to = match &login.to {
        LoginAt::Path(path) | LoginAt::Address(path) => template(path),
    };
    let mut said = format!("{} gives it", code(&format!("{method} {to}")));
    if login.auth != Auth::None {
        said.push_str(&format!(", asked {}", way(&login.auth)));
    }
    said.push_str(&format!("; it is {} of the answer", code(&Writer::default().expression(&login.token))));
    said.push_str(&lasting(login.lasts_millis, login.expires.as_ref()));
    said
}

fn lasting(millis: Option<i64>, expires: Option<&Wait>) -> String {
    match (expires, millis) {
        (Some(expires), _) => format!(", and lasts as {} says", wait(expires)),
        (None, Some(millis)) => format!(", and lasts {}", duration::words(millis)),
        (None, None) => String::new(),
    }
}

fn signed(jwt: &Jwt) -> String {
    let algorithm = match jwt.algorithm {
        Algorithm::Hs256 => "HS256",
        Algorithm::Hs384 => "HS384",
        Algorithm::Hs512 => "HS512",
        Algorithm::Rs256 => "RS256",
        Algorithm::Rs384 => "RS384",
        Algorithm::Rs512 => "RS512",
        Algorithm::Es256 => "ES256",
        Algorithm::Es384 => "ES384",
    };
    format!("signed with {} ({algorithm}), good for {}", value(&jwt.key), duration::words(jwt.lasts_millis))
}

fn parameter(param: &Param) -> String {
    match &param.value {
        ParamValue::Text(expr) => format!("{} {}", text(&param.name), value(expr)),
        ParamValue::Each { values, .. } => format!("{} {}", text(&param.name), code(&values.join(","))),
    }
}

/// A setting by its name, and anything else as the template it is.
fn value(expr: &Expr) -> String {
    match expr {
        Expr::Setting(name) => code(name),
        other => code(&template(other)),
    }
}

fn template(expr: &Expr) -> String {
    Writer::default().template(expr)
}
