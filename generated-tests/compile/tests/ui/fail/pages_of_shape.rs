//! The wrong examples of the pages `C01xx`: keys and values that are not as the language has them.

mod c0101 {
    tapwright::connector!("./pages/C0101.yaml");
}
mod c0102 {
    tapwright::connector!("./pages/C0102.yaml");
}
mod c0103 {
    tapwright::connector!("./pages/C0103.yaml");
}
mod c0104 {
    tapwright::connector!("./pages/C0104.yaml");
}
mod c0105 {
    tapwright::connector!("./pages/C0105.yaml");
}
mod c0106 {
    tapwright::connector!("./pages/C0106.yaml");
}
mod c0107 {
    tapwright::connector!("./pages/C0107.yaml");
}
mod c0108 {
    tapwright::connector!("./pages/C0108.yaml");
}
mod c0109 {
    tapwright::connector!("./pages/C0109.yaml");
}
mod c0110 {
    tapwright::connector!("./pages/C0110.yaml");
}

fn main() {}
