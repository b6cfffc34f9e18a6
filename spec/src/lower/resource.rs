//! A resource: its request, its paging, its records and its rows.

use std::ops::Range;

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::{Around, Example, For, Roots, Scope, Secrets, Ty, Window, absent, check};
use crate::keys::{PAGING, RESOURCE};
use crate::model::{
    Api, Auth, Body, Carried, Enum, Expr, Field, Method, Paging, Param, Records, Resource, Segment, Step, Target, Type,
};
use crate::shape::{Entries, Entry};
use crate::yaml::Kind;

use super::for_each::{self, Rows};
use super::incremental::{self, Surroundings};
use super::paging::{self, Paginator};
use super::target::{Use, Wire};
use super::templates::Templates;
use super::{Names, address, body, example, fields, graphql, limit, records, request, row, rules, series};

/// Reads a resource, and where the name of its rows stands. `None` when its rows have no name.
pub(super) fn read(
    ledger: &mut Ledger<'_>,
    entry: &Entry<'_>,
    names: &Names,
    api: &Api,
    rows: &Rows,
) -> Option<(Resource, Option<Range<usize>>)> {
    let what = format!("resource `{}`", entry.name);
    let may_be = [("paging", paging::choices(&names.paginators))];
    let entries = Entries::read_where(ledger, &RESOURCE, what, &entry.key, entry.value, &may_be)?;
    let description = entries.get("description").and_then(|entry| entry.text(ledger)).unwrap_or_default();
    let docs = entries.get("docs").and_then(|entry| entry.address(ledger));
    let each = entries.get("for_each").map(|each| for_each::read(ledger, &each, &entry.name, names, rows));
    let each = each.unwrap_or_default();
    let given = for_each::given(&each, rows);
    let made = For { given: &given, window: incremental::window_of(&entries) };
    let (address, method) = match entries.get("post") {
        Some(post) => (Some(post), Method::Post),
        None => (entries.get("get"), Method::Get),
    };
    let path = address.and_then(|entry| {
        address::path(ledger, &entry, names.scope("an address").made_for(For { window: Window::Nowhere, ..made }))
    });

    let mut wire = Wire::default();
    wire.extend(auth_use(names, &api.auth));
    let paginator = entries.get("paging").and_then(|entry| paginator(ledger, &entry, names));
    for (target, by) in paginator.iter().flat_map(|paginator| &paginator.sets) {
        // What a paginator sets twice of its own is told there.
        wire.set_quietly(target, by.clone());
    }
    let query =
        entries.get("query").map(|entry| request::query(ledger, &entry, names, made, &mut wire)).unwrap_or_default();
    let headers = entries
        .get("headers")
        .map(|entry| request::headers(ledger, &entry, names, made, &mut wire))
        .unwrap_or_default();
    let headers = with_common(&headers, &names.common.headers);
    let body = body::read(ledger, &entries, names, names.scope(body::PLACE).made_for(made), &mut wire);
    if body.is_none() {
        body_for_auth(ledger, entry, names, &api.auth);
    }
    let records = entries.get("records").and_then(|entry| records::read(ledger, &entry));
    let records = records.unwrap_or_else(|| Records::At(Vec::new()));

    let example_value = entries.get("example").and_then(|entry| example::read(ledger, &entry, records.is_explicit()));
    let example_key = entries.key("example");
    let around = Around { above: records.is_nested(), value: records.is_explicit(), key: records.has_keys() };
    let example = Example { resource: &entry.name, value: example_value.as_ref(), key: example_key.as_ref(), around };
    let scope = Scope {
        roots: Roots::Record(example),
        settings: &names.settings,
        secrets: Secrets::Refused("a stored row"),
        given: &given,
        window: Window::Nowhere,
        enums: &[],
    };
    let shape = row::shape(&entries);
    let fields = entries
        .get("fields")
        .map(|fields| fields::read(ledger, &fields, &entries.what, shape, names, scope, example))
        .unwrap_or_default();
    let enums = enum_paths(&fields);
    let keep = entries.get("where").and_then(|entry| keep(ledger, &entry, Scope { enums: &enums, ..scope }));
    let mut on_error = entries
        .get("on_error")
        .map(|entry| rules::read(ledger, &entry, &entries.what, &query, names))
        .unwrap_or_default();
    for_each::skipped(ledger, &entries, &on_error);
    on_error.extend(names.common.rules.iter().cloned());
    if let Some(Body::Json { graphql: true, .. }) = &body {
        on_error.push(rules::graphql());
    }
    let paging = paginator.map(|paginator| paginator.paging);
    records::paged(ledger, &records, paging.as_ref(), &entries, names);
    if let (Some(paging), Some(key)) = (&paging, entries.key("paging")) {
        last_record(ledger, paging, &key, example);
    }
    let cursor = paging.as_ref().and_then(Paging::target);
    let sizes = paging.as_ref().and_then(|paging| paging.size.as_ref()).map(|size| &size.to);
    if let (None, Some(key)) = (&body, entries.key("paging"))
        && cursor.into_iter().chain(sizes).any(|to| matches!(to, Target::Body(_)))
    {
        let title = format!("the paginator of {} puts something into a body that is not sent", entries.what);
        let of_query = |paging: &Paging| {
            let size = paging.size.as_ref().map(|size| &size.to);
            !paging.target().into_iter().chain(size).any(|to| matches!(to, Target::Body(_)))
        };
        let other = paging::name_one(&names.paginators, "with `query` targets", of_query);
        ledger.push(
            Diagnostic::error(Code::BODY_NEEDED, title, &key, "there is no body")
                .help(format!("give the resource a `post` with `json`, `form` or `graphql`, or {other}")),
        );
    }
    let mut spoken = Vec::new();
    let templates = Templates { path: path.as_ref(), query: &query, headers: &headers, body: body.as_ref() };
    templates.each(&mut |expr| {
        expr.walk(&mut |expr| {
            if let Expr::Window(bound) = expr {
                spoken.push(*bound);
            }
        });
    });
    let around = Surroundings { resource: &entries, names, example, paging: paging.as_ref(), spoken };
    let incremental =
        entries.get("incremental").and_then(|entry| incremental::read(ledger, &entry, &around, &mut wire));
    graphql::check(ledger, &entries, (body.as_ref(), paging.as_ref(), incremental.as_ref()));
    let (row, row_range) = row::read(ledger, &entries, scope, names, fields)?;
    let row = series::settle(ledger, &entries, row, &each, incremental.as_ref());
    for_each::asked_for(ledger, &templates, &each, &entries);
    let resource = Resource {
        name: entry.name.clone(),
        description,
        docs,
        for_each: each,
        method,
        body,
        path: path.unwrap_or(Expr::Null),
        query,
        headers,
        paging,
        records,
        keep,
        on_error,
        incremental,
        limits: entries.get("limit").map(|entry| limit::read(ledger, &entry)).unwrap_or_default(),
        row,
        hook: entries.get("hook").and_then(|entry| entry.text(ledger)),
        example: example_value,
    };
    Some((resource, Some(row_range)))
}

