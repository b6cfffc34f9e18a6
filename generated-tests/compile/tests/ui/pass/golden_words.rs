#[path = "../../../../goldens/words.rs"]
pub mod words;

fn main() {
    assert_eq!(words::Connector::PLAN.name, "words");
}
