#[path = "../../../../goldens/paging.rs"]
pub mod paging;

fn main() {
    assert_eq!(paging::Connector::PLAN.name, "paging");
}
