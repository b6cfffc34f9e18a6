//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Where a sync goes when nobody says.
pub(crate) const DEFAULT_STORE: &str = "sqlite:tapwright.db";

/// Connectors from one YAML file: checked, compiled, synced without losing a row.
#[derive(Debug, Parser)]
#[command(name = "tapwright", version, about, arg_required_else_help = true)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Log to standard error; twice for every request
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub(crate) verbose: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sync a connector's resources into a store
    Sync(SyncArgs),
    /// Write a spec to begin with
    New(NewArgs),
    /// Check specs and show every mistake
    Check(CheckArgs),
    /// Say more about a mistake that `check` found
    Explain(ExplainArgs),
    /// Fetch a page of a resource and show what was sent, what came and what became of it
    Try(TryArgs),
    /// Run the test suite that every spec has, against its own sandbox
    Test(TestArgs),
    /// Print the Rust that a spec becomes
    Expand(ExpandArgs),
    /// Serve a spec as an API on loopback
    Sandbox(SandboxArgs),
    /// Show what a store holds and how far its connectors are
    Status(StatusArgs),
    /// Show how what a source sends differs from what its spec says
    Drift(DriftArgs),
    /// Write a connector's page for people, in Markdown
    Docs(DocsArgs),
    /// Print the JSON Schema that editors check a spec with
    Schema,
    /// Make a spec of an API's own description
    #[command(subcommand)]
    Import(ImportCommand),
}

/// `import`.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Of an OpenAPI document, 3.0 or 3.1: its lists become resources, and what it leaves open questions
    Openapi(ImportOpenapiArgs),
}

/// `import openapi`.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportOpenapiArgs {
    /// The document, YAML or JSON
    pub(crate) file: PathBuf,
    /// Only the lists at these paths, as the document writes them
    #[arg(long, value_name = "/A,/B", value_delimiter = ',')]
    pub(crate) paths: Option<Vec<String>>,
    /// The connector's name [default: made of the document's title]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The file to write, which must not be there yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}

/// `sync`.
#[derive(Debug, clap::Args)]
pub(crate) struct SyncArgs {
    /// A spec file, or the name of a connector compiled in [default: workos]
    pub(crate) spec: Option<String>,
    /// The store
    #[arg(long, value_name = "URL", default_value = DEFAULT_STORE)]
    pub(crate) to: String,
    /// Where it reads from
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Only these resources
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) resources: Option<Vec<String>>,
    /// Read everything anew, whatever was read before
    #[arg(long)]
    pub(crate) full: bool,
    /// Fail a resource on a record that cannot be mapped, instead of setting the record aside
    #[arg(long)]
    pub(crate) strict: bool,
    /// Stop after that long, as 90s, 10m or 2h; the next sync goes on
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) deadline: Option<std::time::Duration>,
    /// Print the report as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Where a command reads from, and as whom.
#[derive(Debug, clap::Args)]
pub(crate) struct SourceArgs {
    /// Read from a sandbox instead of the real API: needs no key
    #[arg(long, conflicts_with = "base_url")]
    pub(crate) sandbox: bool,
    /// How many records the sandbox has
    #[arg(long = "records", value_name = "RESOURCE=N", requires = "sandbox", value_parser = count)]
    pub(crate) records: Vec<(String, u64)>,
    /// A setting of the connector; never a secret
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) set: Vec<String>,
    /// A YAML file with settings
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Where the API is, instead of where the spec says; loopback only
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Lets `--base-url` name this origin, which then receives the credential
    #[arg(long, value_name = "ORIGIN", requires = "base_url")]
    pub(crate) allow_origin: Option<String>,
}

/// `try`.
#[derive(Debug, clap::Args)]
pub(crate) struct TryArgs {
    /// A spec file, or the name of a connector compiled in
    pub(crate) spec: String,
    /// The resource
    pub(crate) resource: String,
    /// How many pages to fetch
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) pages: u32,
    /// Where it reads from
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// The store whose tokens are used, where the source gives new ones in place of those configured; nothing else of it
    /// is touched
    #[arg(long, value_name = "URL", default_value = DEFAULT_STORE)]
    pub(crate) to: String,
    /// Print all of it as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// `test`.
#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// A spec file, or the name of a connector compiled in [default: workos]
    pub(crate) spec: Option<String>,
    /// Only these resources
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) resources: Option<Vec<String>>,
    /// Only checks of this kind, or with this in their name: `deletions`, `organizations::paging`, `credential`
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Option<String>,
    /// Print all of it as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// `new`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The connector's name: lower-case letters, digits and `_`
    pub(crate) name: String,
    /// The file to write [default: NAME.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
}

