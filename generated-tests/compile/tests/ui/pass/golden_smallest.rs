#[path = "../../../../goldens/smallest.rs"]
pub mod smallest;

fn main() {
    assert_eq!(smallest::Connector::PLAN.name, "smallest");
}
