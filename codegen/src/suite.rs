//! What a connector's test suite is made of: the checks by name and kind, and which of a resource they are about. The crate
//! `tapwright-suite` runs them; the names are here, where a macro can write a test for each. It must not know how a check is
//! done.

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_model::{
    Connector, Each, EachOf, Incremental, Paging, Param, ParamValue, Records, Resource, Shape, Step,
};

use crate::items::ident;
use crate::{Names, emit, lower};

/// A check of the suite.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What it says of a resource: a sentence in snake case.
    pub name: &'static str,
    /// What it is about: a word, the same for several.
    pub kind: &'static str,
    /// Whether it is about a resource, as far as the spec says; else why not.
    pub applies: fn(&Resource) -> Result<(), &'static str>,
}

const fn case(kind: &'static str, name: &'static str, applies: fn(&Resource) -> Result<(), &'static str>) -> Case {
    Case { name, kind, applies }
}

/// All checks, in the order in which they are shown.
pub const CASES: [Case; 25] = [
    case("paging", "paging_is_exact_at_the_edges", several),
    case("fields", "fields_are_stored_as_they_came", plain),
    case("fields", "what_does_not_fit_is_set_aside", plain),
    case("fields", "unknown_values_are_kept_and_counted", plain),
    case("fields", "extreme_values_are_kept_exactly", plain),
    case("requests", "the_filter_holds", filtered),
    case("requests", "list_parameters_are_sent", lists),
    case("incremental", "a_second_sync_reads_only_what_is_new", incremental),
    case("incremental", "ties_and_late_records_are_found", overlapping),
    case("incremental", "the_look_back_is_kept", looking_back),
    case("resume", "a_sync_stopped_at_any_page_is_taken_up", paged),
    case("resume", "a_write_that_fails_is_taken_up", several),
    case("deletions", "readers_never_see_half_a_refresh", refreshed),
    case("deletions", "what_is_gone_goes_or_stays", several),
    case("deletions", "a_refresh_that_fails_removes_nothing", refreshed),
    case("failures", "what_may_pass_is_tried_again", always),
    case("failures", "retry_after_is_waited_for", always),
    case("failures", "a_refusal_ends_it_at_once", always),
    case("failures", "a_stuck_cursor_ends", paged),
    case("failures", "a_list_that_ends_without_a_word_is_not_whole", led),
    case("failures", "a_body_that_is_not_json_ends_it", always),
    case("failures", "error_rules_do_what_they_say", ruled),
    case("secrets", "no_output_holds_the_credential", always),
    case("property", "random_records_arrive_whole", told_apart),
    case("same", "compiled_and_interpreted_do_the_same", always),
];

