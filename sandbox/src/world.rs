//! Everything a sandbox serves: its lists with what is computed and what was changed, the settings it expects, its
//! limits and faults. It must not know about connections.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use serde_json::Value;
use tapwright_spec::model::{Action, Connector, Expr, Resource, Shape};

use crate::above::Above;
use crate::access::Access;
use crate::answer::Answer;
use crate::asks::Asks;
use crate::changes::{Changes, Whose};
use crate::churn::Churn;
use crate::control::owns;
use crate::data::{Amount, Data, Groundwork};
use crate::envelope::Envelope;
use crate::eval::Scope;
use crate::fault::{Chance, Fault, Faults, Injection};
use crate::find::Index;
use crate::guest::host;
use crate::id::Ids;
use crate::kin::{Kin, Line};
use crate::layout::Layout;
use crate::leaf::Leaves;
use crate::limit::Limit;
use crate::list::List;
use crate::paths::first_path;
use crate::query::Rules;
use crate::refusal;
use crate::route::Route;
use crate::sandbox::{Error, Sandbox};
use crate::seen::Log;
use crate::sense::Sense;
use crate::settings::{first_secret, settings};
use crate::wait::Wait;

/// A list that is served; of a resource that is read for each row of another, all of its lists.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) resource: Resource,
    pub(crate) route: Route,
    pub(crate) rules: Rules,
    pub(crate) envelope: Envelope,
    /// How records stand in a response.
    pub(crate) layout: Layout,
    pub(crate) sense: Sense,
    pub(crate) data: Data,
    /// What it is there once for each of.
    pub(crate) above: Above,
    pub(crate) kin: Option<Kin>,
    /// The list whose answers hold its records within theirs.
    pub(crate) host: Option<usize>,
    /// The lists whose records its answers hold within its own.
    pub(crate) guests: Vec<usize>,
    /// What of a request says which row that is.
    pub(crate) asks: Asks,
    /// The answer when there is no such row.
    pub(crate) gone: Answer,
    pub(crate) changes: RwLock<Changes>,
    /// How many requests it has answered with records.
    pub(crate) heard: AtomicU64,
}

/// Everything a sandbox serves.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Vec<(String, Value)>,
    pub(crate) access: Access,
    pub(crate) key: String,
    pub(crate) lists: Vec<Served>,
    /// The lists at each path that is the same for all requests.
    pub(crate) paths: HashMap<String, Vec<usize>>,
    pub(crate) indexes: Mutex<Vec<Index>>,
    /// The ids of all lists, for references.
    pub(crate) ids: Vec<Ids>,
    pub(crate) now: i64,
    pub(crate) limit: Option<Limit>,
    pub(crate) wait: Wait,
    pub(crate) latency: Duration,
    pub(crate) faults: Faults,
    pub(crate) churn: Churn,
    pub(crate) log: Log,
}

