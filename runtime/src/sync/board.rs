//! The slices of one resource and who reads which. A reader that runs out of work makes another give up half of its
//! remaining window, so that a dense stretch of time does not end up with one reader.

use std::collections::VecDeque;
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
    /// What nobody has taken yet.
    waiting: VecDeque<Slice>,
    /// How many slices there were so far, which is the number of the next.
    count: usize,
    reading: usize,
    idle: usize,
    /// Whether more slices will come of themselves.
    fed: bool,
}

/// A slice cut in two: what the one that was read keeps, and the new one.
pub(super) struct Cut {
    pub(super) kept: Part,
    pub(super) new: Slice,
}

impl Board {
    /// A board of these slices, numbered by their places. More may be fed to it, until [`Board::end`] if `fed`.
    pub(super) fn new(slices: Vec<Slice>, fed: bool) -> Self {
        let count = slices.len();
        let waiting = slices.into_iter().filter(|slice| !slice.done).collect();
        let state = State { waiting, count, reading: 0, idle: 0, fed };
        Board { state: Mutex::new(state), changed: watch::Sender::new(()) }
    }

    /// Takes a slice that nobody reads; waits while there may be more. None when all is taken and read.
    pub(super) async fn take(&self) -> Option<Slice> {
        let mut changed = self.changed.subscribe();
        loop {
            {
                let mut state = self.lock();
                if let Some(slice) = state.waiting.pop_front() {
                    state.reading += 1;
                    drop(state);
                    self.changed.send_replace(());
                    return Some(slice);
                }
                if state.reading == 0 && !state.fed {
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

    /// Waits until fewer than `most` slices wait to be taken.
    pub(super) async fn room(&self, most: usize) {
        let mut changed = self.changed.subscribe();
        while self.lock().waiting.len() >= most {
            if changed.changed().await.is_err() {
                return;
            }
        }
    }

    /// Adds slices. `tell` hears of them, with their numbers, before anybody can take one.
    pub(super) fn feed(&self, mut slices: Vec<Slice>, tell: impl FnOnce(&[Slice])) {
        let mut state = self.lock();
        for slice in &mut slices {
            slice.number = state.count;
            state.count += 1;
        }
        tell(&slices);
        state.waiting.extend(slices);
        drop(state);
        self.changed.send_replace(());
    }

    /// No more will be fed.
    pub(super) fn end(&self) {
        self.lock().fed = false;
        self.changed.send_replace(());
    }

    /// A slice was read to its end.
    pub(super) fn finish(&self) {
        self.lock().reading -= 1;
        self.changed.send_replace(());
    }

    /// Whether somebody waits for work and there is none.
    pub(super) fn is_short(&self) -> bool {
        let state = self.lock();
        state.idle > 0 && state.waiting.is_empty() && !state.fed
    }

    /// Gives half of what is left of a slice away, if somebody waits for work and it is worth it. `at` is the time of
    /// the last record read, `now` the end of a window that has none. `tell` hears of the new slice before anybody can
    /// take it, and of slices in the order of their numbers.
    pub(super) fn split(&self, slice: &Slice, at: Option<i64>, now: i64, tell: impl FnOnce(&Cut)) -> Option<Part> {
        let mut state = self.lock();
        if state.idle == 0 || !state.waiting.is_empty() || slice.unordered || slice.done {
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
        let new = Slice { number: state.count, parent: slice.parent.clone(), ..Slice::new(Part::Window(middle, *to)) };
        let cut = Cut { kept: Part::Window(*from, Some(middle)), new };
        tell(&cut);
        state.count += 1;
        state.waiting.push_back(cut.new);
        drop(state);
        self.changed.send_replace(());
        Some(cut.kept)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
