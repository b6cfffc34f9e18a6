//! The tables of docs/SPEC.md are those of the code.
//!
//! `UPDATE_REFERENCE=1` rewrites what is stale.

mod acme;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use tapwright_spec::functions::FUNCTIONS;
use tapwright_spec::keys::{LEVELS, Level, Need, Value};
use tapwright_spec::model::{Paging, Step, TimeFormat, WindowOn};
use tapwright_spec::{CODES, Code};

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "&#124;")
}

fn keys() -> String {
    let mut out = String::new();
    for level in LEVELS {
        let _ = write!(out, "\n### `{}`\n\n{}\n\n| key | is | for |\n| --- | --- | --- |\n", level.path, level.doc);
        for key in level.keys {
            let name = match key.need {
                Need::Required => format!("**`{}`**", key.name),
                Need::Optional => format!("`{}`", key.name),
                Need::OneOf(_) => format!("◆ `{}`", key.name),
            };
            let default = key.default.map(|default| format!(" Default: {default}.")).unwrap_or_default();
            let _ = writeln!(out, "| {name} | {} | {}{default} |", cell(&key.value.words()), cell(key.doc));
        }
    }
    out.replace("### `the spec`", "### The top of a file") + "\n"
}

fn functions() -> String {
    let mut out = "\n| function | gives | |\n| --- | --- | --- |\n".to_owned();
    for function in FUNCTIONS {
        let parameters: Vec<String> = function
            .parameters
            .iter()
            .map(|parameter| match parameter.takes.words() {
                takes if takes == parameter.name => takes.to_owned(),
                takes => format!("{}: {takes}", parameter.name),
            })
            .collect();
        let mark = if function.nullable { "?" } else { "" };
        let _ = writeln!(
            out,
            "| `{}({})` | {}{mark} | {} |",
            function.name,
            parameters.join(", "),
            function.gives.words(),
            cell(function.doc)
        );
    }
    out + "\n"
}

fn codes() -> String {
    let mut out = "\n| code | means |\n| --- | --- |\n".to_owned();
    for (code, meaning) in CODES {
        let _ = writeln!(out, "| [{code}](errors/{code}.md) | {meaning} |");
    }
    out + "\n"
}

#[test]
fn the_tables_of_the_reference_are_those_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/SPEC.md");
    let written = std::fs::read_to_string(&path).expect("the reference is there");
    let mut text = written.clone();
    for (name, table) in [("keys", keys()), ("functions", functions()), ("codes", codes())] {
        let begin = format!("<!-- {name}: generated -->\n");
        let end = format!("<!-- /{name} -->");
        let from = text.find(&begin).expect("it begins") + begin.len();
        let to = text.find(&end).expect("it ends");
        text.replace_range(from..to, &table);
    }
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::write(&path, &text).expect("it can be written");
        return;
    }
    assert!(text == written, "docs/SPEC.md is stale: run with UPDATE_REFERENCE=1 and commit it");
}

/// Every level that can be reached from the top.
fn reached(value: &Value, levels: &mut BTreeSet<&'static str>) {
    match value {
        Value::Keys(level) => visit(level, levels),
        Value::List(inner) | Value::Map(_, inner) => reached(inner, levels),
        Value::Either(one, other) => {
            reached(one, levels);
            reached(other, levels);
        }
        _ => {}
    }
}

fn visit(level: &'static Level, levels: &mut BTreeSet<&'static str>) {
    if levels.insert(level.path) {
        level.keys.iter().for_each(|key| reached(&key.value, levels));
    }
}

#[test]
fn the_table_of_keys_is_one_tree() {
    let mut levels = BTreeSet::new();
    visit(LEVELS[0], &mut levels);
    assert_eq!(levels, LEVELS.iter().map(|level| level.path).collect());
    for level in LEVELS {
        let names: BTreeSet<_> = level.keys.iter().map(|key| key.name).collect();
        assert_eq!(names.len(), level.keys.len(), "keys of {} are all different", level.path);
        assert!(level.keys.iter().all(|key| key.doc.ends_with('.')), "{}", level.path);
    }
}

