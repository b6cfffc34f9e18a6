mod acme {
    tapwright::connector!("./eight_mistakes.yaml");
}

// What could be generated all the same is there: no error beside the eight.
fn city(customer: &acme::AcmeCustomer) -> Option<&String> {
    customer.city.as_ref()
}

fn main() {}
