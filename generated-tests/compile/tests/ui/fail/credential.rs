mod acme {
    tapwright::connector!("./credential.yaml");
}

fn main() {}
