//! `tapwright try`: a page or two of a resource, read by the engine without a store, with all that went over the wire.

mod exchange;
mod json;
mod page;

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::json;
use tapwright_runtime::{
    Api, Error, ErrorKind, Exchange, Options, Purpose, Result, VaultOption, Witness, WitnessOption,
};

use crate::Known;
use crate::args::TryArgs;
use crate::console::{self, DIM, WARN, out, say, styled};
use crate::exit::Exit;
use crate::source::{Given, Source, known_resource};
use crate::spec::{Found, find};
use crate::store::Store;
use crate::vault::FileVault;

/// So many lists without a record are passed by, to come to one that has some.
const MOST_EMPTY: u32 = 20;

pub(crate) fn trial(known: &[Known], args: &TryArgs) -> Exit {
    let found = match find(known, Some(&args.spec)) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    match run(&found, args) {
        Ok(exit) => exit,
        Err(error) => {
            console::error(&error);
            error.kind().into()
        }
    }
}

fn run(found: &Found, args: &TryArgs) -> Result<Exit> {
    let connector = found.plan;
    let Store::Sqlite(store) = Store::parse(&args.to)?;
    known_resource(connector, &args.resource)?;
    let given = Given::gather(found, &args.source)?;
    let heard = Arc::new(Heard::new(found, args));
    let mut options = Options {
        hooks: found.hooks.clone(),
        witness: WitnessOption(Some(Arc::<Heard>::clone(&heard))),
        ..Options::default()
    };
    let command = format!("try{} {}", found.argument(), args.resource);
    let Source { settings, sandbox } = given.source(&mut options, &command)?;
    if sandbox.is_none() {
        // A token that may be used once is replaced when it is used, and the next sync needs the new one.
        options.vault = VaultOption(Some(Arc::new(FileVault::beside(&store, connector.name))));
    }
    let api = Api::new(connector, settings, options)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::new(ErrorKind::Store, format!("no threads can be started: {error}")))?;
    runtime.block_on(read(&api, args, &heard))
}

/// Reads the pages, and shows each as it comes.
async fn read(api: &Api, args: &TryArgs, heard: &Heard) -> Result<Exit> {
    let mut pages = api.pages(&args.resource)?;
    let (mut shown, mut empty, mut found) = (0, 0, Vec::new());
    let failed = loop {
        let page = match pages.next().await {
            Ok(Some(page)) => page,
            Ok(None) => break None,
            Err(error) => break Some(error),
        };
        // A parent or a span of time that has none says nothing of the resource: another may.
        let passes = page.items == 0 && (page.parent.is_some() || page.window.is_some()) && empty < MOST_EMPTY;
        if args.json {
            found.push(json::page(api, &page, &heard.take()));
        } else {
            page::show(api, pages.resource(), &page);
        }
        if passes {
            empty += 1;
            continue;
        }
        shown += 1;
        if shown >= args.pages {
            break None;
        }
    };
    let notes = pages.take_notes();
    if args.json {
        let rest: Vec<_> = heard.take().iter().map(json::exchange).collect();
        out(json!({
            "resource": args.resource,
            "pages": found,
            "exchanges": rest,
            "notes": notes,
            "error": failed.as_ref().map(json::error),
        }));
    } else {
        for note in &notes {
            out(format_args!("{} {note}", styled(WARN, "note:")));
        }
        match &failed {
            Some(error) => console::error(error),
            None if shown == 0 || empty >= MOST_EMPTY => say(styled(DIM, "no record was found")),
            None => {}
        }
    }
    Ok(failed.map_or(Exit::Complete, |error| error.kind().into()))
}

/// What went over the wire: shown at once, or kept for the page that it led to.
struct Heard {
    resource: String,
    /// The headers of answers that the connector reads.
    read: Vec<&'static str>,
    kept: Option<Mutex<Vec<Exchange>>>,
}

impl Heard {
    fn new(found: &Found, args: &TryArgs) -> Self {
        let resource = found.plan.resource(&args.resource);
        let envelopes = resource.into_iter().flat_map(|resource| [&resource.decode.envelope, &resource.refusal]);
        let after = found.plan.retry.iter().filter_map(|retry| retry.after.as_ref()).map(|after| &after.answer);
        let read = envelopes.chain(after).flat_map(|envelope| envelope.headers).map(|header| header.name).collect();
        Heard { resource: args.resource.clone(), read, kept: args.json.then(Mutex::default) }
    }

    fn take(&self) -> Vec<Exchange> {
        let kept = self.kept.as_ref().map(|kept| kept.lock().unwrap_or_else(PoisonError::into_inner));
        kept.map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default()
    }
}

impl Witness for Heard {
    fn exchanged(&self, exchange: &Exchange) {
        match &self.kept {
            Some(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(exchange.clone()),
            None => {
                let own = matches!(exchange.purpose, Purpose::Page(name) if name == self.resource);
                exchange::show(exchange, own, &self.read);
            }
        }
    }
}

/// Text on one line of a terminal, which it cannot steer.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
