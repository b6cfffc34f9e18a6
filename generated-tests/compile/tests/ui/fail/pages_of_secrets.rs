//! The wrong examples of the pages `C04xx`: secrets and addresses.

mod c0401 {
    tapwright::connector!("./pages/C0401.yaml");
}
mod c0402 {
    tapwright::connector!("./pages/C0402.yaml");
}
mod c0403 {
    tapwright::connector!("./pages/C0403.yaml");
}
mod c0404 {
    tapwright::connector!("./pages/C0404.yaml");
}
mod c0405 {
    tapwright::connector!("./pages/C0405.yaml");
}
mod c0406 {
    tapwright::connector!("./pages/C0406.yaml");
}

fn main() {}
