//! How a request proves who asks: with what was configured, or with a token that is fetched.

use crate::{Envelope, Expr, Param, Request, Span, Template, Wait};

/// How a request proves who asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Auth {
    /// It does not.
    None,
    /// `Authorization: Bearer …`.
    Bearer(Expr),
    /// A header of the API's own.
    Header {
        /// The header's name.
        name: &'static str,
        /// Its value.
        value: Expr,
    },
    /// A query parameter.
    Query {
        /// The parameter's name.
        name: &'static str,
        /// Its value.
        value: Expr,
    },
    /// A key of the body.
    Body {
        /// The keys that lead to it.
        path: &'static [&'static str],
        /// Its value.
        value: Expr,
    },
    /// `Authorization: Basic …`.
    Basic {
        /// The user's name.
        user: Expr,
        /// The password.
        password: Expr,
    },
    /// A token that is fetched, and fetched anew when it expires or is refused.
    Token(&'static Token),
    /// One of several ways, by what a setting says.
    Choice {
        /// The setting: one of a list of texts.
        setting: u16,
        /// A way for each of them.
        ways: &'static [Way],
    },
}

/// A way to authenticate, among several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// What the setting says when this is the way.
    pub value: &'static str,
    /// The way. It is no `Choice`.
    pub auth: Auth,
}

/// A token that is fetched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// How it is come by.
    pub from: TokenFrom,
    /// How a request carries it.
    pub carried: Carried,
}

/// How a token is come by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TokenFrom {
    /// A token endpoint gives it.
    OAuth2(OAuth2),
    /// A request of the API's own gives it.
    Login(Login),
    /// It is made and signed here.
    Jwt(Jwt),
}

/// How a request carries a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Carried {
    /// `Authorization: Bearer …`.
    Bearer,
    /// In a header.
    Header {
        /// The header's name.
        name: &'static str,
        /// Its value; slot 0 is the token.
        value: Expr,
    },
    /// In a query parameter.
    Query {
        /// The parameter's name.
        name: &'static str,
        /// Its value; slot 0 is the token.
        value: Expr,
    },
}

/// A bearer token that a token endpoint gives ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OAuth2 {
    /// The token endpoint; text, over the settings.
    pub token_url: Expr,
    /// What is traded for a token.
    pub grant: Grant,
    /// The client's id.
    pub client_id: Option<Expr>,
    /// The client's secret.
    pub client_secret: Option<Expr>,
    /// Where those two go.
    pub client: ClientProof,
    /// The first refresh token.
    pub refresh_token: Option<Expr>,
    /// The user's name.
    pub user: Option<Expr>,
    /// The user's password.
    pub password: Option<Expr>,
    /// The assertion ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).
    pub assertion: Option<Jwt>,
    /// The scope that is asked for.
    pub scope: Option<Expr>,
    /// Further fields of the form.
    pub more: &'static [Param],
}

/// What is traded for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// `client_credentials`.
    ClientCredentials,
    /// `refresh_token`.
    RefreshToken,
    /// `password`.
    Password,
    /// `urn:ietf:params:oauth:grant-type:jwt-bearer`.
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Login {
    /// What is sent.
    pub request: Request,
    /// Where it is sent, when not below the base URL: then the request's path is empty.
    pub address: Option<Expr>,
    /// How it proves who asks: a way that is at hand, or a signed token.
    pub auth: Auth,
    /// What is read of the answer.
    pub answer: Envelope,
    /// The token, over the answer.
    pub token: Expr,
    /// How long it lasts, when the answer does not say.
    pub lasts: Option<Span>,
    /// How long it lasts, or until when.
    pub expires: Option<Wait>,
}

/// A token that is made and signed here ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jwt {
    /// How it is signed.
    pub algorithm: Algorithm,
    /// The key: PEM, or the text that an HMAC is made with.
    pub key: Expr,
    /// Fields of its header beside `alg` and `typ`.
    pub header: &'static [Param],
    /// Its claims beside `iat` and `exp`: an object.
    pub claims: Template,
    /// From `iat` to `exp`.
    pub lasts: Span,
}

/// How a token is signed ([RFC 7518, 3.1](https://www.rfc-editor.org/rfc/rfc7518#section-3.1)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
    /// RSA (PKCS #1 v1.5) with SHA-256.
    Rs256,
    /// RSA (PKCS #1 v1.5) with SHA-384.
    Rs384,
    /// RSA (PKCS #1 v1.5) with SHA-512.
    Rs512,
    /// ECDSA over P-256 with SHA-256.
    Es256,
    /// ECDSA over P-384 with SHA-384.
    Es384,
}
