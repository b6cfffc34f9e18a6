// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Every way to page.
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
    /// Things, by tokens.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn tokens(&self) -> ::tapwright::Records<Tokens> {
        self.api.records("tokens")
    }
    /// Things, paged by last.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn last(&self) -> ::tapwright::Records<Last> {
        self.api.records("last")
    }
    /// Things, paged by last\_alone.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn last_alone(&self) -> ::tapwright::Records<LastAlone> {
        self.api.records("last_alone")
    }
    /// Things, paged by pages.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn pages(&self) -> ::tapwright::Records<Pages> {
        self.api.records("pages")
    }
    /// Things, paged by pages\_alone.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn pages_alone(&self) -> ::tapwright::Records<PagesAlone> {
        self.api.records("pages_alone")
    }
    /// Things, paged by pages\_short.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn pages_short(&self) -> ::tapwright::Records<PagesShort> {
        self.api.records("pages_short")
    }
    /// Things, paged by pages\_header.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn pages_header(&self) -> ::tapwright::Records<PagesHeader> {
        self.api.records("pages_header")
    }
    /// Things, paged by offsets.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn offsets(&self) -> ::tapwright::Records<Offsets> {
        self.api.records("offsets")
    }
    /// Things, paged by offsets\_alone.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn offsets_alone(&self) -> ::tapwright::Records<OffsetsAlone> {
        self.api.records("offsets_alone")
    }
    /// Things, paged by offsets\_more.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn offsets_more(&self) -> ::tapwright::Records<OffsetsMore> {
        self.api.records("offsets_more")
    }
    /// Things, paged by addresses.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn addresses(&self) -> ::tapwright::Records<Addresses> {
        self.api.records("addresses")
    }
    /// Things, paged by links.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn links(&self) -> ::tapwright::Records<Links> {
        self.api.records("links")
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
/// How the paging connector is configured.
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
/// Things, by tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Tokens {
    const ROW: &'static str = "paging_tokens";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by last.
