tapwright::connector!("./no_such_file.yaml");

fn main() {}
