// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Every type a column can have. \[Not a link\], \`not code\`.
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
    /// Records whose resource is called as a Rust keyword is.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn r#type(&self) -> ::tapwright::Records<Record> {
        self.api.records("type")
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
/// How the Types & \<Names\> connector is configured.
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
    /// Who asks.
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
    /// What only they know.
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
/// Records whose resource is called as a Rust keyword is.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// text.
    pub text: ::std::string::String,
    /// maybeText.
    pub maybe_text: ::core::option::Option<::std::string::String>,
    /// integer.
    pub integer: i64,
    /// maybeInteger.
    pub maybe_integer: ::core::option::Option<i64>,
    /// number.
    pub number: f64,
    /// maybeNumber.
    pub maybe_number: ::core::option::Option<f64>,
    /// decimal.
    pub decimal: ::std::string::String,
    /// maybeDecimal.
    pub maybe_decimal: ::core::option::Option<::std::string::String>,
    /// boolean.
    pub boolean: bool,
    /// maybeBoolean.
    pub maybe_boolean: ::core::option::Option<bool>,
    /// moment.
    pub moment: ::tapwright::Timestamp,
    /// maybeMoment.
    pub maybe_moment: ::core::option::Option<::tapwright::Timestamp>,
    /// date.
    pub date: ::std::string::String,
    /// maybeDate.
    pub maybe_date: ::core::option::Option<::std::string::String>,
    /// json.
    pub json: ::std::string::String,
    /// maybeJson.
    pub maybe_json: ::core::option::Option<::std::string::String>,
    /// tags.
    pub tags: ::std::vec::Vec<::std::string::String>,
    /// names.
    pub names: ::std::vec::Vec<::std::string::String>,
    /// status.
    pub status: Status,
    /// Its status, if it has one: \*on\* or \_off\_.
    pub maybe_status: ::core::option::Option<Status>,
    /// type.
    pub r#type: ::std::string::String,
    /// match.
    pub r#match: ::core::option::Option<::std::string::String>,
    /// kind.
    pub kind: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Record {
    const ROW: &'static str = "types_record";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            text: row.text(2usize),
            maybe_text: row.optional_text(3usize),
            integer: ::core::option::Option::unwrap_or_default(row.integer(4usize)),
            maybe_integer: row.integer(5usize),
            number: ::core::option::Option::unwrap_or_default(row.number(6usize)),
            maybe_number: row.number(7usize),
            decimal: row.text(8usize),
            maybe_decimal: row.optional_text(9usize),
            boolean: ::core::option::Option::unwrap_or_default(row.boolean(10usize)),
            maybe_boolean: row.boolean(11usize),
            moment: ::core::option::Option::unwrap_or_default(row.timestamp(12usize)),
            maybe_moment: row.timestamp(13usize),
            date: row.text(14usize),
            maybe_date: row.optional_text(15usize),
            json: row.text(16usize),
            maybe_json: row.optional_text(17usize),
            tags: ::core::option::Option::unwrap_or_default(row.list(18usize)),
            names: ::core::option::Option::unwrap_or_default(row.list(19usize)),
            status: <Status as ::core::convert::From<_>>::from(row.text(20usize)),
            maybe_status: ::core::option::Option::map(
                row.optional_text(21usize),
                ::core::convert::From::from,
            ),
            r#type: row.text(22usize),
            r#match: row.optional_text(23usize),
            kind: row.optional_text(24usize),
        }
    }
}
/// One of the 8 known values of `Status`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// `on`
    On,
    /// `off`
    Off,
    /// `self`
    Self2,
    /// `1st`
    Value1st,
    /// `two words`
    TwoWords,
    /// `two-words`
    TwoWords2,
    /// `TWO_WORDS`
    TWOWORDS,
    /// `*`
    Value,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Status {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Self2 => "self",
            Self::Value1st => "1st",
            Self::TwoWords => "two words",
            Self::TwoWords2 => "two-words",
            Self::TWOWORDS => "TWO_WORDS",
            Self::Value => "*",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Status {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "on" => Self::On,
            "off" => Self::Off,
            "self" => Self::Self2,
            "1st" => Self::Value1st,
            "two words" => Self::TwoWords,
            "two-words" => Self::TwoWords2,
            "TWO_WORDS" => Self::TWOWORDS,
            "*" => Self::Value,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Status {
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
        name: "types",
        title: "Types & <Names>",
        fingerprint: 3430348166648704386u64,
        settings: &[
            Setting {
                name: "user",
                description: "Who asks.",
                env: None,
                kind: Kind::Text {
                    matches: None,
                    default: Some("me"),
                },
                required: false,
                only_for: None,
            },
            Setting {
                name: "password",
                description: "What only they know.",
                env: Some("TYPES_PASSWORD"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: None,
            },
        ],
        base_url: Expr::Text("https://api.example.com"),
        auth: Auth::Basic {
            user: Expr::Setting(0u16),
            password: Expr::Setting(1u16),
        },
        limits: &[],
        retry: None,
        resources: &[
            Resource {
                name: "type",
                description: "Records whose resource is called as a Rust keyword is.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/types"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::List(&["body", "odd key", "items"]),
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
                                name: "@id",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "changed",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "text",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeText",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "integer",
                                node: Node {
                                    slot: Some(4u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeInteger",
                                node: Node {
                                    slot: Some(5u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "number",
                                node: Node {
                                    slot: Some(6u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeNumber",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "decimal",
                                node: Node {
                                    slot: Some(8u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeDecimal",
                                node: Node {
                                    slot: Some(9u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "boolean",
                                node: Node {
                                    slot: Some(10u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeBoolean",
                                node: Node {
                                    slot: Some(11u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "moment",
                                node: Node {
                                    slot: Some(12u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeMoment",
                                node: Node {
                                    slot: Some(13u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "date",
                                node: Node {
                                    slot: Some(14u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeDate",
                                node: Node {
                                    slot: Some(15u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "json",
                                node: Node {
                                    slot: Some(16u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeJson",
                                node: Node {
                                    slot: Some(17u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "tags",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: Some(18u16),
                                            fields: &[],
                                            each: None,
                                        },
                                    ),
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
                                                        slot: Some(19u16),
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
                                name: "status",
                                node: Node {
                                    slot: Some(20u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "maybeStatus",
                                node: Node {
                                    slot: Some(21u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "type",
                                node: Node {
                                    slot: Some(22u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "match",
                                node: Node {
                                    slot: Some(23u16),
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
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Json,
                        Slot::Json,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Json,
                        Slot::Json,
                        Slot::List,
                        Slot::List,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                    ],
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
                incremental: None,
                row: Row {
                    name: "types_record",
                    shape: Shape::Entity,
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
                            name: "updated_at",
                            description: "When it last changed.",
                            ty: Type::Timestamp(TimeFormat::UnixSeconds),
                            nullable: true,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "text",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "maybeText",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "integer",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(4u16),
                        },
                        Column {
                            name: "maybeInteger",
                            description: "",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(5u16),
                        },
                        Column {
                            name: "number",
                            description: "",
                            ty: Type::Number,
                            nullable: false,
                            from: Expr::Slot(6u16),
                        },
                        Column {
                            name: "maybeNumber",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "decimal",
                            description: "",
                            ty: Type::Decimal,
                            nullable: false,
                            from: Expr::Slot(8u16),
                        },
                        Column {
                            name: "maybeDecimal",
                            description: "",
                            ty: Type::Decimal,
                            nullable: true,
                            from: Expr::Slot(9u16),
                        },
                        Column {
                            name: "boolean",
                            description: "",
                            ty: Type::Boolean,
                            nullable: false,
                            from: Expr::Slot(10u16),
                        },
                        Column {
                            name: "maybeBoolean",
                            description: "",
                            ty: Type::Boolean,
                            nullable: true,
                            from: Expr::Slot(11u16),
                        },
                        Column {
                            name: "moment",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(12u16),
                        },
                        Column {
                            name: "maybeMoment",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::UnixMillis),
                            nullable: true,
                            from: Expr::Slot(13u16),
                        },
                        Column {
                            name: "date",
                            description: "",
                            ty: Type::Date,
                            nullable: false,
                            from: Expr::Slot(14u16),
                        },
                        Column {
                            name: "maybeDate",
                            description: "",
                            ty: Type::Date,
                            nullable: true,
                            from: Expr::Slot(15u16),
                        },
                        Column {
                            name: "json",
                            description: "",
                            ty: Type::Json,
                            nullable: false,
                            from: Expr::Slot(16u16),
                        },
                        Column {
                            name: "maybeJson",
                            description: "",
                            ty: Type::Json,
                            nullable: true,
                            from: Expr::Slot(17u16),
                        },
                        Column {
                            name: "tags",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Slot(18u16),
                        },
                        Column {
                            name: "names",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Slot(19u16),
                        },
                        Column {
                            name: "status",
                            description: "",
                            ty: Type::Enum {
                                name: "Status",
                                values: &[
                                    "*",
                                    "1st",
                                    "TWO_WORDS",
                                    "off",
                                    "on",
                                    "self",
                                    "two words",
                                    "two-words",
                                ],
                            },
                            nullable: false,
                            from: Expr::Slot(20u16),
                        },
                        Column {
                            name: "maybeStatus",
                            description: "Its status, if it has one: *on* or _off_.",
                            ty: Type::Enum {
                                name: "Status",
                                values: &[
                                    "*",
                                    "1st",
                                    "TWO_WORDS",
                                    "off",
                                    "on",
                                    "self",
                                    "two words",
                                    "two-words",
                                ],
                            },
                            nullable: true,
                            from: Expr::Slot(21u16),
                        },
                        Column {
                            name: "type",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(22u16),
                        },
                        Column {
                            name: "match",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(23u16),
                        },
                        Column {
                            name: "kind",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::If(
                                &[
                                    Expr::Call(
                                        Function::And,
                                        &[
                                            Expr::Slot(10u16),
                                            Expr::Call(
                                                Function::Greater,
                                                &[Expr::Slot(4u16), Expr::Integer(3i64)],
                                            ),
                                        ],
                                    ),
                                    Expr::Call(Function::Lower, &[Expr::Slot(2u16)]),
                                    Expr::FirstOf(
                                        &[
                                            Expr::Call(Function::First, &[Expr::Slot(19u16)]),
                                            Expr::Text("none"),
                                        ],
                                    ),
                                ],
                            ),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
