//! What is no argument of the macro, is one of another, or comes twice.

mod hooks_of_another {
    tapwright::connector!("connector.yaml", hooks = hooks);
}

mod unknown {
    tapwright::connector!("connector.yaml", crates = tapwright);
}

mod twice {
    tapwright::connector!("connector.yaml", crate = tapwright, crate = tapwright);
}

fn main() {}