#[derive(Clone, Debug, PartialEq)]
pub struct Last {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Last {
    const ROW: &'static str = "paging_last";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by last\_alone.
#[derive(Clone, Debug, PartialEq)]
pub struct LastAlone {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for LastAlone {
    const ROW: &'static str = "paging_last_alone";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Pages {
    const ROW: &'static str = "paging_pages";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by pages\_alone.
#[derive(Clone, Debug, PartialEq)]
pub struct PagesAlone {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for PagesAlone {
    const ROW: &'static str = "paging_pages_alone";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by pages\_short.
#[derive(Clone, Debug, PartialEq)]
pub struct PagesShort {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for PagesShort {
    const ROW: &'static str = "paging_pages_short";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by pages\_header.
#[derive(Clone, Debug, PartialEq)]
pub struct PagesHeader {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for PagesHeader {
    const ROW: &'static str = "paging_pages_header";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by offsets.
#[derive(Clone, Debug, PartialEq)]
pub struct Offsets {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Offsets {
    const ROW: &'static str = "paging_offsets";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by offsets\_alone.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetsAlone {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for OffsetsAlone {
    const ROW: &'static str = "paging_offsets_alone";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by offsets\_more.
#[derive(Clone, Debug, PartialEq)]
pub struct OffsetsMore {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for OffsetsMore {
    const ROW: &'static str = "paging_offsets_more";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by addresses.
#[derive(Clone, Debug, PartialEq)]
pub struct Addresses {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Addresses {
    const ROW: &'static str = "paging_addresses";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Things, paged by links.
#[derive(Clone, Debug, PartialEq)]
pub struct Links {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Links {
    const ROW: &'static str = "paging_links";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
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
        name: "paging",
        title: "paging",
        fingerprint: 7685778474237177147u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("PAGING_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: None,
            },
        ],
        base_url: Expr::Text("https://api.example.com/v2"),
        auth: Auth::Query {
            name: "api_key",
            value: Expr::Setting(0u16),
        },
        limits: &[],
        retry: Some(Retry {
            attempts: 4u32,
            first: Span { millis: 10i64 },
            most: Span { millis: 1000i64 },
            constant: true,
            after: Some(Wait {
                answer: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[],
                        each: None,
                    },
                    headers: &[
                        Header {
                            name: "x-ratelimit-reset",
                            slot: 0u16,
                        },
                    ],
                    slots: &[Slot::Scalar],
                },
                from: Expr::Slot(0u16),
                format: WaitFormat::UnixSeconds,
            }),
        }),
        resources: &[
            Resource {
                name: "tokens",
                description: "Things, by tokens.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/tokens"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Query("cursor"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 20u32,
                    }),
                    more: Some(Expr::Call(Function::Not, &[Expr::Slot(1u16)])),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "meta",
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
                                            Field {
                                                name: "end",
                                                node: Node {
                                                    slot: Some(1u16),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_tokens",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "last",
                description: "Things, paged by last.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/last"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Last {
                        from: Expr::Slot(0u16),
                        to: Target::Query("starting_after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 20u32,
                    }),
                    more: Some(Expr::Slot(0u16)),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "has_more",
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_last",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "last_alone",
                description: "Things, paged by last_alone.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/last_alone"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Last {
                        from: Expr::Slot(0u16),
                        to: Target::Query("starting_after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_last_alone",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "pages",
                description: "Things, paged by pages.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/pages"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 1i64,
                        last: Some(Expr::Slot(0u16)),
                    },
                    size: Some(Size {
                        to: Target::Query("per_page"),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_pages",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "pages_alone",
                description: "Things, paged by pages_alone.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/pages_alone"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 0i64,
                        last: None,
                    },
                    size: Some(Size {
                        to: Target::Query("per_page"),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_pages_alone",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "pages_short",
                description: "Things, paged by pages_short.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/pages_short"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
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
                        to: Target::Query("per_page"),
                        value: 20u32,
                    }),
                    more: None,
                    short_is_last: true,
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_pages_short",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "pages_header",
                description: "Things, paged by pages_header.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/pages_header"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Page {
                        to: Target::Query("page"),
                        first: 1i64,
                        last: Some(Expr::Call(Function::Integer, &[Expr::Slot(0u16)])),
                    },
                    size: Some(Size {
                        to: Target::Query("per_page"),
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
                        headers: &[
                            Header {
                                name: "x-total-pages",
                                slot: 0u16,
                            },
                        ],
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_pages_header",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "offsets",
                description: "Things, paged by offsets.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/offsets"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Offset {
                        to: Target::Query("offset"),
                        first: 0i64,
                        total: Some(Expr::Slot(0u16)),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
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
                            fields: &[
                                Field {
                                    name: "total",
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_offsets",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "offsets_alone",
                description: "Things, paged by offsets_alone.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/offsets_alone"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Offset {
                        to: Target::Query("startIndex"),
                        first: 1i64,
                        total: None,
                    },
                    size: Some(Size {
                        to: Target::Query("count"),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_offsets_alone",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "offsets_more",
                description: "Things, paged by offsets_more.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/offsets_more"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Offset {
                        to: Target::Query("offset"),
                        first: 0i64,
                        total: None,
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 20u32,
                    }),
                    more: Some(Expr::Slot(0u16)),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "more",
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_offsets_more",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "addresses",
                description: "Things, paged by addresses.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/addresses"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Next {
                        from: Expr::Slot(0u16),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
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
                            fields: &[
                                Field {
                                    name: "links",
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_addresses",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "links",
                description: "Things, paged by links.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/links"),
                    query: &[
                        Param {
                            name: "kind",
                            value: ParamValue::Text(Expr::Text("thing")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Link,
                    size: Some(Size {
                        to: Target::Query("per_page"),
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
                                name: "updated_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
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
                on_error: &[
                    ErrorRule {
                        status: Some(403u16),
                        code: None,
                        message: Some("*rate limit*"),
                        when: None,
                        then: Action::Wait(None),
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
                    name: "paging_links",
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
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
                            description: "",
                            ty: Type::String,
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
