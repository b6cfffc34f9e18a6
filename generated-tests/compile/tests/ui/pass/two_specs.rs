// Two specs in one crate, one of them called from a module that shadows everything the macro might lean on.

mod smallest {
    tapwright::connector!("../../../../specs/smallest.yaml");
}

mod outer {
    #![allow(dead_code)]

    pub mod types {
        struct Option;
        struct Result;
        struct String;
        struct Vec;
        struct Some;
        struct None;
        struct Default;
        mod core {}
        mod std {}
        mod tapwright {}

        ::tapwright::connector!("../../../../specs/requests.yaml");
    }
}

fn main() {
    assert_eq!(smallest::Connector::PLAN.name, "smallest");
    assert_eq!(outer::types::Connector::PLAN.name, "requests");
}
