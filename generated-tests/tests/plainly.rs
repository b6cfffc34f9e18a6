//! Expressions that are grown at random give what they give when they are worked out plainly; see `chaos::expressions`.

use tapwright_generated_tests::chaos::{Expressions, expressions};

#[test]
fn grown_expressions_give_what_they_plainly_are() {
    let mut done = Expressions::default();
    for seed in 1..=100 {
        done.add(expressions(seed, 40, 6));
    }
    let shown: Vec<&str> = done.found.iter().take(5).map(String::as_str).collect();
    assert!(done.found.is_empty(), "{} found, such as\n{}", done.found.len(), shown.join("\n"));
    assert!(done.compared > 20_000 && done.refused > 500, "{done}");
    // A property that reached nothing would hold, too.
    assert!(done.scarce(10).is_empty(), "hardly reached: {:?}", done.scarce(10));
}
