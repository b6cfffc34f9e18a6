//! From a request to its answer: limit, credential, path, method, faults, parameters, page. It must not know about
//! connections or bodies of requests.

use std::time::Instant;

use hyper::{HeaderMap, Method};
use serde_json::{Value, json};

use crate::answer::{Answer, Delivery};
use crate::envelope::Cursors;
use crate::fault::Fault;
use crate::leaf::{alternatives, as_path};
use crate::list::{Cursor, Item, List, Page};
use crate::query::Request;
use crate::time::Writer;
use crate::world::{Served, World};
use tapwright_spec::model::Segment;

/// Records on a page when the size that is asked for does not count.
const IGNORED_SIZE: usize = 10;

impl World {
    /// The answer to a request of the API.
    pub(crate) fn answer(&self, method: &Method, path: &str, query: &str, headers: &HeaderMap) -> Answer {
        if let Some(Err(wait)) = self.limit.as_ref().map(|limit| limit.take(Instant::now())) {
            return Answer::too_many(wait);
        }
        if !self.credential.admits(headers) {
            return Answer::unauthorized();
        }
        let Some((place, list)) = self.at(path).and_then(|place| Some((place, self.lists.get(place)?))) else {
            return Answer::error(404, &format!("not found: {path}"));
        };
        if method != Method::GET {
            let mut answer = Answer::error(405, &format!("{method} is not allowed here"));
            answer.headers.push((hyper::header::ALLOW, "GET".to_owned()));
            return answer;
        }
        let request = list.rules.read(query, headers);
        let listed = request.as_ref().map(|request| request.listed.as_slice()).unwrap_or_default();
        let faults = self.faults.fire(place, &format!("{path}?{query}"), |value| listed.iter().any(|one| one == value));
        if let Some(answer) = faults.iter().find_map(Fault::answer) {
            return answer;
        }
        if let Some(Fault::RejectValue(value)) = faults.iter().find(|fault| matches!(fault, Fault::RejectValue(_))) {
            return list.rules.reject(value);
        }
        let answer = match request {
            Ok(request) => list.read(|state| self.page(place, list, state, request, &faults)),
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

    fn page(&self, place: usize, served: &Served, list: List<'_>, mut request: Request, faults: &[Fault]) -> Answer {
        let restarts = faults.contains(&Fault::RestartOnUnknown);
        let find = |id: &Option<String>| match id {
            None => Ok(None),
            Some(id) => match list.find(id).or_else(|| detour(&list, id)) {
                Some(cursor) => Ok(Some(cursor)),
                None if restarts => Ok(None),
                None => Err(request.unknown(id)),
            },
        };
        let (after, before) = match (find(&request.after), find(&request.before)) {
            (Ok(after), Ok(before)) => (after, before),
            (Err(answer), _) | (_, Err(answer)) => return answer,
        };
        request.place(after, before);
        if faults.contains(&Fault::IgnoreSize) {
            request.ask.size = IGNORED_SIZE;
        }
        if faults.contains(&Fault::ShortPage) {
            request.ask.size = (request.ask.size / 2).max(1);
        }
        let mut page = list.page(&request.ask);
        let mut cursors = cursors(&list, &page);
        for fault in faults {
            self.bend(fault, place, &list, &request, &mut page, &mut cursors);
        }
        if request.swapped {
            std::mem::swap(&mut cursors.after, &mut cursors.before);
        }
        let wrong_type =
            faults.iter().find_map(|fault| if let Fault::WrongType(field) = fault { Some(field) } else { None });
        let mut body = Vec::with_capacity(256 + page.items.len() * (served.data.size() + 1));
        served.envelope.write(&mut body, &cursors, |out| {
            let mut clock = Writer::new();
            for (nth, item) in page.items.iter().enumerate() {
                if nth > 0 {
                    out.push(b',');
                }
                let start = out.len();
                match item {
                    Item::Computed(number) => served.data.write(out, *number, &self.ids, &mut clock),
                    Item::Kept(kept) => out.extend_from_slice(&kept.json),
                }
                if let Some(field) = wrong_type.filter(|_| nth == page.items.len() / 2) {
                    spoil(out, start, served, field);
                }
            }
        });
        Answer::json(200, body)
    }

    /// What a fault does to a page and its cursors.
    fn bend(
        &self,
        fault: &Fault,
        place: usize,
        list: &List<'_>,
        request: &Request,
        page: &mut Page,
        cursors: &mut Cursors,
    ) {
        match fault {
            Fault::StuckCursor => {
                if let Some(sent) = &request.after {
                    cursors.after = Some(sent.clone());
                }
            }
            Fault::CursorCycle(length) => cursors.after = self.faults.cycle(place, *length, cursors.after.take()),
            Fault::EmptyPage => {
                let (base, nth) = match request.after.as_deref().map(|sent| (sent, sent.rsplit_once('~'))) {
                    Some((_, Some((base, nth)))) => (base.to_owned(), nth.parse().unwrap_or(0_u32)),
                    Some((sent, None)) => (sent.to_owned(), 0),
                    None => (page.start.map(|number| list.id(&Item::Computed(number))).unwrap_or_default(), 0),
                };
                page.items.clear();
                *cursors = Cursors { before: None, after: Some(format!("{base}~{}", nth + 1)) };
            }
            Fault::EndlessLastPage if cursors.after.is_none() => {
                cursors.after = page.items.last().map(|item| list.id(item)).or_else(|| request.after.clone());
            }
            _ => {}
        }
    }
}

/// The position of a cursor that an empty page has given: `ID~N`, or `~N` for the start.
fn detour(list: &List<'_>, cursor: &str) -> Option<Cursor> {
    let (id, nth) = cursor.rsplit_once('~')?;
    nth.parse::<u32>().ok()?;
    if id.is_empty() { Some(Cursor::Start) } else { list.find(id) }
}

fn cursors(list: &List<'_>, page: &Page) -> Cursors {
    let first = page.items.first().filter(|_| page.preceded);
    let last = page.items.last().filter(|_| page.followed);
    Cursors { before: first.map(|item| list.id(item)), after: last.map(|item| list.id(item)) }
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

/// Puts a value at a path of keys, making objects on the way; items of arrays all get it.
pub(crate) fn put(record: &mut Value, keys: &[&str], value: Value) {
    let Some((key, rest)) = keys.split_first() else {
        *record = value;
        return;
    };
    if let Value::Array(items) = record {
        items.iter_mut().for_each(|item| put(item, keys, value.clone()));
        return;
    }
    if !record.is_object() {
        *record = json!({});
    }
    if let Value::Object(fields) = record {
        put(fields.entry(*key).or_insert(Value::Null), rest, value);
    }
}
