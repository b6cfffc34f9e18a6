#[path = "../../../../goldens/requests.rs"]
pub mod requests;

fn main() {
    assert_eq!(requests::Connector::PLAN.name, "requests");
}
