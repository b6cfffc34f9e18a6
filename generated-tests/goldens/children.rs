// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Parents, children and grandchildren.
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
    /// Teams.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn teams(&self) -> ::tapwright::Records<Team> {
        self.api.records("teams")
    }
    /// The projects of each team.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn projects(&self) -> ::tapwright::Records<Project> {
        self.api.records("projects")
    }
    /// The tasks of each project.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn tasks(&self) -> ::tapwright::Records<Task> {
        self.api.records("tasks")
    }
    /// What happened in each team. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn logins(&self) -> ::tapwright::Records<Login> {
        self.api.records("logins")
    }
    /// What a search with a body finds in each team.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn searches(&self) -> ::tapwright::Records<Search> {
        self.api.records("searches")
    }
    /// Notes, by GraphQL.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn notes(&self) -> ::tapwright::Records<Note> {
        self.api.records("notes")
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
/// How the children connector is configured.
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
/// Teams.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
    /// size.
    pub size: i64,
    /// parent.
    pub parent: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Team {
    const ROW: &'static str = "children_team";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
            size: ::core::option::Option::unwrap_or_default(row.integer(2usize)),
            parent: row.optional_text(3usize),
        }
    }
}
/// The projects of each team.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// What identifies it.
    pub id: ::std::string::String,
    /// The id in teams.
    pub team: ::std::string::String,
    /// number.
    pub number: i64,
    /// title.
    pub title: ::std::string::String,
    /// teamSize.
    pub team_size: i64,
}
impl ::tapwright::Record for Project {
    const ROW: &'static str = "children_project";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            team: row.text(1usize),
            number: ::core::option::Option::unwrap_or_default(row.integer(2usize)),
            title: row.text(3usize),
            team_size: ::core::option::Option::unwrap_or_default(row.integer(4usize)),
        }
    }
}
/// The tasks of each project.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What identifies it.
    pub id: ::std::string::String,
    /// The id in projects.
    pub project: ::std::string::String,
    /// title.
    pub title: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Task {
    const ROW: &'static str = "children_task";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            project: row.text(1usize),
            title: row.optional_text(2usize),
        }
    }
}
/// What happened in each team.
#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it happened.
    pub at: ::tapwright::Timestamp,
    /// team.
    pub team: ::std::string::String,
}
impl ::tapwright::Record for Login {
    const ROW: &'static str = "children_login";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            team: row.text(2usize),
        }
    }
}
/// What a search with a body finds in each team.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What identifies it.
    pub id: ::std::string::String,
    /// title.
    pub title: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Search {
    const ROW: &'static str = "children_search";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            title: row.optional_text(1usize),
        }
    }
}
/// Notes, by GraphQL.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// What identifies it.
    pub id: ::std::string::String,
    /// text.
    pub text: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for Note {
    const ROW: &'static str = "children_note";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            text: row.optional_text(1usize),
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
        name: "children",
        title: "children",
        fingerprint: 6502118213755638811u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("CHILDREN_KEY"),
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
                name: "teams",
                description: "Teams.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/teams"),
                    query: &[],
                    headers: &[
                        Param {
                            name: "Accept-Language",
                            value: ParamValue::Text(Expr::Text("en")),
                        },
                    ],
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
                            Field {
                                name: "size",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "parent",
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
                incremental: None,
                row: Row {
                    name: "children_team",
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
                        Column {
                            name: "size",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "parent",
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
                name: "projects",
                description: "The projects of each team.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 0u16,
                                columns: &[0u16, 2u16, 1u16],
                            },
                        ],
                        changed: false,
                    },
                ],
                given: &[0u16, 0u16, 0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/teams/"),
                            Expr::Given(0u16),
                            Expr::Text("/projects"),
                        ],
                    ),
                    query: &[
                        Param {
                            name: "of",
                            value: ParamValue::Text(Expr::Given(2u16)),
                        },
                    ],
                    headers: &[
                        Param {
                            name: "Accept-Language",
                            value: ParamValue::Text(Expr::Text("en")),
                        },
                    ],
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
                                name: "number",
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
                    name: "children_project",
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
                                &[Expr::Given(0u16), Expr::Slot(0u16)],
                            ),
                        },
                        Column {
                            name: "team",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                        Column {
                            name: "number",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "title",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "teamSize",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Given(1u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "tasks",
                description: "The tasks of each project.",
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
                            Expr::Text("/projects/"),
                            Expr::Given(0u16),
                            Expr::Text("/tasks"),
                        ],
                    ),
                    query: &[],
                    headers: &[
                        Param {
                            name: "Accept-Language",
                            value: ParamValue::Text(Expr::Text("en")),
                        },
                    ],
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
                    name: "children_task",
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
                            name: "project",
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
                name: "logins",
                description: "What happened in each team.",
                for_each: &[
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
                given: &[0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[
                            Expr::Text("/teams/"),
                            Expr::Given(0u16),
                            Expr::Text("/logins"),
                        ],
                    ),
                    query: &[],
                    headers: &[
                        Param {
                            name: "Accept-Language",
                            value: ParamValue::Text(Expr::Text("en")),
                        },
                    ],
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
                                name: "at",
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
                    lookback: Some(Expr::Integer(60i64)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 86400000i64 },
                }),
                row: Row {
                    name: "children_login",
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
                            name: "team",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Given(0u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "searches",
                description: "What a search with a body finds in each team.",
                for_each: &[
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
                given: &[0u16],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/search"),
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
                                        name: "filter",
                                        value: Template::Object(
                                            &[
                                                Member {
                                                    name: "team",
                                                    value: Template::Value(Expr::Given(0u16)),
                                                },
                                                Member {
                                                    name: "open",
                                                    value: Template::Value(Expr::Bool(true)),
                                                },
                                                Member {
                                                    name: "least",
                                                    value: Template::Value(Expr::Integer(1i64)),
                                                },
                                            ],
                                        ),
                                    },
                                    Member {
                                        name: "page",
                                        value: Template::Object(&[]),
                                    },
                                ],
                            ),
                        ),
                    ),
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Body(&["page", "after"]),
                    },
                    size: Some(Size {
                        to: Target::Body(&["page", "first"]),
                        value: 7u32,
                    }),
                    more: Some(Expr::Slot(1u16)),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["hits"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "page",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "end",
                                                node: Node {
                                                    slot: Some(0u16),
                                                    fields: &[],
                                                    each: None,
                                                },
                                            },
                                            Field {
                                                name: "more",
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
                    name: "children_search",
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
                name: "notes",
                description: "Notes, by GraphQL.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/graphql"),
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
                                        name: "query",
                                        value: Template::Text(
                                            Expr::Text(
                                                "query ($first: Int!, $after: String, $open: Boolean!) {\n  notes(first: $first, after: $after, open: $open) { nodes { id text } pageInfo { hasNextPage endCursor } }\n}\n",
                                            ),
                                        ),
                                    },
                                    Member {
                                        name: "variables",
                                        value: Template::Object(
                                            &[
                                                Member {
                                                    name: "open",
                                                    value: Template::Value(Expr::Bool(true)),
                                                },
                                            ],
                                        ),
                                    },
                                ],
                            ),
                        ),
                    ),
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Body(&["variables", "after"]),
                    },
                    size: Some(Size {
                        to: Target::Body(&["variables", "first"]),
                        value: 7u32,
                    }),
                    more: Some(Expr::Slot(1u16)),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data", "notes", "nodes"]),
                    envelope: Envelope {
                        body: Node {
                            slot: None,
                            fields: &[
                                Field {
                                    name: "data",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "notes",
                                                node: Node {
                                                    slot: None,
                                                    fields: &[
                                                        Field {
                                                            name: "pageInfo",
                                                            node: Node {
                                                                slot: None,
                                                                fields: &[
                                                                    Field {
                                                                        name: "endCursor",
                                                                        node: Node {
                                                                            slot: Some(0u16),
                                                                            fields: &[],
                                                                            each: None,
                                                                        },
                                                                    },
                                                                    Field {
                                                                        name: "hasNextPage",
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
                on_error: &[
                    ErrorRule {
                        status: None,
                        code: None,
                        message: None,
                        when: Some(
                            Expr::Call(
                                Function::NotEqual,
                                &[
                                    Expr::Call(Function::First, &[Expr::Slot(0u16)]),
                                    Expr::Null,
                                ],
                            ),
                        ),
                        then: Action::Fail,
                    },
                ],
                refusal: Envelope {
                    body: Node {
                        slot: None,
                        fields: &[
                            Field {
                                name: "errors",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
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
                                            ],
                                            each: None,
                                        },
                                    ),
                                },
                            },
                        ],
                        each: None,
                    },
                    headers: &[],
                    slots: &[Slot::List],
                },
                incremental: None,
                row: Row {
                    name: "children_note",
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
