//! The wrong examples of the pages `C02xx`: names that lead nowhere, or that two things have.

mod c0201 {
    tapwright::connector!("./pages/C0201.yaml");
}
mod c0202 {
    tapwright::connector!("./pages/C0202.yaml");
}
mod c0203 {
    tapwright::connector!("./pages/C0203.yaml");
}
mod c0204 {
    tapwright::connector!("./pages/C0204.yaml");
}
mod c0205 {
    tapwright::connector!("./pages/C0205.yaml");
}
mod c0206 {
    tapwright::connector!("./pages/C0206.yaml");
}
mod c0207 {
    tapwright::connector!("./pages/C0207.yaml");
}
mod c0208 {
    tapwright::connector!("./pages/C0208.yaml");
}
mod c0209 {
    tapwright::connector!("./pages/C0209.yaml");
}
mod c0210 {
    tapwright::connector!("./pages/C0210.yaml");
}
mod c0211 {
    tapwright::connector!("./pages/C0211.yaml");
}
mod c0212 {
    tapwright::connector!("./pages/C0212.yaml");
}
mod c0213 {
    tapwright::connector!("./pages/C0213.yaml");
}
mod c0214 {
    tapwright::connector!("./pages/C0214.yaml");
}
mod c0215 {
    tapwright::connector!("./pages/C0215.yaml");
}

fn main() {}
