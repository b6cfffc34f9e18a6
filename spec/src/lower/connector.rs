//! The top of a file, and what only shows when all of it was read: clashes across resources, what nobody uses.

use std::collections::HashMap;
use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::keys::SPEC;
use crate::model::{Api, Auth, Connector, Expr, File};
use crate::names;
use crate::shape::{Entries, check_name};
use crate::yaml::{Node, Value};

use super::{Names, api, config, credential, file, for_each, paging, resource, rust_names, types};

/// The version of the language.
const VERSION: i64 = 1;

/// Reads a whole spec. `None` when there is not enough of it to speak of.
pub(crate) fn connector(
    ledger: &mut Ledger<'_>,
    root: &Node,
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
) -> Option<Connector> {
    credential::scan(ledger, root);
    let start = root.range.start;
    let place = ledger.source.line(ledger.source.position(start).line);
    let entries = Entries::read(ledger, &SPEC, "the spec", &place, root)?;
    version(ledger, &entries);
    let name = entries.get("connector").and_then(|entry| entry.name(ledger, &names::SNAKE)).unwrap_or_default();
    let text = |ledger: &mut Ledger<'_>, key: &str| entries.get(key).and_then(|entry| entry.text(ledger));
    let title = text(ledger, "title").unwrap_or_else(|| name.clone());
    let description = text(ledger, "description").unwrap_or_default();
    let category = entries.get("category").and_then(|entry| entry.name(ledger, &names::WORD));
    let docs = entries.get("docs").and_then(|entry| entry.address(ledger));
    let list = |ledger: &mut Ledger<'_>, key: &str| -> Vec<String> {
        let texts = entries.get(key).map(|entry| entry.texts(ledger)).unwrap_or_default();
        texts.into_iter().map(|(text, _)| text).collect()
    };
    let setup = list(ledger, "setup");
    let limitations = list(ledger, "limitations");

    let mut names = Names { connector: name.clone(), ..Names::default() };
    names.files = file::named(&entries, read);
    names.auth = entries.get("api").map_or(0..0, |api| api.key);
    if let Some(entry) = entries.get("types") {
        names.enums = types::read(ledger, &entry);
    }
    if let Some(entry) = entries.get("config") {
        names.settings = config::read(ledger, &entry, &names);
    }
    if let Some(entry) = entries.get("paging") {
        names.paginators = paging::read(ledger, &entry, &names);
    }
    let nothing = Api { base_url: Expr::Null, auth: Auth::None, limits: Vec::new(), retry: None };
    let api = entries.get("api").and_then(|entry| api::read(ledger, &entry, &names));
    let (api, common) = api.unwrap_or((nothing, api::Common::default()));
    names.common = common;
    resource::paging_beside_auth(ledger, &names, &api.auth);
    let resources = resources(ledger, &entries, &mut names, &api);
    if !ledger.has_errors() {
        unused(ledger, &names);
        hooked(ledger, &entries, &resources);
    }
    let settings = match names.common.chosen.take() {
        Some(chosen) => chosen.settings(names.settings),
        None => names.settings.into_values(),
    };
    let files = names.files.into_used();
    Some(Connector {
        name,
        title,
        category,
        description,
        docs,
        setup,
        limitations,
        settings,
        api,
        enums: names.enums.into_values(),
        resources,
        fingerprint: fingerprint(ledger.source.text(), &files),
        files,
    })
}

fn version(ledger: &mut Ledger<'_>, entries: &Entries<'_>) {
    let Some(entry) = entries.get("tapwright") else { return };
    match entry.value.scalar().map(|scalar| scalar.value()) {
        Some(Value::Integer(VERSION)) => {}
        Some(Value::Integer(other)) => {
            let title = format!("version {other} of the language is not known");
            ledger.push(
                Diagnostic::error(Code::UNSUPPORTED_VERSION, title, &entry.value.range, "not a known version")
                    .help(format!("this compiler reads version {VERSION}")),
            );
        }
        _ => entry.wrong_kind(ledger, "a whole number"),
    }
}

