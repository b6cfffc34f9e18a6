#[path = "../../../../goldens/children.rs"]
pub mod children;

fn main() {
    assert_eq!(children::Connector::PLAN.name, "children");
}
