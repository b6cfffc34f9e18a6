//! A line for each resource while a sync goes on: redrawn in place on a terminal, printed once at the end elsewhere.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use tapwright_runtime::{Mode, Observer, Progress, ResourceReport, Status};

use crate::console::{BAD, DIM, GOOD, WARN, number, say, styled};

/// Shows how a sync goes on.
pub(crate) struct Lines {
    bars: Mutex<BTreeMap<&'static str, ProgressBar>>,
    terminal: bool,
    width: usize,
    // Dropped last: it draws the bars.
    _all: MultiProgress,
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
        Lines { bars: Mutex::new(bars), terminal, width, _all: all }
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

/// How a resource was read, in words.
pub(crate) fn how(mode: Mode) -> &'static str {
    match mode {
        Mode::Full => "full",
        Mode::Incremental => "incremental",
        Mode::Resumed => "resumed",
    }
}

impl Observer for Lines {
    fn observe(&self, progress: &Progress<'_>) {
        let line = self.line(progress.report, progress.done);
        if !self.terminal {
            if progress.done {
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
