// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Records in odd places.
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
    /// The changes of issues, which come with the issues.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn changes(&self) -> ::tapwright::Records<Change> {
        self.api.records("changes")
    }
    /// Labels of lists of lists.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn labels(&self) -> ::tapwright::Records<Label> {
        self.api.records("labels")
    }
    /// Rates, by currency.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn rates(&self) -> ::tapwright::Records<Rate> {
        self.api.records("rates")
    }
    /// Members, by name, of the response itself.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn members(&self) -> ::tapwright::Records<Member> {
        self.api.records("members")
    }
    /// Tags, which are texts.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn tags(&self) -> ::tapwright::Records<Tag> {
        self.api.records("tags")
    }
    /// The account.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn account(&self) -> ::tapwright::Records<Account> {
        self.api.records("account")
    }
    /// The profile.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn profile(&self) -> ::tapwright::Records<Profile> {
        self.api.records("profile")
    }
    /// Visits by day.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn visits(&self) -> ::tapwright::Records<Visit> {
        self.api.records("visits")
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
/// How the nested connector is configured.
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
/// The changes of issues, which come with the issues.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What identifies it.
    pub id: ::std::string::String,
    /// issue.
    pub issue: ::std::string::String,
    /// project.
    pub project: ::core::option::Option<::std::string::String>,
    /// author.
    pub author: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Change {
    const ROW: &'static str = "nested_change";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            issue: row.text(1usize),
            project: row.optional_text(2usize),
            author: row.optional_text(3usize),
        }
    }
}
/// Labels of lists of lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// What identifies it.
    pub id: ::std::string::String,
    /// column.
    pub column: ::std::string::String,
    /// color.
    pub color: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Label {
    const ROW: &'static str = "nested_label";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            column: row.text(1usize),
            color: row.optional_text(2usize),
        }
    }
}
/// Rates, by currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// What identifies it.
    pub id: ::std::string::String,
    /// rate.
    pub rate: f64,
}
impl ::tapwright::Record for Rate {
    const ROW: &'static str = "nested_rate";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            rate: ::core::option::Option::unwrap_or_default(row.number(1usize)),
        }
    }
}
/// Members, by name, of the response itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What identifies it.
    pub id: ::std::string::String,
    /// age.
    pub age: i64,
}
impl ::tapwright::Record for Member {
    const ROW: &'static str = "nested_member";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            age: ::core::option::Option::unwrap_or_default(row.integer(1usize)),
        }
    }
}
/// Tags, which are texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// What identifies it.
    pub id: ::std::string::String,
    /// text.
    pub text: ::std::string::String,
}
impl ::tapwright::Record for Tag {
    const ROW: &'static str = "nested_tag";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            text: row.text(1usize),
        }
    }
}
/// The account.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Account {
    const ROW: &'static str = "nested_account";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// The profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Profile {
    const ROW: &'static str = "nested_profile";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// Visits by day.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    /// What identifies it.
    pub id: ::std::string::String,
    /// count.
    pub count: i64,
    /// kind.
    pub kind: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Visit {
    const ROW: &'static str = "nested_visit";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            count: ::core::option::Option::unwrap_or_default(row.integer(1usize)),
            kind: row.optional_text(2usize),
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
        name: "nested",
        title: "nested",
        fingerprint: 4736857897382433082u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("NESTED_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: None,
            },
        ],
        base_url: Expr::Text("https://api.example.com"),
        auth: Auth::Bearer(Expr::Setting(0u16)),
        limits: &[],
        retry: None,
        resources: &[
            Resource {
                name: "changes",
                description: "The changes of issues, which come with the issues.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/issues"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Offset {
                        to: Target::Query("start"),
                        first: 0i64,
                        total: Some(Expr::Slot(0u16)),
                    },
                    size: Some(Size {
                        to: Target::Query("max"),
                        value: 7u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::At(
                        &[
                            RecordStep::Key("issues"),
                            RecordStep::Each,
                            RecordStep::Key("changelog"),
                            RecordStep::Key("histories"),
                        ],
                    ),
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
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "author",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: Some(Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "key",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "fields",
                                node: Node {
                                    slot: None,
                                    fields: &[
                                        Field {
                                            name: "project",
                                            node: Node {
                                                slot: Some(2u16),
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
                    }),
                    entry_key: None,
                    record_slots: &[
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
                    name: "nested_change",
                    shape: Shape::Entity,
                    key: &[0u16],
                    time: None,
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Key,
                                &[Expr::Slot(0u16), Expr::Slot(1u16)],
                            ),
                        },
                        Column {
                            name: "issue",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "project",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "author",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(3u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "labels",
                description: "Labels of lists of lists.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/boards"),
                    query: &[],
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
                        to: Target::Query("limit"),
                        value: 7u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::At(
                        &[
                            RecordStep::Key("boards"),
                            RecordStep::Each,
                            RecordStep::Key("columns"),
                            RecordStep::Each,
                            RecordStep::Key("labels"),
                        ],
                    ),
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
                                name: "color",
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
                    above: Some(Node {
                        slot: None,
                        fields: &[
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
                    }),
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
                incremental: None,
                row: Row {
                    name: "nested_label",
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
                            name: "column",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "color",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "rates",
                description: "Rates, by currency.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/rates"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::At(
                        &[RecordStep::Key("rates"), RecordStep::Values],
                    ),
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
                        slot: Some(1u16),
                        fields: &[],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: Some(0u16),
                    record_slots: &[Slot::Scalar, Slot::Scalar],
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
                    name: "nested_rate",
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
                            name: "rate",
                            description: "",
                            ty: Type::Number,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "members",
                description: "Members, by name, of the response itself.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/members"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::At(&[RecordStep::Values]),
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
                                name: "age",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: Some(0u16),
                    record_slots: &[Slot::Scalar, Slot::Scalar],
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
                    name: "nested_member",
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
                            name: "age",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "tags",
                description: "Tags, which are texts.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/tags"),
                    query: &[],
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
                        to: Target::Query("limit"),
                        value: 7u32,
                    }),
                    more: None,
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::At(&[RecordStep::Key("tags"), RecordStep::Each]),
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
                        slot: Some(0u16),
                        fields: &[],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar],
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
                    name: "nested_tag",
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
                            name: "text",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "account",
                description: "The account.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/account"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::One(&[]),
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
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar],
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
                    name: "nested_account",
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
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "profile",
                description: "The profile.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/profile"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::One(&["data", "profile"]),
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
                        ],
                        each: None,
                    },
                    known: Some(&[]),
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar],
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
                    name: "nested_profile",
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
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "visits",
                description: "Visits by day.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/visits"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::Zip(
                        &[
                            Zipped {
                                name: "day",
                                path: &["series", "labels"],
                            },
                            Zipped {
                                name: "count",
                                path: &["series", "values"],
                            },
                            Zipped {
                                name: "kind",
                                path: &["kinds"],
                            },
                        ],
                    ),
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
                                name: "day",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "count",
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
                incremental: None,
                row: Row {
                    name: "nested_visit",
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
                            name: "count",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "kind",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
