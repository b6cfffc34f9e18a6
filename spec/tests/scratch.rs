use tapwright_spec::*;
#[test]
fn scratch() {
    let path = std::env::var("SPEC").unwrap();
    let source = Source::new("connector.yaml", std::fs::read_to_string(path).unwrap());
    let t = std::time::Instant::now();
    let checked = check(&source);
    println!("checked in {:?}", t.elapsed());
    for d in &checked.diagnostics { println!("{}\n", render(d, &source, Style::Plain)); }
    if let (Some(m), Ok(_)) = (&checked.model, std::env::var("SHOW")) { println!("{m:#?}"); }
    println!("model {}", checked.model.is_some());
}
