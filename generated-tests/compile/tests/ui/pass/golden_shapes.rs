#[path = "../../../../goldens/shapes.rs"]
pub mod shapes;

fn main() {
    assert_eq!(shapes::Connector::PLAN.name, "shapes");
}
