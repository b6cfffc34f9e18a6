// Generated from a spec, for review and for the compiler: see tests/goldens.rs.

/// Organizations, SSO connections, directories and authentication events of a WorkOS environment.
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
    /// Organizations (tenants).
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn organizations(&self) -> ::tapwright::Records<Organization> {
        self.api.records("organizations")
    }
    /// SSO connections of organizations to identity providers.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn connections(&self) -> ::tapwright::Records<Connection> {
        self.api.records("connections")
    }
    /// Directories that organizations sync their users and groups from.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn directories(&self) -> ::tapwright::Records<Directory> {
        self.api.records("directories")
    }
    /// Sign-in successes and failures of every method. Of the look-back, as it is configured.
    ///
    /// Read page by page, as they are asked for.
    #[must_use]
    pub fn auth_events(&self) -> ::tapwright::Records<AuthEvent> {
        self.api.records("auth_events")
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
/// How the WorkOS connector is configured.
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
    /// A server-side API key; read-only access is enough.
    #[must_use]
    pub fn api_key(
        self,
        value: impl ::core::convert::Into<::tapwright::SecretString>,
    ) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "apiKey",
                    ::tapwright::SettingValue::Text(::core::convert::Into::into(value)),
                    ::tapwright::Origin::Given,
                ),
        }
    }
    /// How many days a first or full sync of events reaches back. From 1 to 90; 30 when not set.
    #[must_use]
    pub fn auth_events_lookback_days(self, value: i64) -> Self {
        Self {
            settings: self
                .settings
                .set(
                    "authEventsLookbackDays",
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
/// Organizations (tenants).
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// Display name.
    pub name: ::std::string::String,
    /// Its domains, comma-separated.
    pub domains: ::core::option::Option<::std::string::String>,
    /// The verification state of each domain, in the same order.
    pub domain_states: ::core::option::Option<::std::string::String>,
    /// Your own id for it.
    pub external_id: ::core::option::Option<::std::string::String>,
    /// The customer at Stripe.
    pub stripe_customer_id: ::core::option::Option<::std::string::String>,
    /// Key-value pairs you attached.
    pub metadata: ::core::option::Option<::std::string::String>,
    /// When it was created.
    pub created_at: ::tapwright::Timestamp,
}
impl ::tapwright::Record for Organization {
    const ROW: &'static str = "workos_organization";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            name: row.text(2usize),
            domains: row.optional_text(3usize),
            domain_states: row.optional_text(4usize),
            external_id: row.optional_text(5usize),
            stripe_customer_id: row.optional_text(6usize),
            metadata: row.optional_text(7usize),
            created_at: ::core::option::Option::unwrap_or_default(row.timestamp(8usize)),
        }
    }
}
/// SSO connections of organizations to identity providers.
#[derive(Clone, Debug, PartialEq)]
pub struct Connection {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// The identity provider and protocol.
    pub connection_type: ConnectionType,
    /// The id in organizations.
    pub organization_id: ::core::option::Option<::std::string::String>,
    /// Its state, else the deprecated status.
    pub state: ::core::option::Option<ConnectionState>,
    /// Display name.
    pub name: ::std::string::String,
    /// Its domains, comma-separated.
    pub domains: ::core::option::Option<::std::string::String>,
    /// When it was created.
    pub created_at: ::tapwright::Timestamp,
}
impl ::tapwright::Record for Connection {
    const ROW: &'static str = "workos_connection";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            connection_type: <ConnectionType as ::core::convert::From<
                _,
            >>::from(row.text(2usize)),
            organization_id: row.optional_text(3usize),
            state: ::core::option::Option::map(
                row.optional_text(4usize),
                ::core::convert::From::from,
            ),
            name: row.text(5usize),
            domains: row.optional_text(6usize),
            created_at: ::core::option::Option::unwrap_or_default(row.timestamp(7usize)),
        }
    }
}
/// Directories that organizations sync their users and groups from.
#[derive(Clone, Debug, PartialEq)]
pub struct Directory {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it last changed.
    pub updated_at: ::core::option::Option<::tapwright::Timestamp>,
    /// The directory provider.
    pub directory_type: DirectoryType,
    /// The id in organizations.
    pub organization_id: ::core::option::Option<::std::string::String>,
    /// Whether it is linked to its provider.
    pub state: ::core::option::Option<DirectoryState>,
    /// Display name.
    pub name: ::std::string::String,
    /// The domain its users belong to.
    pub domain: ::core::option::Option<::std::string::String>,
    /// The key it has at the provider.
    pub external_key: ::core::option::Option<::std::string::String>,
    /// Active users in it.
    pub active_users: ::core::option::Option<i64>,
    /// Inactive users in it.
    pub inactive_users: ::core::option::Option<i64>,
    /// Groups in it.
    pub groups: ::core::option::Option<i64>,
    /// When it was created.
    pub created_at: ::tapwright::Timestamp,
}
impl ::tapwright::Record for Directory {
    const ROW: &'static str = "workos_directory";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            updated_at: row.timestamp(1usize),
            directory_type: <DirectoryType as ::core::convert::From<
                _,
            >>::from(row.text(2usize)),
            organization_id: row.optional_text(3usize),
            state: ::core::option::Option::map(
                row.optional_text(4usize),
                ::core::convert::From::from,
            ),
            name: row.text(5usize),
            domain: row.optional_text(6usize),
            external_key: row.optional_text(7usize),
            active_users: row.integer(8usize),
            inactive_users: row.integer(9usize),
            groups: row.integer(10usize),
            created_at: ::core::option::Option::unwrap_or_default(row.timestamp(11usize)),
        }
    }
}
/// Sign-in successes and failures of every method.
#[derive(Clone, Debug, PartialEq)]
pub struct AuthEvent {
    /// What identifies it.
    pub id: ::std::string::String,
    /// When it happened.
    pub at: ::tapwright::Timestamp,
    /// What happened, as the API names it.
    pub event_type: AuthEventType,
    /// How it ended: what the event says, else what its name ends in.
    pub outcome: ::core::option::Option<Outcome>,
    /// How the user signed in: password, sso, passkey and so on.
    pub method: ::core::option::Option<::std::string::String>,
    /// The id in organizations.
    pub organization_id: ::core::option::Option<::std::string::String>,
    /// Who, when known.
    pub user_id: ::core::option::Option<::std::string::String>,
    /// The id in connections.
    pub connection_id: ::core::option::Option<::std::string::String>,
    /// The identity provider; the API has not sent it so far.
    pub connection_type: ::core::option::Option<ConnectionType>,
    /// Where from.
    pub ip_address: ::core::option::Option<::std::string::String>,
    /// The event's id, as webhooks carry it too.
    pub event_id: ::std::string::String,
    /// The address that was used.
    pub email: ::core::option::Option<::std::string::String>,
    /// The browser or program.
    pub user_agent: ::core::option::Option<::std::string::String>,
    /// Why it failed.
    pub error_code: ::core::option::Option<::std::string::String>,
    /// Why it failed, in words.
    pub error_message: ::core::option::Option<::std::string::String>,
    /// The single sign-on session.
    pub session_id: ::core::option::Option<::std::string::String>,
    /// The OAuth provider.
    pub provider: ::core::option::Option<::std::string::String>,
}
impl ::tapwright::Record for AuthEvent {
    const ROW: &'static str = "workos_auth_event";
    fn from_row(row: &::tapwright::Row<'_>) -> Self {
        Self {
            id: row.text(0usize),
            at: ::core::option::Option::unwrap_or_default(row.timestamp(1usize)),
            event_type: <AuthEventType as ::core::convert::From<
                _,
            >>::from(row.text(2usize)),
            outcome: ::core::option::Option::map(
                row.optional_text(3usize),
                ::core::convert::From::from,
            ),
            method: row.optional_text(4usize),
            organization_id: row.optional_text(5usize),
            user_id: row.optional_text(6usize),
            connection_id: row.optional_text(7usize),
            connection_type: ::core::option::Option::map(
                row.optional_text(8usize),
                ::core::convert::From::from,
            ),
            ip_address: row.optional_text(9usize),
            event_id: row.text(10usize),
            email: row.optional_text(11usize),
            user_agent: row.optional_text(12usize),
            error_code: row.optional_text(13usize),
            error_message: row.optional_text(14usize),
            session_id: row.optional_text(15usize),
            provider: row.optional_text(16usize),
        }
    }
}
/// One of the 8 known values of `ConnectionState`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionState {
    /// `requires_type`
    RequiresType,
    /// `draft`
    Draft,
    /// `active`
    Active,
    /// `validating`
    Validating,
    /// `inactive`
    Inactive,
    /// `deleting`
    Deleting,
    /// `linked`
    Linked,
    /// `unlinked`
    Unlinked,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl ConnectionState {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::RequiresType => "requires_type",
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Validating => "validating",
            Self::Inactive => "inactive",
            Self::Deleting => "deleting",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for ConnectionState {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "requires_type" => Self::RequiresType,
            "draft" => Self::Draft,
            "active" => Self::Active,
            "validating" => Self::Validating,
            "inactive" => Self::Inactive,
            "deleting" => Self::Deleting,
            "linked" => Self::Linked,
            "unlinked" => Self::Unlinked,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for ConnectionState {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 51 known values of `ConnectionType`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConnectionType {
    /// `Pending`
    Pending,
    /// `ADFSSAML`
    ADFSSAML,
    /// `AdpOidc`
    AdpOidc,
    /// `AppleOAuth`
    AppleOAuth,
    /// `Auth0Migration`
    Auth0Migration,
    /// `Auth0SAML`
    Auth0SAML,
    /// `AzureSAML`
    AzureSAML,
    /// `BitbucketOAuth`
    BitbucketOAuth,
    /// `CasSAML`
    CasSAML,
    /// `ClassLinkSAML`
    ClassLinkSAML,
    /// `CleverOIDC`
    CleverOIDC,
    /// `CloudflareSAML`
    CloudflareSAML,
    /// `CyberArkSAML`
    CyberArkSAML,
    /// `DiscordOAuth`
    DiscordOAuth,
    /// `DuoSAML`
    DuoSAML,
    /// `EntraIdOIDC`
    EntraIdOIDC,
    /// `GenericOIDC`
    GenericOIDC,
    /// `GenericSAML`
    GenericSAML,
    /// `GitHubOAuth`
    GitHubOAuth,
    /// `GitLabOAuth`
    GitLabOAuth,
    /// `GoogleOAuth`
    GoogleOAuth,
    /// `GoogleOIDC`
    GoogleOIDC,
    /// `GoogleSAML`
    GoogleSAML,
    /// `IntuitOAuth`
    IntuitOAuth,
    /// `JumpCloudSAML`
    JumpCloudSAML,
    /// `KeycloakSAML`
    KeycloakSAML,
    /// `LastPassSAML`
    LastPassSAML,
    /// `LinkedInOAuth`
    LinkedInOAuth,
    /// `LoginGovOidc`
    LoginGovOidc,
    /// `MagicLink`
    MagicLink,
    /// `MicrosoftOAuth`
    MicrosoftOAuth,
    /// `MiniOrangeSAML`
    MiniOrangeSAML,
    /// `NetIqSAML`
    NetIqSAML,
    /// `OktaOIDC`
    OktaOIDC,
    /// `OktaSAML`
    OktaSAML,
    /// `OneLoginSAML`
    OneLoginSAML,
    /// `OracleSAML`
    OracleSAML,
    /// `PingFederateSAML`
    PingFederateSAML,
    /// `PingOneSAML`
    PingOneSAML,
    /// `RipplingSAML`
    RipplingSAML,
    /// `SalesforceSAML`
    SalesforceSAML,
    /// `ShibbolethGenericSAML`
    ShibbolethGenericSAML,
    /// `ShibbolethSAML`
    ShibbolethSAML,
    /// `SimpleSamlPhpSAML`
    SimpleSamlPhpSAML,
    /// `SalesforceOAuth`
    SalesforceOAuth,
    /// `SlackOAuth`
    SlackOAuth,
    /// `TestIdp`
    TestIdp,
    /// `VercelMarketplaceOAuth`
    VercelMarketplaceOAuth,
    /// `VercelOAuth`
    VercelOAuth,
    /// `VMwareSAML`
    VMwareSAML,
    /// `XeroOAuth`
    XeroOAuth,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl ConnectionType {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pending => "Pending",
            Self::ADFSSAML => "ADFSSAML",
            Self::AdpOidc => "AdpOidc",
            Self::AppleOAuth => "AppleOAuth",
            Self::Auth0Migration => "Auth0Migration",
            Self::Auth0SAML => "Auth0SAML",
            Self::AzureSAML => "AzureSAML",
            Self::BitbucketOAuth => "BitbucketOAuth",
            Self::CasSAML => "CasSAML",
            Self::ClassLinkSAML => "ClassLinkSAML",
            Self::CleverOIDC => "CleverOIDC",
            Self::CloudflareSAML => "CloudflareSAML",
            Self::CyberArkSAML => "CyberArkSAML",
            Self::DiscordOAuth => "DiscordOAuth",
            Self::DuoSAML => "DuoSAML",
            Self::EntraIdOIDC => "EntraIdOIDC",
            Self::GenericOIDC => "GenericOIDC",
            Self::GenericSAML => "GenericSAML",
            Self::GitHubOAuth => "GitHubOAuth",
            Self::GitLabOAuth => "GitLabOAuth",
            Self::GoogleOAuth => "GoogleOAuth",
            Self::GoogleOIDC => "GoogleOIDC",
            Self::GoogleSAML => "GoogleSAML",
            Self::IntuitOAuth => "IntuitOAuth",
            Self::JumpCloudSAML => "JumpCloudSAML",
            Self::KeycloakSAML => "KeycloakSAML",
            Self::LastPassSAML => "LastPassSAML",
            Self::LinkedInOAuth => "LinkedInOAuth",
            Self::LoginGovOidc => "LoginGovOidc",
            Self::MagicLink => "MagicLink",
            Self::MicrosoftOAuth => "MicrosoftOAuth",
            Self::MiniOrangeSAML => "MiniOrangeSAML",
            Self::NetIqSAML => "NetIqSAML",
            Self::OktaOIDC => "OktaOIDC",
            Self::OktaSAML => "OktaSAML",
            Self::OneLoginSAML => "OneLoginSAML",
            Self::OracleSAML => "OracleSAML",
            Self::PingFederateSAML => "PingFederateSAML",
            Self::PingOneSAML => "PingOneSAML",
            Self::RipplingSAML => "RipplingSAML",
            Self::SalesforceSAML => "SalesforceSAML",
            Self::ShibbolethGenericSAML => "ShibbolethGenericSAML",
            Self::ShibbolethSAML => "ShibbolethSAML",
            Self::SimpleSamlPhpSAML => "SimpleSamlPhpSAML",
            Self::SalesforceOAuth => "SalesforceOAuth",
            Self::SlackOAuth => "SlackOAuth",
            Self::TestIdp => "TestIdp",
            Self::VercelMarketplaceOAuth => "VercelMarketplaceOAuth",
            Self::VercelOAuth => "VercelOAuth",
            Self::VMwareSAML => "VMwareSAML",
            Self::XeroOAuth => "XeroOAuth",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for ConnectionType {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "Pending" => Self::Pending,
            "ADFSSAML" => Self::ADFSSAML,
            "AdpOidc" => Self::AdpOidc,
            "AppleOAuth" => Self::AppleOAuth,
            "Auth0Migration" => Self::Auth0Migration,
            "Auth0SAML" => Self::Auth0SAML,
            "AzureSAML" => Self::AzureSAML,
            "BitbucketOAuth" => Self::BitbucketOAuth,
            "CasSAML" => Self::CasSAML,
            "ClassLinkSAML" => Self::ClassLinkSAML,
            "CleverOIDC" => Self::CleverOIDC,
            "CloudflareSAML" => Self::CloudflareSAML,
            "CyberArkSAML" => Self::CyberArkSAML,
            "DiscordOAuth" => Self::DiscordOAuth,
            "DuoSAML" => Self::DuoSAML,
            "EntraIdOIDC" => Self::EntraIdOIDC,
            "GenericOIDC" => Self::GenericOIDC,
            "GenericSAML" => Self::GenericSAML,
            "GitHubOAuth" => Self::GitHubOAuth,
            "GitLabOAuth" => Self::GitLabOAuth,
            "GoogleOAuth" => Self::GoogleOAuth,
            "GoogleOIDC" => Self::GoogleOIDC,
            "GoogleSAML" => Self::GoogleSAML,
            "IntuitOAuth" => Self::IntuitOAuth,
            "JumpCloudSAML" => Self::JumpCloudSAML,
            "KeycloakSAML" => Self::KeycloakSAML,
            "LastPassSAML" => Self::LastPassSAML,
            "LinkedInOAuth" => Self::LinkedInOAuth,
            "LoginGovOidc" => Self::LoginGovOidc,
            "MagicLink" => Self::MagicLink,
            "MicrosoftOAuth" => Self::MicrosoftOAuth,
            "MiniOrangeSAML" => Self::MiniOrangeSAML,
            "NetIqSAML" => Self::NetIqSAML,
            "OktaOIDC" => Self::OktaOIDC,
            "OktaSAML" => Self::OktaSAML,
            "OneLoginSAML" => Self::OneLoginSAML,
            "OracleSAML" => Self::OracleSAML,
            "PingFederateSAML" => Self::PingFederateSAML,
            "PingOneSAML" => Self::PingOneSAML,
            "RipplingSAML" => Self::RipplingSAML,
            "SalesforceSAML" => Self::SalesforceSAML,
            "ShibbolethGenericSAML" => Self::ShibbolethGenericSAML,
            "ShibbolethSAML" => Self::ShibbolethSAML,
            "SimpleSamlPhpSAML" => Self::SimpleSamlPhpSAML,
            "SalesforceOAuth" => Self::SalesforceOAuth,
            "SlackOAuth" => Self::SlackOAuth,
            "TestIdp" => Self::TestIdp,
            "VercelMarketplaceOAuth" => Self::VercelMarketplaceOAuth,
            "VercelOAuth" => Self::VercelOAuth,
            "VMwareSAML" => Self::VMwareSAML,
            "XeroOAuth" => Self::XeroOAuth,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for ConnectionType {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 21 known values of `DirectoryType`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DirectoryType {
    /// `azure scim v2.0`
    AzureScimV20,
    /// `bamboohr`
    Bamboohr,
    /// `breathe hr`
    BreatheHr,
    /// `cezanne hr`
    CezanneHr,
    /// `cyberark scim v2.0`
    CyberarkScimV20,
    /// `fourth hr`
    FourthHr,
    /// `generic scim v2.0`
    GenericScimV20,
    /// `gsuite directory`
    GsuiteDirectory,
    /// `hibob`
    Hibob,
    /// `sailpoint scim v2.0`
    SailpointScimV20,
    /// `jump cloud scim v2.0`
    JumpCloudScimV20,
    /// `okta scim v2.0`
    OktaScimV20,
    /// `onelogin scim v2.0`
    OneloginScimV20,
    /// `people hr`
    PeopleHr,
    /// `personio`
    Personio,
    /// `pingfederate scim v2.0`
    PingfederateScimV20,
    /// `rippling scim v2.0`
    RipplingScimV20,
    /// `s3`
    S3,
    /// `sftp`
    Sftp,
    /// `sftp workday`
    SftpWorkday,
    /// `workday`
    Workday,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl DirectoryType {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AzureScimV20 => "azure scim v2.0",
            Self::Bamboohr => "bamboohr",
            Self::BreatheHr => "breathe hr",
            Self::CezanneHr => "cezanne hr",
            Self::CyberarkScimV20 => "cyberark scim v2.0",
            Self::FourthHr => "fourth hr",
            Self::GenericScimV20 => "generic scim v2.0",
            Self::GsuiteDirectory => "gsuite directory",
            Self::Hibob => "hibob",
            Self::SailpointScimV20 => "sailpoint scim v2.0",
            Self::JumpCloudScimV20 => "jump cloud scim v2.0",
            Self::OktaScimV20 => "okta scim v2.0",
            Self::OneloginScimV20 => "onelogin scim v2.0",
            Self::PeopleHr => "people hr",
            Self::Personio => "personio",
            Self::PingfederateScimV20 => "pingfederate scim v2.0",
            Self::RipplingScimV20 => "rippling scim v2.0",
            Self::S3 => "s3",
            Self::Sftp => "sftp",
            Self::SftpWorkday => "sftp workday",
            Self::Workday => "workday",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for DirectoryType {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "azure scim v2.0" => Self::AzureScimV20,
            "bamboohr" => Self::Bamboohr,
            "breathe hr" => Self::BreatheHr,
            "cezanne hr" => Self::CezanneHr,
            "cyberark scim v2.0" => Self::CyberarkScimV20,
            "fourth hr" => Self::FourthHr,
            "generic scim v2.0" => Self::GenericScimV20,
            "gsuite directory" => Self::GsuiteDirectory,
            "hibob" => Self::Hibob,
            "sailpoint scim v2.0" => Self::SailpointScimV20,
            "jump cloud scim v2.0" => Self::JumpCloudScimV20,
            "okta scim v2.0" => Self::OktaScimV20,
            "onelogin scim v2.0" => Self::OneloginScimV20,
            "people hr" => Self::PeopleHr,
            "personio" => Self::Personio,
            "pingfederate scim v2.0" => Self::PingfederateScimV20,
            "rippling scim v2.0" => Self::RipplingScimV20,
            "s3" => Self::S3,
            "sftp" => Self::Sftp,
            "sftp workday" => Self::SftpWorkday,
            "workday" => Self::Workday,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for DirectoryType {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 5 known values of `DirectoryState`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DirectoryState {
    /// `linked`
    Linked,
    /// `validating`
    Validating,
    /// `invalid_credentials`
    InvalidCredentials,
    /// `unlinked`
    Unlinked,
    /// `deleting`
    Deleting,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl DirectoryState {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Linked => "linked",
            Self::Validating => "validating",
            Self::InvalidCredentials => "invalid_credentials",
            Self::Unlinked => "unlinked",
            Self::Deleting => "deleting",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for DirectoryState {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "linked" => Self::Linked,
            "validating" => Self::Validating,
            "invalid_credentials" => Self::InvalidCredentials,
            "unlinked" => Self::Unlinked,
            "deleting" => Self::Deleting,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for DirectoryState {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 2 known values of `Outcome`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// `succeeded`
    Succeeded,
    /// `failed`
    Failed,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl Outcome {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for Outcome {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "succeeded" => Self::Succeeded,
            "failed" => Self::Failed,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for Outcome {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        f.write_str(self.as_str())
    }
}
/// One of the 18 known values of `AuthEventType`, or another.
///
/// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthEventType {
    /// `authentication.email_verification_failed`
    AuthenticationEmailVerificationFailed,
    /// `authentication.email_verification_succeeded`
    AuthenticationEmailVerificationSucceeded,
    /// `authentication.magic_auth_failed`
    AuthenticationMagicAuthFailed,
    /// `authentication.magic_auth_succeeded`
    AuthenticationMagicAuthSucceeded,
    /// `authentication.mfa_failed`
    AuthenticationMfaFailed,
    /// `authentication.mfa_succeeded`
    AuthenticationMfaSucceeded,
    /// `authentication.oauth_failed`
    AuthenticationOauthFailed,
    /// `authentication.oauth_succeeded`
    AuthenticationOauthSucceeded,
    /// `authentication.passkey_failed`
    AuthenticationPasskeyFailed,
    /// `authentication.passkey_succeeded`
    AuthenticationPasskeySucceeded,
    /// `authentication.password_failed`
    AuthenticationPasswordFailed,
    /// `authentication.password_succeeded`
    AuthenticationPasswordSucceeded,
    /// `authentication.radar_risk_detected`
    AuthenticationRadarRiskDetected,
    /// `authentication.reauthentication_succeeded`
    AuthenticationReauthenticationSucceeded,
    /// `authentication.sso_failed`
    AuthenticationSsoFailed,
    /// `authentication.sso_started`
    AuthenticationSsoStarted,
    /// `authentication.sso_succeeded`
    AuthenticationSsoSucceeded,
    /// `authentication.sso_timed_out`
    AuthenticationSsoTimedOut,
    /// A value that the spec does not know.
    Unlisted(::std::string::String),
}
impl AuthEventType {
    /// The value as the API writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AuthenticationEmailVerificationFailed => {
                "authentication.email_verification_failed"
            }
            Self::AuthenticationEmailVerificationSucceeded => {
                "authentication.email_verification_succeeded"
            }
            Self::AuthenticationMagicAuthFailed => "authentication.magic_auth_failed",
            Self::AuthenticationMagicAuthSucceeded => {
                "authentication.magic_auth_succeeded"
            }
            Self::AuthenticationMfaFailed => "authentication.mfa_failed",
            Self::AuthenticationMfaSucceeded => "authentication.mfa_succeeded",
            Self::AuthenticationOauthFailed => "authentication.oauth_failed",
            Self::AuthenticationOauthSucceeded => "authentication.oauth_succeeded",
            Self::AuthenticationPasskeyFailed => "authentication.passkey_failed",
            Self::AuthenticationPasskeySucceeded => "authentication.passkey_succeeded",
            Self::AuthenticationPasswordFailed => "authentication.password_failed",
            Self::AuthenticationPasswordSucceeded => "authentication.password_succeeded",
            Self::AuthenticationRadarRiskDetected => "authentication.radar_risk_detected",
            Self::AuthenticationReauthenticationSucceeded => {
                "authentication.reauthentication_succeeded"
            }
            Self::AuthenticationSsoFailed => "authentication.sso_failed",
            Self::AuthenticationSsoStarted => "authentication.sso_started",
            Self::AuthenticationSsoSucceeded => "authentication.sso_succeeded",
            Self::AuthenticationSsoTimedOut => "authentication.sso_timed_out",
            Self::Unlisted(value) => value,
        }
    }
}
impl ::core::convert::From<::std::string::String> for AuthEventType {
    fn from(value: ::std::string::String) -> Self {
        match ::std::string::String::as_str(&value) {
            "authentication.email_verification_failed" => {
                Self::AuthenticationEmailVerificationFailed
            }
            "authentication.email_verification_succeeded" => {
                Self::AuthenticationEmailVerificationSucceeded
            }
            "authentication.magic_auth_failed" => Self::AuthenticationMagicAuthFailed,
            "authentication.magic_auth_succeeded" => {
                Self::AuthenticationMagicAuthSucceeded
            }
            "authentication.mfa_failed" => Self::AuthenticationMfaFailed,
            "authentication.mfa_succeeded" => Self::AuthenticationMfaSucceeded,
            "authentication.oauth_failed" => Self::AuthenticationOauthFailed,
            "authentication.oauth_succeeded" => Self::AuthenticationOauthSucceeded,
            "authentication.passkey_failed" => Self::AuthenticationPasskeyFailed,
            "authentication.passkey_succeeded" => Self::AuthenticationPasskeySucceeded,
            "authentication.password_failed" => Self::AuthenticationPasswordFailed,
            "authentication.password_succeeded" => Self::AuthenticationPasswordSucceeded,
            "authentication.radar_risk_detected" => Self::AuthenticationRadarRiskDetected,
            "authentication.reauthentication_succeeded" => {
                Self::AuthenticationReauthenticationSucceeded
            }
            "authentication.sso_failed" => Self::AuthenticationSsoFailed,
            "authentication.sso_started" => Self::AuthenticationSsoStarted,
            "authentication.sso_succeeded" => Self::AuthenticationSsoSucceeded,
            "authentication.sso_timed_out" => Self::AuthenticationSsoTimedOut,
            _ => Self::Unlisted(value),
        }
    }
}
impl ::core::fmt::Display for AuthEventType {
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
        name: "workos",
        title: "WorkOS",
        fingerprint: 15465266805128571599u64,
        settings: &[
            Setting {
                name: "apiKey",
                description: "A server-side API key; read-only access is enough.",
                env: Some("WORKOS_API_KEY"),
                kind: Kind::Secret {
                    matches: Some("sk_*"),
                },
                required: true,
                only_for: None,
            },
            Setting {
                name: "authEventsLookbackDays",
                description: "How many days a first or full sync of events reaches back.",
                env: Some("WORKOS_AUTH_EVENTS_LOOKBACK_DAYS"),
                kind: Kind::Integer {
                    min: 1i64,
                    max: 90i64,
                    default: Some(30i64),
                },
                required: false,
                only_for: None,
            },
        ],
        base_url: Expr::Text("https://api.workos.com"),
        auth: Auth::Bearer(Expr::Setting(0u16)),
        limits: &[
            RateLimit {
                requests: 6000u32,
                per: Span { millis: 60000i64 },
            },
        ],
        retry: None,
        resources: &[
            Resource {
                name: "organizations",
                description: "Organizations (tenants).",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/organizations"),
                    query: &[
                        Param {
                            name: "order",
                            value: ParamValue::Text(Expr::Text("asc")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Query("after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 100u32,
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
                                    name: "list_metadata",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "after",
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
                                name: "created_at",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "domains",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "domain",
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
                                    ),
                                },
                            },
                            Field {
                                name: "external_id",
                                node: Node {
                                    slot: Some(6u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "stripe_customer_id",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "metadata",
                                node: Node {
                                    slot: Some(8u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                        ],
                        each: None,
                    },
                    known: Some(&["object", "allow_profiles_outside_organization"]),
                    above: None,
                    entry_key: None,
                    record_slots: &[
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::List,
                        Slot::List,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Json,
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
                    name: "workos_organization",
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
                            from: Expr::FirstOf(&[Expr::Slot(1u16), Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "name",
                            description: "Display name.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "domains",
                            description: "Its domains, comma-separated.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(
                                Function::Join,
                                &[Expr::Slot(4u16), Expr::Text(", ")],
                            ),
                        },
                        Column {
                            name: "domainStates",
                            description: "The verification state of each domain, in the same order.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(
                                Function::Join,
                                &[Expr::Slot(5u16), Expr::Text(", ")],
                            ),
                        },
                        Column {
                            name: "externalId",
                            description: "Your own id for it.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(6u16),
                        },
                        Column {
                            name: "stripeCustomerId",
                            description: "The customer at Stripe.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "metadata",
                            description: "Key-value pairs you attached.",
                            ty: Type::Json,
                            nullable: true,
                            from: Expr::Slot(8u16),
                        },
                        Column {
                            name: "createdAt",
                            description: "When it was created.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "connections",
                description: "SSO connections of organizations to identity providers.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/connections"),
                    query: &[
                        Param {
                            name: "order",
                            value: ParamValue::Text(Expr::Text("asc")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Query("after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 100u32,
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
                                    name: "list_metadata",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "after",
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
                                name: "created_at",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "connection_type",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "organization_id",
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
                            Field {
                                name: "status",
                                node: Node {
                                    slot: Some(6u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "name",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "domains",
                                node: Node {
                                    slot: None,
                                    fields: &[],
                                    each: Some(
                                        &Node {
                                            slot: None,
                                            fields: &[
                                                Field {
                                                    name: "domain",
                                                    node: Node {
                                                        slot: Some(8u16),
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
                    known: Some(&["object"]),
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
                        Slot::List,
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
                    name: "workos_connection",
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
                            from: Expr::FirstOf(&[Expr::Slot(1u16), Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "connectionType",
                            description: "The identity provider and protocol.",
                            ty: Type::Enum {
                                name: "ConnectionType",
                                values: &[
                                    "ADFSSAML",
                                    "AdpOidc",
                                    "AppleOAuth",
                                    "Auth0Migration",
                                    "Auth0SAML",
                                    "AzureSAML",
                                    "BitbucketOAuth",
                                    "CasSAML",
                                    "ClassLinkSAML",
                                    "CleverOIDC",
                                    "CloudflareSAML",
                                    "CyberArkSAML",
                                    "DiscordOAuth",
                                    "DuoSAML",
                                    "EntraIdOIDC",
                                    "GenericOIDC",
                                    "GenericSAML",
                                    "GitHubOAuth",
                                    "GitLabOAuth",
                                    "GoogleOAuth",
                                    "GoogleOIDC",
                                    "GoogleSAML",
                                    "IntuitOAuth",
                                    "JumpCloudSAML",
                                    "KeycloakSAML",
                                    "LastPassSAML",
                                    "LinkedInOAuth",
                                    "LoginGovOidc",
                                    "MagicLink",
                                    "MicrosoftOAuth",
                                    "MiniOrangeSAML",
                                    "NetIqSAML",
                                    "OktaOIDC",
                                    "OktaSAML",
                                    "OneLoginSAML",
                                    "OracleSAML",
                                    "Pending",
                                    "PingFederateSAML",
                                    "PingOneSAML",
                                    "RipplingSAML",
                                    "SalesforceOAuth",
                                    "SalesforceSAML",
                                    "ShibbolethGenericSAML",
                                    "ShibbolethSAML",
                                    "SimpleSamlPhpSAML",
                                    "SlackOAuth",
                                    "TestIdp",
                                    "VMwareSAML",
                                    "VercelMarketplaceOAuth",
                                    "VercelOAuth",
                                    "XeroOAuth",
                                ],
                            },
                            nullable: false,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "organizationId",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(4u16),
                        },
                        Column {
                            name: "state",
                            description: "Its state, else the deprecated status.",
                            ty: Type::Enum {
                                name: "ConnectionState",
                                values: &[
                                    "active",
                                    "deleting",
                                    "draft",
                                    "inactive",
                                    "linked",
                                    "requires_type",
                                    "unlinked",
                                    "validating",
                                ],
                            },
                            nullable: true,
                            from: Expr::FirstOf(&[Expr::Slot(5u16), Expr::Slot(6u16)]),
                        },
                        Column {
                            name: "name",
                            description: "Display name.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "domains",
                            description: "Its domains, comma-separated.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Call(
                                Function::Join,
                                &[Expr::Slot(8u16), Expr::Text(", ")],
                            ),
                        },
                        Column {
                            name: "createdAt",
                            description: "When it was created.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "directories",
                description: "Directories that organizations sync their users and groups from.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/directories"),
                    query: &[
                        Param {
                            name: "order",
                            value: ParamValue::Text(Expr::Text("asc")),
                        },
                    ],
                    headers: &[],
                    body: None,
                },
                limits: &[],
                paging: Some(Paging {
                    step: Step::Cursor {
                        from: Expr::Slot(0u16),
                        to: Target::Query("after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 100u32,
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
                                    name: "list_metadata",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "after",
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
                                name: "created_at",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "type",
                                node: Node {
                                    slot: Some(3u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "organization_id",
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
                            Field {
                                name: "name",
                                node: Node {
                                    slot: Some(6u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "domain",
                                node: Node {
                                    slot: Some(7u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "external_key",
                                node: Node {
                                    slot: Some(8u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "metadata",
                                node: Node {
                                    slot: None,
                                    fields: &[
                                        Field {
                                            name: "users",
                                            node: Node {
                                                slot: None,
                                                fields: &[
                                                    Field {
                                                        name: "active",
                                                        node: Node {
                                                            slot: Some(9u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                    Field {
                                                        name: "inactive",
                                                        node: Node {
                                                            slot: Some(10u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                ],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "groups",
                                            node: Node {
                                                slot: Some(11u16),
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
                    known: Some(&["object"]),
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
                    name: "workos_directory",
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
                            from: Expr::FirstOf(&[Expr::Slot(1u16), Expr::Slot(2u16)]),
                        },
                        Column {
                            name: "directoryType",
                            description: "The directory provider.",
                            ty: Type::Enum {
                                name: "DirectoryType",
                                values: &[
                                    "azure scim v2.0",
                                    "bamboohr",
                                    "breathe hr",
                                    "cezanne hr",
                                    "cyberark scim v2.0",
                                    "fourth hr",
                                    "generic scim v2.0",
                                    "gsuite directory",
                                    "hibob",
                                    "jump cloud scim v2.0",
                                    "okta scim v2.0",
                                    "onelogin scim v2.0",
                                    "people hr",
                                    "personio",
                                    "pingfederate scim v2.0",
                                    "rippling scim v2.0",
                                    "s3",
                                    "sailpoint scim v2.0",
                                    "sftp",
                                    "sftp workday",
                                    "workday",
                                ],
                            },
                            nullable: false,
                            from: Expr::Slot(3u16),
                        },
                        Column {
                            name: "organizationId",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(4u16),
                        },
                        Column {
                            name: "state",
                            description: "Whether it is linked to its provider.",
                            ty: Type::Enum {
                                name: "DirectoryState",
                                values: &[
                                    "deleting",
                                    "invalid_credentials",
                                    "linked",
                                    "unlinked",
                                    "validating",
                                ],
                            },
                            nullable: true,
                            from: Expr::Slot(5u16),
                        },
                        Column {
                            name: "name",
                            description: "Display name.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(6u16),
                        },
                        Column {
                            name: "domain",
                            description: "The domain its users belong to.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "externalKey",
                            description: "The key it has at the provider.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(8u16),
                        },
                        Column {
                            name: "activeUsers",
                            description: "Active users in it.",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(9u16),
                        },
                        Column {
                            name: "inactiveUsers",
                            description: "Inactive users in it.",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(10u16),
                        },
                        Column {
                            name: "groups",
                            description: "Groups in it.",
                            ty: Type::Integer,
                            nullable: true,
                            from: Expr::Slot(11u16),
                        },
                        Column {
                            name: "createdAt",
                            description: "When it was created.",
                            ty: Type::Timestamp(TimeFormat::Rfc3339),
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                    ],
                },
                hook: None,
            },
            Resource {
                name: "auth_events",
                description: "Sign-in successes and failures of every method.",
                for_each: &[],
                given: &[],
                request: Request {
                    method: Method::Get,
                    path: Expr::Text("/events"),
                    query: &[
                        Param {
                            name: "events",
                            value: ParamValue::Comma(
                                &[
                                    "authentication.email_verification_failed",
                                    "authentication.email_verification_succeeded",
                                    "authentication.magic_auth_failed",
                                    "authentication.magic_auth_succeeded",
                                    "authentication.mfa_failed",
                                    "authentication.mfa_succeeded",
                                    "authentication.oauth_failed",
                                    "authentication.oauth_succeeded",
                                    "authentication.passkey_failed",
                                    "authentication.passkey_succeeded",
                                    "authentication.password_failed",
                                    "authentication.password_succeeded",
                                    "authentication.radar_risk_detected",
                                    "authentication.reauthentication_succeeded",
                                    "authentication.sso_failed",
                                    "authentication.sso_started",
                                    "authentication.sso_succeeded",
                                    "authentication.sso_timed_out",
                                ],
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
                        to: Target::Query("after"),
                    },
                    size: Some(Size {
                        to: Target::Query("limit"),
                        value: 100u32,
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
                                    name: "list_metadata",
                                    node: Node {
                                        slot: None,
                                        fields: &[
                                            Field {
                                                name: "after",
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
                                name: "created_at",
                                node: Node {
                                    slot: Some(1u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "event",
                                node: Node {
                                    slot: Some(2u16),
                                    fields: &[],
                                    each: None,
                                },
                            },
                            Field {
                                name: "data",
                                node: Node {
                                    slot: None,
                                    fields: &[
                                        Field {
                                            name: "status",
                                            node: Node {
                                                slot: Some(3u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "type",
                                            node: Node {
                                                slot: Some(4u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "sso",
                                            node: Node {
                                                slot: None,
                                                fields: &[
                                                    Field {
                                                        name: "organization_id",
                                                        node: Node {
                                                            slot: Some(5u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                    Field {
                                                        name: "connection_id",
                                                        node: Node {
                                                            slot: Some(8u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                    Field {
                                                        name: "connection_type",
                                                        node: Node {
                                                            slot: Some(10u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                    Field {
                                                        name: "session_id",
                                                        node: Node {
                                                            slot: Some(17u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                ],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "organization_id",
                                            node: Node {
                                                slot: Some(6u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "user_id",
                                            node: Node {
                                                slot: Some(7u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "connection_id",
                                            node: Node {
                                                slot: Some(9u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "connection_type",
                                            node: Node {
                                                slot: Some(11u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "ip_address",
                                            node: Node {
                                                slot: Some(12u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "email",
                                            node: Node {
                                                slot: Some(13u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "user_agent",
                                            node: Node {
                                                slot: Some(14u16),
                                                fields: &[],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "error",
                                            node: Node {
                                                slot: None,
                                                fields: &[
                                                    Field {
                                                        name: "code",
                                                        node: Node {
                                                            slot: Some(15u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                    Field {
                                                        name: "message",
                                                        node: Node {
                                                            slot: Some(16u16),
                                                            fields: &[],
                                                            each: None,
                                                        },
                                                    },
                                                ],
                                                each: None,
                                            },
                                        },
                                        Field {
                                            name: "provider",
                                            node: Node {
                                                slot: Some(18u16),
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
                    known: Some(&["object"]),
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
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                        Slot::Scalar,
                    ],
                },
                keep: Some(
                    Expr::Call(
                        Function::Matches,
                        &[Expr::Slot(2u16), Expr::Text("authentication.*")],
                    ),
                ),
                on_error: &[
                    ErrorRule {
                        status: Some(400u16),
                        code: Some("invalid_events_request"),
                        message: None,
                        when: None,
                        then: Action::DropValueOf("events"),
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
                    resume: Some(Resume {
                        from: Expr::Slot(0u16),
                        to: Target::Query("after"),
                    }),
                    window: Some(Window {
                        from: Some(Target::Query("range_start")),
                        to: Some(Target::Query("range_end")),
                        at_most: Some(Span { millis: 2592000000i64 }),
                        on: On::FirstPage,
                        format: TimeFormat::Rfc3339,
                        until_now: false,
                    }),
                    newest_first: false,
                    lookback: Some(Expr::Setting(1u16)),
                    lookback_unit: Span { millis: 86400000i64 },
                    overlap: Span { millis: 600000i64 },
                }),
                row: Row {
                    name: "workos_auth_event",
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
                            name: "eventType",
                            description: "What happened, as the API names it.",
                            ty: Type::Enum {
                                name: "AuthEventType",
                                values: &[
                                    "authentication.email_verification_failed",
                                    "authentication.email_verification_succeeded",
                                    "authentication.magic_auth_failed",
                                    "authentication.magic_auth_succeeded",
                                    "authentication.mfa_failed",
                                    "authentication.mfa_succeeded",
                                    "authentication.oauth_failed",
                                    "authentication.oauth_succeeded",
                                    "authentication.passkey_failed",
                                    "authentication.passkey_succeeded",
                                    "authentication.password_failed",
                                    "authentication.password_succeeded",
                                    "authentication.radar_risk_detected",
                                    "authentication.reauthentication_succeeded",
                                    "authentication.sso_failed",
                                    "authentication.sso_started",
                                    "authentication.sso_succeeded",
                                    "authentication.sso_timed_out",
                                ],
                            },
                            nullable: false,
                            from: Expr::Slot(2u16),
                        },
                        Column {
                            name: "outcome",
                            description: "How it ended: what the event says, else what its name ends in.",
                            ty: Type::Enum {
                                name: "Outcome",
                                values: &["failed", "succeeded"],
                            },
                            nullable: true,
                            from: Expr::Call(
                                Function::Capture,
                                &[
                                    Expr::FirstOf(
                                        &[
                                            Expr::Slot(3u16),
                                            Expr::Call(
                                                Function::Capture,
                                                &[
                                                    Expr::Slot(2u16),
                                                    Expr::Text("_(succeeded|failed|started|timed_out)$"),
                                                ],
                                            ),
                                        ],
                                    ),
                                    Expr::Text("^(succeeded|failed)$"),
                                ],
                            ),
                        },
                        Column {
                            name: "method",
                            description: "How the user signed in: password, sso, passkey and so on.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::FirstOf(
                                &[
                                    Expr::Slot(4u16),
                                    Expr::Call(
                                        Function::Capture,
                                        &[
                                            Expr::Slot(2u16),
                                            Expr::Text(
                                                "^authentication\\.(.+)_(?:succeeded|failed|started|timed_out)$",
                                            ),
                                        ],
                                    ),
                                ],
                            ),
                        },
                        Column {
                            name: "organizationId",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::FirstOf(&[Expr::Slot(5u16), Expr::Slot(6u16)]),
                        },
                        Column {
                            name: "userId",
                            description: "Who, when known.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(7u16),
                        },
                        Column {
                            name: "connectionId",
                            description: "",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::FirstOf(&[Expr::Slot(8u16), Expr::Slot(9u16)]),
                        },
                        Column {
                            name: "connectionType",
                            description: "The identity provider; the API has not sent it so far.",
                            ty: Type::Enum {
                                name: "ConnectionType",
                                values: &[
                                    "ADFSSAML",
                                    "AdpOidc",
                                    "AppleOAuth",
                                    "Auth0Migration",
                                    "Auth0SAML",
                                    "AzureSAML",
                                    "BitbucketOAuth",
                                    "CasSAML",
                                    "ClassLinkSAML",
                                    "CleverOIDC",
                                    "CloudflareSAML",
                                    "CyberArkSAML",
                                    "DiscordOAuth",
                                    "DuoSAML",
                                    "EntraIdOIDC",
                                    "GenericOIDC",
                                    "GenericSAML",
                                    "GitHubOAuth",
                                    "GitLabOAuth",
                                    "GoogleOAuth",
                                    "GoogleOIDC",
                                    "GoogleSAML",
                                    "IntuitOAuth",
                                    "JumpCloudSAML",
                                    "KeycloakSAML",
                                    "LastPassSAML",
                                    "LinkedInOAuth",
                                    "LoginGovOidc",
                                    "MagicLink",
                                    "MicrosoftOAuth",
                                    "MiniOrangeSAML",
                                    "NetIqSAML",
                                    "OktaOIDC",
                                    "OktaSAML",
                                    "OneLoginSAML",
                                    "OracleSAML",
                                    "Pending",
                                    "PingFederateSAML",
                                    "PingOneSAML",
                                    "RipplingSAML",
                                    "SalesforceOAuth",
                                    "SalesforceSAML",
                                    "ShibbolethGenericSAML",
                                    "ShibbolethSAML",
                                    "SimpleSamlPhpSAML",
                                    "SlackOAuth",
                                    "TestIdp",
                                    "VMwareSAML",
                                    "VercelMarketplaceOAuth",
                                    "VercelOAuth",
                                    "XeroOAuth",
                                ],
                            },
                            nullable: true,
                            from: Expr::FirstOf(&[Expr::Slot(10u16), Expr::Slot(11u16)]),
                        },
                        Column {
                            name: "ipAddress",
                            description: "Where from.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(12u16),
                        },
                        Column {
                            name: "eventId",
                            description: "The event's id, as webhooks carry it too.",
                            ty: Type::String,
                            nullable: false,
                            from: Expr::Slot(0u16),
                        },
                        Column {
                            name: "email",
                            description: "The address that was used.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(13u16),
                        },
                        Column {
                            name: "userAgent",
                            description: "The browser or program.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(14u16),
                        },
                        Column {
                            name: "errorCode",
                            description: "Why it failed.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(15u16),
                        },
                        Column {
                            name: "errorMessage",
                            description: "Why it failed, in words.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(16u16),
                        },
                        Column {
                            name: "sessionId",
                            description: "The single sign-on session.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(17u16),
                        },
                        Column {
                            name: "provider",
                            description: "The OAuth provider.",
                            ty: Type::String,
                            nullable: true,
                            from: Expr::Slot(18u16),
                        },
                    ],
                },
                hook: None,
            },
        ],
    };
}
