//! Drift of specs and documents that say things in ways of their own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use tapwright_authoring::drift::{Finding, against, between, write};
use tapwright_openapi::Document;
use tapwright_spec::{Source, check, model};

/// A spec of one resource: what it sends, how it proves who asks, what else it says, its fields.
struct Spec {
    query: &'static str,
    auth: &'static str,
    more: &'static str,
    fields: &'static str,
}

/// A document of it: the parameters, what of a record is required, and its properties beside `id`.
struct Says {
    parameters: &'static str,
    required: &'static str,
    properties: &'static str,
}

const SPEC: Spec =
    Spec { query: "", auth: "{ bearer: '{config.key}' }", more: "", fields: "name: { type: string?, from: name }" };
const SAYS: Says = Says { parameters: "", required: "id", properties: "name: { type: string }" };

fn spec(spec: &Spec) -> model::Connector {
    let Spec { query, auth, more, fields } = spec;
    let text = format!(
        "tapwright: 1\nconnector: acme\ndescription: Things.\nconfig:\n  key: {{ type: secret, description: A key. }}\n\
         api: {{ base_url: \"https://acme.example\", auth: {auth} }}\nresources:\n  things:\n    description: Things.\n    \
         get: /things\n    query: {{ all: \"true\"{query} }}\n    paging: none\n    records: data\n    entity: acme_thing\n    \
         key: id\n{more}    fields: {{ {fields} }}\n"
    );
    let checked = check(&Source::new("acme.yaml", &text));
    checked.model.unwrap_or_else(|| panic!("{:#?}\n{text}", checked.diagnostics))
}

fn document(says: &Says) -> Document {
    let Says { parameters, required, properties } = says;
    let text = format!(
        "openapi: 3.1.0\nservers: [{{ url: \"https://acme.example\" }}]\npaths:\n  /things:\n    get:\n      parameters: [{{ \
         name: all, in: query, schema: {{ type: string }} }}{parameters}]\n      responses: {{ '200': {{ content: {{ \
         application/json: {{ schema: {{ properties: {{ data: {{ type: array, items: {{ type: object, required: [{required}], \
         properties: {{ id: {{ type: string }}, {properties} }} }} }} }} }} }} }} }} }}\n"
    );
    Document::read(&text).unwrap()
}

/// What is found, and what it means.
fn found(of: &Spec, says: &Says) -> Vec<String> {
    let drift = against(&spec(of), &document(says));
    assert_eq!(drift.skipped, []);
    let line = |finding: &Finding| {
        let change = &finding.change;
        format!("{} {} {}: {}", change.kind, change.field, change.detail, finding.means)
    };
    drift.findings.iter().map(line).collect()
}

const GONE: &str = "the document does not have it";

#[test]
fn a_list_of_what_each_item_has_is_held_against_one_of_them() {
    let of = Spec { fields: "team_ids: { type: list of string?, from: 'teams[].id' }", ..SPEC };
    let says = |properties| Says { properties, ..SAYS };
    let texts = says("teams: { type: array, items: { type: object, properties: { id: { type: string } } } }, x: {}");
    assert_eq!(found(&of, &texts), ["field_added x any optional: no column reads it; rows stay as they are"]);
    let numbers = says("teams: { type: array, items: { type: object, properties: { id: { type: integer } } } }");
    assert_eq!(
        found(&of, &numbers),
        ["type_changed teams[].id string -> integer: `team_ids` is read as before: records whose value does not fit \
          will be set aside"]
    );
}

#[test]
fn a_text_that_is_made_of_a_number_is_no_other_type() {
    let of = Spec { fields: "owner: { type: string?, from: text(owner_id) }", ..SPEC };
    let says = |properties| Says { properties, ..SAYS };
    assert_eq!(found(&of, &says("owner_id: { type: integer }")), [""; 0]);
    assert_eq!(found(&of, &says("owner_id: { type: string }")), [""; 0]);
}

