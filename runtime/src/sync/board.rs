//! The slices of one resource and who reads which. A reader that runs out of work makes another give up half of its
//! remaining window, so that a dense stretch of time does not end up with one reader.

use std::sync::Mutex;

use tokio::sync::watch;

use crate::checkpoint::{Part, Slice};
use crate::slices::MIN_WINDOW;

/// A slice is worth splitting when so many pages of it are left, by its density so far.
const WORTH: f64 = 3.0;

/// The slices of one resource.
pub(super) struct Board {
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

struct State {
    slices: Vec<Slice>,
    /// The first slice that nobody has taken.
    next: usize,
    reading: usize,
    idle: usize,
}

/// A slice cut in two: what the one that was read keeps, and the new one.
pub(super) struct Cut {
    pub(super) kept: Part,
    pub(super) new: Slice,
}

impl Board {
    pub(super) fn new(slices: Vec<Slice>) -> Self {
        let state = State { slices, next: 0, reading: 0, idle: 0 };
        Board { state: Mutex::new(state), changed: watch::Sender::new(()) }
    }

    /// Takes a slice that nobody reads; waits while others may still give some away. None when all is taken and read.
    pub(super) async fn take(&self) -> Option<(usize, Slice)> {
        let mut changed = self.changed.subscribe();
        loop {
            {
                let mut state = self.lock();
                let at = state.next;
                if let Some(slice) = state.slices.get(at).cloned() {
                    state.next += 1;
                    if slice.done {
                        continue;
                    }
                    state.reading += 1;
                    return Some((at, slice));
                }
                if state.reading == 0 {
                    return None;
                }
                state.idle += 1;
            }
            // Subscribed before the look, so that no change in between is missed.
            let waited = changed.changed().await;
            self.lock().idle -= 1;
            waited.ok()?;
        }
    }

    /// A slice was read to its end.
    pub(super) fn finish(&self) {
        self.lock().reading -= 1;
        self.changed.send_replace(());
    }

    /// Whether somebody waits for work and there is none.
    pub(super) fn is_short(&self) -> bool {
        let state = self.lock();
        state.idle > 0 && state.next >= state.slices.len()
    }

    /// Gives half of what is left of a slice away, if somebody waits for work and it is worth it. `at` is the time of
    /// the last record read, `now` the end of a window that has none. `tell` hears of the new slice before anybody can
    /// take it, and of slices in the order of their numbers.
    pub(super) fn split(&self, slice: &Slice, at: Option<i64>, now: i64, tell: impl FnOnce(&Cut)) -> Option<Part> {
        let mut state = self.lock();
        if state.idle == 0 || state.next < state.slices.len() || slice.unordered || slice.done {
            return None;
        }
        let (Part::Window(from, to), Some(at)) = (&slice.part, at) else { return None };
        let (read, left) = (at - from, to.unwrap_or(now) - at);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let pages_left = slice.pages as f64 / read.max(1) as f64 * left as f64;
        if left < 2 * MIN_WINDOW || pages_left < WORTH {
            return None;
        }
        let middle = at + left / 2;
        let cut = Cut { kept: Part::Window(*from, Some(middle)), new: Slice::new(Part::Window(middle, *to)) };
        tell(&cut);
        state.slices.push(cut.new);
        drop(state);
        self.changed.send_replace(());
        Some(cut.kept)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
