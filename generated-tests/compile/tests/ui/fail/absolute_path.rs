tapwright::connector!("/specs/acme.yaml");

fn main() {}
