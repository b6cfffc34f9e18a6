//! How a request proves who asks: with what was configured, or with a token that is fetched.

use super::{Body, Expr, Method, Param, Template, Wait};

/// How a request proves who asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Auth {
    /// `none`.
    None,
    /// `bearer: "{…}"`.
    Bearer(Expr),
    /// `header: { name, value }`.
    Header {
        /// The header's name.
        name: String,
        /// Its value.
        value: Expr,
    },
    /// `query: { name, value }`.
    Query {
        /// The parameter's name.
        name: String,
        /// Its value.
        value: Expr,
    },
    /// `body: { name, value }`: a key of the body of every request.
    Body {
        /// The keys that lead to it.
        path: Vec<String>,
        /// Its value.
        value: Expr,
    },
    /// `basic: { user, password }`.
    Basic {
        /// The user's name.
        user: Expr,
        /// The password.
        password: Expr,
    },
    /// `oauth2`, `login` or `jwt`: a token that is fetched.
    Token(Box<Token>),
    /// `by` and `ways`.
    Choice {
        /// The setting, whose type is one of `types`.
        setting: String,
        /// A way for each value of its type; none is a choice.
        ways: Vec<(String, Auth)>,
    },
}

/// A token that is fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// How it is come by.
    pub from: TokenFrom,
    /// `as`: how a request carries it.
    pub carried: Carried,
}

/// How a token is come by.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenFrom {
    /// `oauth2`: a token endpoint gives it.
    OAuth2(OAuth2),
    /// `login`: a request of the API's own gives it.
    Login(Login),
    /// `jwt`: it is signed by whoever asks.
    Jwt(Jwt),
}

/// How a request carries a token.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// As a bearer token.
    Bearer,
    /// In a header.
    Header {
        /// The header's name.
        name: String,
        /// Its value; scope: `token`, and settings.
        value: Expr,
    },
    /// In a query parameter.
    Query {
        /// The parameter's name.
        name: String,
        /// Its value; scope: `token`, and settings.
        value: Expr,
    },
}

/// A bearer token that a token endpoint gives.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuth2 {
    /// The token endpoint; scope: settings.
    pub token_url: Expr,
    /// What is traded for a token.
    pub grant: Grant,
    /// The client's id.
    pub client_id: Option<Expr>,
    /// The client's secret.
    pub client_secret: Option<Expr>,
    /// Where those two go.
    pub client: ClientProof,
    /// The first refresh token; there with that grant.
    pub refresh_token: Option<Expr>,
    /// The user's name; there with the grant `password`.
    pub user: Option<Expr>,
    /// The user's password; likewise.
    pub password: Option<Expr>,
    /// `jwt`: the assertion; there with the grant `jwt_bearer`.
    pub assertion: Option<Jwt>,
    /// The scope that is asked for.
    pub scope: Option<Expr>,
    /// Further fields of the form.
    pub more: Vec<Param>,
}

/// What is traded for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as in RFC 6749 and RFC 7523")]
pub enum Grant {
    ClientCredentials,
    RefreshToken,
    Password,
    JwtBearer,
}

/// Where a client's id and secret go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientProof {
    /// Into the form.
    Form,
    /// Into `Authorization: Basic …`.
    Basic,
}

/// A request that gives a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    /// Its method.
    pub method: Method,
    /// Where it goes.
    pub to: LoginAt,
    /// Its parameters.
    pub query: Vec<Param>,
    /// Its headers.
    pub headers: Vec<Param>,
    /// What it sends, if anything.
    pub body: Option<Body>,
    /// How it proves who asks; neither another log-in nor OAuth 2 nor a choice.
    pub auth: Auth,
    /// The token; scope: the response.
    pub token: Expr,
    /// `lasts`: how long the token does when the response does not say, in milliseconds.
    pub lasts_millis: Option<i64>,
    /// `expires`: what of the response says how long it lasts, or until when.
    pub expires: Option<Wait>,
}

/// Where a request that gives a token goes.
#[derive(Clone, Debug, PartialEq)]
pub enum LoginAt {
    /// A path below `base_url`; scope: settings.
    Path(Expr),
    /// An address of its own; scope: settings.
    Address(Expr),
}

/// A token that whoever asks signs.
#[derive(Clone, Debug, PartialEq)]
pub struct Jwt {
    /// How it is signed.
    pub algorithm: Algorithm,
    /// PEM, or the text that an HMAC is made with.
    pub key: Expr,
    /// Fields of its header beside `alg` and `typ`.
    pub header: Vec<Param>,
    /// Its claims beside `iat` and `exp`: an object.
    pub claims: Template,
    /// From `iat` to `exp`, in milliseconds; whole seconds.
    pub lasts_millis: i64,
}

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are called as in RFC 7518")]
pub enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
}
