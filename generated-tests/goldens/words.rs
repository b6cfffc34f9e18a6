// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// An API that says what no other of these says.
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
    /// Terms.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn terms(&self) -> ::tapwright::Records<Term> {
        self.api.records("terms")
    }
    /// How often terms are used. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn uses(&self) -> ::tapwright::Records<Use> {
        self.api.records("uses")
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
/// How the Words connector is configured.
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
    pub fn way(self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "way",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The client's id.
    #[must_use]
    pub fn client(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "client",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The client's secret.
    #[must_use]
    pub fn client_secret(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "clientSecret",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// The first refresh token.
    #[must_use]
    pub fn refresh(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "refresh",
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
    /// What tokens are signed with.
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
    /// A private key in PEM.
    #[must_use]
    pub fn pem(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "pem",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
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
/// Terms.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// What identifies it.
    pub id: ::std::string::String,
    /// letters.
    pub letters: i64,
    /// size.
    pub size: f64,
    /// up.
    pub up: i64,
    /// down.
    pub down: i64,
    /// open.
    pub open: ::core::option::Option<bool>,
    /// price.
    pub price: ::core::option::Option<f64>,
    /// clear.
    pub clear: ::core::option::Option<::std::string::String>,
    /// dotted.
    pub dotted: ::std::string::String,
    /// parts.
    pub parts: ::std::vec::Vec<::std::string::String>,
    /// bare.
    pub bare: ::std::string::String,
    /// least.
    pub least: ::core::option::Option<f64>,
    /// latest.
    pub latest: ::core::option::Option<::std::string::String>,
    /// labels.
    pub labels: ::std::vec::Vec<::std::string::String>,
    /// colours.
    pub colours: ::std::string::String,
    /// seconds.
    pub seconds: i64,
    /// heard.
    pub heard: ::core::option::Option<::tapwright::Timestamp>,
    /// born.
    pub born: ::core::option::Option<::tapwright::Timestamp>,
    /// said.
    pub said: ::core::option::Option<::tapwright::Timestamp>,
    /// told.
    pub told: ::core::option::Option<::tapwright::Timestamp>,
    /// millis.
    pub millis: i64,
}
impl ::tapwright::Record for Term {
    const ROW: &'static str = "words_term";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            letters: ::core::option::Option::unwrap_or_default(row.integer(1usize)),
            size: ::core::option::Option::unwrap_or_default(row.number(2usize)),
            up: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
            down: ::core::option::Option::unwrap_or_default(row.integer(4usize)),
            open: row.boolean(5usize),
            price: row.number(6usize),
            clear: row.optional_text(7usize),
            dotted: row.text(8usize),
            parts: ::core::option::Option::unwrap_or_default(row.list(9usize)),
            bare: row.text(10usize),
            least: row.number(11usize),
            latest: row.optional_text(12usize),
            labels: ::core::option::Option::unwrap_or_default(row.list(13usize)),
            colours: row.text(14usize),
            seconds: ::core::option::Option::unwrap_or_default(row.integer(15usize)),
            heard: row.timestamp(16usize),
            born: row.timestamp(17usize),
            said: row.timestamp(18usize),
            told: row.timestamp(19usize),
            millis: ::core::option::Option::unwrap_or_default(row.integer(20usize)),
        }
    }
}
/// How often terms are used.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// What identifies it.
    pub id: ::std::string::String,
    /// Where its span of time begins.
    pub start_at: ::tapwright::Timestamp,
    /// Where its span of time ends.
    pub end_at: ::tapwright::Timestamp,
    /// times.
    pub times: i64,
}
impl ::tapwright::Record for Use {
    const ROW: &'static str = "words_use";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            start_at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            end_at: ::core::option::Option::unwrap_or_default(row.timestamp(2usize)),
            times: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
        }
    }
}
/// One of the 11 known values of `Way`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Way {
    /// `client`
    Client,
    /// `refreshed`
    Refreshed,
    /// `person`
    Person,
    /// `dated`
    Dated,
    /// `short`
    Short,
    /// `until`
    Until,
    /// `moment`
    Moment,
    /// `hs384`
    Hs384,
    /// `hs512`
    Hs512,
    /// `rs384`
    Rs384,
    /// `rs512`
    Rs512,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Way {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Client => "client",
            Self::Refreshed => "refreshed",
            Self::Person => "person",
            Self::Dated => "dated",
            Self::Short => "short",
            Self::Until => "until",
            Self::Moment => "moment",
            Self::Hs384 => "hs384",
            Self::Hs512 => "hs512",
            Self::Rs384 => "rs384",
            Self::Rs512 => "rs512",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Way {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "client" => Self::Client,
            "refreshed" => Self::Refreshed,
            "person" => Self::Person,
            "dated" => Self::Dated,
            "short" => Self::Short,
            "until" => Self::Until,
            "moment" => Self::Moment,
            "hs384" => Self::Hs384,
            "hs512" => Self::Hs512,
            "rs384" => Self::Rs384,
            "rs512" => Self::Rs512,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Way {
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
        name: "words",
        title: "Words",
        fingerprint: 4878618272875550618u64,
        settings: &[
            Setting {
                name: "way",
                description: "How to prove who asks.",
                env: Some("WORDS_WAY"),
                kind: Kind::Choice {
                    values: &[
                        "client",
                        "refreshed",
                        "person",
                        "dated",
                        "short",
                        "until",
                        "moment",
                        "hs384",
                        "hs512",
                        "rs384",
                        "rs512",
                    ],
                    default: Some("client"),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "client",
                description: "The client's id.",
                env: Some("WORDS_CLIENT"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["client", "refreshed"],
                }),
            },
            Setting {
                name: "clientSecret",
                description: "The client's secret.",
                env: Some("WORDS_CLIENT_SECRET"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["client", "refreshed"],
                }),
            },
            Setting {
                name: "refresh",
                description: "The first refresh token.",
                env: Some("WORDS_REFRESH"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["refreshed"],
                }),
            },
            Setting {
                name: "user",
                description: "The user's name.",
                env: Some("WORDS_USER"),
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["person", "dated", "short", "until", "moment"],
                }),
            },
            Setting {
                name: "password",
                description: "The user's password.",
                env: Some("WORDS_PASSWORD"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["person", "dated", "short", "until", "moment"],
                }),
            },
            Setting {
                name: "key",
                description: "What tokens are signed with.",
                env: Some("WORDS_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["hs384", "hs512"],
                }),
            },
            Setting {
                name: "pem",
                description: "A private key in PEM.",
                env: Some("WORDS_PEM"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: Some(OnlyFor {
                    setting: 0u16,
                    values: &["rs384", "rs512"],
                }),
            },
        ],
        base_url: Expr::Text("https://words.example.com/v1"),
        auth: Auth::Choice {
            setting: 0u16,
            ways: &[
                Way {
                    value: "client",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::OAuth2(OAuth2 {
                                token_url: Expr::Text("https://login.example.com/token"),
                                grant: Grant::ClientCredentials,
                                client_id: Some(Expr::Setting(1u16)),
                                client_secret: Some(Expr::Setting(2u16)),
                                client: ClientProof::Basic,
                                refresh_token: None,
                                user: None,
                                password: None,
                                assertion: None,
                                scope: Some(Expr::Text("read")),
                                more: &[
                                    Param {
                                        name: "audience",
                                        value: ParamValue::Text(Expr::Text("words")),
                                    },
                                ],
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "refreshed",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::OAuth2(OAuth2 {
                                token_url: Expr::Text("https://login.example.com/token"),
                                grant: Grant::RefreshToken,
                                client_id: Some(Expr::Setting(1u16)),
                                client_secret: Some(Expr::Setting(2u16)),
                                client: ClientProof::Form,
                                refresh_token: Some(Expr::Setting(3u16)),
                                user: None,
                                password: None,
                                assertion: None,
                                scope: None,
                                more: &[],
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "person",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::OAuth2(OAuth2 {
                                token_url: Expr::Text("https://login.example.com/token"),
                                grant: Grant::Password,
                                client_id: None,
                                client_secret: None,
                                client: ClientProof::Form,
                                refresh_token: None,
                                user: Some(Expr::Setting(4u16)),
                                password: Some(Expr::Setting(5u16)),
                                assertion: None,
                                scope: None,
                                more: &[],
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "dated",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/login"),
                                    query: &[],
                                    headers: &[],
                                    body: Some(
                                        Body::Form(
                                            &[
                                                Param {
                                                    name: "user",
                                                    value: ParamValue::Text(Expr::Setting(4u16)),
                                                },
                                                Param {
                                                    name: "password",
                                                    value: ParamValue::Text(Expr::Setting(5u16)),
                                                },
                                            ],
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
                                            fields: &[],
                                            each: None,
                                        },
                                        headers: &[
                                            Header {
                                                name: "expires",
                                                slot: 0u16,
                                            },
                                        ],
                                        slots: &[Slot::Scalar],
                                    },
                                    from: Expr::Slot(0u16),
                                    format: WaitFormat::HttpDate,
                                }),
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "short",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/login"),
                                    query: &[],
                                    headers: &[],
                                    body: Some(
                                        Body::Form(
                                            &[
                                                Param {
                                                    name: "user",
                                                    value: ParamValue::Text(Expr::Setting(4u16)),
                                                },
                                                Param {
                                                    name: "password",
                                                    value: ParamValue::Text(Expr::Setting(5u16)),
                                                },
                                            ],
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
                                                    name: "lasts_ms",
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
                                    format: WaitFormat::Millis,
                                }),
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "until",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/login"),
                                    query: &[],
                                    headers: &[],
                                    body: Some(
                                        Body::Form(
                                            &[
                                                Param {
                                                    name: "user",
                                                    value: ParamValue::Text(Expr::Setting(4u16)),
                                                },
                                                Param {
                                                    name: "password",
                                                    value: ParamValue::Text(Expr::Setting(5u16)),
                                                },
                                            ],
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
                                                    name: "until",
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
                                    format: WaitFormat::UnixSeconds,
                                }),
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "moment",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Login(Login {
                                request: Request {
                                    method: Method::Post,
                                    path: Expr::Text("/login"),
                                    query: &[],
                                    headers: &[],
                                    body: Some(
                                        Body::Form(
                                            &[
                                                Param {
                                                    name: "user",
                                                    value: ParamValue::Text(Expr::Setting(4u16)),
                                                },
                                                Param {
                                                    name: "password",
                                                    value: ParamValue::Text(Expr::Setting(5u16)),
                                                },
                                            ],
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
                                                    name: "until_ms",
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
                                    format: WaitFormat::UnixMillis,
                                }),
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "hs384",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Hs384,
                                key: Expr::Setting(6u16),
                                header: &[],
                                claims: Template::Object(&[]),
                                lasts: Span { millis: 600000i64 },
                            }),
                            carried: Carried::Header {
                                name: "X-Token",
                                value: Expr::Concat(
                                    &[Expr::Text("Signed "), Expr::Slot(0u16)],
                                ),
                            },
                        },
                    ),
                },
                Way {
                    value: "hs512",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Hs512,
                                key: Expr::Setting(6u16),
                                header: &[],
                                claims: Template::Object(&[]),
                                lasts: Span { millis: 600000i64 },
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "rs384",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Rs384,
                                key: Expr::Setting(7u16),
                                header: &[],
                                claims: Template::Object(&[]),
                                lasts: Span { millis: 600000i64 },
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
                Way {
                    value: "rs512",
                    auth: Auth::Token(
                        &Token {
                            from: TokenFrom::Jwt(Jwt {
                                algorithm: Algorithm::Rs512,
                                key: Expr::Setting(7u16),
                                header: &[],
                                claims: Template::Object(&[]),
                                lasts: Span { millis: 600000i64 },
                            }),
                            carried: Carried::Bearer,
                        },
                    ),
                },
            ],
        },
        limits: &[
            RateLimit {
                requests: 10u32,
                per: Span { millis: 1000i64 },
            },
            RateLimit {
                requests: 300u32,
                per: Span { millis: 60000i64 },
            },
        ],
        retry: Some(Retry {
            attempts: 5u32,
            first: Span { millis: 250i64 },
            most: Span { millis: 30000i64 },
            constant: false,
            after: None,
        }),
        resources: &[
            Resource {
                name: "terms",
                description: "Terms.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/terms"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[
                    RateLimit {
                        requests: 5u32,
                        per: Span { millis: 1000i64 },
                    },
                    RateLimit {
                        requests: 100u32,
                        per: Span { millis: 60000i64 },
                    },
                ],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 1i64,
                        last: None,
                    },
                    size: Some(Size {
                        to: Target::Query("size"),
                        value: 20u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[],
                            each: None,
                        },
                        headers: &[],
                        slots: &[],
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
                            Field {
                                name: "score",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "state",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "price",
                                node: Node {
                                    slot: Some(4u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "code",
                                node: Node {
                                    slot: Some(5u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "prices",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: Some(6u16),
                                            fields: &[],
                                            each: None,
                                        },
                                    ),
                                },
                            },
                            Field {
                                name: "tags",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: Some(7u16),
                                            fields: &[],
                                            each: None,
                                        },
                                    ),
                                },
                            },
                            Field {
                                name: "labels",
                                node: Node {
                                    slot: Some(8u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "made",
                                node: Node {
                                    slot: Some(9u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "heard",
                                node: Node {
                                    slot: Some(10u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "born",
                                node: Node {
                                    slot: Some(11u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "said",
                                node: Node {
                                    slot: Some(12u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "told",
                                node: Node {
                                    slot: Some(13u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: None,
                    record_slots: &[
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::List,
                        Slot::List,
                        Slot::Json,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                    ],
                },
                keep: Some(
                    Expr::Call(
                        Function::Or,
                        &[
                            Expr::Call(
                                Function::StartsWith,
                                &[Expr::Slot(1u16), Expr::Text("w")],
                            ),
                            Expr::Call(
                                Function::Not,
                                &[
                                    Expr::Call(
                                        Function::EndsWith,
                                        &[Expr::Slot(1u16), Expr::Text("x")],
                                    ),
                                ],
                            ),
                        ],
                    ),
                ),
                on_error: &[
                    ErrorRule {
                        status: Some(404u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Empty,
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
                    name: "words_term",
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
                            name: "letters",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(Function::Length, &[Expr::Slot(1u16)]),
                        },
                        Column {
                            name: "size",
                            description: "",
                            ty: Type::Number,
                            nullable: false,
                            from: Expr::Call(Function::Abs, &[Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "up",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(Function::Ceil, &[Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "down",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(Function::Floor, &[Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "open",
                            description: "",
                            ty: Type::Boolean,
                            nullable: true,
                            from: Expr::Call(Function::Boolean, &[Expr::Slot(3u16)]),
                        },
                        Column {
                            name: "price",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Call(Function::Number, &[Expr::Slot(4u16)]),
                        },
                        Column {
                            name: "clear",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(Function::Base64Decode, &[Expr::Slot(5u16)]),
                        },
                        Column {
                            name: "dotted",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Replace,
                                &[Expr::Slot(1u16), Expr::Text(" "), Expr::Text(".")],
                            ),
                        },
                        Column {
                            name: "parts",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Call(
                                Function::Split,
                                &[Expr::Slot(1u16), Expr::Text(" ")],
                            ),
                        },
                        Column {
                            name: "bare",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Trim,
                                &[
                                    Expr::Call(
                                        Function::StripSuffix,
                                        &[Expr::Slot(1u16), Expr::Text("s")],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "least",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Call(Function::Min, &[Expr::Slot(6u16)]),
                        },
                        Column {
                            name: "latest",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(Function::Last, &[Expr::Slot(7u16)]),
                        },
                        Column {
                            name: "labels",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Call(Function::Keys, &[Expr::Slot(8u16)]),
                        },
                        Column {
                            name: "colours",
                            description: "",
                            ty: Type::Json,
                            nullable: false,
                            from: Expr::Call(Function::Values, &[Expr::Slot(8u16)]),
                        },
                        Column {
                            name: "seconds",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::UnixSeconds,
                                &[
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(9u16), Expr::Text("rfc3339")],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "heard",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::UnixMicros),
                            nullable: true,
                            from: Expr::Slot(10u16),
                        },
                        Column {
                            name: "born",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Date),
                            nullable: true,
                            from: Expr::Slot(11u16),
                        },
                        Column {
                            name: "said",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Pattern {
                                text: "%d.%m.%Y %H:%M",
                                unit: 60000i64,
                            }),
                            nullable: true,
                            from: Expr::Slot(12u16),
                        },
                        Column {
                            name: "told",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: true,
                            from: Expr::Slot(13u16),
                        },
                        Column {
                            name: "millis",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::UnixMillis,
                                &[
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(9u16), Expr::Text("rfc3339")],
                                    ),
                                ],
                            ),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "uses",
                description: "How often terms are used.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/uses"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[
                    RateLimit {
                        requests: 2u32,
                        per: Span { millis: 1000i64 },
                    },
                ],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 1i64,
                        last: None,
                    },
                    size: Some(Size {
                        to: Target::Query("size"),
                        value: 20u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[],
                            each: None,
                        },
                        headers: &[],
                        slots: &[],
                    },
                    record: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "began",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "ended",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "times",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar, Slot::Scalar],
                },
                keep: None,
                on_error: &[],
                refusal: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[],
                        each: None,
                    },
                    headers: &[],
                    slots: &[],
                },
                incremental: Some(Incremental {
                    resume: None,
                    window: Some(Window {
                        from: Some(Target::Query("since")),
                        to: Some(Target::Query("until")),
                        at_most: Some(Span { millis: 86400000i64 }),
                        on: On::EveryPage,
                        format: TimeFormat::Rfc3339,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(7i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 0i64 },
                }),
                row: Row {
                    name: "words_use",
                    shape: Shape::Metric(Series {
                        told_by: &[1u16],
                        dimensions: &[],
                        values: &[3u16],
                        end: Some(2u16),
                        period: None,
                        parent: None,
                    }),
                    key: &[0u16],
                    time: Some(1u16),
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Null,
                        },
                        Column {
                            name: "start_at",
                            description: "Where its span of time begins.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "end_at",
                            description: "Where its span of time ends.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "times",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
