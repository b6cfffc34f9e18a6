#[path = "../../../../goldens/nested.rs"]
pub mod nested;

fn main() {
    assert_eq!(nested::Connector::PLAN.name, "nested");
}
