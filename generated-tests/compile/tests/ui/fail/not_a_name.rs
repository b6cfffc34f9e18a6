mod spec {
    tapwright::connector!(connector.yaml);
}

fn main() {}
