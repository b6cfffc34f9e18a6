//! From a request to its answer: limit, credential, path, method, faults, parameters, page. It must not know about
//! connections.

use std::cell::RefCell;
use std::sync::atomic::Ordering;
use std::time::Instant;

use hyper::header::{ALLOW, HOST};
use hyper::{HeaderMap, Method};
use serde_json::{Value, json};

use crate::address::Asked;
use crate::answer::{Answer, Delivery};
use crate::bend::{Bend, detour};
use crate::fault::Fault;
use crate::hear::{Call, Heard};
use crate::json::put;
use crate::layout::Written;
use crate::list::{Cursor, Item, List, Page};
use crate::onward::Onward;
use crate::paths::{alternatives, as_path};
use crate::query::Request;
use crate::time::{self, Writer};
use crate::world::{Served, World};
use tapwright_spec::model::Segment;

impl World {
    /// The answer to a request of the API.
    pub(crate) fn answer(&self, method: &Method, path: &str, query: &str, headers: &HeaderMap, body: &[u8]) -> Answer {
        if let Some(Err(wait)) = self.limit.as_ref().map(|limit| limit.take(Instant::now())) {
            let mut answer = Answer::too_many();
            self.wait.tell(&mut answer, wait, time::now());
            return answer;
        }
        if let Some(answer) = self.access.answer(method, path, (query, headers, body)) {
            return answer;
        }
        let query = self.access.strip(query);
        let body = &*self.access.strip_body(headers, body);
        let lists = self.at(path);
        if lists.is_empty() {
            return Answer::error(404, &format!("not found: {path}"));
        }
        let Some(heard) = self.hear(&lists, method, &Call { path, query: &query, headers, body }) else {
            return self.not_allowed(method, &lists);
        };
        let Heard { place, list, whose, request } = heard;
        let listed = request.as_ref().map(|request| request.listed.as_slice()).unwrap_or_default();
        let name = format!("{path}?{query}{}", String::from_utf8_lossy(body));
        let faults = self.faults.fire(place, &name, |value| listed.iter().any(|one| one == value));
        if let Some(answer) = faults.iter().find_map(|fault| fault.answer().or_else(|| self.refusal(list, fault))) {
            return answer;
        }
        if let Some(Fault::RejectValue(value)) = faults.iter().find(|fault| matches!(fault, Fault::RejectValue(_))) {
            return list.rules.reject(value);
        }
        let answer = match request {
            Ok(request) => {
                let host = headers.get(HOST).and_then(|host| host.to_str().ok());
                let asked = Asked { host, path, query: &query };
                let bend = Bend { faults: &faults, book: &self.faults, place, whose, way: list.rules.way() };
                let answer = list.read(whose, |state| self.page(list, state, request, &asked, &bend));
                list.heard.fetch_add(1, Ordering::Relaxed);
                self.stir(place, whose);
                list.guests.iter().for_each(|guest| self.stir(*guest, None));
                answer
            }
            Err(answer) => answer,
        };
        faults.iter().fold(answer, |answer, fault| match fault {
            Fault::CutBody => answer.delivered(Delivery::Cut),
            Fault::SlowBody(rate) => answer.delivered(Delivery::Slow(*rate)),
            Fault::TruncatedJson => {
                let half = answer.body.len() / 2;
                Answer { body: answer.body.get(..half).unwrap_or_default().to_vec(), ..answer }
            }
            _ => answer,
        })
    }

    fn not_allowed(&self, method: &Method, lists: &[usize]) -> Answer {
        let mut answer = Answer::error(405, &format!("{method} is not allowed here"));
        let takes =
            |method: &Method| lists.iter().any(|place| self.lists.get(*place).is_some_and(|it| it.takes(method)));
        let allowed: Vec<&str> = [Method::GET, Method::POST]
            .iter()
            .filter(|one| takes(one))
            .map(|one| if one == Method::GET { "GET" } else { "POST" })
            .collect();
        answer.headers.push((ALLOW, allowed.join(", ")));
        answer
    }

