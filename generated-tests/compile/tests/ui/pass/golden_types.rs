#[path = "../../../../goldens/types.rs"]
pub mod types;

fn main() {
    assert_eq!(types::Connector::PLAN.name, "types");
}