#[test]
fn what_where_and_paging_go_by_is_read_though_no_column_is_made_of_it() {
    let of = Spec { more: "    where: not deleted\n", ..SPEC };
    let by = "`where` goes by it: other records may be kept";
    assert_eq!(found(&of, &SAYS), [format!("field_removed deleted {GONE}: {by}")]);
    let old = Says { properties: "name: { type: string }, deleted: { type: boolean }", ..SAYS };
    let drift = between(&spec(&of), &document(&old), &document(&SAYS));
    assert_eq!(drift.findings.iter().map(|finding| finding.means.as_str()).collect::<Vec<_>>(), [by]);
    let both = Spec { more: "    where: name != \"x\"\n", ..SPEC };
    let none = Says { properties: "other: {}", ..SAYS };
    let first = found(&both, &none).swap_remove(0);
    assert_eq!(first, format!("field_removed name {GONE}: `name` will be null in new rows; {by}"));
}

#[test]
fn what_an_expression_cannot_do_without_is_missed_and_one_of_several_is_not() {
    let of = |fields| Spec { fields, ..SPEC };
    let gone = |path: &str| format!("field_removed {path} {GONE}: `full` will be null in new rows");
    assert_eq!(found(&of("full: { type: string?, from: 'concat(name, last)' }"), &SAYS), [gone("last")]);
    assert_eq!(found(&of("full: { type: string?, from: name ?? last }"), &SAYS), [""; 0]);
    assert_eq!(found(&of("full: { type: string?, from: lower(name ?? last) }"), &SAYS), [""; 0]);
    let none = Says { properties: "meta: { properties: { x: {} } }", required: "id, meta", ..SAYS };
    let both = found(&of("full: { type: string?, from: first ?? last }, meta: json"), &none);
    assert_eq!(both, [gone("first"), gone("last")]);
    // Of what may have any keys, nothing is known.
    let open = Says { properties: "meta: { type: object, additionalProperties: true }", required: "id, meta", ..SAYS };
    assert_eq!(found(&of("full: { type: string?, from: meta.a ?? meta.b }, meta: json"), &open), [""; 0]);
}

#[test]
fn a_parameter_is_known_however_it_is_sent() {
    let sent = [
        (
            ", 'ids[]': a",
            ", { name: ids, in: query, required: true, schema: { type: array, items: { type: string } } }",
        ),
        (
            ", ids: a",
            ", { name: 'ids[]', in: query, required: true, schema: { type: array, items: { type: string } } }",
        ),
        (
            ", 'made[gte]': a",
            ", { name: made, in: query, required: true, style: deepObject, schema: { properties: { gte: {} } } }",
        ),
        (
            ", 'made[gte]': a",
            ", { name: made, in: query, required: true, style: deepObject, schema: { anyOf: [{ type: integer }, { properties: \
             { gte: {} } }] } }",
        ),
        (", 'filter[x]': a", ", { name: filter, in: query, style: deepObject, schema: { type: object } }"),
        (
            ", size: a",
            ", { name: pageable, in: query, required: true, schema: { properties: { size: {}, page: {} } } }",
        ),
    ];
    for (query, parameters) in sent {
        let of = Spec { query, ..SPEC };
        assert_eq!(found(&of, &Says { parameters, ..SAYS }), [""; 0], "{query} {parameters}");
    }
    let of = Spec { query: ", 'made[gte]': a", ..SPEC };
    let parameters = ", { name: made, in: query, style: deepObject, schema: { properties: { lt: {} } } }";
    let means = "requests still send it: it may be ignored, or refused";
    assert_eq!(found(&of, &Says { parameters, ..SAYS }), [format!("field_removed made[gte] {GONE}: {means}")]);
}

