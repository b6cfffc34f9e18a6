//! The wrong examples of the pages of warnings and notes: they compile.

#![allow(dead_code)]

mod c0315 {
    tapwright::connector!("../fail/pages/C0315.yaml");
}
mod c0507 {
    tapwright::connector!("../fail/pages/C0507.yaml");
}
mod c0508 {
    tapwright::connector!("../fail/pages/C0508.yaml");
}
mod c0509 {
    tapwright::connector!("../fail/pages/C0509.yaml");
}
mod c0540 {
    tapwright::connector!("../fail/pages/C0540.yaml");
}

fn main() {}