/// The headers of every request, and the resource's own in place of those of the same name.
fn with_common(own: &[Param], common: &[Param]) -> Vec<Param> {
    let is_own = |header: &Param| own.iter().any(|own| own.name.eq_ignore_ascii_case(&header.name));
    common.iter().filter(|header| !is_own(header)).cloned().chain(own.to_vec()).collect()
}

/// What `auth` sets in every request, whichever way is chosen.
fn auth_use(names: &Names, auth: &Auth) -> Vec<(Target, Use)> {
    let by = || Use { what: "`auth` of `api`".to_owned(), range: names.auth.clone() };
    let authorization = || Target::Header("Authorization".to_owned());
    let target = match auth {
        Auth::None => return Vec::new(),
        Auth::Choice { ways, .. } => return ways.iter().flat_map(|(_, auth)| auth_use(names, auth)).collect(),
        Auth::Bearer(_) | Auth::Basic { .. } => authorization(),
        Auth::Header { name, .. } => Target::Header(name.clone()),
        Auth::Query { name, .. } => Target::Query(name.clone()),
        Auth::Body { path, .. } => Target::Body(path.clone()),
        Auth::Token(token) => match &token.carried {
            Carried::Bearer => authorization(),
            Carried::Header { name, .. } => Target::Header(name.clone()),
            Carried::Query { name, .. } => Target::Query(name.clone()),
        },
    };
    vec![(target, by())]
}

/// Says that a resource sends no body, although the credential goes there.
fn body_for_auth(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names, auth: &Auth) {
    if auth_use(names, auth).iter().any(|(target, _)| matches!(target, Target::Body(_))) {
        let title = format!("resource `{}` sends no body, and the credential goes there", entry.name);
        ledger.push(
            Diagnostic::error(Code::BODY_NEEDED, title, &entry.key, "there is no body")
                .label(&names.auth, "`auth` puts the credential into the body")
                .help("give it a `post` with `json`, `form` or `graphql`"),
        );
    }
}

/// Says which paginators set what `auth` sets in every request.
pub(super) fn paging_beside_auth(ledger: &mut Ledger<'_>, names: &Names, auth: &Auth) {
    for paginator in names.paginators.iter().filter_map(|declaration| declaration.value.as_ref()) {
        let mut wire = Wire::default();
        wire.extend(auth_use(names, auth));
        for (target, by) in &paginator.sets {
            // What a paginator sets twice of its own is told there.
            if wire.has(target) {
                wire.set(ledger, target, by.clone());
            }
        }
    }
}

