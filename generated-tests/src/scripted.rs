//! A server on loopback that answers byte for byte what a test wants, be it HTTP or not.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A request as it was heard.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Path and query.
    pub target: String,
    /// The header lines.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
}

impl Heard {
    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A server, until it is dropped.
pub struct Scripted {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
    over: Arc<AtomicBool>,
}

impl Scripted {
    /// Starts a server that answers each request with what `answer` writes; the connection is closed behind it.
    ///
    /// # Panics
    /// When there is no port.
    pub fn start(answer: impl Fn(&Heard, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let address = listener.local_addr().expect("an address");
        let (heard, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (answer, log, ended) = (Arc::new(answer), Arc::clone(&heard), Arc::clone(&over));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                // A client that gives up in the middle of an answer is what some tests are about.
                thread::spawn(move || drop(serve(stream, &log, &*answer)));
            }
        });
        Scripted { address, heard, over }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked of it so far.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Heard>>,
    answer: &(dyn Fn(&Heard, &mut TcpStream) -> io::Result<()> + Send + Sync),
) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = || -> io::Result<String> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    };
    let first = line()?;
    if first.is_empty() {
        return Ok(());
    }
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        match line()? {
            line if line.is_empty() => break,
            line => headers.push(line),
        }
    }
    let mut heard = Heard { target, headers, body: String::new() };
    let length = heard.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    heard.body = String::from_utf8_lossy(&body).into_owned();
    log.lock().unwrap_or_else(PoisonError::into_inner).push(heard.clone());
    answer(&heard, &mut stream)?;
    stream.flush()
}

/// Writes a whole response.
///
/// # Errors
/// When the client is gone.
pub fn respond(stream: &mut TcpStream, status: &str, headers: &[&str], body: &[u8]) -> io::Result<()> {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n")?;
    stream.write_all(body)
}

/// Writes a page: status 200, and a JSON body.
///
/// # Errors
/// When the client is gone.
pub fn json(stream: &mut TcpStream, body: &str) -> io::Result<()> {
    respond(stream, "200 OK", &["Content-Type: application/json"], body.as_bytes())
}
