//! What the process says with its exit code.

use std::process::ExitCode;

use tapwright_runtime::{ErrorKind, Status};

/// The exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: everything was done.
    Complete,
    /// 1: it failed.
    Failed,
    /// 2: the command, a setting or the spec is wrong; nothing was requested.
    Usage,
    /// 3: some resources were synced, others failed.
    Partial,
    /// 3: the source does not send what the spec says.
    Drift,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Complete => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Partial | Exit::Drift => 3,
        })
    }
}

impl From<Status> for Exit {
    fn from(status: Status) -> Exit {
        match status {
            Status::Complete => Exit::Complete,
            Status::Partial => Exit::Partial,
            Status::Failed | Status::Interrupted => Exit::Failed,
        }
    }
}

impl From<ErrorKind> for Exit {
    fn from(kind: ErrorKind) -> Exit {
        if kind == ErrorKind::Config { Exit::Usage } else { Exit::Failed }
    }
}
