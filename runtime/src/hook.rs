//! Rust code that a resource goes through where its spec says so: what a hook is, and how the engine calls one.
//!
//! A hook is somebody else's code. It is given no credential, what it makes is checked as what a source sends is, and its
//! panic is an error of the resource. It must not know where rows go.

mod request;
mod row;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tapwright_plan::{Connector, Resource};

use crate::decode::start_of;
use crate::{Error, ErrorKind, Record, Result, Row};

pub use request::HookRequest;
pub(crate) use request::through;
pub(crate) use row::Rewriting;
pub use row::{RawRecord, Rewrite, RowWriter};

/// What a resource's records go through: code for what its spec cannot say. `T` is the resource's row.
///
/// Every method does nothing unless it is written. They are called from several threads at a time, in no order that can be
/// relied on, and again for what is read again: what they give back should depend on what they are given and on nothing
/// else. They must not wait for anything. One that panics fails its resource; nothing of the page at hand is written, and
/// the next sync asks for it again.
///
/// A checkpoint does not know a hook's code: after a change, `full` reads everything anew.
///
/// ```
/// # use tapwright_runtime::{Hook, RawRecord, Reason, Record, Row};
/// # #[derive(Clone)] struct User { id: String, email: String }
/// # impl Record for User {
/// #     const ROW: &'static str = "acme_user";
/// #     fn from_row(row: &Row<'_>) -> Self { User { id: row.text(0), email: row.text(1) } }
/// # }
/// struct Tidy;
///
/// impl Hook<User> for Tidy {
///     fn row(&self, mut user: User, record: &RawRecord<'_>) -> Result<Option<User>, Reason> {
///         if record.text("kind").as_deref() == Some("robot") {
///             return Ok(None);
///         }
///         user.email = user.email.to_lowercase();
///         Ok(Some(user))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no hook of the rows `{T}`",
    label = "not a `Hook<{T}>`",
    note = "write `impl tapwright::Hook<{T}> for {Self} {{ … }}` with those of `request`, `response` and `row` that it needs"
)]
pub trait Hook<T: Record>: Send + Sync + 'static {
    /// Changes the request for a page before the credential is added to it. Called once for each page that is asked for; a
    /// request that is repeated stays as it was made.
    ///
    /// # Errors
    /// Why there is no request: the resource fails with it.
    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        let _ = request;
        Ok(())
    }

    /// Turns what the source sent for a page into the JSON that the spec describes. What error rules look at is what the
    /// source sent.
    ///
    /// # Errors
    /// Why it is no page: the resource fails with it.
    fn response(&self, body: String) -> Result<String, Reason> {
        Ok(body)
    }

    /// Changes a row, or leaves it out with `None`. It comes as the spec's expressions made it, behind `where`; `record` is
    /// what it was made of. The row keeps its `id`.
    ///
    /// # Errors
    /// Why the record cannot be mapped: it is set aside with that reason, as any other that cannot.
    fn row(&self, row: T, record: &RawRecord<'_>) -> Result<Option<T>, Reason> {
        let _ = record;
        Ok(Some(row))
    }
}

/// Why a hook gave up: made of any error with `?`, or of a text with `.into()`.
pub struct Reason(String);

// It is no `Display` itself, or this would be a second way to make it of itself.
impl<E: fmt::Display> From<E> for Reason {
    fn from(error: E) -> Self {
        Reason(error.to_string())
    }
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reason").field(&self.0).finish()
    }
}

impl Reason {
    /// A line of it: a message is no place for a whole document.
    fn shown(&self) -> String {
        shortened(&self.0)
    }
}

/// So many characters of a reason are shown.
const SHOWN: usize = 300;

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The hooks of a connector, by resource. Made from the `Hooks` of a generated connector.
#[derive(Clone, Default)]
pub struct HookSet(BTreeMap<&'static str, Arc<dyn Hooked>>);

impl HookSet {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        HookSet::default()
    }

    /// Adds that of a resource. Called by generated code, which knows the row's type.
    #[doc(hidden)]
    #[must_use]
    pub fn with<T: Rewrite>(mut self, resource: &'static str, hook: Box<dyn Hook<T>>) -> Self {
        self.0.insert(resource, Arc::new(Typed { hook, row: PhantomData }));
        self
    }

    /// The hook of a resource; none where its spec has none.
    ///
    /// # Errors
    /// `Config` when it needs one that is not here.
    pub(crate) fn of(&self, connector: &Connector, resource: &'static Resource) -> Result<Option<Arc<dyn Hooked>>> {
        let Some(does) = resource.hook else { return Ok(None) };
        match self.0.get(resource.name) {
            Some(hook) if hook.row_name() == resource.row.name => Ok(Some(Arc::clone(hook))),
            _ => Err(missing(connector, resource, does)),
        }
    }

    /// Whether all are here that reading these resources takes: those of the resources above them, too.
    ///
    /// # Errors
    /// `Config` when one is not.
    pub(crate) fn check(&self, connector: &'static Connector, resources: &[&'static Resource]) -> Result<()> {
        for resource in resources {
            for resource in with_parents(connector, resource) {
                self.of(connector, resource)?;
            }
        }
        Ok(())
    }
}