#[test]
fn between_documents_a_header_or_credential_that_is_sent_is_known_and_a_place_in_the_path_may_be_renamed() {
    let of = Spec { more: "    headers: { x-version: '1' }\n", ..SPEC };
    let means = |of: &Spec, parameters| {
        let drift = between(&spec(of), &document(&SAYS), &document(&Says { parameters, ..SAYS }));
        drift.findings.into_iter().map(|finding| finding.means).collect::<Vec<_>>()
    };
    let header = |name: &str| format!(", {{ name: {name}, in: header, required: true, schema: {{ type: string }} }}");
    let header = |name: &str| -> &'static str { header(name).leak() };
    for name in ["X-Version", "Authorization", "Accept"] {
        assert_eq!(means(&of, header(name)), ["nothing: what is sent still fits"], "{name}");
    }
    assert_eq!(means(&of, header("X-Other")), ["requests do not send it, and will be refused"]);
    let of = Spec { auth: "{ query: { name: api_key, value: '{config.key}' } }", ..SPEC };
    let proof = ", { name: api_key, in: query, required: true, schema: { type: string } }";
    assert_eq!(means(&of, proof), ["nothing: what is sent still fits"]);
    let text = include_str!("people.openapi.yaml").replace("/v1/people:", "/v1/people/{team}/of:");
    let text = text.replacen(
        "parameters:\n",
        "parameters:\n        - { name: team, in: path, required: true, schema: {} }\n",
        1,
    );
    let renamed = text.replace("{team}", "{teamId}").replace("name: team,", "name: teamId,");
    let people = include_str!("people.yaml").replace("get: /people", "get: \"/people/{config.key2}/of\"");
    let people = people.replace("  key: {", "  key2: { type: string, description: A team. }\n  key: {");
    let people = check(&Source::new("people.yaml", people)).model.unwrap();
    let read = |text: &str| Document::read(text).unwrap();
    assert_eq!(between(&people, &read(&text), &read(&renamed)).findings, []);
    let typed =
        renamed.replace("in: path, required: true, schema: {}", "in: path, required: true, schema: { type: integer }");
    let found = between(&people, &read(&text), &read(&typed)).findings;
    assert_eq!((found[0].change.field.as_str(), found.len()), ("path.team", 1));
}

#[test]
fn a_credential_in_the_query_is_sent() {
    let parameters = ", { name: api_key, in: query, required: true, schema: { type: string } }";
    let says = Says { parameters, ..SAYS };
    let of = Spec { auth: "{ query: { name: api_key, value: '{config.key}' } }", ..SPEC };
    assert_eq!(found(&of, &says), [""; 0]);
    assert_eq!(found(&SPEC, &says), ["became_required api_key : requests do not send it, and will be refused"]);
}

#[test]
fn a_document_that_requires_nothing_does_not_say_what_may_be_missing() {
    let of = Spec { fields: "name: string", ..SPEC };
    assert_eq!(found(&of, &Says { required: "", ..SAYS }), [""; 0]);
    let said = ["became_optional name : `name` cannot be null: records without it will be set aside"];
    assert_eq!(found(&of, &SAYS), said);
}

#[test]
fn a_value_that_requests_ask_for_is_not_taken_out() {
    let asks = [
        ("    get: /events\n", "    get: /events\n    query: { states: { each: State, style: comma } }\n"),
        (
            "    get: /events\n",
            "    get: /events\n    for_each: { state: [active, gone] }\n    query: { state: \"{state}\" }\n",
        ),
        ("config:\n", "config:\n  state: { type: State, description: A state. }\n"),
    ];
    for (from, to) in asks {
        let text = include_str!("people.yaml").replacen(from, to, 1);
        let text = if to.starts_with("config") {
            text.replace("get: /events\n", "get: /events\n    query: { state: \"{config.state}\" }\n")
        } else {
            text
        };
        let says = include_str!("people.openapi.yaml").replace("enum: [active, gone]", "enum: [active]");
        let source = Source::new("people.yaml", text);
        let Some(written) = write(&source, &Document::read(&says).unwrap(), &|_| Err(String::new())) else {
            panic!("{:#?}", check(&source).diagnostics)
        };
        assert_eq!(written.text, source.text(), "{to}");
        assert!(written.left.iter().any(|(_, why)| why.starts_with("requests ask for what the type lists")), "{to}");
    }
}

#[test]
fn what_another_edit_mended_is_not_done_twice() {
    let text = include_str!("people.yaml").replace("      name: string # as it is said\n", "      name: State?\n");
    let says = include_str!("people.openapi.yaml").replace("enum: [active, gone]", "enum: [active, gone, away]");
    let says = says.replace("name: { type: string }", "name: { type: string, enum: [active, gone, away] }");
    let written =
        write(&Source::new("people.yaml", text), &Document::read(&says).unwrap(), &|_| Err(String::new())).unwrap();
    let words = |all: &[(Finding, String)]| all.iter().map(|(_, word)| word.clone()).collect::<Vec<_>>();
    assert_eq!(words(&written.left), [""; 0]);
    assert_eq!(words(&written.done), ["`away` added to `State`", "with what is written above"]);
}

