//! Random schedules of what happens at a source and of syncs, held against a model of what the store must then have.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use tapwright_runtime::{Mode, Status};
use tapwright_sandbox::{Change, Fault};

use super::Dice;
use crate::{Lab, WORKOS, joined, model as model_of};

const MINUTE: i64 = 60_000;

/// Well within the look-back.
const DAYS_60: Duration = Duration::from_secs(60 * 86_400);

/// What was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedules {
    /// Schedules.
    pub schedules: u64,
    /// Records put in, ties and late arrivals included.
    pub inserts: u64,
    /// Events that came late: with a moment before that of an event that was there already.
    pub late: u64,
    /// Events with the very moment of the newest.
    pub ties: u64,
    /// Records that were changed or taken out.
    pub changes: u64,
    /// Syncs that were complete, after each of which store and model were compared.
    pub syncs: u64,
    /// Syncs that were made to fail.
    pub failed: u64,
    /// Syncs that read everything anew because they were told to.
    pub full: u64,
    /// Resources that were taken up where a failed sync had left them.
    pub resumed: u64,
    /// Resources that were read incrementally.
    pub incremental: u64,
}

impl Schedules {
    /// Adds another run's.
    pub fn add(&mut self, other: Schedules) {
        self.schedules += other.schedules;
        self.inserts += other.inserts;
        self.late += other.late;
        self.ties += other.ties;
        self.changes += other.changes;
        self.syncs += other.syncs;
        self.failed += other.failed;
        self.full += other.full;
        self.incremental += other.incremental;
        self.resumed += other.resumed;
    }
}

impl fmt::Display for Schedules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} schedules: {} inserts ({} late, {} ties), {} changes, {} syncs compared, {} failed, \
             {} full, {} incremental, {} resumed",
            self.schedules,
            self.inserts,
            self.late,
            self.ties,
            self.changes,
            self.syncs,
            self.failed,
            self.full,
            self.incremental,
            self.resumed
        )
    }
}

/// What the store must have: of organizations their names, of events their ids, both as of the last complete sync.
struct Model {
    organizations: BTreeMap<String, String>,
    events: BTreeMap<String, String>,
    /// The moment of the newest event.
    newest: i64,
}

/// One schedule of a seed.
///
/// # Errors
/// Where store and model differ, in words.
///
/// # Panics
/// When the sandbox refuses a change.
pub async fn schedule(seed: u64) -> Result<Schedules, String> {
    let mut dice = Dice::new(seed);
    let (organizations, events) = (dice.below(230), dice.below(450));
    // The fewer there are the further apart they lie, and the oldest of a few would be beyond the look-back.
    let events = if events == 0 { 0 } else { events + 5 };
    let mut lab = Lab::workos(|sandbox| {
        sandbox
            .seed(seed)
            .records("organizations", organizations)
            .records("auth_events", events)
            .history(DAYS_60)
            .setting("authEventsLookbackDays", "90")
    })
    .await;
    lab.options.resources = Some(vec!["organizations".to_owned(), "auth_events".to_owned()]);
    lab.options.readers = 1 + usize::try_from(dice.below(4)).unwrap_or(0);
    let mut done = Schedules { schedules: 1, ..Schedules::default() };
    let now = lab.sandbox.now();
    let mut source = Source { lab: &lab, now, newest: i64::MIN, new: Vec::new() };
    let mut model = Model { organizations: BTreeMap::new(), events: BTreeMap::new(), newest: i64::MIN };

    let begun = source.sync(&mut dice, &mut done, false, &mut model).await?;
    assert!(begun, "the first sync is not disturbed");
    for _ in 0..4 + dice.below(14) {
        match dice.below(12) {
            0..=2 => source.insert_events(&mut dice, &mut done, &model),
            3 => {
                let change = Change::new().set("name", format!("New {}", dice.below(1000)));
                source.new.push(lab.sandbox.insert("organizations", &change).expect("a new one"));
                done.inserts += 1;
            }
            4 | 5 => source.change(&mut dice, &mut done, &model),
            6 | 7 => {
                source.sync(&mut dice, &mut done, true, &mut model).await?;
            }
            _ => {
                source.sync(&mut dice, &mut done, false, &mut model).await?;
            }
        }
    }
    source.sync(&mut dice, &mut done, false, &mut model).await?;
    Ok(done)
}

struct Source<'l> {
    lab: &'l Lab,
    now: i64,
    /// The moment of the newest event there is.
    newest: i64,
    /// Organizations put in, which may be changed again.
    new: Vec<String>,
}