/// A resource, and all that it is read for the rows of.
fn with_parents(connector: &Connector, resource: &'static Resource) -> Vec<&'static Resource> {
    let mut all = vec![resource];
    let mut at = 0;
    while let Some(resource) = all.get(at).copied() {
        let above = resource.parents().filter_map(|parent| connector.resources.get(usize::from(parent.resource)));
        for parent in above {
            if !all.iter().any(|known| known.name == parent.name) {
                all.push(parent);
            }
        }
        at += 1;
    }
    all
}

fn missing(connector: &Connector, resource: &Resource, does: &str) -> Error {
    let (name, title) = (resource.name, connector.title);
    let what = format!("resource `{name}` of {title} needs its hook, which is Rust code: {does}");
    let plain = connector
        .resources
        .iter()
        .filter(|resource| with_parents(connector, resource).iter().all(|resource| resource.hook.is_none()));
    let plain: Vec<_> = plain.map(|resource| resource.name).collect();
    let compile = "compile the spec with `connector!` and give the hook";
    let help = match plain.as_slice() {
        [] => compile.to_owned(),
        plain => format!("{compile}, or sync the others alone with `--resources {}`", plain.join(",")),
    };
    Error::new(ErrorKind::Config, what).help(help)
}

impl fmt::Debug for HookSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A hook whatever its row is.
pub(crate) trait Hooked: Send + Sync {
    fn row_name(&self) -> &'static str;

    fn request(&self, request: &mut HookRequest) -> Result<(), Reason>;

    fn response(&self, body: String) -> Result<String, Reason>;

    /// Gives the row to the hook, and writes what comes back. False when nothing does.
    fn row(&self, row: &Row<'_>, record: &RawRecord<'_>, writer: &mut RowWriter<'_>) -> Result<bool, Reason>;
}

struct Typed<T: Rewrite> {
    hook: Box<dyn Hook<T>>,
    row: PhantomData<fn() -> T>,
}

impl<T: Rewrite> Hooked for Typed<T> {
    fn row_name(&self) -> &'static str {
        T::ROW
    }

    fn request(&self, request: &mut HookRequest) -> Result<(), Reason> {
        self.hook.request(request)
    }

    fn response(&self, body: String) -> Result<String, Reason> {
        self.hook.response(body)
    }

    fn row(&self, row: &Row<'_>, record: &RawRecord<'_>, writer: &mut RowWriter<'_>) -> Result<bool, Reason> {
        let Some(row) = self.hook.row(T::from_row(row), record)? else { return Ok(false) };
        row.write(writer);
        Ok(true)
    }
}

/// Calls a hook. Its panic is an error: nothing of what it was about is used.
fn guarded<R>(what: &str, call: impl FnOnce() -> R) -> Result<R> {
    // What the engine lends it is thrown away with the page; what is the hook's own is the hook's to keep whole.
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        // The payload's own `drop` may panic, too.
        std::mem::forget(panic);
        Error::new(ErrorKind::Hook, format!("the hook panicked {what}: {}", shortened(&said)))
            .help("nothing of the page was written; the next sync asks for it again")
    })
}

/// What the source sent for a page, as the hook turns it.
///
/// # Errors
/// `Hook` when it cannot, panics, or makes more than `most` bytes.
pub(crate) fn turned(hook: &dyn Hooked, body: String, most: usize) -> Result<String> {
    let start = start_of(&body);
    match guarded("at an answer", || hook.response(body))? {
        Ok(turned) if turned.len() > most => {
            Err(Error::new(ErrorKind::Hook, format!("the hook made more than {most} bytes of an answer")))
        }
        Ok(turned) => Ok(turned),
        Err(reason) => Err(Error::new(ErrorKind::Hook, format!("the hook cannot read the answer: {}", reason.shown()))
            .help(format!("it begins with: {start}"))),
    }
}
