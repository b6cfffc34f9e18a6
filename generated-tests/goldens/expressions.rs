// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Everything that an expression can say beyond paths.
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
    /// Orders.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn orders(&self) -> ::tapwright::Records<Order> {
        self.api.records("orders")
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
/// How the Expressions connector is configured.
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
    /// For how long an order is open. From -9223372036854775808 to 9223372036854775807; 3 when not set.
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
/// Orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// amount.
    pub amount: f64,
    /// euros.
    pub euros: i64,
    /// rest.
    pub rest: i64,
    /// less.
    pub less: i64,
    /// due.
    pub due: ::tapwright::Timestamp,
    /// day.
    pub day: ::std::string::String,
    /// age.
    pub age: i64,
    /// open.
    pub open: bool,
    /// total.
    pub total: f64,
    /// dear.
    pub dear: ::std::vec::Vec<::std::string::String>,
    /// dearest.
    pub dearest: ::core::option::Option<::std::string::String>,
    /// gift.
    pub gift: bool,
    /// labels.
    pub labels: ::core::option::Option<::std::string::String>,
    /// lines.
    pub lines: ::std::string::String,
    /// prices.
    pub prices: ::std::string::String,
    /// share.
    pub share: ::core::option::Option<f64>,
    /// tail.
    pub tail: ::std::string::String,
    /// link.
    pub link: ::std::string::String,
}
impl ::tapwright::Record for Order {
    const ROW: &'static str = "expressions_order";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            amount: ::core::option::Option::unwrap_or_default(row.number(2usize)),
            euros: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
            rest: ::core::option::Option::unwrap_or_default(row.integer(4usize)),
            less: ::core::option::Option::unwrap_or_default(row.integer(5usize)),
            due: ::core::option::Option::unwrap_or_default(row.timestamp(6usize)),
            day: row.text(7usize),
            age: ::core::option::Option::unwrap_or_default(row.integer(8usize)),
            open: ::core::option::Option::unwrap_or_default(row.boolean(9usize)),
            total: ::core::option::Option::unwrap_or_default(row.number(10usize)),
            dear: ::core::option::Option::unwrap_or_default(row.list(11usize)),
            dearest: row.optional_text(12usize),
            gift: ::core::option::Option::unwrap_or_default(row.boolean(13usize)),
            labels: row.optional_text(14usize),
            lines: row.text(15usize),
            prices: row.text(16usize),
            share: row.number(17usize),
            tail: row.text(18usize),
            link: row.text(19usize),
        }
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
        name: "expressions",
        title: "Expressions",
        fingerprint: 16623635874418808975u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("EXPRESSIONS_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: None,
            },
            Setting {
                name: "days",
                description: "For how long an order is open.",
                env: None,
                kind: Kind::Integer {
                    min: -9223372036854775808i64,
                    max: 9223372036854775807i64,
                    default: Some(3i64),
                },
                required: false,
                only_for: None,
            },
        ],
        base_url: Expr::Text("https://api.example.com"),
        auth: Auth::Bearer(Expr::Setting(0u16)),
        limits: &[],
        retry: None,
        resources: &[
            Resource {
                name: "orders",
                description: "Orders.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/orders"),
                    query: &[
                        Param {
                            name: "since",
                            value: ParamValue::Text(
                                Expr::Call(
                                    Function::StripPrefix,
                                    &[
                                        Expr::Call(
                                            Function::Base64Encode,
                                            &[Expr::Call(Function::Text, &[Expr::Setting(1u16)])],
                                        ),
                                        Expr::Text("x"),
                                    ],
                                ),
                            ),
                        },
                    ],
                    headers: &[
                        Param {
                            name: "X-Days",
                            value: ParamValue::Text(
                                Expr::Call(
                                    Function::Add,
                                    &[
                                        Expr::Call(
                                            Function::Multiply,
                                            &[Expr::Setting(1u16), Expr::Integer(24i64)],
                                        ),
                                        Expr::Integer(1i64),
                                    ],
                                ),
                            ),
                        },
                        Param {
                            name: "X-Key",
                            value: ParamValue::Text(
                                Expr::Call(Function::Sha256, &[Expr::Setting(0u16)]),
                            ),
                        },
                    ],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 1i64,
                        last: None,
                    },
                    size: Some(Size {
                        to: Target::Query("size"),
                        value: 50u32,
                    }),
                    more: Some(
                        Expr::Let(
                            &[
                                Expr::Call(
                                    Function::Subtract,
                                    &[Expr::Slot(0u16), Expr::Slot(1u16)],
                                ),
                                Expr::Call(
                                    Function::Greater,
                                    &[Expr::Local(0u16, &[]), Expr::Integer(0i64)],
                                ),
                            ],
                        ),
                    ),
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
                                Field {
                                    name: "number",
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
                                name: "changed",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "cents",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "made_at",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "lines",
                                node: Node {
                                    slot: Some(4u16),
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "price",
                                                    node: Node {
                                                        slot: Some(5u16),
                                                        fields: &[],
                                                        each: None,
                                                    },
                                                },
                                                Field {
                                                    name: "item",
                                                    node: Node {
                                                        slot: Some(6u16),
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
                                name: "labels",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "tags",
                                node: Node {
                                    slot: Some(9u16),
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: Some(8u16),
                                            fields: &[],
                                            each: None,
                                        },
                                    ),
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
                        Slot::Json,
                        Slot::List,
                        Slot::List,
                        Slot::Json,
                        Slot::List,
                        Slot::Json,
                    ],
                },
                keep: Some(
                    Expr::Call(
                        Function::And,
                        &[
                            Expr::Call(
                                Function::Greater,
                                &[
                                    Expr::Call(
                                        Function::Divide,
                                        &[Expr::Slot(2u16), Expr::Integer(100i64)],
                                    ),
                                    Expr::Integer(5i64),
                                ],
                            ),
                            Expr::Over(
                                Over::Any,
                                &[
                                    Expr::Items(&Expr::Slot(9u16)),
                                    Expr::Call(
                                        Function::Equal,
                                        &[Expr::Local(0u16, &[]), Expr::Text("paid")],
                                    ),
                                ],
                            ),
                        ],
                    ),
                ),
                on_error: &[
                    ErrorRule {
                        status: None,
                        code: None,
                        message: None,
                        when: Some(
                            Expr::Over(
                                Over::Any,
                                &[
                                    Expr::Items(&Expr::Slot(0u16)),
                                    Expr::Call(
                                        Function::Equal,
                                        &[
                                            Expr::Local(0u16, &[Segment::Key("code")]),
                                            Expr::Text("busy"),
                                        ],
                                    ),
                                ],
                            ),
                        ),
                        then: Action::Wait(None),
                    },
                ],
                refusal: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "errors",
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
                    slots: &[Slot::Json],
                },
                incremental: None,
                row: Row {
                    name: "expressions_order",
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
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: true,
                            from: Expr::Call(
                                Function::ParseTime,
                                &[Expr::Slot(1u16), Expr::Text("%Y-%m-%d %H:%M:%S")],
                            ),
                        },
                        Column {
                            name: "amount",
                            description: "",
                            ty: Type::Number,
                            nullable: false,
                            from: Expr::Call(
                                Function::Divide,
                                &[Expr::Slot(2u16), Expr::Integer(100i64)],
                            ),
                        },
                        Column {
                            name: "euros",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::Round,
                                &[
                                    Expr::Call(
                                        Function::Divide,
                                        &[Expr::Slot(2u16), Expr::Integer(100i64)],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "rest",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::Remainder,
                                &[Expr::Slot(2u16), Expr::Integer(100i64)],
                            ),
                        },
                        Column {
                            name: "less",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::Subtract,
                                &[
                                    Expr::Call(Function::Negate, &[Expr::Slot(2u16)]),
                                    Expr::Integer(1i64),
                                ],
                            ),
                        },
                        Column {
                            name: "due",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Let(
                                &[
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(3u16), Expr::Text("unix_seconds")],
                                    ),
                                    Expr::Call(
                                        Function::AddMillis,
                                        &[
                                            Expr::Call(
                                                Function::StartOf,
                                                &[Expr::Local(0u16, &[]), Expr::Text("day")],
                                            ),
                                            Expr::Integer(2592000000i64),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "day",
                            description: "",
                            ty: Type::Date,
                            nullable: false,
                            from: Expr::Call(
                                Function::FormatTime,
                                &[
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(3u16), Expr::Text("unix_seconds")],
                                    ),
                                    Expr::Text("date"),
                                ],
                            ),
                        },
                        Column {
                            name: "age",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Call(
                                Function::SecondsBetween,
                                &[
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(3u16), Expr::Text("unix_seconds")],
                                    ),
                                    Expr::Call(
                                        Function::ParseTime,
                                        &[Expr::Slot(1u16), Expr::Text("%Y-%m-%d %H:%M:%S")],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "open",
                            description: "",
                            ty: Type::Boolean,
                            nullable: false,
                            from: Expr::Call(
                                Function::Less,
                                &[
                                    Expr::Call(
                                        Function::AddMillis,
                                        &[
                                            Expr::Call(
                                                Function::ParseTime,
                                                &[Expr::Slot(3u16), Expr::Text("unix_seconds")],
                                            ),
                                            Expr::Integer(3600000i64),
                                        ],
                                    ),
                                    Expr::Call(
                                        Function::AddSeconds,
                                        &[
                                            Expr::Call(
                                                Function::ParseTime,
                                                &[Expr::Slot(3u16), Expr::Text("unix_seconds")],
                                            ),
                                            Expr::Call(
                                                Function::Multiply,
                                                &[Expr::Setting(1u16), Expr::Integer(86400i64)],
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "total",
                            description: "",
                            ty: Type::Number,
                            nullable: false,
                            from: Expr::Call(
                                Function::Sum,
                                &[
                                    Expr::Over(
                                        Over::Map,
                                        &[
                                            Expr::Items(&Expr::Slot(4u16)),
                                            Expr::Call(
                                                Function::Multiply,
                                                &[
                                                    Expr::Local(0u16, &[Segment::Key("price")]),
                                                    Expr::Local(0u16, &[Segment::Key("count")]),
                                                ],
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "dear",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Call(
                                Function::Sort,
                                &[
                                    Expr::Over(
                                        Over::Map,
                                        &[
                                            Expr::Over(
                                                Over::Filter,
                                                &[
                                                    Expr::Items(&Expr::Slot(4u16)),
                                                    Expr::Call(
                                                        Function::Greater,
                                                        &[
                                                            Expr::Local(0u16, &[Segment::Key("price")]),
                                                            Expr::Integer(10i64),
                                                        ],
                                                    ),
                                                ],
                                            ),
                                            Expr::Call(
                                                Function::Upper,
                                                &[Expr::Local(0u16, &[Segment::Key("item")])],
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "dearest",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Let(
                                &[
                                    Expr::Call(Function::Max, &[Expr::Slot(5u16)]),
                                    Expr::Let(
                                        &[
                                            Expr::Over(
                                                Over::Find,
                                                &[
                                                    Expr::Items(&Expr::Slot(4u16)),
                                                    Expr::Call(
                                                        Function::Equal,
                                                        &[
                                                            Expr::Local(0u16, &[Segment::Key("price")]),
                                                            Expr::Local(1u16, &[]),
                                                        ],
                                                    ),
                                                ],
                                            ),
                                            Expr::Local(0u16, &[Segment::Key("item")]),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "gift",
                            description: "",
                            ty: Type::Boolean,
                            nullable: false,
                            from: Expr::Call(
                                Function::Or,
                                &[
                                    Expr::Call(
                                        Function::Contains,
                                        &[Expr::Slot(6u16), Expr::Text("gift")],
                                    ),
                                    Expr::Call(
                                        Function::Not,
                                        &[
                                            Expr::Over(
                                                Over::All,
                                                &[
                                                    Expr::Items(&Expr::Slot(4u16)),
                                                    Expr::Call(
                                                        Function::Less,
                                                        &[
                                                            Expr::Local(0u16, &[Segment::Key("count")]),
                                                            Expr::Integer(100i64),
                                                        ],
                                                    ),
                                                ],
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "labels",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(
                                Function::Join,
                                &[
                                    Expr::Over(
                                        Over::Map,
                                        &[
                                            Expr::Call(Function::Entries, &[Expr::Slot(7u16)]),
                                            Expr::Call(
                                                Function::Concat,
                                                &[
                                                    Expr::Local(0u16, &[Segment::Key("key")]),
                                                    Expr::Call(
                                                        Function::Concat,
                                                        &[
                                                            Expr::Text("="),
                                                            Expr::Local(0u16, &[Segment::Key("value")]),
                                                        ],
                                                    ),
                                                ],
                                            ),
                                        ],
                                    ),
                                    Expr::Text(", "),
                                ],
                            ),
                        },
                        Column {
                            name: "lines",
                            description: "",
                            ty: Type::Json,
                            nullable: false,
                            from: Expr::Slot(4u16),
                        },
                        Column {
                            name: "prices",
                            description: "",
                            ty: Type::Json,
                            nullable: false,
                            from: Expr::Call(Function::Distinct, &[Expr::Slot(5u16)]),
                        },
                        Column {
                            name: "share",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Call(
                                Function::Divide,
                                &[Expr::Slot(2u16), Expr::Slot(3u16)],
                            ),
                        },
                        Column {
                            name: "tail",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Slice,
                                &[
                                    Expr::Slot(0u16),
                                    Expr::Integer(-4i64),
                                    Expr::Integer(4i64),
                                ],
                            ),
                        },
                        Column {
                            name: "link",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Concat,
                                &[
                                    Expr::Text("https://example.com/?q="),
                                    Expr::Call(
                                        Function::UrlEncode,
                                        &[
                                            Expr::FirstOf(
                                                &[
                                                    Expr::Call(Function::First, &[Expr::Slot(8u16)]),
                                                    Expr::Text("none"),
                                                ],
                                            ),
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
