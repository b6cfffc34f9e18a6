//! Whether the process that left something behind still runs, so that a killed sync does not make the next one wait.
//!
//! A process is told apart by where its number means something (a boot of a kernel and a namespace), the number, and
//! when it started. When any of that cannot be told, the answer is "perhaps", and the caller waits.

use std::fs;
use std::io::ErrorKind;
use std::process::Command;

/// A process, as another one on the same machine can recognise it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Process {
    machine: String,
    id: u32,
    started: String,
}

enum Seen {
    Gone,
    Running(String),
    Unknown,
}

impl Process {
    /// This process. None where the system does not say enough.
    pub(crate) fn own() -> Option<Self> {
        let id = std::process::id();
        let Seen::Running(started) = look(id) else { return None };
        Some(Process { machine: machine()?, id, started })
    }

    /// Whether it certainly runs no more.
    pub(crate) fn is_gone(&self) -> bool {
        if machine().as_deref() != Some(self.machine.as_str()) {
            return false;
        }
        match look(self.id) {
            Seen::Gone => true,
            Seen::Running(started) => started != self.started,
            Seen::Unknown => false,
        }
    }

    /// As text, for [`Process::parse`].
    pub(crate) fn to_text(&self) -> String {
        format!("{}|{}|{}", self.machine, self.id, self.started)
    }

    /// From its text.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '|');
        let (machine, id, started) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Process { machine: machine.to_owned(), id: id.parse().ok()?, started: started.to_owned() })
    }
}

/// Where process numbers mean the same: on Linux a boot of a kernel and a namespace of process numbers, elsewhere a
/// host name.
fn machine() -> Option<String> {
    if cfg!(target_os = "linux") {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
        let namespace = fs::read_link("/proc/self/ns/pid").ok()?;
        Some(format!("{} {}", boot.trim(), namespace.display()))
    } else {
        printed("uname", &["-n"]).filter(|name| !name.is_empty())
    }
}

fn look(id: u32) -> Seen {
    if cfg!(target_os = "linux") { look_in_proc(id) } else { look_with_ps(id) }
}

/// `proc(5)`: after the parenthesised name come the state (field 3) and, as field 22, the start in clock ticks since
/// boot. A zombie has ended; only its parent has not asked yet.
fn look_in_proc(id: u32) -> Seen {
    let stat = match fs::read_to_string(format!("/proc/{id}/stat")) {
        Ok(stat) => stat,
        Err(error) if error.kind() == ErrorKind::NotFound => return Seen::Gone,
        Err(_) => return Seen::Unknown,
    };
    let Some((_, fields)) = stat.rsplit_once(')') else { return Seen::Unknown };
    let mut fields = fields.split_whitespace();
    match (fields.next(), fields.nth(18)) {
        (Some("Z" | "X"), _) => Seen::Gone,
        (Some(_), Some(started)) => Seen::Running(started.to_owned()),
        _ => Seen::Unknown,
    }
}

/// `ps(1)` as POSIX systems have it prints nothing and fails for a process that is not there.
fn look_with_ps(id: u32) -> Seen {
    if !cfg!(unix) {
        return Seen::Unknown;
    }
    let Some(line) = printed("ps", &["-o", "state=,lstart=", "-p", &id.to_string()]) else { return Seen::Unknown };
    match line.split_once(' ') {
        Some((state, _)) if state.starts_with('Z') => Seen::Gone,
        Some((_, started)) => Seen::Running(started.trim().to_owned()),
        None => Seen::Gone,
    }
}

fn printed(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_itself_and_the_dead() {
        let own = Process::own().unwrap();
        assert!(!own.is_gone());
        assert_eq!(Process::parse(&own.to_text()), Some(own.clone()));

        let mut child = Command::new("sleep").arg("60").spawn().unwrap();
        let Seen::Running(started) = look(child.id()) else { panic!("a child that runs") };
        let other = Process { id: child.id(), started, ..own.clone() };
        assert!(!other.is_gone());
        child.kill().unwrap();
        for _ in 0..200 {
            if other.is_gone() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(other.is_gone(), "a zombie is gone");
        child.wait().unwrap();
        assert!(other.is_gone());
    }

    #[test]
    fn a_number_that_was_given_to_another_process_is_gone() {
        let own = Process::own().unwrap();
        assert!(Process { started: "1".to_owned(), ..own }.is_gone());
    }

    #[test]
    fn another_machine_cannot_be_judged() {
        let own = Process::own().unwrap();
        assert!(!Process { machine: "elsewhere".to_owned(), started: "1".to_owned(), ..own }.is_gone());
    }

    #[test]
    #[cfg(unix)]
    fn ps_tells_the_same_where_there_is_no_proc() {
        if printed("ps", &["-p", "1"]).is_none() {
            return;
        }
        assert!(matches!(look_with_ps(std::process::id()), Seen::Running(_)));
        assert!(matches!(look_with_ps(4_194_304), Seen::Gone));
    }
}
