//! Keys of `auth`: how requests prove who asks.

use super::*;

/// Authentication.
pub static AUTH: Level = Level {
    path: "api.auth",
    what: "`auth`",
    doc: "One way to authenticate, or several of which a setting chooses one. It is made with a secret of `config`, never \
          with text of the spec.",
    keys: &[
        one_of("a way to authenticate", "bearer", Value::Template, "`Authorization: Bearer …`."),
        one_of("a way to authenticate", "header", Value::Keys(&AUTH_HEADER), "A header of the API's own."),
        one_of("a way to authenticate", "query", Value::Keys(&AUTH_QUERY), "A parameter of the address."),
        one_of("a way to authenticate", "body", Value::Keys(&AUTH_BODY), "A key of the body of every `post`."),
        one_of("a way to authenticate", "oauth2", Value::Keys(&AUTH_OAUTH2), "A bearer token that OAuth 2 gives."),
        one_of(
            "a way to authenticate",
            "login",
            Value::Keys(&AUTH_LOGIN),
            "A token that a request of the API's own gives.",
        ),
        one_of(
            "a way to authenticate",
            "jwt",
            Value::Keys(&AUTH_JWT),
            "A token that is signed with a key of the user's.",
        ),
        one_of("a way to authenticate", "basic", Value::Keys(&AUTH_BASIC), "`Authorization: Basic …`."),
        one_of(
            "a way to authenticate",
            "by",
            Value::Expression("the settings"),
            "`config.NAME`: the setting that says which of `ways` it is. Its type is a name of `types`.",
        ),
        optional(
            "ways",
            Value::Map("value", &WAY),
            "The ways that `by` chooses from: one for each value. A setting that only some of them speak of need only be \
             set where one of those is chosen.",
        ),
    ],
};

/// Authentication by a header.
pub static AUTH_HEADER: Level = Level {
    path: "api.auth.header",
    what: "`header`",
    doc: "A header that carries the credential.",
    keys: &[required("name", Value::Text, "The header's name."), required("value", Value::Template, "Its value.")],
};

/// Authentication by a parameter.
pub static AUTH_QUERY: Level = Level {
    path: "api.auth.query",
    what: "`query`",
    doc: "A parameter of every request that carries the credential. It is added when a request is sent, and appears \
          in no message, log or checkpoint.",
    keys: &[required("name", Value::Text, "The parameter's name."), required("value", Value::Template, "Its value.")],
};

/// Authentication by the body.
pub static AUTH_BODY: Level = Level {
    path: "api.auth.body",
    what: "`body`",
    doc: "A key of the body of every request that carries the credential. Every resource is asked with a `post` that has \
          one. It is added when a request is sent, and appears in no message, log or checkpoint.",
    keys: &[
        required("name", Value::Text, "The key; in JSON the keys that lead to it, with dots between them."),
        required("value", Value::Template, "Its value."),
    ],
};