impl World {
    /// Makes it.
    pub(crate) fn new(sandbox: &Sandbox) -> Result<World, Error> {
        let connector = &sandbox.connector;
        if let Some((name, _)) =
            sandbox.settings.iter().find(|(name, _)| !connector.settings.iter().any(|known| known.name == *name))
        {
            return Err(Error::UnknownSetting(name.clone()));
        }
        for (name, _) in &sandbox.records {
            known(connector, name)?;
        }
        let settings = settings(connector, &sandbox.settings);
        let scope = Scope::new(&Value::Null, &settings);
        let grounds = grounds(sandbox, &settings);
        let ids: Vec<Ids> = grounds.iter().map(|ground| ground.ground.ids.clone()).collect();
        let referable: Vec<(bool, bool)> = ids.iter().map(|ids| (ids.count > 0, ids.number)).collect();
        let mut lists = Vec::new();
        for (resource, Laid { ground, above, kin }) in connector.resources.iter().zip(grounds) {
            let mut data = ground.build(resource, connector, &referable);
            data.weigh(&ids);
            let route = Route::of(resource, scope);
            let rules = Rules::of(resource, &connector.api.auth, &data.leaves, &settings, sandbox.strict);
            lists.push(Served {
                asks: Asks::of(resource, &route),
                gone: gone(resource, &rules, &settings)?,
                rules,
                route,
                envelope: Envelope::of(resource, &settings),
                layout: Layout::of(resource).within(resource, connector, &ids),
                sense: Sense::of(resource),
                data,
                above,
                kin,
                host: host(&connector.resources, resource),
                guests: Vec::new(),
                changes: RwLock::default(),
                heard: AtomicU64::new(0),
                resource: resource.clone(),
            });
        }
        for place in 0..lists.len() {
            let host = lists.get(place).and_then(|list| list.host);
            if let Some(host) = host.and_then(|host| lists.get_mut(host)) {
                host.guests.push(place);
            }
        }
        let mut paths: HashMap<String, Vec<usize>> = HashMap::new();
        let asked = |list: &Served| list.route.is_plain() && list.host.is_none();
        for (place, list) in lists.iter().enumerate().filter(|(_, list)| asked(list)) {
            paths.entry(list.route.shown.clone()).or_default().push(place);
        }
        let access = Access::of(&connector.api.auth, &settings, sandbox.token_lasts);
        let taken = lists.iter().map(|list| list.route.shown.as_str()).chain(access.path()).find(|path| owns(path));
        if let Some(path) = taken {
            return Err(Error::Taken(path.to_owned()));
        }
        let secret = first_secret(connector).and_then(|name| settings.iter().find(|(known, _)| known == name));
        let key = secret.and_then(|(_, value)| value.as_str()).unwrap_or(access.text()).to_owned();
        let world = World {
            key,
            access,
            paths,
            lists,
            indexes: Mutex::default(),
            ids,
            now: sandbox.now,
            limit: sandbox.limit.map(|(requests, per)| Limit::new(requests, per)),
            wait: Wait::of(connector.api.retry.as_ref().and_then(|retry| retry.after.as_ref()), &settings),
            latency: sandbox.latency,
            faults: Faults::new(sandbox.fault_rate.map(|(rate, seed)| Chance::new(rate, seed))),
            churn: Churn::new(sandbox.churn, sandbox.seed),
            log: Log::new(sandbox.log),
            settings,
        };
        for (target, injection) in &sandbox.faults {
            world.arm(target, injection.clone())?;
        }
        Ok(world)
    }

    /// The list of a resource, by its name or its path.
    pub(crate) fn named(&self, name: &str) -> Result<(usize, &Served), Error> {
        let mut lists = self.lists.iter().enumerate();
        lists
            .find(|(_, list)| list.resource.name == name || list.route.shown == name)
            .ok_or_else(|| Error::UnknownResource(name.to_owned()))
    }

    /// Arms a fault for a resource, by its name or path, or for all (`*`).
    pub(crate) fn arm(&self, target: &str, injection: Injection) -> Result<(), Error> {
        let list = if target == "*" { None } else { Some(self.named(target)?.0) };
        let mut concerned = self.lists.iter().enumerate().filter(|(place, _)| list.is_none_or(|list| list == *place));
        match &injection.fault {
            Fault::WrongType(field) => {
                let has = |served: &Served| served.resource.row.fields.iter().any(|known| known.name == *field);
                if !concerned.any(|(_, served)| has(served)) {
                    return Err(Error::UnknownField(field.clone()));
                }
            }
            fault @ Fault::Rule(rule) => {
                let able = |(_, served): (usize, &Served)| self.refusal(served, fault).is_some();
                if !concerned.all(able) {
                    return Err(Error::Rule(target.to_owned(), *rule));
                }
            }
            _ => {}
        }
        self.faults.arm(list.map(|place| self.answering(place)), injection);
        Ok(())
    }

    /// The answer of a fault that is an error rule of a list.
    pub(crate) fn refusal(&self, served: &Served, fault: &Fault) -> Option<Answer> {
        let Fault::Rule(rule) = fault else { return None };
        refusal::answer(served.resource.on_error.get(*rule)?, served.rules.is_graphql(), &self.settings)
    }

    /// Takes the faults of a resource back, or all (`*`).
    pub(crate) fn heal(&self, target: &str) -> Result<(), Error> {
        let list = if target == "*" { None } else { Some(self.named(target)?.0) };
        self.faults.disarm(list.map(|place| self.answering(place)));
        Ok(())
    }

    /// The list that answers for one: what stands within another list fails with it.
    pub(crate) fn answering(&self, place: usize) -> usize {
        self.lists.get(place).and_then(|list| list.host).unwrap_or(place)
    }
}

