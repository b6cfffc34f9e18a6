//! A connector is the same tables whether it was compiled or is interpreted.

use tapwright_generated_tests::{WORKOS, model};

mod workos {
    tapwright::connector!("../../connector.yaml");
}

#[test]
fn compiled_and_interpreted_are_the_same() {
    let interpreted = tapwright_codegen::lower(&model(WORKOS));
    assert_eq!(workos::Connector::PLAN, interpreted);
    assert_eq!(interpreted.resources.len(), 4);
}
