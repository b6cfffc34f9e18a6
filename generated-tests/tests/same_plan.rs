//! A connector is the same tables whether it was compiled or is interpreted.

use tapwright_generated_tests::{SPECS, model};

mod workos {
    tapwright::connector!("../../connector.yaml");
}

mod smallest {
    tapwright::connector!("../specs/smallest.yaml");
}

mod types {
    tapwright::connector!("../specs/types.yaml");
}

mod requests {
    tapwright::connector!("../specs/requests.yaml");
}

mod paging {
    tapwright::connector!("../specs/paging.yaml");
}

mod children {
    tapwright::connector!("../specs/children.yaml");
}

mod expressions {
    tapwright::connector!("../specs/expressions.yaml");
}

#[test]
fn compiled_and_interpreted_are_the_same() {
    let compiled = [
        smallest::Connector::PLAN,
        types::Connector::PLAN,
        requests::Connector::PLAN,
        paging::Connector::PLAN,
        children::Connector::PLAN,
        expressions::Connector::PLAN,
        workos::Connector::PLAN,
    ];
    assert_eq!(compiled.len(), SPECS.len(), "every spec is compared");
    for ((name, text), compiled) in SPECS.iter().zip(compiled) {
        let interpreted = tapwright_codegen::lower(&model(text));
        assert_eq!(compiled.name, *name);
        assert_eq!(compiled, interpreted);
    }
}