/// The lines that go and come where a spec with these fields is brought to a document.
fn written(fields: &str, says: &Says) -> (Vec<String>, Vec<String>) {
    let text = format!(
        "tapwright: 1\nconnector: acme\ndescription: Things.\nconfig:\n  key: {{ type: secret, description: A key. }}\n\
         api: {{ base_url: \"https://acme.example\", auth: {{ bearer: \"{{config.key}}\" }} }}\nresources:\n  things:\n    \
         description: Things.\n    get: /things\n    query: {{ all: \"true\" }}\n    paging: none\n    records: data\n    \
         entity: acme_thing\n    key: id\n    fields:\n{fields}"
    );
    let written = write(&Source::new("acme.yaml", &text), &document(says), &|_| Err(String::new()));
    let after = written.unwrap_or_else(|| panic!("{text}")).text;
    assert!(check(&Source::new("acme.yaml", &after)).model.is_some(), "{after}");
    let without = |one: &str, other: &str| {
        let lines: Vec<&str> = other.lines().collect();
        one.lines().filter(|line| !lines.contains(line)).map(|line| line.trim_start().to_owned()).collect()
    };
    (without(&text, &after), without(&after, &text))
}

#[test]
fn a_description_in_a_block_of_text_stays_one() {
    let fields = "      name:\n        type: string?\n        description: >-\n          Its name. Not:\n          # a comment\n";
    let says = Says { properties: "name: { type: string, deprecated: true }", ..SAYS };
    assert_eq!(written(fields, &says), (vec![], vec!["Deprecated.".to_owned()]));
    let fields = "      name: { type: string?, description: 'It''s the name' }\n";
    let now = "name: { type: string?, description: It's the name. Deprecated. }".to_owned();
    assert_eq!(written(fields, &says).1, [now]);
}

#[test]
fn a_new_column_is_called_as_its_neighbours_are_and_as_a_column_can_be() {
    let come = |fields: &str, properties: &'static str| written(fields, &Says { properties, ..SAYS }).1;
    let owner = "name: { type: string }, owner: { type: object, properties: { name: { type: string }, self: { type: string } } }";
    assert_eq!(
        come("      name: string?\n      owner_name: { type: string?, from: owner.name }\n", owner),
        ["owner_self: { type: string?, from: owner.self }"]
    );
    let city = "name: { type: string }, owner: { type: object, properties: { name: { type: string }, city: { type: string } } }";
    assert_eq!(
        come("      label: { type: string?, from: name }\n      name: { type: string?, from: owner.name }\n", city),
        ["city: { type: string?, from: owner.city }"]
    );
    assert_eq!(
        come(
            "      name: string?\n      aB: string?\n",
            "name: { type: string }, aB: { type: string }, a_b: { type: string }"
        ),
        ["aBValue: { type: string?, from: a_b }"]
    );
}

#[test]
fn what_looks_like_a_secret_becomes_no_column_and_a_wrong_example_no_mistake() {
    let fields = "      name: string?\n    example: { id: a, name: b }\n";
    let properties = "name: { type: string }, client_secret: { type: string }, age: { type: integer, example: '41' }";
    let says = Says { properties, ..SAYS };
    let (_, come) = written(fields, &says);
    assert_eq!(come, ["age: integer?", "example: { id: a, name: b, age: 1, client_secret: \"…\" }"]);
}

#[test]
fn a_new_column_is_of_the_record_and_not_of_what_for_each_calls_so() {
    let text = include_str!("people.yaml").replace(
        "    get: /events\n",
        "    for_each: { data: people }\n    get: /events\n    query: { of: \"{data.id}\" }\n",
    );
    let text = text.replace("from: data.ip", "from: '[\"data\"].ip'");
    let says = include_str!("people.openapi.yaml");
    let says = says.replace(
        "properties: { ip: { type: string } }",
        "properties: { ip: { type: string }, name: { type: string } }",
    );
    let written =
        write(&Source::new("people.yaml", text), &Document::read(&says).unwrap(), &|_| Err(String::new())).unwrap();
    let line = written.text.lines().find(|line| line.trim_start().starts_with("name: { type: string?"));
    assert_eq!(line.map(str::trim), Some("name: { type: string?, from: '[\"data\"].name' }"), "{}", written.text);
}