/// The paginator a resource names; `None` for `none`, and for what is wrong.
fn paginator(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Paginator> {
    if let Kind::Mapping(_) = &entry.value.kind {
        return sized(ledger, entry, names);
    }
    let name = entry.text(ledger)?;
    if name == "none" {
        return None;
    }
    named(ledger, entry, &name, names)
}

/// `{ use: NAME, size: 50 }`: the paginator with another page size.
fn sized(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<Paginator> {
    let entries = Entries::read(ledger, &PAGING, entry.what(), &entry.key, entry.value)?;
    let size = entries.get("size");
    let value = size.as_ref().and_then(|entry| entry.whole(ledger, 1, i64::from(u32::MAX)));
    let entry = entries.get("use")?;
    let name = entry.text(ledger)?;
    if name == "none" {
        let title = format!("{} cannot be `none`", entry.what());
        let label = "one page has no size to ask for";
        ledger.push(
            Diagnostic::error(Code::UNKNOWN_PAGINATOR, title, &entry.value.range, label)
                .help(paging::choices(&names.paginators)),
        );
        return None;
    }
    let mut paginator = named(ledger, &entry, &name, names)?;
    let declared = names.paginators.iter().find(|declaration| declaration.name == name);
    match (&mut paginator.paging.size, value.and_then(|value| u32::try_from(value).ok())) {
        (Some(asked), Some(value)) => asked.value = value,
        (None, Some(_)) if !paginator.sizes => {
            let key = size.map_or_else(|| entry.key.clone(), |size| size.key);
            let title = format!("`size` of {} needs a paginator that has one", entries.what);
            let mut diagnostic = Diagnostic::error(Code::WINDOW_NEEDED, title, &key, "nothing says where it goes");
            if let Some(declared) = declared {
                diagnostic = diagnostic.label(&declared.range, "it has no `size`");
            }
            let help = format!("give `{name}` a `size`, such as `size: {{ to: query.limit, value: 100 }}`");
            ledger.push(diagnostic.help(help));
        }
        _ => {}
    }
    Some(paginator)
}

/// The paginator of that name.
fn named(ledger: &mut Ledger<'_>, entry: &Entry<'_>, name: &str, names: &Names) -> Option<Paginator> {
    if let Some(declaration) = names.paginators.used(name) {
        return declaration.value.clone();
    }
    let range = entry.value.range.clone();
    let title = format!("unknown paginator `{name}` in {}", entry.of);
    let diagnostic = Diagnostic::error(Code::UNKNOWN_PAGINATOR, title, &range, "`paging` does not declare it");
    let diagnostic = match names.paginators.names().next() {
        Some(_) => names.paginators.suggest(ledger, diagnostic, name, &range, "paging"),
        None => diagnostic.help(paging::choices(&names.paginators)),
    };
    ledger.push(diagnostic);
    None
}

/// Whether the paginator's `last.PATH` is in the records of a resource that names it.
fn last_record(ledger: &mut Ledger<'_>, paging: &Paging, key: &Range<usize>, example: Example<'_>) {
    let Step::Last { from: Expr::Path(path), .. } = &paging.step else { return };
    if let Some(problem) = absent(path, example) {
        let title =
            format!("the paginator of resource `{}` goes by a path that its example does not have", example.resource);
        ledger.push(Diagnostic::error(Code::UNKNOWN_PATH, title, key, problem));
    }
}

/// Paths that a field declares to hold the values of a type.
fn enum_paths(fields: &[Field]) -> Vec<(Vec<Segment>, Enum)> {
    fields
        .iter()
        .filter_map(|field| match (&field.from, &field.ty) {
            (Expr::Path(path), Type::Enum(ty)) => Some((path.clone(), ty.clone())),
            _ => None,
        })
        .collect()
}

fn keep(ledger: &mut Ledger<'_>, entry: &Entry<'_>, scope: Scope<'_>) -> Option<Expr> {
    let what = entry.what();
    let typed = check(ledger, entry.value, &what, scope)?;
    let range = entry.value.part(&typed.part);
    if !typed.ty.can_be(&Ty::Boolean) {
        let title = format!("{what} must be true or false");
        ledger.push(
            Diagnostic::error(Code::OPERAND_TYPE, title, &range, format!("this is {}", typed.ty))
                .help("compare it with something, such as `status == \"active\"`"),
        );
        return None;
    }
    if typed.constant {
        let title = format!("{what} is the same for every record");
        ledger.push(Diagnostic::warning(Code::CONSTANT, title, &range, "nothing of the record is in it"));
    }
    Some(typed.expr)
}