/// OAuth 2.
pub static AUTH_OAUTH2: Level = Level {
    path: "api.auth.oauth2",
    what: "`oauth2`",
    doc: "A bearer token that a token endpoint gives ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)). It is asked for \
          once, however many requests wait, before it expires, and once more when the API refuses it. A refresh token that \
          is replaced is kept before the new access token is used.",
    keys: &[
        required("token_url", Value::Template, "The token endpoint: `https://…`, or `http://` to this machine."),
        required(
            "grant",
            Value::Choice(&["client_credentials", "refresh_token", "password", "jwt_bearer"]),
            "What is traded for a token.",
        ),
        optional("client_id", Value::Template, "The client's id."),
        optional("client_secret", Value::Template, "The client's secret."),
        defaulted(
            "client",
            Value::Choice(&["form", "basic"]),
            "form",
            "Where the client's id and secret go: into the form, or into `Authorization: Basic …`.",
        ),
        optional("refresh_token", Value::Template, "The first refresh token, for the grant `refresh_token`."),
        optional("user", Value::Template, "The user's name, for the grant `password`."),
        optional("password", Value::Template, "The user's password, for the grant `password`."),
        optional(
            "jwt",
            Value::Keys(&AUTH_JWT),
            "The assertion, for the grant `jwt_bearer` ([RFC 7523](https://www.rfc-editor.org/rfc/rfc7523)).",
        ),
        optional("scope", Value::Template, "The scope that is asked for."),
        optional("more", Value::Map("name", &TEMPLATE), "Further fields of the form, such as `audience`."),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// A log-in.
pub static AUTH_LOGIN: Level = Level {
    path: "api.auth.login",
    what: "`login`",
    doc: "A token that a request of the API's own gives. It is asked for once, however many requests wait, before the token \
          expires, and once more when the API refuses it (401).",
    keys: &[
        one_of(
            "a log-in request",
            "post",
            Value::Template,
            "A path below `base_url`, beginning with `/`, or an address.",
        ),
        one_of("a log-in request", "get", Value::Template, "The same, for a log-in that sends nothing."),
        optional("query", Value::Map("name", &TEMPLATE), "Its parameters."),
        optional("headers", Value::Map("name", &TEMPLATE), "Its headers."),
        optional("json", Value::Json, "The body of a `post`, as JSON. Its texts are templates."),
        optional("form", Value::Map("name", &TEMPLATE), "The body of a `post`, as a form."),
        optional(
            "auth",
            Value::Keys(&AUTH),
            "How the request itself proves who asks: `basic`, `bearer`, `header`, `query` or `jwt`.",
        ),
        required(
            "token",
            Value::Expression("the response"),
            "The token: a path of the response, or one of its headers.",
        ),
        optional("lasts", Value::Duration, "How long the token does, where the response does not say."),
        optional(
            "expires",
            Value::Keys(&AUTH_EXPIRES),
            "What of the response says how long it lasts. Without it and `lasts`, a token is used until it is refused.",
        ),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// When a token expires.
pub static AUTH_EXPIRES: Level = Level {
    path: "api.auth.login.expires",
    what: "`expires`",
    doc: "How long a token lasts, or until when. Where it says nothing, `lasts` holds.",
    keys: &[
        required("from", Value::Expression("the response"), "What says it."),
        required("is", Value::Choice(WAITS), "What it holds: a time from now, or a moment."),
    ],
};

/// A signed token.
pub static AUTH_JWT: Level = Level {
    path: "api.auth.jwt",
    what: "`jwt`",
    doc: "A token that is made of claims and signed ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)), anew before it \
          expires. It has the header fields `alg` and `typ`, and the claims `iat` (up to a minute ago, for clocks that \
          differ) and `exp`.",
    keys: &[
        required("algorithm", Value::Choice(ALGORITHMS), "How it is signed."),
        required(
            "key",
            Value::Template,
            "The key: the text of a secret for `HS…`, a private key in PEM otherwise (PKCS #8, and for `RS…` PKCS #1).",
        ),
        optional("header", Value::Map("name", &TEMPLATE), "Further header fields, such as `kid`."),
        optional("claims", Value::Json, "Its claims, as JSON. Their texts are templates."),
        defaulted("lasts", Value::Duration, "10m", "How long it counts: from `iat` to `exp`, in whole seconds."),
        defaulted("as", Value::Keys(&AUTH_AS), "`Authorization: Bearer …`", "How requests carry the token."),
    ],
};

/// How a token is carried.
pub static AUTH_AS: Level = Level {
    path: "api.auth.as",
    what: "`as`",
    doc: "How requests carry a token. In the value, `{token}` is the token.",
    keys: &[
        one_of("a place", "header", Value::Keys(&AUTH_HEADER), "A header of the API's own."),
        one_of("a place", "query", Value::Keys(&AUTH_QUERY), "A parameter of the address."),
    ],
};

/// Basic authentication.
pub static AUTH_BASIC: Level = Level {
    path: "api.auth.basic",
    what: "`basic`",
    doc: "User and password; at least one of them holds a secret.",
    keys: &[
        required("user", Value::Template, "The user's name."),
        required("password", Value::Template, "The password; may be `\"\"`."),
    ],
};
