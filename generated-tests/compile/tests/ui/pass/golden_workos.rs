#[path = "../../../../goldens/workos.rs"]
pub mod workos;

fn main() {
    assert_eq!(workos::Connector::PLAN.name, "workos");
}
