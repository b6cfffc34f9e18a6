//! Every mistake is told, once, at its place, in words that a snapshot keeps.
//!
//! The snapshots are under `tests/snapshots`; `INSTA_UPDATE=always` rewrites them.

mod acme;

use std::fmt::Write as _;

use tapwright_spec::{CODES, Certainty, Code, Diagnostic, Source, check};

/// A mistake: its code, and the edits of the small spec that make it.
type Case = (Code, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    (Code::YAML_SYNTAX, &[("title: Acme", "title: Acme: billing")]),
    (Code::YAML_SYNTAX, &[("  limit: { requests: 100, per: 1m }", "  limit: { requests: 100, per: 1m")]),
    (Code::YAML_SYNTAX, &[("title: Acme", "title: \"Acme\" billing")]),
    (Code::YAML_SYNTAX, &[("  limit: {", "\tlimit: {")]),
    (Code::YAML_SYNTAX, &[("from: address.city", "from: first(tags[])")]),
    (Code::YAML_SYNTAX, &[("from: address.city", "from: tags | join(\", \")")]),
    (Code::DUPLICATE_KEY, &[("    key: id\n    updated_at", "    key: id\n    key: id\n    updated_at")]),
    (Code::REFUSED_YAML, &[("  pages:\n", "  pages: &pages\n")]),
    (Code::REFUSED_YAML, &[("      name: string", "      <<: {}\n      name: !!str string")]),
    (Code::SEVERAL_DOCUMENTS, &[("resources:", "---\nresources:")]),
    (
        Code::TOO_MUCH,
        &[(
            "nothing: null",
            concat!(
                "nothing: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
            ),
        )],
    ),
    (Code::CONTROL_CHARACTER, &[("title: Acme", "title: Ac\u{202e}me")]),
    (Code::CONTROL_CHARACTER, &[("title: Acme", "title: \"Ac\\0me\"")]),
    (Code::MISSING_KEY, &[("    get: /customers\n", "")]),
    (Code::MISSING_KEY, &[("    event: acme_event\n    key: id\n", "    key: id\n")]),
    (Code::MISSING_KEY, &[("    at: { from: time, format: unix_millis }\n", "")]),
    (Code::MISSING_KEY, &[("    get: /customers\n", "    post: /graphql\n    graphql: { variables: { a: 1 } }\n")]),
    (
        Code::MISSING_KEY,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: https://acme.test/token, grant: client_credentials, client_secret: \"{config.apiKey}\" } }",
        )],
    ),
    (
        Code::MISSING_KEY,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "page: { first: 0 }"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
            (", on: first_page", ""),
        ],
    ),
    (
        Code::MISSING_KEY,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "next: {}"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
        ],
    ),
    (Code::UNKNOWN_KEY, &[("get: /customers", "gte: /customers")]),
    (Code::UNKNOWN_KEY, &[("get: /customers", "path: /customers")]),
    (Code::UNKNOWN_KEY, &[("    headers:", "    size: 1\n    headers:")]),
    (Code::UNKNOWN_KEY, &[("to: query.limit,", "to: query.limit, most: 1,")]),
    (Code::WRONG_KIND, &[("title: Acme", "title: 2026")]),
    (Code::WRONG_KIND, &[("  limit: { requests: 100, per: 1m }", "  limit: fast")]),
    (Code::WRONG_KIND, &[("    records: data.items", "    records:")]),
    (Code::WRONG_KIND, &[("{ bearer: \"{config.apiKey}\" }", "{ bearer: {config.apiKey} }")]),
    (Code::WRONG_KIND, &[("visits: 3", "visits: 007")]),
    (Code::WRONG_KIND, &[("    get: /customers\n", "    post: /search\n    json: [1, 2]\n")]),
    (Code::UNKNOWN_CHOICE, &[("style: comma", "style: coma")]),
    (Code::UNKNOWN_CHOICE, &[("then: drop_value_of kinds", "then: skip")]),
    (Code::UNKNOWN_CHOICE, &[("format: unix_millis", "format: unix_milis")]),
    (
        Code::UNKNOWN_CHOICE,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "next: link"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
        ],
    ),
    (
        Code::UNKNOWN_CHOICE,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "page: { to: query.page }\n    end: short"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
            (", on: first_page", ""),
        ],
    ),
    (Code::MALFORMED, &[("per: 1m", "per: one minute")]),
    (Code::MALFORMED, &[("to: query.limit", "to: limit")]),
    (Code::MALFORMED, &[("get: /customers", "get: https://acme.test/customers")]),
    (Code::MALFORMED, &[("docs: https://acme.test/docs", "docs: acme.test/docs")]),
    (Code::MALFORMED, &[("format: unix_millis", "format: \"%Y-%m-%d %Q\"")]),
    (Code::MALFORMED, &[("format: unix_millis", "format: \"%H:%M:%S\"")]),
    (Code::CONFLICTING_KEYS, &[("    entity: acme_customer", "    entity: acme_customer\n    event: acme_customer")]),
    (Code::CONFLICTING_KEYS, &[("    updated_at: updated", "    at: updated")]),
    (Code::CONFLICTING_KEYS, &[("type: integer, range: [1, 90]", "type: integer, matches: \"1*\", range: [1, 90]")]),
    (Code::CONFLICTING_KEYS, &[("type: decimal,", "type: decimal, format: unix_seconds,")]),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "    get: /events\n",
            "    for_each: { customer: { resource: customers, matching: \"c*\" } }\n    get: /customers/{customer.id}/events\n",
        )],
    ),
    (Code::CONFLICTING_KEYS, &[("code: bad_kind, then: drop_value_of kinds", "code: bad_kind, then: skip_parent")]),
    (Code::CONFLICTING_KEYS, &[("    get: /customers\n", "    get: /customers\n    json: { active: true }\n")]),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: https://acme.test/token, grant: refresh_token, refresh_token: \"{config.apiKey}\", password: \"{config.apiKey}\" } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "page: { to: query.page }"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
        ],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "cursor: { from: meta.next, to: query.cursor }",
            "cursor: { from: meta.next, to: query.cursor }\n    page: { to: query.page }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "cursor: { from: meta.next, to: query.cursor }",
            "cursor: { from: meta.next, to: query.cursor }\n    end: short_page",
        )],
    ),
    (Code::INVALID_NAME, &[("connector: acme", "connector: Acme")]),
    (Code::INVALID_NAME, &[("entity: acme_customer", "entity: acme customer")]),
    (Code::OUT_OF_BOUNDS, &[("value: 50", "value: 0")]),
    (Code::OUT_OF_BOUNDS, &[("at_most: 30d", "at_most: 0d")]),
    (Code::OUT_OF_BOUNDS, &[("status: 400", "status: 4000")]),
    (
        Code::OUT_OF_BOUNDS,
        &[
            ("cursor: { from: meta.next, to: query.cursor }", "page: { to: query.page, first: 2 }"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
            (", on: first_page", ""),
        ],
    ),
    (
        Code::OUT_OF_BOUNDS,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  retry: { first: 10s, most: 5s }",
        )],
    ),
    (Code::UNSUPPORTED_VERSION, &[("tapwright: 1", "tapwright: 2")]),
    (Code::EMPTY, &[("Region: [eu, us]", "Region: []")]),
    (Code::EMPTY, &[("title: Acme", "title: \"\"")]),
    (Code::EMPTY, &[("    get: /events\n", "    for_each: {}\n    get: /events\n")]),
    (Code::EMPTY, &[("    event: acme_event\n    key: id", "    event: acme_event\n    key: []")]),
    (Code::UNKNOWN_PAGINATOR, &[("    paging: pages\n    records: data\n", "    paging: page\n    records: data\n")]),
    (Code::UNKNOWN_TYPE, &[("name: string", "name: text")]),
    (Code::UNKNOWN_TYPE, &[("kind: Kind", "kind: Kinds")]),
    (Code::UNKNOWN_TYPE, &[("each: Kind,", "each: Colour,")]),
    (Code::UNKNOWN_PATH, &[("updated_at: updated", "updated_at: updated_at")]),
    (Code::UNKNOWN_PATH, &[("from: address.city", "from: address.town.name")]),
    (Code::UNKNOWN_PATH, &[("from: address.city", "from: city")]),
    (Code::UNKNOWN_PATH, &[("name: string", "fullName: string")]),
    (Code::UNKNOWN_PATH, &[("balance: { type: decimal, description: What they owe. }", "Balance_: decimal")]),
    (Code::UNKNOWN_PATH, &[("from: address.city", "from: address.street.name.first")]),
    (Code::UNKNOWN_PATH, &[("from: address.city", "from: 'address[].city | first()'")]),
    (Code::UNKNOWN_PATH, &[("from: meta.next, to", "from: last.uid, to")]),
    (
        Code::UNKNOWN_PATH,
        &[("    get: /events\n", "    for_each: { customer: customers }\n    get: /customers/{customer.nam}/events\n")],
    ),
    (Code::UNKNOWN_PATH, &[("from: address.city", "from: 'let place = address ?? address in place.citi'")]),
    (Code::UNKNOWN_SETTING, &[("bearer: \"{config.apiKey}\"", "bearer: \"{config.apiKye}\"")]),
    (Code::UNKNOWN_RESOURCE, &[("references: customers", "references: customer")]),
    (
        Code::UNKNOWN_RESOURCE,
        &[("    get: /events\n", "    for_each: { customer: customer }\n    get: /customers/{customer.id}/events\n")],
    ),
    (Code::UNKNOWN_PARAMETER, &[("drop_value_of kinds", "drop_value_of kind")]),
    (
        Code::UNKNOWN_PARAMETER,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  on_error: [{ status: 400, then: drop_value_of kinds }]",
        )],
    ),
    (Code::NAME_TAKEN, &[("event: acme_event", "event: acme_customer")]),
    (Code::NAME_TAKEN, &[("default: eu,", "default: eu, env: ACME_KEY,")]),
    (Code::NAME_TAKEN, &[("from: address.city", "from: 'let config = name in config'")]),
    (
        Code::NAME_TAKEN,
        &[(
            "type: string?, from: address.city",
            "type: boolean?, from: 'any(tags, tag => any(tags, tag => tag == \"a\"))'",
        )],
    ),
    (Code::DUPLICATE_VALUE, &[("[eu, us]", "[eu, us, eu]")]),
    (Code::RESERVED_NAME, &[("      city: {", "      id: {")]),
    (Code::RESERVED_NAME, &[("      city: {", "      _tapwright_city: {")]),
    (Code::RESERVED_NAME, &[("  events:\n", "  sync:\n")]),
    (Code::RESERVED_NAME, &[("    get: /events\n", "    for_each: { last: customers }\n    get: /events\n")]),
    (Code::RUST_NAME_CLASH, &[("      city: {", "      updatedAt: {")]),
    (Code::RUST_NAME_CLASH, &[("      city: {", "      Name: {")]),
    (Code::RUST_NAME_CLASH, &[("event: acme_event", "event: acme_kind")]),
    (Code::PARAMETER_TWICE, &[("order: asc", "limit: 10")]),
    (Code::PARAMETER_TWICE, &[("from: query.since", "from: query.limit")]),
    (Code::PARAMETER_TWICE, &[("to: query.limit", "to: query.cursor")]),
    (Code::PARAMETER_TWICE, &[("Acme-Version: \"2026-01\"", "authorization: \"{config.apiKey}\"")]),
    (
        Code::PARAMETER_TWICE,
        &[
            (
                "    get: /customers\n",
                "    post: /customers/search\n    json: { filter: { active: true }, limit: 10 }\n",
            ),
            ("to: query.limit", "to: body.limit"),
            ("    get: /events\n", "    post: /events\n    json: { all: true }\n"),
        ],
    ),
    (
        Code::PARAMETER_TWICE,
        &[("{ bearer: \"{config.apiKey}\" }", "{ query: { name: limit, value: \"{config.apiKey}\" } }")],
    ),
    (Code::MATCHES_NOTHING, &[("matching: \"user.*\"", "matching: \"users.*\"")]),
    (Code::UNKNOWN_VALUE, &[("where: kind matches \"user.*\"", "where: kind in [\"user.created\", \"user.delete\"]")]),
    (Code::UNKNOWN_VALUE, &[("where: kind matches \"user.*\"", "where: kind matches \"users.*\"")]),
    (Code::EXPRESSION_SYNTAX, &[("from: address.city", "from: address.city ??")]),
    (Code::EXPRESSION_SYNTAX, &[("where: kind matches \"user.*\"", "where: kind = \"user.created\"")]),
    (Code::EXPRESSION_SYNTAX, &[("get: /customers", "get: /customers/{config.tenant")]),
    (Code::EXPRESSION_SYNTAX, &[("from: address.city", "from: name | lower")]),
    (Code::EXPRESSION_SYNTAX, &[("type: string?, from: address.city", "type: integer?, from: 'visits ?? 0 + 1'")]),
    (
        Code::EXPRESSION_SYNTAX,
        &[("type: string?, from: address.city", "type: integer?, from: 'tags[] | length() + 1'")],
    ),
    (Code::EXPRESSION_SYNTAX, &[("from: address.city", "from: 'address.first-name'")]),
    (Code::EXPRESSION_SYNTAX, &[("from: address.city", "from: 'let a = name, b in a'")]),
    (
        Code::EXPRESSION_SYNTAX,
        &[(
            "type: string?, from: address.city",
            "type: boolean?, from: 'any(tags, a => any(tags, b => any(tags, c => any(tags, d => a == b and c == d))))'",
        )],
    ),
    (Code::UNKNOWN_FUNCTION, &[("from: address.city", "from: name | lowr()")]),
    (Code::ARGUMENT_COUNT, &[("from: address.city", "from: 'tags[] | join()'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'tags | join(\", \")'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: visits | lower()")]),
    (Code::OPERAND_TYPE, &[("    updated_at: updated\n", "    updated_at: updated\n    where: visits > \"2\"\n")]),
    (Code::OPERAND_TYPE, &[("    updated_at: updated\n", "    updated_at: updated\n    where: name\n")]),
    (
        Code::OPERAND_TYPE,
        &[
            (
                "cursor: { from: meta.next, to: query.cursor }",
                "page: { to: query.page, last: \"headers[\\\"X-Total-Pages\\\"]\" }",
            ),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
            (", on: first_page", ""),
        ],
    ),
    (
        Code::OPERAND_TYPE,
        &[(
            "cursor: { from: meta.next, to: query.cursor }",
            "cursor: { from: meta.next, to: query.cursor }\n    more: text(meta.more)",
        )],
    ),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: '\"1\" + visits'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'name + \"!\"'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'visits % 1.5'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'parse_time(updated, \"rfc3339\") < updated'")]),
    (
        Code::OPERAND_TYPE,
        &[("from: address.city", "from: 'parse_time(updated, \"rfc3339\") - parse_time(updated, \"rfc3339\")'")],
    ),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'parse_time(updated, \"rfc3339\") + visits'")]),
    (Code::OPERAND_TYPE, &[("type: string?, from: address.city", "type: integer?, from: 'unix_seconds(updated)'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'format_time(created, \"date\")'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'filter(tags, name) | join(\"\")'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'filter(tags, tag => length(tag)) | join(\"\")'")]),
    (Code::OPERAND_TYPE, &[("type: string?, from: address.city", "type: integer?, from: 'sum(tags[])'")]),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'lower(tag => tag)'")]),
    (
        Code::OPERAND_TYPE,
        &[("type: string?, from: address.city", "type: boolean?, from: 'any(name, tag => tag == \"a\")'")],
    ),
    (Code::OPERAND_TYPE, &[("from: address.city", "from: 'let tag = first(tags[]) in tag.name'")]),
    (Code::OPERAND_TYPE, &[("code: bad_kind, then", "code: bad_kind, when: lower(type), then")]),
    (
        Code::OPERAND_TYPE,
        &[(
            "    get: /events\n",
            "    for_each: { customer: customers }\n    get: /customers/{customer.tags}/events\n",
        )],
    ),
    (
        Code::OPERAND_TYPE,
        &[("    entity: acme_customer\n    key: id", "    entity: acme_customer\n    key: [id, tags]")],
    ),
    (Code::FIELD_TYPE, &[("type: decimal", "type: integer")]),
    (Code::FIELD_TYPE, &[("from: address.city", "from: visits")]),
    (Code::FIELD_TYPE, &[("from: address.city", "from: address")]),
    (Code::FIELD_TYPE, &[("type: timestamp, from: created, format: unix_seconds", "type: timestamp, from: created")]),
    (Code::FIELD_TYPE, &[("key: id\n    updated_at", "key: visits\n    updated_at")]),
    (Code::FIELD_TYPE, &[("format: unix_seconds", "format: date")]),
    (Code::FIELD_TYPE, &[("from: address.city", "from: 'parse_time(updated, \"rfc3339\")'")]),
    (
        Code::FIELD_TYPE,
        &[("type: string?, from: address.city", "type: list of string, from: 'map(tags, tag => length(tag))'")],
    ),
    (Code::INVALID_REGEX, &[("from: address.city", "from: 'capture(name, \"(B\")'")]),
    (Code::INVALID_REGEX, &[("from: address.city", "from: 'capture(name, \"B.*\")'")]),
    (Code::OUT_OF_SCOPE, &[("bearer: \"{config.apiKey}\"", "bearer: \"{config.apiKey}{region}\"")]),
    (Code::OUT_OF_SCOPE, &[("from: last.id", "from: id")]),
    (Code::OUT_OF_SCOPE, &[("from: meta.next, to", "from: headers, to")]),
    (
        Code::OUT_OF_SCOPE,
        &[("    get: /events\n", "    for_each: { customer: customers }\n    get: /customers/{customer}/events\n")],
    ),
    (
        Code::OUT_OF_SCOPE,
        &[("    get: /events\n", "    for_each: { customer: customers }\n    get: /customers/{id}/events\n")],
    ),
    (Code::MAY_BE_NULL, &[("name: string", "nothing: string")]),
    (Code::MAY_BE_NULL, &[("key: id\n    updated_at", "key: capture(name, \"(.)$\")\n    updated_at")]),
    (Code::MAY_BE_NULL, &[("get: /customers", "get: /{config.tenant}/customers")]),
    (
        Code::MAY_BE_NULL,
        &[(
            "    get: /events\n",
            "    for_each: { customer: customers }\n    get: /customers/{customer.city}/events\n",
        )],
    ),
    (
        Code::MAY_BE_NULL,
        &[("    entity: acme_customer\n    key: id", "    entity: acme_customer\n    key: [id, nothing]")],
    ),
    (Code::MAY_BE_NULL, &[("type: string?, from: address.city", "type: number, from: '100 / visits'")]),
    (
        Code::MAY_BE_NULL,
        &[("type: string?, from: address.city", "type: string, from: 'find(tags, tag => tag == \"a\")'")],
    ),
    (Code::CONSTANT, &[("from: meta.next", "from: '\"next\"'")]),
    (Code::CONSTANT, &[("from: address.city", "from: '\"Bern\"'")]),
    (
        Code::CONSTANT,
        &[(
            "cursor: { from: meta.next, to: query.cursor }",
            "cursor: { from: meta.next, to: query.cursor }\n    more: \"true\"",
        )],
    ),
    (Code::CONSTANT, &[("code: bad_kind, then", "code: bad_kind, when: 1 == 2, then")]),
    (Code::CONSTANT, &[("    event: acme_event\n    key: id", "    event: acme_event\n    key: ['\"a\"', '\"b\"']")]),
    (Code::EXAMPLE_VALUE, &[("updated: \"2026-01-01T00:00:00Z\"", "updated: \"01/02/2026\"")]),
    (Code::EXAMPLE_VALUE, &[("name: string", "name: { type: Region }")]),
    (Code::UNUSED_NAME, &[("from: address.city", "from: 'let place = first(tags[]) in address.city'")]),
    (Code::UNUSED_NAME, &[("type: string?, from: address.city", "type: boolean?, from: 'any(tags, tag => active)'")]),
    (
        Code::TIME_WORD,
        &[(
            "type: string?, from: address.city",
            "type: timestamp?, from: 'start_of(parse_time(updated, \"rfc3339\"), \"days\")'",
        )],
    ),
    (
        Code::TIME_WORD,
        &[("type: string?, from: address.city", "type: timestamp?, from: 'parse_time(updated, \"rfc339\")'")],
    ),
    (
        Code::TIME_WORD,
        &[("type: string?, from: address.city", "type: timestamp?, from: 'parse_time(updated, \"%Y-%Q\")'")],
    ),
    (
        Code::TIME_WORD,
        &[("type: string?, from: address.city", "type: timestamp?, from: 'parse_time(updated, \"%H:%M\")'")],
    ),
    (
        Code::TIME_WORD,
        &[("from: address.city", "from: 'format_time(parse_time(updated, \"rfc3339\"), \"unix_seconds\")'")],
    ),
    (Code::BY_ZERO, &[("type: string?, from: address.city", "type: number?, from: 'visits / 0'")]),
    (Code::BY_ZERO, &[("type: string?, from: address.city", "type: integer?, from: 'visits % 0'")]),
    (Code::CREDENTIAL, &[("\"{config.apiKey}\"", "sk_live_4eC39HqLyjWDarjtT1zdp7dc")]),
    (Code::CREDENTIAL, &[("\"{config.apiKey}\"", "hunter2")]),
    (Code::CREDENTIAL, &[("matches: \"ak_*\"", "default: ak_1")]),
    (Code::CREDENTIAL, &[("name: Bob", "name: Bob # ghp_16C7e42F292c6912E7710c838347Ae178B4a")]),
    (Code::SECRET_ESCAPES, &[("order: asc", "key: \"{config.apiKey}\"")]),
    (Code::SECRET_ESCAPES, &[("from: address.city", "from: address.city ?? config.apiKey")]),
    (Code::SECRET_ESCAPES, &[("    get: /customers\n", "    post: /search\n    json: { who: \"{config.apiKey}\" }\n")]),
    (Code::AUTH_WITHOUT_SECRET, &[("type: secret, env", "type: string, env")]),
    (
        Code::AUTH_WITHOUT_SECRET,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: https://acme.test/token, grant: client_credentials, client_id: me, client_secret: \"{config.region}\" } }",
        )],
    ),
    (
        Code::AUTH_WITHOUT_SECRET,
        &[("{ bearer: \"{config.apiKey}\" }", "{ query: { name: key, value: \"{config.region}\" } }")],
    ),
    (Code::UNSAFE_ADDRESS, &[("https://{config.region}", "http://{config.region}")]),
    (Code::UNSAFE_ADDRESS, &[("https://{config.region}", "https://me@{config.region}")]),
    (Code::UNSAFE_ADDRESS, &[("https://{config.region}.acme.test/v1", "\"{config.region}\"")]),
    (
        Code::UNSAFE_ADDRESS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: http://acme.test/token, grant: refresh_token, refresh_token: \"{config.apiKey}\" } }",
        )],
    ),
    (
        Code::NOTHING_INCREMENTAL,
        &[(
            "      continue: { from: last.id, to: query.cursor }\n      window: { from: query.since, to: query.until, at_most: 30d, on: first_page }\n",
            "",
        )],
    ),
    (
        Code::WINDOW_WITHOUT_TIME,
        &[("    updated_at: updated\n", "    incremental: { window: { from: query.since } }\n")],
    ),
    (Code::LOOKBACK, &[("lookback: \"{config.days}d\"", "lookback: \"{config.days}\"")]),
    (Code::LOOKBACK, &[("range: [1, 90], default", "range: [0, 90], default")]),
    (Code::DEFAULT_REFUSED, &[("range: [1, 90], default: 30", "range: [1, 90], default: 365")]),
    (Code::DEFAULT_REFUSED, &[("default: eu", "default: cn")]),
    (Code::EMPTY_RANGE, &[("range: [1, 90]", "range: [90, 1]")]),
    (Code::RULE_FITS_ALL, &[("status: 400, code: bad_kind, then", "then")]),
    (
        Code::RULE_FITS_ALL,
        &[("  limit: { requests: 100, per: 1m }", "  limit: { requests: 100, per: 1m }\n  on_error: [{ then: wait }]")],
    ),
    (Code::UNUSED_SETTING, &[(", tenant: \"{config.tenant}\"", "")]),
    (Code::UNUSED_TYPE, &[("  Region: [eu, us]", "  Region: [eu, us]\n  Colour: [red]")]),
    (Code::UNUSED_PAGINATOR, &[("  pages:\n", "  other:\n    cursor: { from: next, to: query.c }\n  pages:\n")]),
    (Code::WINDOW_NEEDED, &[("to: query.until, at_most", "at_most")]),
    (
        Code::WINDOW_NEEDED,
        &[
            ("    get: /events\n", "    for_each: { customer: customers }\n    get: /customers/{customer.id}/events\n"),
            (
                "      window: { from: query.since, to: query.until, at_most: 30d, on: first_page }\n      lookback: \"{config.days}d\"\n      overlap: 10m\n",
                "",
            ),
        ],
    ),
    (Code::PARENT_UNUSED, &[("    get: /events\n", "    for_each: { customer: customers }\n    get: /events\n")]),
    (Code::WINDOW_TOO_FINE, &[("at_most: 30d, on: first_page", "at_most: 2d, on: first_page, format: date")]),
    (
        Code::BODY_NEEDED,
        &[
            ("to: query.limit", "to: body.limit"),
            ("    get: /events\n", "    post: /events\n    form: { all: true }\n"),
        ],
    ),
    (
        Code::FOR_EACH_CIRCLE,
        &[("    get: /events\n", "    for_each: { event: events }\n    get: /{event.id}/events\n")],
    ),
    (
        Code::FOR_EACH_CIRCLE,
        &[
            ("    get: /events\n", "    for_each: { customer: customers }\n    get: /customers/{customer.id}/events\n"),
            ("    get: /customers\n", "    for_each: { event: events }\n    get: /events/{event.id}/customers\n"),
        ],
    ),
    (
        Code::WINDOW_NEEDED,
        &[
            (
                "cursor: { from: meta.next, to: query.cursor }\n    size: { to: query.limit, value: 50 }",
                "page: { to: query.page }\n    end: short_page",
            ),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
            (", on: first_page", ""),
        ],
    ),
    (
        Code::WINDOW_NEEDED,
        &[(
            "      window: { from: query.since, to: query.until, at_most: 30d, on: first_page }\n      lookback: \"{config.days}d\"\n",
            "",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[("    get: /events\n", "    for_each: { kind: { each: Kind, only: changed } }\n    get: /events/{kind}\n")],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            (
                "    updated_at: updated\n",
                "    updated_at: updated\n    incremental: { window: { from: query.since } }\n",
            ),
            (
                "    get: /events\n",
                "    for_each:\n      one: { resource: customers, only: changed }\n      other: { resource: customers, only: changed }\n    get: /events/{one.id}/{other.id}\n",
            ),
        ],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            ("      overlap: 10m\n", "      overlap: 10m\n      feed: newest_first\n"),
            ("      continue: { from: last.id, to: query.cursor }\n", ""),
        ],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            (
                "  tenant: { type: string?, description: Only this tenant. }",
                "  tenant: { type: list of string, description: These tenants. }",
            ),
            ("tenant: \"{config.tenant}\" ", ""),
            (
                "    get: /events\n",
                "    for_each: { tenant: { each: config.tenant, matching: \"a*\" } }\n    get: /{tenant}/events\n",
            ),
        ],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            (
                "  tenant: { type: string?, description",
                "  tenant: { type: list of string?, matches: \"a*\", description",
            ),
            ("tenant: \"{config.tenant}\" ", "tenant: '{join(config.tenant, \",\")}' "),
        ],
    ),
    (Code::EMPTY, &[("    get: /events\n", "    for_each: { state: [] }\n    get: /events/{state}\n")]),
    (
        Code::UNKNOWN_RESOURCE,
        &[(
            "    get: /events\n",
            "    for_each: { one: { any_of: [customers, custmers] } }\n    get: /events/{one.id}\n",
        )],
    ),
    (
        Code::UNKNOWN_TYPE,
        &[("    get: /events\n", "    for_each: { kind: { each: Kinds } }\n    get: /events/{kind}\n")],
    ),
    (
        Code::UNKNOWN_SETTING,
        &[("    get: /events\n", "    for_each: { tenant: { each: config.tenants } }\n    get: /events/{tenant}\n")],
    ),
    (
        Code::DUPLICATE_VALUE,
        &[("    get: /events\n", "    for_each: { state: [open, closed, open] }\n    get: /events/{state}\n")],
    ),
    (
        Code::DUPLICATE_VALUE,
        &[(
            "    get: /events\n",
            "    for_each: { one: { any_of: [customers, customers] } }\n    get: /events/{one.id}\n",
        )],
    ),
    (
        Code::MATCHES_NOTHING,
        &[(
            "    get: /events\n",
            "    for_each: { kind: { each: Kind, matching: \"team.*\" } }\n    get: /events/{kind}\n",
        )],
    ),
    (Code::RESERVED_NAME, &[("    get: /events\n", "    for_each: { window: [a, b] }\n    get: /events\n")]),
    (
        Code::OPERAND_TYPE,
        &[("    get: /events\n", "    for_each: { tenant: { each: config.region } }\n    get: /events/{tenant}\n")],
    ),
    (
        Code::OUT_OF_SCOPE,
        &[("    get: /events\n", "    for_each: { state: [open, closed] }\n    get: /events/{state.id}\n")],
    ),
    (
        Code::OUT_OF_SCOPE,
        &[("    get: /events\n", "    for_each: { state: [open, closed] }\n    get: /events/{stat}\n")],
    ),
    (Code::OUT_OF_SCOPE, &[("tenant: \"{config.tenant}\"", "since: \"{window.start}\", tenant: \"{config.tenant}\"")]),
    (Code::OUT_OF_SCOPE, &[("style: comma }\n", "style: comma }\n      begin: \"{window.begin}\"\n")]),
    (
        Code::MAY_BE_NULL,
        &[
            ("  tenant: { type: string?, description", "  tenant: { type: list of string?, description"),
            ("tenant: \"{config.tenant}\" ", ""),
            ("    get: /events\n", "    for_each: { tenant: { each: config.tenant } }\n    get: /events/{tenant}\n"),
        ],
    ),
    (
        Code::PARENT_UNUSED,
        &[(
            "    get: /events\n",
            "    for_each: { customer: customers, state: [open, closed] }\n    get: /customers/{customer.id}/events\n",
        )],
    ),
    (Code::WINDOW_WITHOUT_TIME, &[("    updated_at: updated\n", "    incremental: { feed: newest_first }\n")]),
    (
        Code::CHANGES_UNKNOWN,
        &[(
            "    get: /events\n",
            "    for_each: { customer: { resource: customers, only: changed } }\n    get: /customers/{customer.id}/events\n",
        )],
    ),
    (
        Code::WINDOW_UNSENT,
        &[(
            "      window: { from: query.since, to: query.until, at_most: 30d, on: first_page }\n",
            "      window: { to: query.until, at_most: 30d, on: first_page }\n",
        )],
    ),
    (Code::EMPTY, &[("    records: data.items\n", "    records: { zip: {} }\n")]),
    (Code::MALFORMED, &[("    records: data.items\n", "    records: { one: \"data.items[]\" }\n")]),
    (Code::MISSING_KEY, &[("    records: data.items\n", "    records: {}\n")]),
    (Code::EXPRESSION_SYNTAX, &[("    records: data.items\n", "    records: data.*items\n")]),
    (Code::EXPRESSION_SYNTAX, &[("    records: data.items\n", "    records: \"*.items\"\n")]),
    (
        Code::CONFLICTING_KEYS,
        &[
            ("    records: data.items\n", "    records: data.items[].events\n"),
            (
                "    cursor: { from: meta.next, to: query.cursor }\n",
                "    cursor: { from: last.id, to: query.cursor }\n",
            ),
        ],
    ),
    (
        Code::MISSING_KEY,
        &[("{ bearer: \"{config.apiKey}\" }", "{ login: { post: /login, json: { key: \"{config.apiKey}\" } } }")],
    ),
    (Code::MISSING_KEY, &[("{ bearer: \"{config.apiKey}\" }", "{ by: config.region }")]),
    (
        Code::MISSING_KEY,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: https://acme.test/token, grant: jwt_bearer, client_secret: \"{config.apiKey}\" } }",
        )],
    ),
    (
        Code::MISSING_KEY,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, as: {} } }",
        )],
    ),
    (
        Code::UNKNOWN_KEY,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, header: { name: X } } }",
        )],
    ),
    (
        Code::UNKNOWN_CHOICE,
        &[("{ bearer: \"{config.apiKey}\" }", "{ jwt: { algorithm: ES265, key: \"{config.apiKey}\" } }")],
    ),
    (
        Code::UNKNOWN_CHOICE,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, expires: { from: expires, is: second } } }",
        )],
    ),
    (
        Code::MALFORMED,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /a?b=c, json: { key: \"{config.apiKey}\" }, token: token } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, auth: { oauth2: { token_url: https://acme.test/token, grant: refresh_token, refresh_token: \"{config.apiKey}\" } } } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ by: config.region, ways: { eu: none, us: { by: config.region, ways: { eu: none, us: { bearer: \"{config.apiKey}\" } } } } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ oauth2: { token_url: https://acme.test/token, grant: jwt_bearer, jwt: { algorithm: HS256, key: \"{config.apiKey}\", as: { query: { name: t, value: \"{token}\" } } } } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { get: /login, json: { key: \"{config.apiKey}\" }, token: token } }",
        )],
    ),
    (
        Code::OUT_OF_BOUNDS,
        &[("{ bearer: \"{config.apiKey}\" }", "{ jwt: { algorithm: HS256, key: \"{config.apiKey}\", lasts: 2d } }")],
    ),
    (
        Code::OUT_OF_BOUNDS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, lasts: 0s } }",
        )],
    ),
    (
        Code::RESERVED_NAME,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ jwt: { algorithm: HS256, key: \"{config.apiKey}\", claims: { exp: 3 } } }",
        )],
    ),
    (
        Code::RESERVED_NAME,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ jwt: { algorithm: HS256, key: \"{config.apiKey}\", header: { alg: none } } }",
        )],
    ),
    (
        Code::UNKNOWN_VALUE,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ by: config.region, ways: { eu: none, uss: { bearer: \"{config.apiKey}\" } } }",
        )],
    ),
    (
        Code::OPERAND_TYPE,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: \"tokens[].id\" } }",
        )],
    ),
    (
        Code::OUT_OF_SCOPE,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, as: { header: { name: X-Session, value: \"{session}\" } } } }",
        )],
    ),
    (
        Code::MAY_BE_NULL,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: \"/login/{config.tenant}\", json: { key: \"{config.apiKey}\" }, token: token } }",
        )],
    ),
    (
        Code::CONSTANT,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: token, as: { header: { name: X-Session, value: session } } } }",
        )],
    ),
    (
        Code::CONSTANT,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\" }, token: config.region } }",
        )],
    ),
    (
        Code::AUTH_WITHOUT_SECRET,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { region: \"{config.region}\" }, token: token } }",
        )],
    ),
    (
        Code::AUTH_WITHOUT_SECRET,
        &[("{ bearer: \"{config.apiKey}\" }", "{ jwt: { algorithm: HS256, key: \"{config.region}\" } }")],
    ),
    (
        Code::UNSAFE_ADDRESS,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: \"http://acme.test/login\", json: { key: \"{config.apiKey}\" }, token: token } }",
        )],
    ),
    (
        Code::CREDENTIAL,
        &[(
            "{ bearer: \"{config.apiKey}\" }",
            "{ login: { post: /login, json: { key: \"{config.apiKey}\", secret: 4eC39HqLyjWDarjtT1zdp7dc }, token: token } }",
        )],
    ),
    (
        Code::CHOICE_OF_AUTH,
        &[("{ bearer: \"{config.apiKey}\" }", "{ by: config.days, ways: { eu: { bearer: \"{config.apiKey}\" } } }")],
    ),
    (
        Code::CHOICE_OF_AUTH,
        &[("{ bearer: \"{config.apiKey}\" }", "{ by: \"'eu'\", ways: { eu: { bearer: \"{config.apiKey}\" } } }")],
    ),
    (
        Code::WAY_MISSING,
        &[("{ bearer: \"{config.apiKey}\" }", "{ by: config.region, ways: { eu: { bearer: \"{config.apiKey}\" } } }")],
    ),
    (
        Code::WINDOW_NEEDED,
        &[("{ bearer: \"{config.apiKey}\" }", "{ bearer: \"{config.apiKey}\", ways: { eu: none } }")],
    ),
    (
        Code::CONSTANT,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  retry: { after: { from: config.days, is: seconds } }",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  retry: { after: { header: X-Reset, from: reset, is: seconds } }",
        )],
    ),
    (
        Code::MALFORMED,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  on_error: [{ status: 403, then: wait a while }]",
        )],
    ),
    (
        Code::OUT_OF_BOUNDS,
        &[(
            "  limit: { requests: 100, per: 1m }",
            "  limit: { requests: 100, per: 1m }\n  on_error: [{ status: 403, then: retry 0s }]",
        )],
    ),
    (
        Code::BODY_NEEDED,
        &[
            ("{ bearer: \"{config.apiKey}\" }", "{ body: { name: auth.key, value: \"{config.apiKey}\" } }"),
            ("    get: /events\n", "    post: /events\n    form: { all: true }\n"),
        ],
    ),
    (
        Code::PARAMETER_TWICE,
        &[
            ("{ bearer: \"{config.apiKey}\" }", "{ body: { name: auth.key, value: \"{config.apiKey}\" } }"),
            ("    get: /customers\n", "    post: /customers\n    json: { auth: { key: none } }\n"),
            ("    get: /events\n", "    post: /events\n    form: { all: true }\n"),
        ],
    ),
    // A metric, edge or distribution. The last of two replacements makes the customers one.
    (
        Code::MISSING_KEY,
        &[("    entity: acme_customer\n    key: id\n", "    edge: acme_customer\n    from: { events: id }\n")],
    ),
    (
        Code::MISSING_KEY,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    value: balance\n",
        )],
    ),
    (
        Code::MISSING_KEY,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    value: balance\n    incremental: { window: { from: query.since } }\n",
        )],
    ),
    (Code::MISSING_KEY, &[("    entity: acme_customer\n    key: id\n", "    entity: acme_customer\n")]),
    (
        Code::UNKNOWN_RESOURCE,
        &[(
            "    entity: acme_customer\n    key: id\n",
            "    edge: acme_customer\n    from: { events: id }\n    to: { custmers: id }\n",
        )],
    ),
    (
        Code::OPERAND_TYPE,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    value: name\n",
        )],
    ),
    (
        Code::MAY_BE_NULL,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    dimensions: [city]\n    value: balance\n",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "    entity: acme_customer\n",
            "    edge: acme_customer\n    from: { events: id }\n    to: { events: id }\n",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[("    entity: acme_customer\n    key: id\n", "    entity: acme_customer\n    key: id\n    value: balance\n")],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    distribution: acme_customer\n    at: updated\n    bucket: name\n    count: balance\n",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    end_at: updated\n    period: 1h\n    value: balance\n",
        )],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[
            (
                "    event: acme_event\n    key: id\n    at: { from",
                "    metric: acme_event\n    value: size\n    start_at: { from",
            ),
            ("      kind: Kind\n", "      kind: Kind\n      size: integer\n"),
        ],
    ),
    (
        Code::WINDOW_WITHOUT_TIME,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    distribution: acme_customer\n    bucket: name\n    count: balance\n    incremental: { window: { from: query.since }, lookback: 1d }\n",
        )],
    ),
    (
        Code::UNKNOWN_FIELD,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    dimensions: [nam]\n    value: balance\n",
        )],
    ),
    (
        Code::FIELD_TWICE,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    dimensions: [balance]\n    value: [balance]\n",
        )],
    ),
    (
        Code::PERIOD_CUT,
        &[(
            "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
            "    metric: acme_customer\n    start_at: updated\n    period: 1d\n    value: balance\n    incremental: { window: { from: query.since, to: query.until, at_most: 1d }, lookback: 9d }\n",
        )],
    ),
    (
        Code::PARENTS_MIXED,
        &[
            ("    get: /customers\n", "    for_each: { event: events }\n    get: /events/{event.id}/customers\n"),
            (
                "    entity: acme_customer\n    key: id\n    updated_at: updated\n",
                "    metric: acme_customer\n    start_at: updated\n    dimensions: [name]\n    value: balance\n",
            ),
        ],
    ),
    (Code::HOOK, &[("    updated_at: updated\n", "    updated_at: updated\n    hook: writes names in upper case\n")]),
    (
        Code::RUST_NAME_CLASH,
        &[("    entity: acme_customer\n", "    entity: acme_hooks\n    hook: writes names in upper case\n")],
    ),
    (Code::EMPTY, &[("    updated_at: updated\n", "    updated_at: updated\n    hook: \"\"\n")]),
    (
        Code::MISSING_KEY,
        &[("    paging: pages\n    records: data\n", "    paging: { use: pages }\n    records: data\n")],
    ),
    (
        Code::OUT_OF_BOUNDS,
        &[("    paging: pages\n    records: data\n", "    paging: { use: pages, size: 0 }\n    records: data\n")],
    ),
    (
        Code::UNKNOWN_PAGINATOR,
        &[("    paging: pages\n    records: data\n", "    paging: { use: page, size: 20 }\n    records: data\n")],
    ),
    (
        Code::UNKNOWN_PAGINATOR,
        &[("    paging: pages\n    records: data\n", "    paging: { use: none, size: 20 }\n    records: data\n")],
    ),
    (
        Code::WINDOW_NEEDED,
        &[
            ("\n    size: { to: query.limit, value: 50 }", ""),
            ("    paging: pages\n    records: data\n", "    paging: { use: pages, size: 20 }\n    records: data\n"),
        ],
    ),
    (
        Code::CONFLICTING_KEYS,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql: { query: \"{ a }\", file: queries/a.graphql }\n",
        )],
    ),
    (
        Code::UNKNOWN_FILE,
        &[("    get: /customers\n", "    post: /graphql\n    graphql: { file: queries/a.graphql }\n")],
    ),
    (Code::MALFORMED, &[("    get: /customers\n", "    post: /graphql\n    graphql: { file: ../a.graphql }\n")]),
    (
        Code::UNKNOWN_VARIABLE,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql:\n      query: |\n        query ($teem: ID!) {\n          a(team: $team, also: $teem)\n        }\n      variables: { teem: t1 }\n",
        )],
    ),
    (
        Code::UNKNOWN_VARIABLE,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql:\n      query: 'query ($team: ID!) { a(team: $team) }'\n      variables: { team: t1, open: true }\n",
        )],
    ),
    (
        Code::UNKNOWN_VARIABLE,
        &[
            (
                "    get: /customers\n",
                "    post: /graphql\n    graphql: { query: 'query ($first: Int) { a(first: $first) }' }\n",
            ),
            ("    size: { to: query.limit, value: 50 }", "    size: { to: body.variables.limit, value: 50 }"),
            ("    get: /events\n", "    post: /events\n    json: {}\n"),
        ],
    ),
    (
        Code::GRAPHQL_SYNTAX,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql:\n      query: |\n        query {\n          customers { nodes { id }\n        }\n",
        )],
    ),
    (Code::GRAPHQL_SYNTAX, &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: '{ a } }' }\n")]),
    (
        Code::GRAPHQL_SYNTAX,
        &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: '{ a(b: \"c) }' }\n")],
    ),
    (Code::GRAPHQL_SYNTAX, &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: '{ a; b }' }\n")]),
    (Code::GRAPHQL_SYNTAX, &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: 'quary { a }' }\n")]),
    (Code::GRAPHQL_SYNTAX, &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: 'query ()' }\n")]),
    (
        Code::GRAPHQL_OPERATION,
        &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: 'query A { a } query B { b }' }\n")],
    ),
    (
        Code::GRAPHQL_OPERATION,
        &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: 'mutation { drop { id } }' }\n")],
    ),
    (
        Code::GRAPHQL_OPERATION,
        &[("    get: /customers\n", "    post: /graphql\n    graphql: { query: 'fragment A on B { c }' }\n")],
    ),
    (
        Code::VARIABLE_NOT_SENT,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql: { query: 'query ($team: ID!, $least: Int! = 1) { a(team: $team, least: $least) }' }\n",
        )],
    ),
    (
        Code::VARIABLE_NOT_USED,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql: { query: 'query ($team: ID) { a }', variables: { team: t1 } }\n",
        )],
    ),
    (
        Code::NAME_TAKEN,
        &[(
            "    get: /customers\n",
            "    post: /graphql\n    graphql: { query: 'query ($team: ID, $team: ID) { a(b: $team) }' }\n",
        )],
    ),
];

