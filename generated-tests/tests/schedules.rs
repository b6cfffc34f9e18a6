//! Whatever happens at a source, in whatever order: after a complete sync the store has what the model says.
//! `cargo chaos schedules 10000` tries more of them.

use tapwright_generated_tests::chaos::{Schedules, schedule};

#[tokio::test(flavor = "multi_thread")]
async fn the_store_is_the_model_after_every_complete_sync() {
    let mut done = Schedules::default();
    for seed in 1..=30 {
        match schedule(seed).await {
            Ok(one) => done.add(one),
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }
    // A run in which nothing happened would prove nothing.
    assert!(done.inserts > 3000 && done.late > 200 && done.ties > 200 && done.changes > 20, "{done}");
    assert!(done.syncs > 100 && done.failed > 8 && done.full > 15 && done.incremental > 60, "{done}");
    println!("{done}");
}
