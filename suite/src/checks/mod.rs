//! The checks: a file for each kind, a function for each name.

mod deletions;
mod failures;
mod fields;
mod incremental;
mod paging;
mod property;
mod requests;
mod resume;
mod rules;
mod same;
mod secrets;

use std::pin::Pin;

use crate::bench::Bench;
use crate::outcome::Ran;

/// A check of a resource.
type Function = for<'b> fn(&'b Bench<'b>) -> Pin<Box<dyn Future<Output = Ran> + Send + 'b>>;

/// The checks by name, in the order of the names.
macro_rules! functions {
    ($($kind:ident::$name:ident)*) => {
        [$((stringify!($name), |bench| Box::pin($kind::$name(bench)))),*]
    };
}

/// All of them, in the order of `tapwright_codegen::suite::CASES`.
pub(crate) const FUNCTIONS: [(&str, Function); 25] = functions! {
    paging::paging_is_exact_at_the_edges
    fields::fields_are_stored_as_they_came
    fields::what_does_not_fit_is_set_aside
    fields::unknown_values_are_kept_and_counted
    fields::extreme_values_are_kept_exactly
    requests::the_filter_holds
    requests::list_parameters_are_sent
    incremental::a_second_sync_reads_only_what_is_new
    incremental::ties_and_late_records_are_found
    incremental::the_look_back_is_kept
    resume::a_sync_stopped_at_any_page_is_taken_up
    resume::a_write_that_fails_is_taken_up
    deletions::readers_never_see_half_a_refresh
    deletions::what_is_gone_goes_or_stays
    deletions::a_refresh_that_fails_removes_nothing
    failures::what_may_pass_is_tried_again
    failures::retry_after_is_waited_for
    failures::a_refusal_ends_it_at_once
    failures::a_stuck_cursor_ends
    failures::a_list_that_ends_without_a_word_is_not_whole
    failures::a_body_that_is_not_json_ends_it
    rules::error_rules_do_what_they_say
    secrets::no_output_holds_the_credential
    property::random_records_arrive_whole
    same::compiled_and_interpreted_do_the_same
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_function_for_every_name() {
        let names: Vec<_> = tapwright_codegen::suite::CASES.iter().map(|case| case.name).collect();
        let functions: Vec<_> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, functions);
    }
}
