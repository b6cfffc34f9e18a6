// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// What records of the Hooks connector go through: Rust code that its spec asks for.
pub struct Hooks {
    /// writes addresses in lower case, and leaves robots out
    pub users: ::std::boxed::Box<dyn ::tapwright::Hook<User>>,
}
impl ::core::convert::From<Hooks> for ::tapwright::HookSet {
    fn from(hooks: Hooks) -> Self {
        ::tapwright::HookSet::with(::tapwright::HookSet::new(), "users", hooks.users)
    }
}
impl ::core::fmt::Debug for Hooks {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str("Hooks { .. }")
    }
}
/// Resources that go through hooks.
///
/// Resources that go through a hook:
///
/// - `users`: writes addresses in lower case, and leaves robots out
#[derive(Debug)]
pub struct Connector {
    api: ::tapwright::Api,
}
impl Connector {
    /// The tables this connector is made of.
    pub const PLAN: &'static ::tapwright::plan::Connector = &__plan::CONNECTOR;
    /// The files that the spec names, by their paths below its folder.
    pub const FILES: &'static [(&'static str, &'static str)] = &[
        (
            "queries/members.graphql",
            "# The members of an organization, those that are active alone.\nquery Members($first: Int!, $after: String, $active: Boolean!) {\n  members(first: $first, after: $after, active: $active) {\n    nodes { ...Member }\n    pageInfo { hasNextPage endCursor }\n  }\n}\n\nfragment Member on User { id name }\n",
        ),
    ];
    /// A connector with that configuration.
    ///
    /// # Errors
    /// When the base URL is none that a credential may be sent to.
    pub fn new(
        config: Config,
        hooks: Hooks,
    ) -> ::core::result::Result<Self, ::tapwright::Error> {
        Self::with_options(
            config,
            hooks,
            <::tapwright::Options as ::core::default::Default>::default(),
        )
    }
    /// A connector with that configuration, and options for reading and syncing.
    ///
    /// # Errors
    /// As [`Connector::new`].
    pub fn with_options(
        config: Config,
        hooks: Hooks,
        options: ::tapwright::Options,
    ) -> ::core::result::Result<Self, ::tapwright::Error> {
        ::core::result::Result::map(
            ::tapwright::Api::new(
                Self::PLAN,
                config.settings,
                ::tapwright::Options {
                    hooks: ::core::convert::From::from(hooks),
                    ..options
                },
            ),
            |api| Self { api },
        )
    }
    /// Users.
    ///
    /// Read page by page, as they are asked for.
    ///
    /// Its records go through a hook:
    /// writes addresses in lower case, and leaves robots out
    #[must_use]
    pub fn users(&self) -> ::tapwright::Records<User> {
        self.api.records("users")
    }
    /// What each user wrote.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn posts(&self) -> ::tapwright::Records<Post> {
        self.api.records("posts")
    }
    /// Members, by GraphQL.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn members(&self) -> ::tapwright::Records<Member> {
        self.api.records("members")
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
/// How the Hooks connector is configured.
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
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// email.
    pub email: ::std::string::String,
    /// nick.
    pub nick: ::core::option::Option<::std::string::String>,
    /// role.
    pub role: ::core::option::Option<Role>,
    /// level.
    pub level: Role,
    /// logins.
    pub logins: i64,
    /// seats.
    pub seats: ::core::option::Option<i64>,
    /// score.
    pub score: ::core::option::Option<f64>,
    /// balance.
    pub balance: ::core::option::Option<::std::string::String>,
    /// verified.
    pub verified: bool,
    /// joined.
    pub joined: ::tapwright::Timestamp,
    /// born.
    pub born: ::core::option::Option<::std::string::String>,
    /// extra.
    pub extra: ::core::option::Option<::std::string::String>,
    /// rest.
    pub rest: ::std::string::String,
    /// tags.
    pub tags: ::std::vec::Vec<::std::string::String>,
    /// aliases.
    pub aliases: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
}
impl ::tapwright::Rewrite for User {
    fn write(self, row: &mut ::tapwright::RowWriter<'_>) {
        row.text(self.id);
        row.timestamp(self.updated_at);
        row.text(self.email);
        row.optional_text(self.nick);
        row.optional_text(
            ::core::option::Option::map(
                self.role,
                |value| ::std::string::ToString::to_string(&value),
            ),
        );
        row.text(::std::string::ToString::to_string(&self.level));
        row.integer(::core::option::Option::Some(self.logins));
        row.integer(self.seats);
        row.number(self.score);
        row.optional_text(self.balance);
        row.boolean(::core::option::Option::Some(self.verified));
        row.timestamp(::core::option::Option::Some(self.joined));
        row.optional_text(self.born);
        row.optional_text(self.extra);
        row.text(self.rest);
        row.list(::core::option::Option::Some(self.tags));
        row.list(self.aliases);
    }
}
impl ::tapwright::Record for User {
    const ROW: &'static str = "hooks_user";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            email: row.text(2usize),
            nick: row.optional_text(3usize),
            role: ::core::option::Option::map(
                row.optional_text(4usize),
                ::core::convert::From::from,
            ),
            level: <Role as ::core::convert::From<_>>::from(row.text(5usize)),
            logins: ::core::option::Option::unwrap_or_default(row.integer(6usize)),
            seats: row.integer(7usize),
            score: row.number(8usize),
            balance: row.optional_text(9usize),
            verified: ::core::option::Option::unwrap_or_default(row.boolean(10usize)),
            joined: ::core::option::Option::unwrap_or_default(row.timestamp(11usize)),
            born: row.optional_text(12usize),
            extra: row.optional_text(13usize),
            rest: row.text(14usize),
            tags: ::core::option::Option::unwrap_or_default(row.list(15usize)),
            aliases: row.list(16usize),
        }
    }
}
/// What each user wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// What identifies it.
    pub id: ::std::string::String,
    /// author.
    pub author: ::std::string::String,
}
impl ::tapwright::Record for Post {
    const ROW: &'static str = "hooks_post";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            author: row.text(1usize),
        }
    }
}
/// Members, by GraphQL.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Member {
    const ROW: &'static str = "hooks_member";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
        }
    }
}
/// One of the 3 known values of `Role`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// `owner`
    Owner,
    /// `member`
    Member,
    /// `guest`
    Guest,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Role {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Owner => "owner",
            Self::Member => "member",
            Self::Guest => "guest",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Role {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "owner" => Self::Owner,
            "member" => Self::Member,
            "guest" => Self::Guest,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Role {
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
        name: "hooks",
        title: "Hooks",
        fingerprint: 8710665152353054967u64,
        settings: &[
            Setting {
                name: "key",
                description: "The key.",
                env: Some("HOOKS_KEY"),
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
                    headers: &[
                        Param {
                            name: "X-Second",
                            value: ParamValue::Text(Expr::Setting(0u16)),
                        },
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
                        value: 5u32,
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
                                name: "updated",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "email",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "nick",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "role",
                                node: Node {
                                    slot: Some(4u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "level",
                                node: Node {
                                    slot: Some(5u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "logins",
                                node: Node {
                                    slot: Some(6u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "seats",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "score",
                                node: Node {
                                    slot: Some(8u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "balance",
                                node: Node {
                                    slot: Some(9u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "active",
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
                                name: "extra",
                                node: Node {
                                    slot: Some(12u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "rest",
                                node: Node {
                                    slot: Some(13u16),
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
                                            slot: Some(14u16),
                                            fields: &[],
                                            each: None,
                                        },
                                    ),
                                },
                            },
                            Field {
                                name: "aliases",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: Some(15u16),
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
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Json,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Json,
                        Slot::Json,
                        Slot::List,
                        Slot::List,
                    ],
                },
                keep: Some(Expr::Slot(10u16)),
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
                    name: "hooks_user",
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
                            name: "email",
                            description: "",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "nick",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "role",
                            description: "",
                            ty: Type::Enum {
                                name: "Role",
                                values: &["guest", "member", "owner"],
                            },
                            nullable: true,
                            from: Expr::Slot(4u16),
                        },
                        Column {
                            name: "level",
                            description: "",
                            ty: Type::Enum {
                                name: "Role",
                                values: &["guest", "member", "owner"],
                            },
                            nullable: false,
                            from: Expr::Slot(5u16),
                        },
                        Column {
                            name: "logins",
                            description: "",
                            ty: Type::Integer,
                            nullable: false,
                            from: Expr::Slot(6u16),
                        },
                        Column {
                            name: "seats",
                            description: "",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "score",
                            description: "",
                            ty: Type::Number,
                            nullable: true,
                            from: Expr::Slot(8u16),
                        },
                        Column {
                            name: "balance",
                            description: "",
                            ty: Type::Decimal,
                            nullable: true,
                            from: Expr::Slot(9u16),
                        },
                        Column {
                            name: "verified",
                            description: "",
                            ty: Type::Boolean,
                            nullable: false,
                            from: Expr::Slot(10u16),
                        },
                        Column {
                            name: "joined",
                            description: "",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(1u16),
                        },
                        Column {
                            name: "born",
                            description: "",
                            ty: Type::Date,
                            nullable: true,
                            from: Expr::Slot(11u16),
                        },
                        Column {
                            name: "extra",
                            description: "",
                            ty: Type::Json,
                            nullable: true,
                            from: Expr::Slot(12u16),
                        },
                        Column {
                            name: "rest",
                            description: "",
                            ty: Type::Json,
                            nullable: false,
                            from: Expr::Slot(13u16),
                        },
                        Column {
                            name: "tags",
                            description: "",
                            ty: Type::List,
                            nullable: false,
                            from: Expr::Slot(14u16),
                        },
                        Column {
                            name: "aliases",
                            description: "",
                            ty: Type::List,
                            nullable: true,
                            from: Expr::Slot(15u16),
                        },
                    ],
                },
                hook: Some("writes addresses in lower case, and leaves robots out"),
            },
            Resource {
                name: "posts",
                description: "What each user wrote.",
                for_each: &[
                    Each::Rows {
                        parents: &[
                            Parent {
                                resource: 0u16,
                                columns: &[2u16, 0u16],
                            },
                        ],
                        changed: false,
                    },
                ],
                given: &[0u16, 0u16],
                request: Request {
                    method: Method::Get,
                    path: Expr::Concat(
                        &[Expr::Text("/users/"), Expr::Given(1u16), Expr::Text("/posts")],
                    ),
                    query: &[],
                    headers: &[
                        Param {
                            name: "X-Second",
                            value: ParamValue::Text(Expr::Setting(0u16)),
                        },
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
                    name: "hooks_post",
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
                            name: "author",
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
                name: "members",
                description: "Members, by GraphQL.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Post,
                    path: Expr::Text("/graphql"),
                    query: &[],
                    headers: &[
                        Param {
                            name: "X-Second",
                            value: ParamValue::Text(Expr::Setting(0u16)),
                        },
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
                                                "# The members of an organization, those that are active alone.\nquery Members($first: Int!, $after: String, $active: Boolean!) {\n  members(first: $first, after: $after, active: $active) {\n    nodes { ...Member }\n    pageInfo { hasNextPage endCursor }\n  }\n}\n\nfragment Member on User { id name }\n",
                                            ),
                                        ),
                                    },
                                    Member {
                                        name: "variables",
                                        value: Template::Object(
                                            &[
                                                Member {
                                                    name: "active",
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
                        value: 9u32,
                    }),
                    more: Some(Expr::Slot(1u16)),
                    short_is_last: false,
                }),
                decode: Decode {
                    records: Records::List(&["data", "members", "nodes"]),
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
                                                name: "members",
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
                    name: "hooks_member",
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
        ],
    };
}
