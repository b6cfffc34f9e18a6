//! The wrong examples of the pages `C05xx`: what can be read and makes no sense.

mod c0501 {
    tapwright::connector!("./pages/C0501.yaml");
}
mod c0502 {
    tapwright::connector!("./pages/C0502.yaml");
}
mod c0503 {
    tapwright::connector!("./pages/C0503.yaml");
}
mod c0504 {
    tapwright::connector!("./pages/C0504.yaml");
}
mod c0505 {
    tapwright::connector!("./pages/C0505.yaml");
}
mod c0506 {
    tapwright::connector!("./pages/C0506.yaml");
}
mod c0510 {
    tapwright::connector!("./pages/C0510.yaml");
}
mod c0511 {
    tapwright::connector!("./pages/C0511.yaml");
}
mod c0512 {
    tapwright::connector!("./pages/C0512.yaml");
}
mod c0513 {
    tapwright::connector!("./pages/C0513.yaml");
}
mod c0514 {
    tapwright::connector!("./pages/C0514.yaml");
}
mod c0515 {
    tapwright::connector!("./pages/C0515.yaml");
}
mod c0516 {
    tapwright::connector!("./pages/C0516.yaml");
}
mod c0520 {
    tapwright::connector!("./pages/C0520.yaml");
}
mod c0521 {
    tapwright::connector!("./pages/C0521.yaml");
}
mod c0522 {
    tapwright::connector!("./pages/C0522.yaml");
}
mod c0523 {
    tapwright::connector!("./pages/C0523.yaml");
}
mod c0541 {
    tapwright::connector!("./pages/C0541.yaml");
}
mod c0542 {
    tapwright::connector!("./pages/C0542.yaml");
}
mod c0543 {
    tapwright::connector!("./pages/C0543.yaml");
}
mod c0544 {
    tapwright::connector!("./pages/C0544.yaml");
}

fn main() {}
