//! Everything a sandbox serves: its lists with what is computed and what was changed, the settings it expects, its
//! limits and faults. It must not know about connections.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use serde_json::Value;
use tapwright_spec::model::{Action, Auth, Connector, Resource, Shape};

use crate::answer::Answer;
use crate::asks::Asks;
use crate::auth::Credential;
use crate::changes::{Changes, Whose};
use crate::data::{Amount, Data, Groundwork};
use crate::envelope::Envelope;
use crate::eval::Scope;
use crate::fault::{Chance, Fault, Faults, Injection};
use crate::find::Index;
use crate::id::Ids;
use crate::kin::{Kin, Line};
use crate::leaf::Leaves;
use crate::limit::Limit;
use crate::list::List;
use crate::paths::first_path;
use crate::query::Rules;
use crate::refusal;
use crate::route::Route;
use crate::sandbox::{Error, Sandbox};
use crate::seen::Log;
use crate::settings::{first_secret, settings};
use crate::token::Tokens;
use crate::wait::Wait;

/// A list that is served; of a resource that is read for each row of another, all of its lists.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) resource: Resource,
    pub(crate) route: Route,
    pub(crate) rules: Rules,
    pub(crate) envelope: Envelope,
    pub(crate) data: Data,
    /// The number of the list that it is read for each row of.
    pub(crate) parent: Option<usize>,
    pub(crate) kin: Option<Kin>,
    /// What of a request says which row that is.
    pub(crate) asks: Asks,
    /// The answer when there is no such row.
    pub(crate) gone: Answer,
    pub(crate) changes: RwLock<Changes>,
}

/// Everything a sandbox serves.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Vec<(String, Value)>,
    pub(crate) credential: Credential,
    /// Gives and knows bearer tokens, where the API has OAuth 2.
    pub(crate) tokens: Option<Tokens>,
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
        let grounds = grounds(sandbox);
        let ids: Vec<Ids> = grounds.iter().map(|(ground, _)| ground.ids.clone()).collect();
        let referable: Vec<(bool, bool)> = ids.iter().map(|ids| (ids.count > 0, ids.number)).collect();
        let mut lists = Vec::new();
        for (resource, (ground, kin)) in connector.resources.iter().zip(grounds) {
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
                data,
                parent: parent(connector, resource),
                kin,
                changes: RwLock::default(),
                resource: resource.clone(),
            });
        }
        let mut paths: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, list) in lists.iter().enumerate().filter(|(_, list)| list.route.is_plain()) {
            paths.entry(list.route.shown.clone()).or_default().push(place);
        }
        let credential = Credential::of(&connector.api.auth, scope);
        let tokens =
            if let Auth::OAuth2(oauth2) = &connector.api.auth { Some(Tokens::of(oauth2, scope)) } else { None };
        let secret = first_secret(connector).and_then(|name| settings.iter().find(|(known, _)| known == name));
        let key = secret.and_then(|(_, value)| value.as_str()).unwrap_or(credential.text()).to_owned();
        let world = World {
            key,
            credential,
            tokens,
            paths,
            lists,
            indexes: Mutex::default(),
            ids,
            now: sandbox.now,
            limit: sandbox.limit.map(|(requests, per)| Limit::new(requests, per)),
            wait: Wait::of(connector.api.retry.as_ref().and_then(|retry| retry.after.as_ref())),
            latency: sandbox.latency,
            faults: Faults::new(sandbox.fault_rate.map(|(rate, seed)| Chance::new(rate, seed))),
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
        self.faults.arm(list, injection);
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
        self.faults.disarm(list);
        Ok(())
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

/// What is known of all records before they can be written, and how they are spread over those of another resource.
fn grounds(sandbox: &Sandbox) -> Vec<(Groundwork, Option<Kin>)> {
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
        None => Some(1),
        Some(_) => None,
    };
    let lay = |resource: &Resource, above: Option<&Groundwork>| {
        let kin = above.map(|above| Kin::over(&above.ids, each(resource)));
        (Groundwork::lay(resource, connector, amount(resource), kin), kin)
    };
    let mut laid: Vec<Option<(Groundwork, Option<Kin>)>> = connector.resources.iter().map(|_| None).collect();
    // Parents come before their children; nothing is deeper than there are resources.
    for _ in &connector.resources {
        for (place, resource) in connector.resources.iter().enumerate() {
            let above = parent(connector, resource).map(|parent| laid.get(parent).and_then(Option::as_ref));
            let ground = match above {
                None => lay(resource, None),
                Some(Some((above, _))) => lay(resource, Some(above)),
                Some(None) => continue,
            };
            if let Some(free) = laid.get_mut(place).filter(|ground| ground.is_none()) {
                *free = Some(ground);
            }
        }
    }
    let resources = connector.resources.iter();
    laid.into_iter().zip(resources).map(|(ground, resource)| ground.unwrap_or_else(|| lay(resource, None))).collect()
}

/// The number of the list that a resource is read for each row of.
fn parent(connector: &Connector, resource: &Resource) -> Option<usize> {
    let parent = resource.parent.as_ref()?;
    connector.resources.iter().position(|known| known.name == parent.resource)
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