impl Source<'_> {
    /// New events; among them ties with the newest, and some that come up to nine minutes late: the spec reads ten again.
    fn insert_events(&mut self, dice: &mut Dice, done: &mut Schedules, model: &Model) {
        self.newest = self.newest.max(model.newest);
        for _ in 0..=dice.below(150) {
            let at = match dice.below(8) {
                0 if self.newest > i64::MIN => {
                    done.ties += 1;
                    self.newest
                }
                1 if self.newest > i64::MIN => {
                    done.late += 1;
                    self.newest - i64::try_from(dice.below(9 * 60)).unwrap_or(0) * 1000
                }
                _ => self.newest.max(self.now) + i64::try_from(dice.below(20)).unwrap_or(0) * MINUTE / 4,
            };
            self.newest = self.newest.max(at);
            self.lab.sandbox.insert("auth_events", &Change::new().at(at)).expect("a new one");
            done.inserts += 1;
        }
    }

    fn change(&mut self, dice: &mut Dice, done: &mut Schedules, model: &Model) {
        let known: Vec<&String> = model.organizations.keys().chain(&self.new).collect();
        let Some(id) = known.get(usize::try_from(dice.below(known.len() as u64)).unwrap_or(0)) else { return };
        let sandbox = &self.lab.sandbox;
        let changed = if dice.once_in(2) {
            sandbox.update("organizations", id, &Change::new().set("name", format!("Again {}", dice.below(1000))))
        } else {
            sandbox.delete("organizations", id)
        };
        // What is gone already cannot change again.
        done.changes += u64::from(changed.is_ok());
    }

    /// Syncs; when the sync was complete, store and model are compared. Says whether it was.
    async fn sync(
        &mut self,
        dice: &mut Dice,
        done: &mut Schedules,
        disturbed: bool,
        model: &mut Model,
    ) -> Result<bool, String> {
        let lab = self.lab;
        if disturbed {
            let resource = if dice.once_in(2) { "organizations" } else { "auth_events" };
            let fault = match dice.below(3) {
                // What leads to the next page goes by another name all of a sudden.
                0 => Fault::NoNext.always(),
                times => Fault::Forbidden("not now".to_owned()).times(u32::try_from(times).unwrap_or(1)),
            };
            let after = u32::try_from(dice.below(5)).unwrap_or(0);
            lab.sandbox.fail(resource, fault.after(after)).expect("it is a resource");
        }
        let full = dice.once_in(6);
        let report = lab.sync_as(full).await;
        lab.sandbox.heal("*").expect("all of them");
        done.full += u64::from(full);
        done.incremental +=
            report.resources.iter().filter(|resource| resource.mode == Mode::Incremental).count() as u64;
        if report.status != Status::Complete {
            if !disturbed {
                return Err(format!("a sync that nothing disturbed failed: {report:#?}"));
            }
            done.failed += 1;
            return Ok(false);
        }
        done.syncs += 1;
        self.learn(model).await;
        let stored = |query: &str| -> BTreeMap<String, String> {
            let store = lab.store();
            let mut statement = store.prepare(query).expect("a query");
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
            rows.map(|row| row.expect("a row")).collect()
        };
        let organizations = stored("select id, name from workos_organization");
        let events = stored("select id, eventType from workos_auth_event");
        let taken_up = |name: &str| {
            report.resources.iter().any(|resource| resource.name == name && resource.mode == Mode::Resumed)
        };
        // A refresh that was taken up shows each page as it was when it was read.
        if !taken_up("organizations") {
            differ("organizations", &model.organizations, &organizations)?;
        }
        done.resumed += u64::from(taken_up("organizations")) + u64::from(taken_up("auth_events"));
        differ("events", &model.events, &events)?;
        Ok(true)
    }

    /// Looks at the whole source the plain way, and keeps events that were once read: they are never removed.
    async fn learn(&self, model: &mut Model) {
        let plain = self.lab.plain();
        let mut organizations = BTreeMap::new();
        for record in plain.all("/organizations?order=asc&limit=100").await {
            organizations.insert(text(&record, "/id"), text(&record, "/name"));
        }
        model.organizations = organizations;
        for record in
            plain.all(&format!("/events?limit=100&events={}", joined(&model_of(WORKOS), "AuthEventType"))).await
        {
            let id = text(&record, "/id");
            let at = self.lab.sandbox.moment("auth_events", &id).expect("it is there");
            model.newest = model.newest.max(at);
            model.events.insert(id, text(&record, "/event"));
        }
    }
}

fn text(record: &serde_json::Value, pointer: &str) -> String {
    record.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn differ(what: &str, model: &BTreeMap<String, String>, store: &BTreeMap<String, String>) -> Result<(), String> {
    let missing: Vec<_> = model.iter().filter(|(id, value)| store.get(*id) != Some(value)).take(3).collect();
    let beyond: Vec<_> = store.iter().filter(|(id, _)| !model.contains_key(*id)).take(3).collect();
    if missing.is_empty() && beyond.is_empty() {
        return Ok(());
    }
    let (should, is) = (model.len(), store.len());
    Err(format!("{what}: {is} stored, {should} expected; missing or other: {missing:?}; beyond: {beyond:?}"))
}
