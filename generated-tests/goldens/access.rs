// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// An API that is asked with a body, in ways that the user chooses from.
#[derive(Debug)]
pub struct Connector {
    api: ::tapwright::Api,
}
impl Connector {
    /// The tables this connector is made of.
    pub const PLAN: &'static ::tapwright::plan::Connector = &__plan::CONNECTOR;
    /// A connector with that configuration.
    ///
    /// # Errors
    /// When the base URL is none that a credential may be sent to.
    pub fn new(config: Config) -> ::core::result::Result<Self, ::tapwright::Error> {
        Self::with_options(
            config,
            <::tapwright::Options as ::core::default::Default>::default(),
        )
    }
    /// A connector with that configuration, and options for reading and syncing.
    ///
    /// # Errors
    /// As [`Connector::new`].
    pub fn with_options(
        config: Config,
        options: ::tapwright::Options,
    ) -> ::core::result::Result<Self, ::tapwright::Error> {
        ::core::result::Result::map(
            ::tapwright::Api::new(Self::PLAN, config.settings, options),
            |api| Self { api },
        )
    }
    /// Things.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn things(&self) -> ::tapwright::Records<Thing> {
        self.api.records("things")
    }
    /// Others.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn others(&self) -> ::tapwright::Records<Other> {
        self.api.records("others")
    }
    /// Syncs into `sink`: every resource, or those that the options name.
    ///
    /// # Errors
    /// When the store cannot be used. What goes wrong with a resource is in the report.
    pub async fn sync(
        &self,
        sink: &mut dyn ::tapwright::Sink,
    ) -> ::core::result::Result<::tapwright::Report, ::tapwright::Error> {
        self.api.sync(sink).await
    }
}
/// How the Access connector is configured.
///
/// Made by [`Config::builder`], which checks every value.
#[derive(Clone, Debug)]
pub struct Config {
    settings: ::tapwright::Settings,
}
impl Config {
    /// A configuration in which nothing is set yet.
    #[must_use]
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder {
            settings: ::tapwright::Settings::builder(&__plan::CONNECTOR),
        }
    }
    /// A configuration from the environment variables that the spec names.
    ///
    /// # Errors
    /// When a required one is not set, or a value is out of its bounds.
    pub fn from_env() -> ::core::result::Result<Self, ::tapwright::Error> {
        Self::builder().from_env().build()
    }
}
/// A [`Config`] in the making.
#[derive(Clone, Debug)]
pub struct ConfigBuilder {
    settings: ::tapwright::SettingsBuilder,
}
impl ConfigBuilder {
    /// How to prove who asks.
    #[must_use]
    pub fn method(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "method",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The key.
    #[must_use]
    pub fn key(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "key",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The user's name.
    #[must_use]
    pub fn user(self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "user",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The user's password.
    #[must_use]
    pub fn password(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "password",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The app's id.
    #[must_use]
    pub fn app(self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "app",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The app's private key in PEM.
    #[must_use]
    pub fn app_key(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "appKey",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The service account.
    #[must_use]
    pub fn service(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "service",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Its private key in PEM.
    #[must_use]
    pub fn service_key(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "serviceKey",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The issuer.
    #[must_use]
    pub fn issuer(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "issuer",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The private key in PEM.
    #[must_use]
    pub fn signing_key(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "signingKey",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// What tokens are signed with.
    #[must_use]
    pub fn secret(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "secret",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Only this tenant. From -9223372036854775808 to 9223372036854775807.
    #[must_use]
    pub fn tenant(self, value: i64) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "tenant",
                    ::tapwright::SettingValue::Integer(value),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Takes what is not set yet from the environment variables that the spec names.
    #[must_use]
    pub fn from_env(self) -> Self {
        Self {
            settings: self.settings.from_env(|name| ::std::env::var(name).ok()),
        }
    }
    /// Checks everything.
    ///
    /// # Errors
    /// When a required value is not set, or one is out of its bounds.
    pub fn build(self) -> ::core::result::Result<Config, ::tapwright::Error> {
        ::core::result::Result::map(
            self.settings.build(),
            |settings| Config { settings },
        )
    }
}
/// Things.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Thing {
    const ROW: &'static str = "access_thing";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.optional_text(1usize),
        }
    }
}
/// Others.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Other {
    const ROW: &'static str = "access_other";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.optional_text(1usize),
        }
    }
}
/// One of the 8 known values of `Method`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `key`
    Key,
    /// `session`
    Session,
    /// `cookie`
    Cookie,
    /// `app`
    App,
    /// `service`
    Service,
    /// `signed`
    Signed,
    /// `hushed`
    Hushed,
    /// `open`
    Open,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Method {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Key => "key",
            Self::Session => "session",
            Self::Cookie => "cookie",
            Self::App => "app",
            Self::Service => "service",
            Self::Signed => "signed",
            Self::Hushed => "hushed",
            Self::Open => "open",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Method {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "key" => Self::Key,
            "session" => Self::Session,
            "cookie" => Self::Cookie,
            "app" => Self::App,
            "service" => Self::Service,
            "signed" => Self::Signed,
            "hushed" => Self::Hushed,
            "open" => Self::Open,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Method {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
#[doc(hidden)]
#[allow(warnings, clippy::all, clippy::pedantic)]
mod __plan {
    use ::core::option::Option::{None, Some};
    use ::tapwright::plan::*;
    const _: () = ::core::assert!(
        VERSION == 1u32,
        "this connector was generated for another release of tapwright: build it with the macro of this one"
    );
    pub(super) static CONNECTOR: Connector = Connector {
        name: "access",
        title: "Access",
        fingerprint: 12600648351729424619u64,
        settings: &[
            Setting {
                name: "method",
                description: "How to prove who asks.",
                env: Some("ACCESS_METHOD"),
                kind: Kind::Choice {
                    values: &[
                        "key",
                        "session",
                        "cookie",
                        "app",
                        "service",
                        "signed",
                        "hushed",
                        "open",
                    ],
                    default: Some("key"),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "key",
                description: "The key.",
                env: Some("ACCESS_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["key"],
                }),
            },
            Setting {
                name: "user",
                description: "The user's name.",
                env: Some("ACCESS_USER"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["session", "cookie"],
                }),
            },
            Setting {
                name: "password",
                description: "The user's password.",
                env: Some("ACCESS_PASSWORD"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["session", "cookie"],
                }),
            },
            Setting {
                name: "app",
                description: "The app's id.",
                env: Some("ACCESS_APP"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["app", "signed"],
                }),
            },
            Setting {
                name: "appKey",
                description: "The app's private key in PEM.",
                env: Some("ACCESS_APP_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["app"],
                }),
            },
            Setting {
                name: "service",
                description: "The service account.",
                env: Some("ACCESS_SERVICE"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["service"],
                }),
            },
            Setting {
                name: "serviceKey",
                description: "Its private key in PEM.",
                env: Some("ACCESS_SERVICE_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["service"],
                }),
            },
            Setting {
                name: "issuer",
                description: "The issuer.",
                env: Some("ACCESS_ISSUER"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["signed", "hushed"],
                }),
            },
            Setting {
                name: "signingKey",
                description: "The private key in PEM.",
                env: Some("ACCESS_SIGNING_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["signed"],
                }),
            },
            Setting {
                name: "secret",
                description: "What tokens are signed with.",
                env: Some("ACCESS_SECRET"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["hushed"],
                }),
            },
            Setting {
                name: "tenant",
                description: "Only this tenant.",
                env: None,
                kind: Kind::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                    default: None,
                },
                required: false,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["session", "service"],
                }),
            },
        ],
        base_url: Expr::Text("https://access.example.com/v1"),
        auth: Auth::Choice {
            setting: 0u16,
            ways: &[
                Way {
                    value: "key",
                    auth: Auth::Body {
                        path: &["auth", "key"],
                        value: Expr::Setting(1u16),
                    },
                },
                Way {
                    value: "session",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/session"),
                                    query: &[],
                                    headers: &[
                                        Param {
                                            name: "Accept-Language",
                                            value: ParamValue::Text(Expr::Text("en")),
                                        },
                                    ],
                                    body: Some(
                                        Body::Json(
                                            Template::Object(
                                                &[
                                                    Member {
                                                        name: "name",
                                                        value: Template::Value(Expr::Setting(2u16)),
                                                    },
                                                    Member {
                                                        name: "password",
                                                        value: Template::Value(Expr::Setting(3u16)),
                                                    },
                                                    Member {
                                                        name: "tenant",
                                                        value: Template::Value(Expr::Setting(11u16)),
                                                    },
                                                    Member {
                                                        name: "remember",
                                                        value: Template::Value(Expr::Bool(false)),
                                                    },
                                                ],
                                            ),
                                        ),
                                    ),
                                },
                                address: None,
                                auth: Auth::None,
                                answer: Envelope {
                                    body: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "session",
                                                node: Node {
                                                    slot: None,
                                                    fields: &[
                                                        Field {
                                                            name: "token",
                                                            node: Node {
                                                                slot: Some(0u16),
                                                                fields: &[],
                                                                each: None,
                                                            },
                                                        },
                                                    ],
                                                    each: None,
                                                },
                                            },
                                        ],
                                        each: None,
                                    },
                                    headers: &[],
                                    slots: &[Slot::Scalar],
                                },
                                token: Expr::Slot(0u16),
                                lasts: None,
                                expires: Some(Wait {
                                    answer: Envelope {
                                        body: Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "session",
                                                    node: Node {
                                                        slot: None,
                                                        fields: &[
                                                            Field {
                                                                name: "expires_in",
                                                                node: Node {
                                                                    slot: Some(0u16),
                                                                    fields: &[],
                                                                    each: None,
                                                                },
                                                            },
                                                        ],
                                                        each: None,
                                                    },
                                                },
                                            ],
                                            each: None,
                                        },
                                        headers: &[],
                                        slots: &[Slot::Scalar],
                                    },
                                    from: Expr::Slot(0u16),
                                    format: WaitFormat::Seconds,
                                }),
                            }),
                            carried: Carried::Header {
                                name: "X-Session",
                                value: Expr::Concat(
                                    &[Expr::Text("Session "), Expr::Slot(0u16)],
                                ),
                            },
                        },
                    ),
                },
                Way {
                    value: "cookie",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Get,
                                    path: Expr::Text(""),
                                    query: &[
                                        Param {
                                            name: "user",
                                            value: ParamValue::Text(Expr::Setting(2u16)),
                                        },
                                    ],
                                    headers: &[],
                                    body: None,
                                },
                                address: Some(Expr::Text("https://login.example.com/sid")),
                                auth: Auth::Basic {
                                    user: Expr::Setting(2u16),
                                    password: Expr::Setting(3u16),
                                },
                                answer: Envelope {
                                    body: Node {
                                        slot: None,
                                        fields: &[],
                                        each: None,
                                    },
                                    headers: &[
                                        Header {
                                            name: "x-sid",
                                            slot: 0u16,
                                        },
                                    ],
                                    slots: &[Slot::Scalar],
                                },
                                token: Expr::Slot(0u16),
                                lasts: Some(Span { millis: 1800000i64 }),
                                expires: None,
                            }),
                            carried: Carried::Query {
                                name: "sid",
                                value: Expr::Slot(0u16),
                            },
                        },
                    ),
                },
                Way {
                    value: "app",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/app/installations/7/access_tokens"),
                                    query: &[],
                                    headers: &[],
                                    body: None,
                                },
                                address: None,
                                auth: Auth::Token(
                                    &Token {
                                        from: TokenFrom::Jwt(Jwt {
                                            algorithm: Algorithm::Rs256,
                                            key: Expr::Setting(5u16),
                                            header: &[],
                                            claims: Template::Object(
                                                &[
                                                    Member {
                                                        name: "iss",
                                                        value: Template::Value(Expr::Setting(4u16)),
                                                    },
                                                ],
                                            ),
                                            lasts: Span { millis: 540000i64 },
                                        }),
                                        carried: Carried::Bearer,
                                    },
                                ),
                                answer: Envelope {
                                    body: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "token",
                                                node: Node {
                                                    slot: Some(0u16),
                                                    fields: &[],
                                                    each: None,
                                                },
                                            },
                                        ],
                                        each: None,
                                    },
                                    headers: &[],
                                    slots: &[Slot::Scalar],
                                },
                                token: Expr::Slot(0u16),
                                lasts: None,
                                expires: Some(Wait {
                                    answer: Envelope {
                                        body: Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "expires_at",
                                                    node: Node {
                                                        slot: Some(0u16),
                                                        fields: &[],
                                                        each: None,
                                                    },
                                                },
                                            ],
                                            each: None,
                                        },
                                        headers: &[],
                                        slots: &[Slot::Scalar],
                                    },
                                    from: Expr::Slot(0u16),
                                    format: WaitFormat::Rfc3339,
                                }),
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "service",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::OAuth2(OAuth2 {
                                token_url: Expr::Text(
                                    "https://login.example.com/oauth/token",
                                ),
                                grant: Grant::JwtBearer,
                                client_id: None,
                                client_secret: None,
                                client: ClientProof::Form,
                                refresh_token: None,
                                user: None,
                                password: None,
                                assertion: Some(Jwt {
                                    algorithm: Algorithm::Es384,
                                    key: Expr::Setting(7u16),
                                    header: &[],
                                    claims: Template::Object(
                                        &[
                                            Member {
                                                name: "iss",
                                                value: Template::Value(Expr::Setting(6u16)),
                                            },
                                            Member {
                                                name: "aud",
                                                value: Template::Value(
                                                    Expr::Text("https://login.example.com/oauth/token"),
                                                ),
                                            },
                                            Member {
                                                name: "scope",
                                                value: Template::Value(Expr::Text("read list")),
                                            },
                                            Member {
                                                name: "tenant",
                                                value: Template::Value(Expr::Setting(11u16)),
                                            },
                                        ],
                                    ),
                                    lasts: Span { millis: 3600000i64 },
                                }),
                                scope: None,
                                more: &[],
                            }),
                            carried: Carried::Header {
                                name: "Authorization",
                                value: Expr::Concat(
                                    &[Expr::Text("Access-oauthtoken "), Expr::Slot(0u16)],
                                ),
                            },
                        },
                    ),
                },
                Way {
                    value: "signed",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Es256,
                                key: Expr::Setting(9u16),
                                header: &[
                                    Param {
                                        name: "kid",
                                        value: ParamValue::Text(
                                            Expr::Concat(&[Expr::Text("key-"), Expr::Setting(4u16)]),
                                        ),
                                    },
                                ],
                                claims: Template::Object(
                                    &[
                                        Member {
                                            name: "iss",
                                            value: Template::Value(Expr::Setting(8u16)),
                                        },
                                        Member {
                                            name: "aud",
                                            value: Template::Value(Expr::Text("access-v1")),
                                        },
                                        Member {
                                            name: "roles",
                                            value: Template::Array(
                                                &[
                                                    Template::Value(Expr::Text("reader")),
                                                    Template::Value(Expr::Integer(2i64)),
                                                    Template::Value(Expr::Bool(true)),
                                                ],
                                            ),
                                        },
                                    ],
                                ),
                                lasts: Span { millis: 1200000i64 },
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "hushed",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Hs256,
                                key: Expr::Setting(10u16),
                                header: &[],
                                claims: Template::Object(
                                    &[
                                        Member {
                                            name: "iss",
                                            value: Template::Value(Expr::Setting(8u16)),
                                        },
                                    ],
                                ),
                                lasts: Span { millis: 60000i64 },
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "open",
                    auth: Auth::None,
                },
            ],
        },
        limits: &[],
        retry: Some(Retry {
            attempts: 10u32,
            first: Span { millis: 250i64 },
            most: Span { millis: 30000i64 },
            constant: false,
            after: Some(Wait {
                answer: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "message",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "reset",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    headers: &[],
                    slots: &[Slot::Scalar, Slot::Scalar],
                },
                from: Expr::FirstOf(
                    &[
                        Expr::Call(
                            Function::Capture,
                            &[Expr::Slot(0u16), Expr::Text("again in ([0-9]+) seconds")],
                        ),
                        Expr::Slot(1u16),
                    ],
                ),
                format: WaitFormat::Seconds,
            }),
        }),
        resources: &[
            Resource {
                name: "things",
                description: "Things.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/things"),
                    query: &[],
                    headers: &[],
                    body: Some(
                        Body::Json(
                            Template::Object(
                                &[
                                    Member {
                                        name: "order",
                                        value: Template::Value(Expr::Text("asc")),
                                    },
                                ],
                            ),
                        ),
                    ),
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Body(&["page"]),
                        first: 1i64,
                        last: Some(Expr::Slot(0u16)),
                    },
                    size: Some(Size {
                        to: Target::Body(&["size"]),
                        value: 10u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "pages",
                                    node: Node {
                                        slot: Some(0u16),
                                        fields: &[],
                                        each: None,
                                    },
                                },
                            ],
                            each: None,
                        },
                        headers: &[],
                        slots: &[Slot::Scalar],
                    },
                    record: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "id",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: None,
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar],
                },
                keep: None,
                on_error: &[
                    ErrorRule {
                        status: Some(423u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Wait(Some(Span { millis: 250i64 })),
                    },
                    ErrorRule {
                        status: Some(425u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Retry(Some(Span { millis: 20i64 })),
                    },
                ],
                refusal: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[],
                        each: None,
                    },
                    headers: &[],
                    slots: &[],
                },
                incremental: None,
                row: Row {
                    name: "access_thing",
                    shape: Shape::Entity,
                    key: &[0u16],
                    time: None,
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "others",
                description: "Others.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/others"),
                    query: &[],
                    headers: &[],
                    body: Some(
                        Body::Form(
                            &[
                                Param {
                                    name: "order",
                                    value: ParamValue::Text(Expr::Text("asc")),
                                },
                            ],
                        ),
                    ),
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Body(&["page"]),
                        first: 1i64,
                        last: Some(Expr::Slot(0u16)),
                    },
                    size: Some(Size {
                        to: Target::Body(&["size"]),
                        value: 10u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "pages",
                                    node: Node {
                                        slot: Some(0u16),
                                        fields: &[],
                                        each: None,
                                    },
                                },
                            ],
                            each: None,
                        },
                        headers: &[],
                        slots: &[Slot::Scalar],
                    },
                    record: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "id",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: None,
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar],
                },
                keep: None,
                on_error: &[
                    ErrorRule {
                        status: Some(423u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Wait(Some(Span { millis: 250i64 })),
                    },
                    ErrorRule {
                        status: Some(425u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Retry(Some(Span { millis: 20i64 })),
                    },
                ],
                refusal: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[],
                        each: None,
                    },
                    headers: &[],
                    slots: &[],
                },
                incremental: None,
                row: Row {
                    name: "access_other",
                    shape: Shape::Entity,
                    key: &[0u16],
                    time: None,
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
