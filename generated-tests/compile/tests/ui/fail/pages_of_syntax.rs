//! The wrong examples of the pages `C00xx`: what is no YAML, or more of it than a spec has.

mod c0001 {
    tapwright::connector!("./pages/C0001.yaml");
}
mod c0002 {
    tapwright::connector!("./pages/C0002.yaml");
}
mod c0003 {
    tapwright::connector!("./pages/C0003.yaml");
}
mod c0004 {
    tapwright::connector!("./pages/C0004.yaml");
}
mod c0005 {
    tapwright::connector!("./pages/C0005.yaml");
}
mod c0006 {
    tapwright::connector!("./pages/C0006.yaml");
}

fn main() {}
