#[path = "../../../../goldens/expressions.rs"]
pub mod expressions;

fn main() {
    assert_eq!(expressions::Connector::PLAN.name, "expressions");
}