impl Served {
    /// Calls `with` with the list as it is now; that of a parent, where it has one.
    pub(crate) fn read<T>(&self, whose: Whose, with: impl FnOnce(List<'_>) -> T) -> T {
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        with(List { data: &self.data, overlay: changes.of(whose), line: self.line(whose) })
    }

    /// Which of the computed records are a parent's.
    pub(crate) fn line(&self, whose: Whose) -> Line {
        match (self.kin, whose) {
            (None, _) => Line::All,
            (Some(kin), Some(parent)) => kin.line(parent),
            (Some(_), None) => Line::None,
        }
    }
}

/// What has become of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many records it has; of one that is read for each row of another, those of rows that are gone, too.
    pub(crate) records: u64,
    pub(crate) inserted: u64,
    pub(crate) updated: u64,
    pub(crate) deleted: u64,
    /// How many requests it has answered with records.
    pub(crate) requests: u64,
}

impl Served {
    /// What has become of it.
    pub(crate) fn tally(&self) -> Tally {
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        let (inserted, updated, deleted) = (changes.births, changes.updates, changes.deletions);
        Tally {
            records: (self.data.end() - self.data.first() + inserted).saturating_sub(deleted),
            inserted,
            updated,
            deleted,
            requests: self.heard.load(Ordering::Relaxed),
        }
    }
}

/// What is known of a list before its records can be written.
struct Laid {
    ground: Groundwork,
    above: Above,
    /// How its records are spread over what it is there for.
    kin: Option<Kin>,
}

/// What is known of all lists before their records can be written.
fn grounds(sandbox: &Sandbox, settings: &[(String, Value)]) -> Vec<Laid> {
    let connector = &sandbox.connector;
    let amount = |resource: &Resource| Amount {
        seed: sandbox.seed,
        count: sandbox.records.iter().rev().find(|(name, _)| *name == resource.name).map_or_else(
            || {
                if matches!(resource.row.shape, Shape::Entity | Shape::Edge) {
                    Sandbox::ENTITIES
                } else {
                    Sandbox::EVENTS
                }
            },
            |(_, count)| *count,
        ),
        now: sandbox.now,
        history: sandbox.history,
    };
    // Of what nothing tells apart, a parent has one; of what only a few values do, so many.
    let each = |resource: &Resource| match first_path(&resource.row.key) {
        _ if resource.row.shape.is_series() => Leaves::of(resource, connector).most(),
        _ if Layout::of(resource).is_single() => Some(1),
        None if !keyed(resource) => Some(1),
        _ => None,
    };
    let lay = |resource: &Resource, above: Above| {
        let kin = (!above.is_nothing()).then(|| Kin::over(above.computed(), each(resource)));
        let amount = amount(resource);
        let most = if Layout::of(resource).is_single() && kin.is_none() { 1 } else { u64::MAX };
        let amount = Amount { count: amount.count.min(most), ..amount };
        Laid { ground: Groundwork::lay(resource, connector, amount, kin), above, kin }
    };
    let mut laid: Vec<Option<Laid>> = connector.resources.iter().map(|_| None).collect();
    // Parents come before their children; nothing is deeper than there are resources.
    for _ in &connector.resources {
        for (place, resource) in connector.resources.iter().enumerate() {
            if laid.get(place).is_none_or(Option::is_some) {
                continue;
            }
            let ids = |list: usize| laid.get(list)?.as_ref().map(|laid| laid.ground.ids.clone());
            let Some(above) = Above::of(resource, connector, settings, &ids) else { continue };
            let new = lay(resource, above);
            if let Some(free) = laid.get_mut(place) {
                *free = Some(new);
            }
        }
    }
    let resources = connector.resources.iter();
    laid.into_iter()
        .zip(resources)
        .map(|(laid, resource)| laid.unwrap_or_else(|| lay(resource, Above::default())))
        .collect()
}

/// Whether what tells a record from others is the key that it stands under.
pub(crate) fn keyed(resource: &Resource) -> bool {
    let mut keyed = false;
    resource.row.key.walk(&mut |expr| keyed |= matches!(expr, Expr::EntryKey));
    keyed
}

/// The answer to a request for the list of a parent that is not there: as the spec has it, if it says so.
fn gone(resource: &Resource, rules: &Rules, settings: &[(String, Value)]) -> Result<Answer, Error> {
    match resource.on_error.iter().position(|rule| rule.then == Action::SkipParent) {
        Some(place) => resource
            .on_error
            .get(place)
            .and_then(|rule| refusal::answer(rule, rules.is_graphql(), settings))
            .ok_or_else(|| Error::Rule(resource.name.clone(), place)),
        None => Ok(rules.in_style(Answer::coded(404, "Not found", "not_found"))),
    }
}

fn known(connector: &Connector, name: &str) -> Result<(), Error> {
    let found = connector.resources.iter().any(|resource| resource.name == name);
    if found { Ok(()) } else { Err(Error::UnknownResource(name.to_owned())) }
}
