#[path = "../../../../goldens/hooks.rs"]
pub mod hooks;

fn main() {
    assert_eq!(hooks::Connector::PLAN.name, "hooks");
}