fn source(case: &Case) -> Source {
    acme::with(case.1)
}

#[test]
fn the_small_spec_is_without_a_mistake() {
    acme::model(&[]);
}

#[test]
fn each_is_told_in_the_words_of_its_snapshot() {
    for (code, meaning) in CODES {
        let mut text = format!("{code}: {meaning}\n");
        for case in CASES.iter().filter(|case| case.0 == *code) {
            let source = source(case);
            let _ = write!(text, "\n{}\n", acme::shown(&check(&source).diagnostics, &source));
        }
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(code.to_string(), text);
        });
    }
}

/// Which edits are made without asking is decided edit by edit, and kept in a snapshot. Each does what it says.
#[test]
fn an_edit_that_is_certain_takes_its_mistake_away_and_brings_no_more() {
    let mut certain = String::new();
    for case in CASES {
        let source = source(case);
        let found = check(&source).diagnostics;
        let wrong = |found: &[Diagnostic]| found.iter().filter(|diagnostic| diagnostic.is_error()).count();
        for diagnostic in &found {
            let Some(patch) = diagnostic.patch.as_ref().filter(|patch| patch.certainty == Certainty::Certain) else {
                continue;
            };
            let mut text = source.text().to_owned();
            text.replace_range(patch.range.clone(), &patch.replacement);
            let mended = Source::new("acme.yaml", text);
            let after = check(&mended).diagnostics;
            assert!(!after.iter().any(|other| other.title == diagnostic.title), "{}", acme::shown(&after, &mended));
            assert!(wrong(&after) <= wrong(&found), "{}", acme::shown(&after, &mended));
            let (line, old) = (source.position(patch.range.start).line, source.slice(&patch.range));
            let before = source.slice(&source.line(line)).trim();
            let _ = writeln!(certain, "{}  {before}\n       `{old}` → `{}`\n", case.0, patch.replacement);
        }
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("certain", certain);
    });
}

#[test]
fn each_code_has_a_case() {
    let without: Vec<_> = CODES.iter().filter(|(code, _)| !CASES.iter().any(|case| case.0 == *code)).collect();
    assert!(without.is_empty(), "codes without a snapshot: {without:?}");
}

#[test]
fn each_is_told_alone_without_others_that_follow_from_it() {
    let mut others = Vec::new();
    for case in CASES {
        let source = source(case);
        let found = check(&source).diagnostics;
        let codes: Vec<_> = found.iter().map(|diagnostic| diagnostic.code).collect();
        let expected = if case.1.iter().any(|(_, to)| to.contains("<<")) { 2 } else { 1 };
        if codes != vec![case.0; expected] {
            others.push(format!("{} {:?}\n{}", case.0, case.1, acme::shown(&found, &source)));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n\n"));
}

#[test]
fn codes_are_numbered_once_and_in_order() {
    let numbers: Vec<String> = CODES.iter().map(|(code, _)| code.to_string()).collect();
    let mut sorted = numbers.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(numbers, sorted);
}
