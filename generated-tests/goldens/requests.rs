// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Everything a request can carry.
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
    /// Calls. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn calls(&self) -> ::tapwright::Records<Call> {
        self.api.records("calls")
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
/// How the Requests connector is configured.
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
    /// The first part of the host's name.
    #[must_use]
    pub fn host(self, value: impl ::core::convert::Into<::std::string::String>) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "host",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Where the account lives.
    #[must_use]
    pub fn region(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "region",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Only this tenant.
    #[must_use]
    pub fn tenant(
        self,
        value: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "tenant",
                    ::tapwright::SettingValue::Text(
                        ::core::convert::From::from(
                            ::core::convert::Into::<::std::string::String>::into(value),
                        ),
                    ),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// How far back. From 1 to 365; 90 when not set.
    #[must_use]
    pub fn days(self, value: i64) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "days",
                    ::tapwright::SettingValue::Integer(value),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// Whether closed ones are read too.
    #[must_use]
    pub fn closed(self, value: bool) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "closed",
                    ::tapwright::SettingValue::Boolean(value),
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
/// Calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it happened.
    pub at: ::tapwright::Timestamp,
    /// kind.
    pub kind: Kind,
    /// caller.
    pub caller: ::core::option::Option<::std::string::String>,
    /// seconds.
    pub seconds: ::core::option::Option<i64>,
}
impl ::tapwright::Record for Call {
    const ROW: &'static str = "requests_call";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            kind: <Kind as ::core::convert::From<_>>::from(row.text(2usize)),
            caller: row.optional_text(3usize),
            seconds: row.integer(4usize),
        }
    }
}
/// One of the 2 known values of `Region`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// `eu`
    Eu,
    /// `us`
    Us,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Region {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Eu => "eu",
            Self::Us => "us",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Region {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "eu" => Self::Eu,
            "us" => Self::Us,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Region {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 3 known values of `Kind`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `call.made`
    CallMade,
    /// `call.missed`
    CallMissed,
    /// `mail.sent`
    MailSent,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Kind {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::CallMade => "call.made",
            Self::CallMissed => "call.missed",
            Self::MailSent => "mail.sent",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Kind {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "call.made" => Self::CallMade,
            "call.missed" => Self::CallMissed,
            "mail.sent" => Self::MailSent,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Kind {
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
        name: "requests",
        title: "Requests",
        fingerprint: 3971921938088919909u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("REQUESTS_KEY"),
                kind: Kind::Secret {
                    matches: Some("rk_*"),
                },
                required: true,
                only_for: None,
            },
            Setting {
                name: "host",
                description: "The first part of the host's name.",
                env: None,
                kind: Kind::Text {
                    matches: Some("a*"),
                    default: Some("api"),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "region",
                description: "Where the account lives.",
                env: None,
                kind: Kind::Choice {
                    values: &["eu", "us"],
                    default: Some("eu"),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "tenant",
                description: "Only this tenant.",
                env: None,
                kind: Kind::Text {
                    matches: None,
                    default: None,
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "days",
                description: "How far back.",
                env: None,
                kind: Kind::Integer {
                    min: 1i64,
                    max: 365i64,
                    default: Some(90i64),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "closed",
                description: "Whether closed ones are read too.",
                env: None,
                kind: Kind::Boolean {
                    default: Some(false),
                },
                required: false,
                only_for: None,
            },
        ],
        base_url: Expr::Concat(
            &[
                Expr::Text("https://"),
                Expr::Setting(1u16),
                Expr::Text("."),
                Expr::Setting(2u16),
                Expr::Text(".example.com/v1"),
            ],
        ),
        auth: Auth::Header {
            name: "X-Key",
            value: Expr::Setting(0u16),
        },
        limits: &[
            RateLimit {
                requests: 10u32,
                per: Span { millis: 1000i64 },
            },
        ],
        retry: None,
        resources: &[
            Resource {
                name: "calls",
                description: "Calls.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/tenants/"),
                            Expr::Setting(2u16),
                            Expr::Text("/calls"),
                        ],
                    ),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Repeat(&["call.made", "call.missed"]),
                        },
                        Param {
                            name: "closed",
                            value: ParamValue::Text(Expr::Setting(5u16)),
                        },
                        Param {
                            name: "tenant",
                            value: ParamValue::Text(Expr::Setting(3u16)),
                        },
                        Param {
                            name: "version",
                            value: ParamValue::Text(Expr::Text("2")),
                        },
                    ],
                    headers: &[
                        Param {
                            name: "Accept-Language",
                            value: ParamValue::Text(Expr::Text("en")),
                        },
                        Param {
                            name: "X-Tenant",
                            value: ParamValue::Text(
                                Expr::Concat(&[Expr::Text("t-"), Expr::Setting(2u16)]),
                            ),
                        },
                    ],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::FirstOf(&[Expr::Slot(0u16), Expr::Slot(1u16)]),
                        to: Target::Header("X-Next"),
                    },
                    size: Some(Size {
                        to: Target::Header("X-Size"),
                        value: 25u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["calls"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "paging",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "next",
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
                                Field {
                                    name: "next",
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
                                name: "began",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "kind",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "people",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "name",
                                                    node: Node {
                                                        slot: Some(3u16),
                                                        fields: &[],
                                                        each: None,
                                                    },
                                                },
                                            ],
                                            each: None,
                                        },
                                    ),
                                },
                            },
                            Field {
                                name: "duration",
                                node: Node {
                                    slot: Some(4u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "state",
                                node: Node {
                                    slot: Some(5u16),
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
                    record_slots: &[
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::List,
                        Slot::Scalar,
                        Slot::Scalar,
                    ],
                },
                keep: Some(
                    Expr::Call(
                        Function::And,
                        &[
                            Expr::Call(
                                Function::In,
                                &[
                                    Expr::Slot(2u16),
                                    Expr::Text("call.made"),
                                    Expr::Text("call.missed"),
                                ],
                            ),
                            Expr::Call(
                                Function::Not,
                                &[
                                    Expr::Call(
                                        Function::Equal,
                                        &[Expr::Slot(5u16), Expr::Text("draft")],
                                    ),
                                ],
                            ),
                        ],
                    ),
                ),
                on_error: &[
                    ErrorRule {
                        status: Some(409u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::Retry(None),
                    },
                    ErrorRule {
                        status: Some(410u16),
                        code: Some("gone"),
                        message: None,
                        when: None,
                        then: Action::Fail,
                    },
                    ErrorRule {
                        status: None,
                        code: Some("no_calls"),
                        message: None,
                        when: None,
                        then: Action::Ignore,
                    },
                    ErrorRule {
                        status: Some(400u16),
                        code: None,
                        message: None,
                        when: None,
                        then: Action::DropValueOf("kind"),
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
                incremental: Some(Incremental {
                    resume: None,
                    window: Some(Window {
                        from: Some(Target::Query("since")),
                        to: Some(Target::Query("until")),
                        at_most: Some(Span { millis: 604800000i64 }),
                        on: On::EveryPage,
                        format: TimeFormat::UnixSeconds,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Setting(4u16)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 3600000i64 },
                }),
                row: Row {
                    name: "requests_call",
                    shape: Shape::Event,
                    key: &[0u16],
                    time: Some(1u16),
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "at",
                            description: "When it happened.",
                            ty: Type::Timestamp(TimeFormat::UnixMillis),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "kind",
                            description: "",
                            ty: Type::Enum {
                                name: "Kind",
                                values: &["call.made", "call.missed", "mail.sent"],
                            },
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "caller",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(
                                Function::Join,
                                &[Expr::Slot(3u16), Expr::Text(", ")],
                            ),
                        },
                        Column {
                            name: "seconds",
                            description: "",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(4u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
