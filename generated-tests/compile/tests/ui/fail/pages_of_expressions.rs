//! The wrong examples of the pages `C03xx`: expressions and types.

mod c0301 {
    tapwright::connector!("./pages/C0301.yaml");
}
mod c0302 {
    tapwright::connector!("./pages/C0302.yaml");
}
mod c0303 {
    tapwright::connector!("./pages/C0303.yaml");
}
mod c0304 {
    tapwright::connector!("./pages/C0304.yaml");
}
mod c0305 {
    tapwright::connector!("./pages/C0305.yaml");
}
mod c0306 {
    tapwright::connector!("./pages/C0306.yaml");
}
mod c0307 {
    tapwright::connector!("./pages/C0307.yaml");
}
mod c0308 {
    tapwright::connector!("./pages/C0308.yaml");
}
mod c0309 {
    tapwright::connector!("./pages/C0309.yaml");
}
mod c0310 {
    tapwright::connector!("./pages/C0310.yaml");
}
mod c0316 {
    tapwright::connector!("./pages/C0316.yaml");
}
mod c0317 {
    tapwright::connector!("./pages/C0317.yaml");
}

fn main() {}
