//! Where a command reads from, and as whom: the API as it is configured, another address, or a sandbox of it that is started
//! here.

use tapwright_runtime::plan::{Connector, Setting};
use tapwright_runtime::{
    Error, ErrorKind, Options, Origin, Result, SecretString, SettingValue, Settings, SettingsBuilder,
};
use tapwright_sandbox::{Running, Sandbox};

use crate::args::SourceArgs;
use crate::console::program;
use crate::settings::{self, gather};
use crate::spec::Found;

/// What the command line, the environment and the config file say of the source.
pub(crate) struct Given<'g> {
    found: &'g Found,
    args: &'g SourceArgs,
    given: settings::Given,
}

/// A source that can be read from.
pub(crate) struct Source {
    /// The settings to read with.
    pub(crate) settings: Settings,
    /// The sandbox that is read from; it stops with this.
    pub(crate) sandbox: Option<Running>,
}

impl<'g> Given<'g> {
    /// # Errors
    /// `Config`, when a setting cannot be read or may not come from where it does.
    pub(crate) fn gather(found: &'g Found, args: &'g SourceArgs) -> Result<Self> {
        let given = gather(found.plan, &args.set, args.config.as_deref())?;
        Ok(Given { found, args, given })
    }

    /// `resources` of the config file.
    pub(crate) fn resources(&self) -> Option<Vec<String>> {
        self.given.resources.clone()
    }

    /// The source, which `options` then lead to. `command` is the one to be typed, without its options, for a message.
    ///
    /// # Errors
    /// `Config`: a setting that is missing or wrong, an address that a credential may not be sent to, a sandbox that cannot
    /// be.
    pub(crate) fn source(self, options: &mut Options, command: &str) -> Result<Source> {
        let Given { found, args, given } = self;
        let connector = found.plan;
        args.records.iter().try_for_each(|(name, _)| known_resource(connector, name))?;
        if let Some(base) = &args.base_url {
            may_go_to(base, args.allow_origin.as_deref())?;
        }
        options.base_url.clone_from(&args.base_url);
        let mut settings = given.settings;
        let mut sandbox = None;
        if args.sandbox {
            let running = start(found, args, &settings)?;
            for (name, value) in running.settings() {
                if !settings.has(name) || connector.setting(name).is_some_and(Setting::is_secret) {
                    settings = settings.set(name, SettingValue::Text(SecretString::from(value)), Origin::Given);
                }
            }
            options.base_url = Some(running.url());
            options.source = Some("the sandbox".to_owned());
            // It answers as fast as it is asked.
            options.paced = false;
            sandbox = Some(running);
        }
        let settings = settings.build().map_err(|error| match args.sandbox {
            true => error,
            false => without_a_key(error, found, command),
        })?;
        Ok(Source { settings, sandbox })
    }
}

fn start(found: &Found, args: &SourceArgs, settings: &SettingsBuilder) -> Result<Running> {
    let mut sandbox = Sandbox::new(&found.model).log(0);
    // It is the API as it is configured: that of the region that was chosen, or of the way to authenticate.
    for setting in found.plan.settings {
        if let Some(value) = settings.shown(setting.name) {
            sandbox = sandbox.setting(setting.name, &value);
        }
    }
    for (resource, count) in &args.records {
        sandbox = sandbox.records(resource, *count);
    }
    sandbox.start_on_thread().map_err(|error| Error::new(ErrorKind::Config, error.to_string()))
}

/// An unknown resource is an error, with the one that was probably meant.
pub(crate) fn known_resource(connector: &Connector, name: &str) -> Result<()> {
    if connector.resource(name).is_some() {
        return Ok(());
    }
    let all: Vec<_> = connector.resources.iter().map(|resource| resource.name).collect();
    let near = nearest(name, &all);
    let all = all.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let help = match near {
        Some(near) => format!("did you mean `{near}`? its resources: {all}"),
        None => format!("its resources: {all}"),
    };
    Err(Error::new(ErrorKind::Config, format!("`{name}` is not a resource of {}", connector.title)).help(help))
}

/// A base URL that is not the spec's receives the credential: that is fine on this machine, and elsewhere only when
/// the user says so in as many words.
fn may_go_to(base: &str, allowed: Option<&str>) -> Result<()> {
    let refuse = |what: String, help: String| Err(Error::new(ErrorKind::Config, what).help(help));
    let Some(origin) = tapwright_runtime::origin(base) else {
        return refuse("`--base-url` is not a URL".to_owned(), "write it as https://host".to_owned());
    };
    if origin.is_loopback {
        return Ok(());
    }
    match allowed.and_then(tapwright_runtime::origin) {
        Some(allowed) if allowed == origin => Ok(()),
        _ => refuse(
            format!("`--base-url` would send the credential to {}", origin.text),
            format!("add --allow-origin {} if that is meant", origin.text),
        ),
    }
}

/// What to do when the key is missing: where it comes from, and how to go on without one.
fn without_a_key(error: Error, found: &Found, command: &str) -> Error {
    let connector = found.plan;
    let missing = connector.settings.iter().any(|setting| setting.required && error.message().contains(setting.name));
    if !missing || !error.message().contains("not set") {
        return error;
    }
    let setup: Vec<_> = found.model.setup.iter().map(|step| format!("\n          - {step}")).collect();
    let help = format!(
        "{}{}\n        `{} {command} --sandbox` needs none",
        error.advice().unwrap_or_default(),
        setup.concat(),
        program()
    );
    error.help(help)
}

/// The name that was probably meant: one that holds the word, or one that is alike (`orgs` is 0.66 alike to
/// `organizations`).
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let alike = |known: &str| match name.len() > 2 && known.contains(name) {
        true => 1.0,
        false => strsim::jaro_winkler(known, name),
    };
    let alike = known.iter().map(|known| (alike(known), *known));
    alike.filter(|(alike, _)| *alike > 0.6).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_short_or_misspelt_name_finds_the_one_that_was_meant() {
        let known = ["organizations", "connections", "directories", "auth_events"];
        for (name, meant) in [("orgs", 0), ("conections", 1), ("directory", 2), ("events", 3), ("auth", 3)] {
            assert_eq!(nearest(name, &known), known.get(meant).copied(), "{name}");
        }
        for name in ["x", "users", ""] {
            assert_eq!(nearest(name, &known), None, "{name}");
        }
    }
}
