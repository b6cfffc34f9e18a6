//! A line for each resource while a sync goes on: redrawn in place on a terminal, printed once at the end elsewhere. There
//! a long wait is told, too: a log in which nothing happens for minutes looks like a program that hangs.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tapwright_runtime::{Mode, Observer, Progress, ResourceReport, Status, Waiting, Why};

use crate::console::{BAD, DIM, GOOD, WARN, number, say, styled};

/// Where there is no terminal, shorter waits are not told,
const LONG: Duration = Duration::from_secs(10);
/// and those of one resource no more often.
const PAUSE: Duration = Duration::from_secs(60);

/// Shows how a sync goes on.
pub(crate) struct Lines {
    bars: Mutex<BTreeMap<&'static str, ProgressBar>>,
    waits: Mutex<BTreeMap<&'static str, Wait>>,
    terminal: bool,
    /// Whether nothing is told but long waits.
    quiet: bool,
    width: usize,
    // Dropped last: it draws the bars.
    _all: MultiProgress,
}

/// What was told of the waits of a resource.
struct Wait {
    /// When the one ends that is under way.
    until: Instant,
    /// When one was told last.
    told: Option<Instant>,
}

impl Lines {
    /// Lines for these resources.
    pub(crate) fn new(resources: &[&'static str]) -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        let terminal = !all.is_hidden();
        let width = resources.iter().map(|name| name.len()).max().unwrap_or(0);
        let mut bars = BTreeMap::new();
        for name in resources {
            let bar = all.add(ProgressBar::new_spinner());
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style.tick_chars("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "));
            }
            bar.set_message(format!("{name:width$}  waiting"));
            bar.enable_steady_tick(Duration::from_millis(100));
            bars.insert(*name, bar);
        }
        Lines { bars: Mutex::new(bars), waits: Mutex::default(), terminal, quiet: false, width, _all: all }
    }

    /// Nothing but long waits, for whoever reads the report.
    pub(crate) fn of_waits(resources: &[&'static str]) -> Self {
        let width = resources.iter().map(|name| name.len()).max().unwrap_or(0);
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        let (bars, waits) = (Mutex::default(), Mutex::default());
        Lines { bars, waits, terminal: false, quiet: true, width, _all: all }
    }

    /// What is to be said of a wait, now: nothing of what was said already.
    fn wait(&self, waiting: &Waiting, now: Instant) -> Option<String> {
        let mut waits = self.waits.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let wait = waits.entry(waiting.resource).or_insert(Wait { until: now, told: None });
        // A request that was asked to wait is held up with all others.
        if !matches!(waiting.why, Why::Again(_)) && wait.until > now {
            return None;
        }
        wait.until = now.checked_add(waiting.time).unwrap_or(now).max(wait.until);
        if !self.terminal {
            let is_early = wait.told.is_some_and(|told| now.duration_since(told) < PAUSE);
            if waiting.time < LONG || is_early {
                return None;
            }
            wait.told = Some(now);
        }
        let (name, width) = (waiting.resource, self.width);
        Some(format!("{name:width$}  waiting {}: {}", long(waiting.time), why(&waiting.why)))
    }

    fn line(&self, report: &ResourceReport, done: bool) -> String {
        let (name, width) = (report.name, self.width);
        let mark = match (done, report.status) {
            (false, _) => String::new(),
            (true, Status::Complete) => styled(GOOD, "✓ "),
            (true, Status::Partial | Status::Interrupted) => styled(WARN, "! "),
            (true, Status::Failed) => styled(BAD, "✗ "),
        };
        let rows = format!("{:>9} {}", number(report.rows), if report.rows == 1 { "row " } else { "rows" });
        let mut line = format!("{mark}{name:width$}  {rows}  {}", styled(DIM, how(report.mode)));
        if let (true, Some(error)) = (done, &report.error) {
            line.push_str("  ");
            line.push_str(&styled(BAD, error.message()));
        }
        line
    }
}

/// How long a wait is, for people.
fn long(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=119 => format!("{seconds} s"),
        seconds @ 120..=7199 => format!("{} min", seconds.div_ceil(60)),
        seconds => format!("{} h", seconds.div_ceil(3600)),
    }
}

fn why(why: &Why) -> String {
    match why {
        // A source's words are in it.
        Why::Again(error) => {
            let words = error.message().lines().next().unwrap_or_default();
            words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
        }
        Why::Paused => "the source has asked for a pause".to_owned(),
        Why::Limit => "more requests would be more than the source allows".to_owned(),
    }
}

/// How a resource was read, in words.
pub(crate) fn how(mode: Mode) -> &'static str {
    match mode {
        Mode::Full => "full",
        Mode::Incremental => "incremental",
        Mode::Resumed => "resumed",
    }
}

impl Observer for Lines {
    fn waiting(&self, waiting: &Waiting) {
        let Some(line) = self.wait(waiting, Instant::now()) else { return };
        if !self.terminal {
            say(format_args!("  {line}"));
            return;
        }
        let bars = self.bars.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(bar) = bars.get(waiting.resource) {
            bar.set_message(line);
        }
    }

    fn observe(&self, progress: &Progress<'_>) {
        let line = self.line(progress.report, progress.done);
        if !self.terminal {
            if progress.done && !self.quiet {
                say(format_args!("  {line}"));
            }
            return;
        }
        let bars = self.bars.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let Some(bar) = bars.get(progress.resource) else { return };
        if progress.done {
            if let Ok(style) = ProgressStyle::with_template("{msg}") {
                bar.set_style(style);
            }
            bar.finish_with_message(line);
        } else {
            bar.set_message(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use tapwright_runtime::{Error, ErrorKind};

    use super::*;

    #[test]
    fn a_long_wait_is_told_once_a_minute_of_each_resource_and_a_short_one_not() {
        let lines = Lines::of_waits(&["users", "organizations"]);
        let start = Instant::now();
        let said = |resource, at: u64, time: u64, why: Why| {
            let waiting = Waiting { resource, time: Duration::from_secs(time), why };
            lines.wait(&waiting, start + Duration::from_secs(at))
        };
        let again = || Why::Again(Error::new(ErrorKind::RateLimited, "429: slow down\u{7}\nplease"));
        assert_eq!(said("users", 0, 9, again()), None);
        let told = "users          waiting 5 min: 429: slow down\u{fffd}";
        assert_eq!(said("users", 10, 300, again()).as_deref(), Some(told));
        assert_eq!(said("users", 10, 300, Why::Paused), None, "it is the same wait");
        assert_eq!(said("users", 60, 250, again()), None, "within a minute");
        assert!(said("users", 71, 239, again()).is_some());
        let told = "organizations  waiting 90 s: the source has asked for a pause";
        assert_eq!(said("organizations", 11, 90, Why::Paused).as_deref(), Some(told));
        assert!(said("organizations", 102, 7200, Why::Limit).is_some_and(|line| line.contains("waiting 2 h: ")));
    }
}
