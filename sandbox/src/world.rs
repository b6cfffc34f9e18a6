//! Everything a sandbox serves: its lists with what is computed and what was changed, the settings it expects, its
//! limits and faults. It must not know about connections.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde_json::Value;
use tapwright_spec::model::{Connector, Resource};

use crate::auth::Credential;
use crate::data::{Amount, Data, Groundwork};
use crate::envelope::Envelope;
use crate::eval::{Scope, eval_text};
use crate::fault::{Chance, Faults};
use crate::id::Ids;
use crate::limit::Limit;
use crate::list::List;
use crate::overlay::Overlay;
use crate::query::Rules;
use crate::sandbox::{Error, Sandbox};
use crate::seen::Log;
use crate::settings::{first_secret, settings};
use tapwright_spec::model::Shape;

/// A list that is served.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) resource: Resource,
    pub(crate) path: String,
    pub(crate) rules: Rules,
    pub(crate) envelope: Envelope,
    pub(crate) data: Data,
    pub(crate) overlay: RwLock<Overlay>,
}

/// Everything a sandbox serves.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) settings: Vec<(String, Value)>,
    pub(crate) credential: Credential,
    pub(crate) key: String,
    pub(crate) lists: Vec<Served>,
    paths: HashMap<String, usize>,
    /// The ids of all lists, for references.
    pub(crate) ids: Vec<Ids>,
    pub(crate) now: i64,
    pub(crate) limit: Option<Limit>,
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
        let scope = Scope { root: &Value::Null, settings: &settings };
        let amount = |resource: &Resource| Amount {
            seed: sandbox.seed,
            count: sandbox.records.iter().rev().find(|(name, _)| *name == resource.name).map_or_else(
                || if resource.row.shape == Shape::Event { Sandbox::EVENTS } else { Sandbox::ENTITIES },
                |(_, count)| *count,
            ),
            now: sandbox.now,
            history: sandbox.history,
        };
        let groundwork: Vec<Groundwork> =
            connector.resources.iter().map(|resource| Groundwork::lay(resource, connector, amount(resource))).collect();
        let ids: Vec<Ids> = groundwork.iter().map(|ground| ground.ids.clone()).collect();
        let referable: Vec<(bool, bool)> = ids.iter().map(|ids| (ids.count > 0, ids.number)).collect();
        let mut lists = Vec::new();
        for (resource, ground) in connector.resources.iter().zip(groundwork) {
            let mut data = ground.build(resource, connector, &referable);
            data.weigh(&ids);
            let path = eval_text(&resource.path, scope);
            lists.push(Served {
                rules: Rules::of(resource, &connector.api.auth, &data.leaves, &settings, sandbox.strict),
                envelope: Envelope::of(resource, &path, &settings),
                path,
                data,
                overlay: RwLock::default(),
                resource: resource.clone(),
            });
        }
        let credential = Credential::of(&connector.api.auth, scope);
        let secret = first_secret(connector).and_then(|name| settings.iter().find(|(known, _)| known == name));
        let key = secret.and_then(|(_, value)| value.as_str()).unwrap_or(credential.text()).to_owned();
        let world = World {
            key,
            credential,
            // Two resources may read the same path: the first one answers.
            paths: lists.iter().enumerate().rev().map(|(place, list)| (list.path.clone(), place)).collect(),
            lists,
            ids,
            now: sandbox.now,
            limit: sandbox.limit.map(|(requests, per)| Limit::new(requests, per)),
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

    /// The list at a path.
    pub(crate) fn at(&self, path: &str) -> Option<usize> {
        self.paths.get(path).copied()
    }

    /// The list of a resource, by its name or its path.
    pub(crate) fn named(&self, name: &str) -> Result<(usize, &Served), Error> {
        let mut lists = self.lists.iter().enumerate();
        lists
            .find(|(_, list)| list.resource.name == name || list.path == name)
            .ok_or_else(|| Error::UnknownResource(name.to_owned()))
    }

    /// Arms a fault for a resource, by its name or path, or for all (`*`).
    pub(crate) fn arm(&self, target: &str, injection: crate::fault::Injection) -> Result<(), Error> {
        let list = if target == "*" { None } else { Some(self.named(target)?.0) };
        if let crate::fault::Fault::WrongType(field) = &injection.fault {
            let has = |served: &Served| served.resource.row.fields.iter().any(|known| known.name == *field);
            let known = match list {
                None => self.lists.iter().any(has),
                Some(list) => self.lists.get(list).is_some_and(has),
            };
            if !known {
                return Err(Error::UnknownField(field.clone()));
            }
        }
        self.faults.arm(list, injection);
        Ok(())
    }

    /// Takes the faults of a resource back, or all (`*`).
    pub(crate) fn heal(&self, target: &str) -> Result<(), Error> {
        let list = if target == "*" { None } else { Some(self.named(target)?.0) };
        self.faults.disarm(list);
        Ok(())
    }
}

impl Served {
    /// Calls `with` with the list as it is now.
    pub(crate) fn read<T>(&self, with: impl FnOnce(List<'_>) -> T) -> T {
        let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
        with(List { data: &self.data, overlay: &overlay })
    }
}

fn known(connector: &Connector, name: &str) -> Result<(), Error> {
    let found = connector.resources.iter().any(|resource| resource.name == name);
    if found { Ok(()) } else { Err(Error::UnknownResource(name.to_owned())) }
}