    fn page(
        &self,
        served: &Served,
        list: List<'_>,
        mut request: Request,
        asked: &Asked<'_>,
        bend: &Bend<'_>,
    ) -> Answer {
        bend.request(&mut request);
        if let Err(answer) = served.find(&list, &mut request, bend.has(&Fault::RestartOnUnknown)) {
            return answer;
        }
        let (way, envelope) = (bend.way, &served.envelope);
        let page = list.page(&request.ask);
        let mut page = bend.clamp(&list, &mut request, page);
        let mut onward = Onward::of(&list, &page, &request, way, envelope.counts);
        bend.page(&list, &request, &mut page, &mut onward);
        if request.swapped {
            std::mem::swap(&mut onward.before, &mut onward.after);
        }
        if way.gives_tokens() {
            onward.more = onward.after.is_some();
        }
        onward.settle();
        if envelope.leads {
            onward.address(asked, &request, way);
        }
        if envelope.embeds {
            onward.path = asked.path.to_owned();
        }
        let wrong_type = bend.faults.iter().find_map(|fault| match fault {
            Fault::WrongType(field) => Some(field.as_str()),
            _ => None,
        });
        let mut body = Vec::with_capacity(256 + page.items.len() * (served.data.size() + 1));
        let clock = RefCell::new(Writer::new());
        let record = |out: &mut Vec<u8>, nth: usize| self.record_of(out, served, &page, nth, wrong_type, &clock);
        let item = |nth: usize| page.items.get(nth);
        let records = Written {
            count: page.items.len(),
            record: &record,
            key: &|nth| item(nth).map(|item| list.id(item)).unwrap_or_default(),
            number: &|nth| item(nth).map_or(0, Item::number),
        };
        envelope.write(&mut body, &onward, |out, place| served.layout.write(out, place, &records));
        let mut answer = Answer::json(200, body);
        answer.headers.extend(envelope.headers(&onward));
        if bend.has(&Fault::NoNext) {
            if let Some(body) = envelope.without_next(&answer.body) {
                answer.body = body;
            }
            answer.headers.retain(|(name, _)| !envelope.leading().any(|known| known == name));
        }
        // A fault is meant to be what it is.
        let missed = || served.sense.missed(&answer, &self.settings);
        if onward.more
            && bend.faults.is_empty()
            && let Some(missed) = missed()
        {
            return missed;
        }
        answer
    }

    /// Writes a record of a page; the middle one perhaps with a field of the wrong type.
    fn record_of(
        &self,
        out: &mut Vec<u8>,
        served: &Served,
        page: &Page,
        nth: usize,
        wrong_type: Option<&str>,
        clock: &RefCell<Writer>,
    ) {
        let start = out.len();
        match page.items.get(nth) {
            Some(Item::Computed(number)) => served.data.write(out, *number, &self.ids, &mut clock.borrow_mut()),
            Some(Item::Kept(kept)) => out.extend_from_slice(&kept.json),
            None => {}
        }
        if let Some(item) = page.items.get(nth).filter(|_| !served.guests.is_empty()) {
            self.seat(served, item.number(), out, start);
        }
        if let Some(field) = wrong_type.filter(|_| nth == page.items.len() / 2) {
            spoil(out, start, served, field);
        }
    }
}

impl Served {
    /// Finds the position that a request names. An unknown name is refused, or else stands for the start.
    fn find(&self, list: &List<'_>, request: &mut Request, restarts: bool) -> Result<(), Answer> {
        let way = self.rules.way();
        let descending = request.ask.descending;
        let known = |found: Option<Cursor>, parameter: &str, name: &str| match found {
            None if !restarts => {
                Err(self.rules.in_style(Answer::wrong(&format!("'{parameter}' names no record: '{name}'"))))
            }
            found => Ok(found),
        };
        let token = |token: &Option<String>| match token {
            Some(token) => {
                let found = way.naming().find(list, token, descending);
                let found = found.or_else(|| detour(list, token).filter(|_| way.gives_tokens()));
                known(found, &way.name(), token)
            }
            None => Ok(None),
        };
        let (after, before) = (token(&request.after)?, token(&request.before)?);
        (request.ask.after, request.ask.before) = (after, before);
        if let (Some((parameter, name)), None, None) = (&request.since, &request.after, &request.before) {
            let found = self.rules.resume_naming().find(list, name, descending);
            request.ask.after = known(found, parameter, name)?;
        }
        request.ask.skip = way.records_before(request.nth, request.ask.size);
        Ok(())
    }
}

/// Gives a field of the record that was written from `start` on a value of the wrong type.
fn spoil(out: &mut Vec<u8>, start: usize, served: &Served, field: &str) {
    let record = out.get(start..).and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
    let field = served.resource.row.fields.iter().find(|known| known.name == field);
    let (Some(mut record), Some(field)) = (record, field) else { return };
    for path in alternatives(&field.from).into_iter().filter_map(as_path) {
        let keys: Vec<&str> = path
            .iter()
            .filter_map(|segment| if let Segment::Key(key) = segment { Some(key.as_str()) } else { None })
            .collect();
        put(&mut record, &keys, json!({ "unexpected": [1, 2, 3] }));
    }
    out.truncate(start);
    out.extend_from_slice(record.to_string().as_bytes());
}
