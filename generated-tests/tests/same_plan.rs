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

mod partitions {
    tapwright::connector!("../specs/partitions.yaml");
}

mod nested {
    tapwright::connector!("../specs/nested.yaml");
}

mod access {
    tapwright::connector!("../specs/access.yaml");
}

mod shapes {
    tapwright::connector!("../specs/shapes.yaml");
}

mod hooks {
    tapwright::connector!("../specs/hooks.yaml");
}

mod expressions {
    tapwright::connector!("../specs/expressions.yaml");
}

mod words {
    tapwright::connector!("../specs/words.yaml");
}

#[test]
fn compiled_and_interpreted_are_the_same() {
    let compiled = [
        smallest::Connector::PLAN,
        types::Connector::PLAN,
        requests::Connector::PLAN,
        paging::Connector::PLAN,
        children::Connector::PLAN,
        partitions::Connector::PLAN,
        nested::Connector::PLAN,
        access::Connector::PLAN,
        shapes::Connector::PLAN,
        hooks::Connector::PLAN,
        expressions::Connector::PLAN,
        words::Connector::PLAN,
        workos::Connector::PLAN,
    ];
    assert_eq!(compiled.len(), SPECS.len(), "every spec is compared");
    for ((name, text), compiled) in SPECS.iter().zip(compiled) {
        let interpreted = tapwright_codegen::lower(&model(text));
        assert_eq!(compiled.name, *name);
        assert_eq!(compiled, interpreted);
    }
}
