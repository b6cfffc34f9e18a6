// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Metrics, edges and distributions.
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
    /// Users.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn users(&self) -> ::tapwright::Records<User> {
        self.api.records("users")
    }
    /// Groups.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn groups(&self) -> ::tapwright::Records<Group> {
        self.api.records("groups")
    }
    /// Visits of a day. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn visits(&self) -> ::tapwright::Records<Visits> {
        self.api.records("visits")
    }
    /// The load of each group, hour by hour. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn loads(&self) -> ::tapwright::Records<Load> {
        self.api.records("loads")
    }
    /// Who is in which group.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn members(&self) -> ::tapwright::Records<Member> {
        self.api.records("members")
    }
    /// Who knows whom.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn friends(&self) -> ::tapwright::Records<Friend> {
        self.api.records("friends")
    }
    /// How long requests took. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn latencies(&self) -> ::tapwright::Records<Latency> {
        self.api.records("latencies")
    }
    /// How many users have which plan.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn plans(&self) -> ::tapwright::Records<Plan> {
        self.api.records("plans")
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
/// How the shapes connector is configured.
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
/// Users.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for User {
    const ROW: &'static str = "shapes_user";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// Groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Group {
    const ROW: &'static str = "shapes_group";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// Visits of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Visits {
    /// What identifies it.
    pub id: ::std::string::String,
    /// Where its span of time begins.
    pub start_at: ::tapwright::Timestamp,
    /// How they came.
    pub channel: Channel,
    /// How many.
    pub count: i64,
    /// bounced.
    pub bounced: ::core::option::Option<f64>,
    /// note.
    pub note: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Visits {
    const ROW: &'static str = "shapes_visits";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            start_at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            channel: <Channel as ::core::convert::From<_>>::from(row.text(2usize)),
            count: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
            bounced: row.number(4usize),
            note: row.optional_text(5usize),
        }
    }
}
/// The load of each group, hour by hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    /// What identifies it.
    pub id: ::std::string::String,
    /// Where its span of time begins.
    pub start_at: ::tapwright::Timestamp,
    /// Where its span of time ends.
    pub end_at: ::tapwright::Timestamp,
    /// The id in groups.
    pub group: ::std::string::String,
    /// host.
    pub host: ::std::string::String,
    /// load.
    pub load: ::std::string::String,
}
impl ::tapwright::Record for Load {
    const ROW: &'static str = "shapes_load";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            start_at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            end_at: ::core::option::Option::unwrap_or_default(row.timestamp(2usize)),
            group: row.text(3usize),
            host: row.text(4usize),
            load: row.text(5usize),
        }
    }
}
/// Who is in which group.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// What it leads from.
    pub from_id: ::std::string::String,
    /// What it leads to.
    pub to_id: ::std::string::String,
    /// What kind of relation it is.
    pub kind: ::std::string::String,
    /// invited.
    pub invited: ::core::option::Option<bool>,
}
impl ::tapwright::Record for Member {
    const ROW: &'static str = "shapes_member";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            from_id: row.text(2usize),
            to_id: row.text(3usize),
            kind: row.text(4usize),
            invited: row.boolean(5usize),
        }
    }
}
/// Who knows whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Friend {
    /// What identifies it.
    pub id: ::std::string::String,
    /// What it leads from.
    pub from_id: ::std::string::String,
    /// What it leads to.
    pub to_id: ::std::string::String,
}
impl ::tapwright::Record for Friend {
    const ROW: &'static str = "shapes_friend";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            from_id: row.text(1usize),
            to_id: row.text(2usize),
        }
    }
}
/// How long requests took.
#[derive(Clone, Debug, PartialEq)]
pub struct Latency {
    /// What identifies it.
    pub id: ::std::string::String,
    /// Where its span of time begins.
    pub start_at: ::tapwright::Timestamp,
    /// channel.
    pub channel: Channel,
    /// In milliseconds.
    pub below: i64,
    /// count.
    pub count: i64,
}
impl ::tapwright::Record for Latency {
    const ROW: &'static str = "shapes_latency";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            start_at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            channel: <Channel as ::core::convert::From<_>>::from(row.text(2usize)),
            below: ::core::option::Option::unwrap_or_default(row.integer(3usize)),
            count: ::core::option::Option::unwrap_or_default(row.integer(4usize)),
        }
    }
}
/// How many users have which plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What identifies it.
    pub id: ::std::string::String,
    /// plan.
    pub plan: ::std::string::String,
    /// users.
    pub users: i64,
}
impl ::tapwright::Record for Plan {
    const ROW: &'static str = "shapes_plan";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            plan: row.text(1usize),
            users: ::core::option::Option::unwrap_or_default(row.integer(2usize)),
        }
    }
}
/// One of the 3 known values of `Channel`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Channel {
    /// `web`
    Web,
    /// `mail`
    Mail,
    /// `phone`
    Phone,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Channel {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Web => "web",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Channel {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "web" => Self::Web,
            "mail" => Self::Mail,
            "phone" => Self::Phone,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Channel {
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
        name: "shapes",
        title: "shapes",
        fingerprint: 5545542731065344530u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("SHAPES_KEY"),
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
                name: "users",
                description: "Users.",
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
                    name: "shapes_user",
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
                name: "groups",
                description: "Groups.",
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
                    name: "shapes_group",
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
                description: "Visits of a day.",
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
                                name: "day",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "channel",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "count",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "bounced",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "note",
                                node: Node {
                                    slot: Some(4u16),
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
                incremental: Some(Incremental {
                    resume: None,
                    window: Some(Window {
                        from: Some(Target::Query("since")),
                        to: Some(Target::Query("until")),
                        at_most: Some(Span { millis: 864000000i64 }),
                        on: On::EveryPage,
                        format: TimeFormat::Rfc3339,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(60i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 259200000i64 },
                }),
                row: Row {
                    name: "shapes_visits",
                    shape: Shape::Metric(Series {
                        told_by: &[1u16, 2u16],
                        dimensions: &[2u16],
                        values: &[3u16, 4u16],
                        end: None,
                        period: Some(Span { millis: 86400000i64 }),
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
                            name: "channel",
                            description: "How they came.",
                            ty: Type::Enum {
                                name: "Channel",
                                values: &["mail", "phone", "web"],
                            },
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "count",
                            description: "How many.",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "bounced",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "note",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(4u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "loads",
                description: "The load of each group, hour by hour.",
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
                ],
                given: &[0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/groups/"),
                            Expr::Given(0u16),
                            Expr::Text("/loads"),
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
                                name: "from",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "until",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "host",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "load",
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
                    above: None,
                    entry_key: None,
                    record_slots: &[Slot::Scalar, Slot::Scalar, Slot::Scalar, Slot::Json],
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
                incremental: Some(Incremental {
                    resume: None,
                    window: Some(Window {
                        from: Some(Target::Query("since")),
                        to: Some(Target::Query("until")),
                        at_most: None,
                        on: On::EveryPage,
                        format: TimeFormat::UnixSeconds,
                        until_now: true,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(60i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 21600000i64 },
                }),
                row: Row {
                    name: "shapes_load",
                    shape: Shape::Metric(Series {
                        told_by: &[1u16, 3u16, 4u16],
                        dimensions: &[3u16, 4u16],
                        values: &[5u16],
                        end: Some(2u16),
                        period: None,
                        parent: Some(3u16),
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
                            ty: Type::Timestamp(TimeFormat::UnixSeconds),
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "end_at",
                            description: "Where its span of time ends.",
                            ty: Type::Timestamp(TimeFormat::UnixSeconds),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "group",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "host",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "load",
                            description: "",
                            ty: Type::Decimal,
                            nullable: false,
                            from: Expr::Slot(3u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "members",
                description: "Who is in which group.",
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
                ],
                given: &[0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/groups/"),
                            Expr::Given(0u16),
                            Expr::Text("/members"),
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
                                name: "role",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "since",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "invited",
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
                    above: None,
                    entry_key: None,
                    record_slots: &[
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                    ],
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
                    name: "shapes_member",
                    shape: Shape::Edge(Edge {
                        from: 2u16,
                        from_row: "shapes_user",
                        to: 3u16,
                        to_row: "shapes_group",
                        kind: Some(4u16),
                    }),
                    key: &[0u16],
                    time: Some(1u16),
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Call(
                                Function::Key,
                                &[Expr::Slot(0u16), Expr::Given(0u16), Expr::Slot(1u16)],
                            ),
                        },
                        Column {
                            name: "updated_at",
                            description: "When it last changed.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: true,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "from_id",
                            description: "What it leads from.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "to_id",
                            description: "What it leads to.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "kind",
                            description: "What kind of relation it is.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "invited",
                            description: "",
                            ty: Type::Boolean,
                            nullable: true,
                            from: Expr::Slot(3u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "friends",
                description: "Who knows whom.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/friends"),
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
                                name: "a",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "b",
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
                    name: "shapes_friend",
                    shape: Shape::Edge(Edge {
                        from: 1u16,
                        from_row: "shapes_user",
                        to: 2u16,
                        to_row: "shapes_user",
                        kind: None,
                    }),
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
                            name: "from_id",
                            description: "What it leads from.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "to_id",
                            description: "What it leads to.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "latencies",
                description: "How long requests took.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/latencies"),
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
                                name: "hour",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "channel",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "below",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "count",
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
                    above: None,
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
                incremental: Some(Incremental {
                    resume: None,
                    window: Some(Window {
                        from: Some(Target::Query("since")),
                        to: Some(Target::Query("until")),
                        at_most: None,
                        on: On::EveryPage,
                        format: TimeFormat::Rfc3339,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Integer(30i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 7200000i64 },
                }),
                row: Row {
                    name: "shapes_latency",
                    shape: Shape::Distribution {
                        series: Series {
                            told_by: &[1u16, 2u16, 3u16],
                            dimensions: &[2u16],
                            values: &[4u16],
                            end: None,
                            period: Some(Span { millis: 3600000i64 }),
                            parent: None,
                        },
                        bucket: 3u16,
                    },
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
                            name: "channel",
                            description: "",
                            ty: Type::Enum {
                                name: "Channel",
                                values: &["mail", "phone", "web"],
                            },
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "below",
                            description: "In milliseconds.",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "count",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(3u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "plans",
                description: "How many users have which plan.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/plans"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
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
                                name: "plan",
                                node: Node {
                                    slot: Some(0u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "users",
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
                    name: "shapes_plan",
                    shape: Shape::Distribution {
                        series: Series {
                            told_by: &[1u16],
                            dimensions: &[],
                            values: &[2u16],
                            end: None,
                            period: None,
                            parent: None,
                        },
                        bucket: 1u16,
                    },
                    key: &[0u16],
                    time: None,
                    columns: &[
                        Column {
                            name: "id",
                            description: "What identifies it.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Null,
                        },
                        Column {
                            name: "plan",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "users",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
