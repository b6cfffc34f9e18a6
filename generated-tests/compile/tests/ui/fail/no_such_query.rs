mod acme {
    tapwright::connector!("./no_such_query.yaml");
}

fn main() {}
