// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// The smallest spec there is.
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
    /// Things.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn things(&self) -> ::tapwright::Records<Thing> {
        self.api.records("things")
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
/// How the smallest connector is configured.
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
/// Things.
#[derive(Clone, Debug, PartialEq)]
pub struct Thing {
    /// What identifies it.
    pub id: ::std::string::String,
    /// name.
    pub name: ::std::string::String,
}
impl ::tapwright::Record for Thing {
    const ROW: &'static str = "smallest_thing";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            name: row.text(1usize),
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
        name: "smallest",
        title: "smallest",
        fingerprint: 9167208625597728877u64,
        settings: &[],
        base_url: Expr::Text("https://api.example.com"),
        auth: Auth::None,
        limits: &[],
        retry: None,
        resources: &[
            Resource {
                name: "things",
                description: "Things.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/things"),
                    query: &[],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: None,
                decode: Decode {
                    records: Records::List(&[]),
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
                    known: None,
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
                    name: "smallest_thing",
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