fn resources(
    ledger: &mut Ledger<'_>,
    entries: &Entries<'_>,
    names: &mut Names,
    api: &Api,
) -> Vec<crate::model::Resource> {
    let Some(entry) = entries.get("resources") else { return Vec::new() };
    let found = entry.names(ledger);
    if found.is_empty() && matches!(&entry.value.kind, crate::yaml::Kind::Mapping(_)) {
        ledger.push(Diagnostic::error(
            Code::EMPTY,
            "`resources` is empty",
            &entry.key,
            "it needs at least one resource",
        ));
    }
    let mut members = rust_names::Members::beside(rust_names::CONNECTOR);
    let mut nameless = Vec::new();
    for (at, resource) in found.iter().enumerate() {
        let has_name = check_name(ledger, "a resource", &resource.name, &resource.key, &names::SNAKE)
            && members.add(ledger, "resource", &resource.name, &resource.key);
        nameless.extend((!has_name).then_some(at));
        names.resources.add(resource.name.clone(), resource.key.clone(), Some(()));
    }
    let names = &*names;
    let has_hooks = found.iter().any(|entry| hook_key(entry.value).is_some());
    let mut clashes = rust_names::Types::new(names, has_hooks);
    clashes.beside_hooks(ledger);
    let mut rows: HashMap<String, Range<usize>> = HashMap::new();
    let mut resources = Vec::with_capacity(found.len());
    let mut known = for_each::Rows::new();
    for at in for_each::order(ledger, &found) {
        let Some(entry) = found.get(at) else { continue };
        let Some((resource, row_range)) = resource::read(ledger, entry, names, api, &known) else { continue };
        known.insert(resource.name.clone(), for_each::known_of(&resource));
        let row = resource.row.name.clone();
        if let Some(range) = row_range {
            let has_type = match rows.get(&row) {
                Some(first) => {
                    ledger.push(
                        Diagnostic::error(
                            Code::NAME_TAKEN,
                            format!("two resources make rows named `{row}`"),
                            &range,
                            "here again",
                        )
                        .label(first, "it is taken here")
                        .help("rows of one name are one table; give this one a name of its own"),
                    );
                    false
                }
                None => {
                    let has_type = clashes.row(ledger, &row, &range);
                    rows.insert(row, range);
                    has_type
                }
            };
            nameless.extend((!has_type).then_some(at));
        }
        // What has no name of its own is left out: two of one name would be compile errors of their own.
        if !nameless.contains(&at) {
            resources.push((at, resource));
        }
    }
    resources.sort_unstable_by_key(|(at, _)| *at);
    resources.into_iter().map(|(_, resource)| resource).collect()
}

/// Warns of what is declared and not used. Not beside errors: what is wrong there may be what would use it.
fn unused(ledger: &mut Ledger<'_>, names: &Names) {
    let warn = |ledger: &mut Ledger<'_>, code, what: &str, name: &str, range: &Range<usize>, help: &str| {
        let title = format!("{what} `{name}` is not used");
        ledger.push(Diagnostic::warning(code, title, range, "nothing speaks of it").help(help));
    };
    for unused in names.settings.unused() {
        let help = format!("use it as `config.{}`, or take it out", unused.name);
        warn(ledger, Code::UNUSED_SETTING, "setting", &unused.name, &unused.range, &help);
    }
    for unused in names.enums.unused() {
        let help = format!("give a field `type: {}`, or take it out", unused.name);
        warn(ledger, Code::UNUSED_TYPE, "type", &unused.name, &unused.range, &help);
    }
    for unused in names.paginators.unused() {
        let help = format!("name it in a resource with `paging: {}`, or take it out", unused.name);
        warn(ledger, Code::UNUSED_PAGINATOR, "paginator", &unused.name, &unused.range, &help);
    }
}

/// Says which resources need a hook: what is right here cannot be run everywhere.
fn hooked(ledger: &mut Ledger<'_>, entries: &Entries<'_>, resources: &[crate::model::Resource]) {
    let found = entries.get("resources").map(|entry| entry.names(ledger)).unwrap_or_default();
    for resource in resources {
        let Some(does) = &resource.hook else { continue };
        let range = found.iter().find(|entry| entry.name == resource.name).and_then(|entry| hook_key(entry.value));
        let title = format!("resource `{}` needs its hook, which is Rust code", resource.name);
        let label = format!("it {}", does.trim_end_matches('.'));
        let help =
            "compile the spec with `connector!` and give the hook; interpreted, the other resources can be synced";
        ledger.push(Diagnostic::note(Code::HOOK, title, &range.unwrap_or_default(), label).help(help));
    }
}

/// Where `hook` stands in a resource.
fn hook_key(resource: &Node) -> Option<Range<usize>> {
    let crate::yaml::Kind::Mapping(pairs) = &resource.kind else { return None };
    let is_hook = |key: &Node| key.scalar().is_some_and(|scalar| scalar.text == "hook");
    pairs.iter().find(|(key, _)| is_hook(key)).map(|(key, _)| key.range.clone())
}

/// FNV-1a, 64 bit, over the spec and the files it names.
fn fingerprint(text: &str, files: &[File]) -> u64 {
    let parts = files.iter().flat_map(|file| ["\0", &file.path, "\0", &file.text]);
    std::iter::once(text)
        .chain(parts)
        .flat_map(str::bytes)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