#[test]
fn a_required_key_that_is_missing_is_an_error_at_every_level() {
    let missing = [
        ("tapwright: 1\n", ""),
        ("description: Customers and events of Acme.\n", ""),
        (", description: The key. }", " }"),
        ("  base_url: https://{config.region}.acme.test/v1\n", ""),
        ("  auth: { bearer: \"{config.apiKey}\" }\n", ""),
        ("requests: 100, per: 1m", "requests: 100"),
        ("from: meta.next, to: query.cursor", "from: meta.next"),
        ("to: query.limit, value: 50", "to: query.limit"),
        ("    paging: pages\n    records: data\n", "    records: data\n"),
        ("    records: data.items\n", ""),
        (", style: comma }", " }"),
        ("code: bad_kind, then: drop_value_of kinds", "code: bad_kind"),
        ("from: last.id, to: query.cursor", "from: last.id"),
        ("type: string?, from: address.city", "from: address.city"),
        ("    at: { from: time, format: unix_millis }", "    at: { format: unix_millis }"),
    ];
    for edit in missing {
        let checked = acme::checked(&[edit]);
        let codes: Vec<_> = checked.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::MISSING_KEY], "{edit:?}");
    }
}

/// The shapes of docs/SPEC.md, each given a request, beside the resources that they name.
#[test]
fn the_example_of_the_shapes_is_without_a_mistake() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/SPEC.md");
    let text = std::fs::read_to_string(path).expect("the reference is there");
    let from = text.find("```yaml\nvisits:").expect("it is there") + "```yaml\n".len();
    let block = text[from..].split("```").next().expect("it ends");
    let mut spec =
        "tapwright: 1\nconnector: acme\ndescription: Acme.\nconfig:\n  key: { type: secret, description: It. }\n\
                    api: { base_url: \"https://acme.test\", auth: { bearer: \"{config.key}\" } }\nresources:\n"
            .to_owned();
    for name in ["users", "groups"] {
        let _ = writeln!(
            spec,
            "  {name}: {{ description: All., get: /{name}, paging: none, records: data, entity: acme_{name}, key: id, fields: {{ name: string }} }}"
        );
    }
    for line in block.lines() {
        let _ = writeln!(spec, "  {line}");
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            let of = if name == "members" { "{group.id}" } else { "all" };
            let _ = writeln!(spec, "    description: All.\n    get: /{name}/{of}\n    paging: none\n    records: data");
        }
    }
    let source = tapwright_spec::Source::new("acme.yaml", spec);
    let found = tapwright_spec::check(&source).diagnostics;
    assert!(found.is_empty(), "{}", acme::shown(&found, &source));
}

#[test]
fn defaults_are_those_that_the_table_says() {
    let model = acme::model(&[
        ("title: Acme\n", ""),
        (", on: first_page", ""),
        ("      overlap: 10m\n", ""),
        (", format: unix_millis", ""),
        ("from: created, format: unix_seconds", "from: updated"),
    ]);
    assert_eq!(model.title, "acme");
    let events = &model.resources[1];
    let incremental = events.incremental.as_ref().expect("it is there");
    let window = incremental.window.as_ref().expect("it is there");
    assert_eq!((window.on, window.format.clone()), (WindowOn::EveryPage, TimeFormat::Rfc3339));
    assert_eq!(incremental.overlap_millis, 0);
    assert_eq!(events.row.time.as_ref().expect("it is there").format, TimeFormat::Rfc3339);
    assert!(matches!(
        events.paging,
        Some(Paging { step: Step::Cursor { .. }, size: Some(_), more: None, short_is_last: false })
    ));
    let counted = |strategy: &str| {
        let edit = ("    cursor: { from: meta.next, to: query.cursor }", strategy);
        let resume = ("      continue: { from: last.id, to: query.cursor }\n", "");
        acme::model(&[edit, resume, (", on: first_page", "")]).resources[0]
            .paging
            .as_ref()
            .expect("it is paged")
            .step
            .clone()
    };
    assert!(matches!(counted("    page: { to: query.page }"), Step::Page { first: 1, last: None, .. }));
    assert!(matches!(counted("    offset: { to: query.offset }"), Step::Offset { first: 0, total: None, .. }));
    let retry = acme::model(&[("  limit: {", "  retry: {}\n  limit: {")]).api.retry.expect("it is there");
    assert_eq!((retry.attempts, retry.first_millis, retry.most_millis, retry.constant), (10, 250, 30_000, false));
    let defaults: BTreeSet<_> =
        LEVELS.iter().flat_map(|level| level.keys).filter_map(|key| Some((key.name, key.default?))).collect();
    let expected = [
        ("as", "`Authorization: Bearer …`"),
        ("attempts", "10"),
        ("backoff", "exponential"),
        ("client", "form"),
        ("end", "empty_page"),
        ("first", "0"),
        ("first", "1"),
        ("first", "250ms"),
        ("format", "rfc3339"),
        ("from", "the path of the field's own name"),
        ("lasts", "10m"),
        ("most", "30s"),
        ("on", "every_page"),
        ("overlap", "0s"),
        ("title", "the connector's name"),
        ("until", "open"),
    ];
    assert_eq!(defaults, expected.into_iter().collect());
}
