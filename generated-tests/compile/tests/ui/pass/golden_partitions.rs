#[path = "../../../../goldens/partitions.rs"]
pub mod partitions;

fn main() {
    assert_eq!(partitions::Connector::PLAN.name, "partitions");
}
