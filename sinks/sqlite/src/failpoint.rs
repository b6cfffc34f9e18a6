//! Points in a commit at which a test can make the process die, to see what is left. Without the feature `failpoint` there
//! are none.

/// The process dies here when `TAPWRIGHT_FAILPOINT` says so: `rows:3` at the third time it comes to `rows`.
#[cfg(feature = "failpoint")]
pub(crate) fn point(name: &str) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static TIMES: AtomicU64 = AtomicU64::new(0);
    let Ok(wanted) = std::env::var("TAPWRIGHT_FAILPOINT") else { return };
    let Some((wanted, times)) = wanted.split_once(':') else { return };
    if wanted == name && Ok(TIMES.fetch_add(1, Ordering::Relaxed) + 1) == times.parse() {
        std::process::abort();
    }
}

/// Nothing.
#[cfg(not(feature = "failpoint"))]
pub(crate) fn point(_: &str) {}
