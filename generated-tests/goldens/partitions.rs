// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Lists that are read in parts.
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
    /// People, who change. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn users(&self) -> ::tapwright::Records<User> {
        self.api.records("users")
    }
    /// Groups of people.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn groups(&self) -> ::tapwright::Records<Group> {
        self.api.records("groups")
    }
    /// Tickets in each state.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn tickets(&self) -> ::tapwright::Records<Ticket> {
        self.api.records("tickets")
    }
    /// Documents of some kinds in every region.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn documents(&self) -> ::tapwright::Records<Document> {
        self.api.records("documents")
    }
    /// The messages of each group, in either box.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn messages(&self) -> ::tapwright::Records<Message> {
        self.api.records("messages")
    }
    /// What each group thinks of each person.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn grades(&self) -> ::tapwright::Records<Grade> {
        self.api.records("grades")
    }
    /// Notes on people and on groups.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn notes(&self) -> ::tapwright::Records<Note> {
        self.api.records("notes")
    }
    /// The devices of people who have changed.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn devices(&self) -> ::tapwright::Records<Device> {
        self.api.records("devices")
    }
    /// Log entries, by a filter. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn logs(&self) -> ::tapwright::Records<Log> {
        self.api.records("logs")
    }
    /// Deals, by a search. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn deals(&self) -> ::tapwright::Records<Deal> {
        self.api.records("deals")
    }
    /// What happened, newest first. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn activities(&self) -> ::tapwright::Records<Activity> {
        self.api.records("activities")
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
/// How the partitions connector is configured.
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
    /// The regions to read.
    #[must_use]
    pub fn regions(
        self,
        value: impl ::core::iter::IntoIterator<
            Item = impl ::core::convert::Into<::std::string::String>,
        >,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "regions",
                    ::tapwright::SettingValue::List(
                        ::core::iter::Iterator::collect(
                            ::core::iter::Iterator::map(
                                ::core::iter::IntoIterator::into_iter(value),
                                ::core::convert::Into::into,
                            ),
                        ),
                    ),
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
/// People, who change.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for User {
    const ROW: &'static str = "partitions_user";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
        }
    }
}
/// Groups of people.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Group {
    const ROW: &'static str = "partitions_group";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// Tickets in each state.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// What identifies it.
    pub id: ::std::string::String,
    /// state.
    pub state: ::std::string::String,
    /// title.
    pub title: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Ticket {
    const ROW: &'static str = "partitions_ticket";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            state: row.text(1usize),
            title: row.optional_text(2usize),
        }
    }
}
/// Documents of some kinds in every region.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What identifies it.
    pub id: ::std::string::String,
    /// region.
    pub region: ::std::string::String,
    /// kind.
    pub kind: Kind,
    /// number.
    pub number: i64,
}
impl ::tapwright::Record for Document {
    const ROW: &'static str = "partitions_document";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            region: row.text(1usize),
            kind: <Kind as ::core::convert::From<_>>::from(row.text(2usize)),
            number: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
        }
    }
}
/// The messages of each group, in either box.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What identifies it.
    pub id: ::std::string::String,
    /// The id in groups.
    pub group: ::std::string::String,
    /// box.
    pub r#box: ::std::string::String,
    /// text.
    pub text: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Message {
    const ROW: &'static str = "partitions_message";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            group: row.text(1usize),
            r#box: row.text(2usize),
            text: row.optional_text(3usize),
        }
    }
}
/// What each group thinks of each person.
#[derive(Clone, Debug, PartialEq)]
pub struct Grade {
    /// What identifies it.
    pub id: ::std::string::String,
    /// group.
    pub group: ::std::string::String,
    /// user.
    pub user: ::std::string::String,
}
impl ::tapwright::Record for Grade {
    const ROW: &'static str = "partitions_grade";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            group: row.text(1usize),
            user: row.text(2usize),
        }
    }
}
/// Notes on people and on groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What identifies it.
    pub id: ::std::string::String,
    /// about.
    pub about: ::std::string::String,
    /// text.
    pub text: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Note {
    const ROW: &'static str = "partitions_note";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            about: row.text(1usize),
            text: row.optional_text(2usize),
        }
    }
}
/// The devices of people who have changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Device {
    /// What identifies it.
    pub id: ::std::string::String,
    /// The id in users.
    pub user: ::std::string::String,
    /// model.
    pub model: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Device {
    const ROW: &'static str = "partitions_device";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            user: row.text(1usize),
            model: row.optional_text(2usize),
        }
    }
}
/// Log entries, by a filter.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it happened.
    pub at: ::tapwright::Timestamp,
    /// text.
    pub text: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Log {
    const ROW: &'static str = "partitions_log";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            text: row.optional_text(2usize),
        }
    }
}
/// Deals, by a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// name.
    pub name: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Deal {
    const ROW: &'static str = "partitions_deal";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.optional_text(2usize),
        }
    }
}
/// What happened, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it happened.
    pub at: ::tapwright::Timestamp,
    /// text.
    pub text: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Activity {
    const ROW: &'static str = "partitions_activity";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            text: row.optional_text(2usize),
        }
    }
}
/// One of the 3 known values of `Kind`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `invoice`
    Invoice,
    /// `credit_note`
    CreditNote,
    /// `receipt`
    Receipt,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Kind {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
            Self::Receipt => "receipt",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Kind {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "invoice" => Self::Invoice,
            "credit_note" => Self::CreditNote,
            "receipt" => Self::Receipt,
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
        name: "partitions",
        title: "partitions",
        fingerprint: 7251737325492284451u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("PARTITIONS_KEY"),
                kind: Kind::Secret { matches: None },
                required: true,
                only_for: None,
            },
            Setting {
                name: "regions",
                description: "The regions to read.",
                env: None,
                kind: Kind::List {
                    default: Some(&["eu", "us"]),
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
                name: "users",
                description: "People, who change.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/users"),
                    query: &[],
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
                        value: 7u32,
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
                        to: None,
                        at_most: None,
                        on: On::EveryPage,
                        format: TimeFormat::Rfc3339,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: None,
                    lookback_unit: Span { millis: 0i64 },
                    overlap: Span { millis: 60000i64 },
                }),
                row: Row {
                    name: "partitions_user",
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
                name: "groups",
                description: "Groups of people.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/groups"),
                    query: &[],
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
                        value: 7u32,
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
                    name: "partitions_group",
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
                name: "tickets",
                description: "Tickets in each state.",
                for_each: &[Each::Values(&["open", "closed", "on hold"])],
                given: &[0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/tickets"),
                    query: &[
                        Param {
                            name: "state",
                            value: ParamValue::Text(Expr::Given(0u16)),
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
                        value: 7u32,
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
                                name: "title",
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
                    name: "partitions_ticket",
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
                            name: "state",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "title",
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
                name: "documents",
                description: "Documents of some kinds in every region.",
                for_each: &[
                    Each::Setting(1u16),
                    Each::Values(&["credit_note", "receipt"]),
                ],
                given: &[0u16, 1u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/regions/"),
                            Expr::Given(0u16),
                            Expr::Text("/"),
                            Expr::Given(1u16),
                            Expr::Text("s"),
                        ],
                    ),
                    query: &[],
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
                        value: 7u32,
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
                        headers: &[],
                        slots: &[Slot::Scalar],
                    },
                    record: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "number",
                                node: Node {
                                    slot: Some(0u16),
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
                    name: "partitions_document",
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
                                &[Expr::Given(0u16), Expr::Given(1u16), Expr::Slot(0u16)],
                            ),
                        },
                        Column {
                            name: "region",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "kind",
                            description: "",
                            ty: Type::Enum {
                                name: "Kind",
                                values: &["credit_note", "invoice", "receipt"],
                            },
                            nullable: false,
                            from: Expr::Given(1u16),
                        },
                        Column {
                            name: "number",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "messages",
                description: "The messages of each group, in either box.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 1u16,
                                columns: &[0u16],
                            },
                        ],
                        changed: false,
                    },
                    Each::Values(&["in", "out"]),
                ],
                given: &[0u16, 1u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/groups/"),
                            Expr::Given(0u16),
                            Expr::Text("/messages"),
                        ],
                    ),
                    query: &[
                        Param {
                            name: "box",
                            value: ParamValue::Text(Expr::Given(1u16)),
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
                        to: Target::Query("limit"),
                        value: 7u32,
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
                                name: "text",
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
                    name: "partitions_message",
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
                                &[Expr::Given(0u16), Expr::Given(1u16), Expr::Slot(0u16)],
                            ),
                        },
                        Column {
                            name: "group",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "box",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(1u16),
                        },
                        Column {
                            name: "text",
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
                name: "grades",
                description: "What each group thinks of each person.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 1u16,
                                columns: &[0u16],
                            },
                        ],
                        changed: false,
                    },
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 0u16,
                                columns: &[0u16],
                            },
                        ],
                        changed: false,
                    },
                ],
                given: &[0u16, 1u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/groups/"),
                            Expr::Given(0u16),
                            Expr::Text("/grades"),
                        ],
                    ),
                    query: &[
                        Param {
                            name: "of",
                            value: ParamValue::Text(Expr::Given(1u16)),
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
                        value: 7u32,
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
                        ],
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
                    name: "partitions_grade",
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
                            name: "group",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "user",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "notes",
                description: "Notes on people and on groups.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 0u16,
                                columns: &[0u16, 2u16],
                            },
                            Parent {
                                resource: 1u16,
                                columns: &[0u16, 1u16],
                            },
                        ],
                        changed: false,
                    },
                ],
                given: &[0u16, 0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/notes"),
                    query: &[
                        Param {
                            name: "about",
                            value: ParamValue::Text(Expr::Given(0u16)),
                        },
                        Param {
                            name: "name",
                            value: ParamValue::Text(Expr::Given(1u16)),
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
                        value: 7u32,
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
                                name: "text",
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
                    name: "partitions_note",
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
                            name: "about",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "text",
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
                name: "devices",
                description: "The devices of people who have changed.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 0u16,
                                columns: &[0u16],
                            },
                        ],
                        changed: true,
                    },
                ],
                given: &[0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/users/"),
                            Expr::Given(0u16),
                            Expr::Text("/devices"),
                        ],
                    ),
                    query: &[],
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
                        value: 7u32,
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
                                name: "model",
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
                on_error: &[
                    ErrorRule {
                        status: Some(404u16),
                        code: Some("not_found"),
                        message: None,
                        when: None,
                        then: Action::SkipParent,
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
                    name: "partitions_device",
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
                            name: "user",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "model",
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
                name: "logs",
                description: "Log entries, by a filter.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/logs"),
                    query: &[
                        Param {
                            name: "filter",
                            value: ParamValue::Text(
                                Expr::Concat(
                                    &[
                                        Expr::Text("published ge \""),
                                        Expr::Window(Bound::Start),
                                        Expr::Text("\" and published lt \""),
                                        Expr::Window(Bound::End),
                                        Expr::Text("\""),
                                    ],
                                ),
                            ),
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
                        value: 7u32,
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
                                name: "published",
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
                        from: None,
                        to: None,
                        at_most: Some(Span { millis: 604800000i64 }),
                        on: On::EveryPage,
                        format: TimeFormat::Rfc3339,
                        until_now: true,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(30i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 3600000i64 },
                }),
                row: Row {
                    name: "partitions_log",
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
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "text",
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
                name: "deals",
                description: "Deals, by a search.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/deals/search"),
                    query: &[],
                    headers: &[],
                    body: Some(
                        Body::Json(
                            Template::Object(
                                &[
                                    Member {
                                        name: "filters",
                                        value: Template::Array(
                                            &[
                                                Template::Object(
                                                    &[
                                                        Member {
                                                            name: "property",
                                                            value: Template::Value(Expr::Text("modified")),
                                                        },
                                                        Member {
                                                            name: "operator",
                                                            value: Template::Value(Expr::Text("GTE")),
                                                        },
                                                        Member {
                                                            name: "value",
                                                            value: Template::Value(
                                                                Expr::Call(Function::Text, &[Expr::Window(Bound::Start)]),
                                                            ),
                                                        },
                                                    ],
                                                ),
                                                Template::Object(
                                                    &[
                                                        Member {
                                                            name: "property",
                                                            value: Template::Value(Expr::Text("modified")),
                                                        },
                                                        Member {
                                                            name: "operator",
                                                            value: Template::Value(Expr::Text("LT")),
                                                        },
                                                        Member {
                                                            name: "high",
                                                            value: Template::Value(Expr::Window(Bound::End)),
                                                        },
                                                    ],
                                                ),
                                            ],
                                        ),
                                    },
                                ],
                            ),
                        ),
                    ),
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::List(&["results"]),
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
                                name: "modified",
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
                        from: None,
                        to: None,
                        at_most: Some(Span { millis: 432000000i64 }),
                        on: On::EveryPage,
                        format: TimeFormat::UnixMillis,
                        until_now: true,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(30i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 0i64 },
                }),
                row: Row {
                    name: "partitions_deal",
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
                            ty: Type::Timestamp(TimeFormat::UnixMillis),
                            nullable: true,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "name",
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
                name: "activities",
                description: "What happened, newest first.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/activities"),
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
                                name: "at",
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
                    window: None,
                    newest_first: true,
                    lookback: Some(Expr::Integer(45i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 3600000i64 },
                }),
                row: Row {
                    name: "partitions_activity",
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
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "text",
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