/// `docs`.
#[derive(Debug, clap::Args)]
pub(crate) struct DocsArgs {
    /// A spec file, or the name of a connector compiled in
    pub(crate) spec: String,
    /// Write the page into this file
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// Fail when this file is not the page
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    pub(crate) check: Option<PathBuf>,
}

/// `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Spec files; the connectors compiled in when none is named
    pub(crate) specs: Vec<PathBuf>,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Make the edits that are certain, and show what is left
    #[arg(long)]
    pub(crate) fix: bool,
    /// Check again whenever a file is saved, until interrupted
    #[arg(long, conflicts_with_all = ["fix", "format"])]
    pub(crate) watch: bool,
}

/// `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// Codes such as C0102; all are listed when none is named
    pub(crate) codes: Vec<String>,
}

/// How to print what is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// One JSON array.
    Json,
    /// One SARIF log, for code hosts and editors.
    Sarif,
    /// The messages of rustc as cargo passes them on, one JSON object a line.
    RustcJson,
}

/// `expand`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExpandArgs {
    /// A spec file, or the name of a connector compiled in [default: workos]
    pub(crate) spec: Option<String>,
}

/// `sandbox`.
#[derive(Debug, clap::Args)]
pub(crate) struct SandboxArgs {
    /// A spec file, or the name of a connector compiled in [default: workos]
    pub(crate) spec: Option<String>,
    /// The port to listen on; a free one when 0
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// How many records a resource has
    #[arg(long = "records", value_name = "RESOURCE=N", value_parser = count)]
    pub(crate) records: Vec<(String, u64)>,
    /// What the data is made from: the same seed, the same data
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// How long each answer takes, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub(crate) latency: u64,
    /// How many requests are allowed in a second
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<u32>,
    /// Which share of the requests fails, from 0 to 1
    #[arg(long, value_name = "RATE")]
    pub(crate) faults: Option<f64>,
    /// How many records of a list come, change or go behind each request for it, such as 0.5 or 3
    #[arg(long, value_name = "RATE", value_parser = churn)]
    pub(crate) churn: Option<f64>,
    /// How long a token counts that it gives, as 90s, 10m or 2h [default: as the spec says, or 1h]
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub(crate) token_lasts: Option<std::time::Duration>,
    /// A setting that its client has, such as the one that chooses the way of `auth`
    #[arg(long, value_name = "KEY=VALUE", value_parser = setting)]
    pub(crate) set: Vec<(String, String)>,
}

/// `status`.
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// The store
    #[arg(long, value_name = "URL", default_value = DEFAULT_STORE)]
    pub(crate) to: String,
    /// Print it as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// `drift`.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("against").required(true))]
pub(crate) struct DriftArgs {
    /// A spec file, or the name of a connector compiled in [default: workos]
    pub(crate) spec: Option<String>,
    /// Hold the spec against the API's OpenAPI document
    #[arg(long, value_name = "FILE", group = "against")]
    pub(crate) openapi: Option<PathBuf>,
    /// Bring the spec to what the document says, where that is certain
    #[arg(long, requires = "openapi", conflicts_with_all = ["live", "old"])]
    pub(crate) write: bool,
    /// Hold two documents against each other: the older one
    #[arg(long, value_name = "FILE", group = "against", requires = "new")]
    pub(crate) old: Option<PathBuf>,
    /// The newer one
    #[arg(long, value_name = "FILE", requires = "old")]
    pub(crate) new: Option<PathBuf>,
    /// Fail only on what is breaking for a reader; the rest is printed all the same
    #[arg(long, conflicts_with = "live")]
    pub(crate) breaking: bool,
    /// Hold the spec against what syncs have seen of the source
    #[arg(long, group = "against")]
    pub(crate) live: bool,
    /// The store that they synced into
    #[arg(long, value_name = "URL", default_value = DEFAULT_STORE)]
    pub(crate) to: String,
    /// How to print what is found
    #[arg(long, value_enum, default_value_t = Shown::Human)]
    pub(crate) format: Shown,
}

/// How to print a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shown {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

fn count(text: &str) -> Result<(String, u64), String> {
    let (resource, count) = text.split_once('=').ok_or("write it as RESOURCE=N")?;
    let count = count.replace('_', "").parse().map_err(|_| format!("`{count}` is not a number of records"))?;
    Ok((resource.to_owned(), count))
}

fn churn(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.0..=1_000.0).contains(rate));
    rate.ok_or_else(|| format!("`{text}` is not a number from 0 to 1000"))
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn duration(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || format!("`{text}` is not a time such as 90s, 10m or 2h");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "s" => Some(number),
        "m" => number.checked_mul(60),
        "h" => number.checked_mul(3600),
        _ => None,
    };
    seconds.map(std::time::Duration::from_secs).ok_or_else(wrong)
}
