#[path = "../../../../goldens/access.rs"]
pub mod access;

fn main() {
    assert_eq!(access::Connector::PLAN.name, "access");
}