/// A test for each check of each resource, in a module of the resource's name; what is not about it is ignored, with the
/// reason. They run the plan as it is compiled here. `file` is what the calling file includes the spec by.
#[must_use]
pub fn tests(model: &Connector, file: &str, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let modules = model.resources.iter().map(|resource| {
        let lacks_hook = names.hooks.is_none() && goes_through_hook(model, resource);
        let tests = CASES.iter().map(|case| {
            let (name, full) = (ident(case.name), format!("{}::{}", resource.name, case.name));
            let why = match (case.applies)(resource) {
                Err(why) => Some(why),
                Ok(()) if lacks_hook => Some("it goes through a hook: `generated_tests!` takes `hooks = path`"),
                Ok(()) => None,
            };
            let ignored = why.map(|why| quote!(#[ignore = #why]));
            quote! {
                #[test]
                #ignored
                fn #name() {
                    super::__check(#full);
                }
            }
        });
        let name = ident(&resource.name);
        quote!(mod #name { #(#tests)* })
    });
    let files = model.files.iter().map(|file| {
        let (path, text) = (&file.path, &file.text);
        quote!((#path, #text))
    });
    let plan = emit::plan(lower(model), names);
    let hooks = match &names.hooks {
        Some(function) => quote!(#function()),
        None => quote!(#tapwright::HookSet::new()),
    };
    quote! {
        #plan

        fn __check(name: &str) {
            #tapwright::testing::check(::core::include_str!(#file), &[#(#files),*], &__plan::CONNECTOR, #hooks, name);
        }

        #(#modules)*
    }
}

/// Whether a resource, or one that it is read for, goes through a hook.
#[must_use]
pub fn goes_through_hook(model: &Connector, resource: &Resource) -> bool {
    let mut above = vec![resource];
    let mut at = 0;
    while let Some(resource) = above.get(at).copied() {
        if resource.hook.is_some() {
            return true;
        }
        let rows = resource.for_each.iter().filter_map(|each| match &each.of {
            EachOf::Rows { resources, .. } => Some(resources),
            EachOf::Values(_) | EachOf::Setting(_) => None,
        });
        for name in rows.flatten() {
            let parent = model.resources.iter().find(|known| known.name == *name);
            above.extend(parent.filter(|parent| above.iter().all(|known| known.name != parent.name)));
        }
        at += 1;
    }
    false
}

fn always(_: &Resource) -> Result<(), &'static str> {
    Ok(())
}

/// More than one record.
fn several(resource: &Resource) -> Result<(), &'static str> {
    if matches!(resource.records, Records::One(_)) { Err("it is one record") } else { Ok(()) }
}

/// Whether fields can be held against records: nobody but the plan has its hands in them.
fn plain(resource: &Resource) -> Result<(), &'static str> {
    told_apart(resource)?;
    if resource.hook.is_some() { Err("its fields are what its hook makes of them") } else { Ok(()) }
}

/// Of a metric or distribution without a time there are as many rows as there are buckets.
fn told_apart(resource: &Resource) -> Result<(), &'static str> {
    several(resource)?;
    let row = &resource.row;
    if row.shape.is_series() && row.time.is_none() {
        return Err("its rows are told apart by their fields alone");
    }
    Ok(())
}

fn filtered(resource: &Resource) -> Result<(), &'static str> {
    if resource.keep.is_none() { Err("it has no `where`") } else { told_apart(resource) }
}

fn lists(resource: &Resource) -> Result<(), &'static str> {
    let is_list = |param: &Param| matches!(param.value, ParamValue::Each { .. });
    if resource.query.iter().any(is_list) { Ok(()) } else { Err("it has no list among its parameters") }
}

fn continued(resource: &Resource) -> Result<&Incremental, &'static str> {
    several(resource)?;
    resource.incremental.as_ref().ok_or("it is read in full every time")
}

fn incremental(resource: &Resource) -> Result<(), &'static str> {
    continued(resource)?;
    if resource.row.shape.is_series() { Err("its windows are replaced as wholes") } else { Ok(()) }
}

fn overlapping(resource: &Resource) -> Result<(), &'static str> {
    told_apart(resource)?;
    if continued(resource)?.overlap_millis == 0 { Err("it has no `overlap`") } else { Ok(()) }
}

fn looking_back(resource: &Resource) -> Result<(), &'static str> {
    if continued(resource)?.lookback.is_none() { Err("it has no `lookback`") } else { Ok(()) }
}

fn paged(resource: &Resource) -> Result<(), &'static str> {
    several(resource)?;
    if resource.paging.is_none() { Err("it has one page") } else { Ok(()) }
}

/// Whether answers say where it goes on, and can be asked for fewer records.
fn led(resource: &Resource) -> Result<(), &'static str> {
    paged(resource)?;
    match &resource.paging {
        Some(Paging { step: Step::Cursor { .. } | Step::Next { .. } | Step::Link, size: Some(_), .. }) => Ok(()),
        Some(Paging { size: None, .. }) => Err("nobody says how long its pages are"),
        _ => Err("its client says where it goes on"),
    }
}

fn ruled(resource: &Resource) -> Result<(), &'static str> {
    if resource.on_error.is_empty() { Err("it has no error rules") } else { Ok(()) }
}

fn refreshed(resource: &Resource) -> Result<(), &'static str> {
    several(resource)?;
    let changed = |each: &Each| matches!(each.of, EachOf::Rows { changed: true, .. });
    match resource.row.shape {
        Shape::Metric | Shape::Distribution => Err("its windows are replaced as wholes"),
        _ if resource.incremental.is_some() => Err("it is not read in full every time"),
        _ if resource.for_each.iter().any(changed) => Err("it is read for what has changed"),
        _ => Ok(()),
    }
}
