//! What the records of a list are: what all of them have, what identifies one, and when it changed or happened.

use tapwright_openapi::{Kind, Property, Shape, Tree};

use super::names::bare;
use crate::path::path;

const UPDATED: [&str; 14] = [
    "updatedat",
    "modifiedat",
    "lastmodified",
    "lastmodifiedat",
    "lastupdated",
    "lastupdatedat",
    "updated",
    "modified",
    "updatedon",
    "modifiedon",
    "dateupdated",
    "datemodified",
    "lastmodifieddate",
    "updatedtime",
];
const HAPPENED: [&str; 14] = [
    "timestamp",
    "occurredat",
    "createdat",
    "happenedat",
    "eventtime",
    "time",
    "created",
    "published",
    "loggedat",
    "ts",
    "date",
    "createdon",
    "datecreated",
    "eventdate",
];
const CREATED: [&str; 6] = ["createdat", "created", "createdon", "datecreated", "createddate", "creationtime"];
const EVENTS: [&str; 7] = ["event", "log", "activity", "audit", "trail", "history", "entry"];

/// The record of a list.
#[derive(Clone, Debug)]
pub(super) struct Record {
    /// What a record has. Of records of several kinds, what most of them have.
    pub(super) shape: Shape,
    /// Paths of which only a part is in the shape: what stands there depends on the kind of record.
    pub(super) partly: Vec<Vec<String>>,
    /// The key that tells kinds of records apart.
    pub(super) told_by: Option<String>,
}

/// What identifies a record.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The property.
    pub(super) name: String,
    /// Whether it is text.
    pub(super) is_text: bool,
    /// What is not sure about it.
    pub(super) question: Option<String>,
}

/// A moment of a record.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) name: String,
    /// How it is written, when not in RFC 3339.
    pub(super) format: Option<&'static str>,
    /// Whether it is always there.
    pub(super) sure: bool,
}

impl Record {
    pub(super) fn of(item: &Shape) -> Record {
        let mut record = Record { shape: item.clone(), partly: Vec::new(), told_by: None };
        if let Some(variants) = &item.variants {
            let kinds: Vec<&Shape> = variants.of.iter().map(|(_, shape)| shape).collect();
            record.shape.properties.clear();
            for property in &item.properties {
                let mut property = property.clone();
                let path = vec![property.name.clone()];
                let own: Vec<&Shape> =
                    kinds.iter().filter_map(|kind| kind.property(&property.name).map(|own| &own.shape)).collect();
                record.keep_common(&mut property.shape, &own, &path);
                record.shape.properties.push(property);
            }
            record.told_by = Some(variants.by.clone());
            record.shape.variants = None;
        }
        record
    }

    /// Keeps of an object what most kinds of records have in it.
    fn keep_common(&mut self, shape: &mut Shape, kinds: &[&Shape], path: &[String]) {
        let before = shape.properties.len();
        let count = |name: &str| kinds.iter().filter(|kind| kind.property(name).is_some()).count();
        shape.properties.retain(|property| count(&property.name) * 2 > kinds.len());
        shape.variants = None;
        // What is said of one kind is not said of all.
        if kinds.iter().any(|kind| kind.description != shape.description) {
            shape.description = None;
        }
        if shape.properties.len() < before {
            self.partly.push(path.to_vec());
        }
        for property in &mut shape.properties {
            let own: Vec<&Shape> =
                kinds.iter().filter_map(|kind| kind.property(&property.name).map(|own| &own.shape)).collect();
            let path: Vec<String> = path.iter().cloned().chain([property.name.clone()]).collect();
            self.keep_common(&mut property.shape, &own, &path);
        }
    }

    fn named(&self, names: &[&str]) -> Option<&Property> {
        let of = |name: &&str| self.shape.properties.iter().find(|property| bare(&property.name) == **name);
        names.iter().find_map(of)
    }

    /// What identifies a record of a resource whose rows are called so.
    pub(super) fn key(&self, singular: &str) -> Option<Key> {
        let own =
            [format!("{singular}id"), format!("{singular}uuid"), format!("{singular}key")].map(|name| bare(&name));
        let sure: Vec<&str> = ["id", "uid", "uuid", "guid", "gid", "sid"]
            .into_iter()
            .chain(own.iter().map(String::as_str))
            .chain(["key"])
            .collect();
        let unsure = ["slug", "code", "number", "login", "username", "email", "name", "token"];
        let fits = |property: &&Property| {
            let kinds: Vec<Kind> = property.shape.kinds.iter().copied().collect();
            matches!(kinds.as_slice(), [Kind::String | Kind::Integer]) && !property.shape.nullable
        };
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                self.shape.properties.iter().filter(|property| bare(&property.name) == *name).find(fits)
            })
        };
        let says_required = self.shape.properties.iter().any(|property| property.required);
        let (property, question) = match find(&sure) {
            Some(property) if property.required || !says_required => (property, None),
            Some(property) => {
                let question =
                    format!("whether every record has `{}`: the document does not require it", property.name);
                (property, Some(question))
            }
            None => {
                let property = find(&unsure)?;
                (property, Some(format!("whether `{}` identifies a record: there is no id", property.name)))
            }
        };
        let is_text = property.shape.kinds.contains(&Kind::String);
        Some(Key { name: property.name.clone(), is_text, question })
    }

    fn moment_of(&self, names: &[&str]) -> Option<Moment> {
        let fits = |name: &&str| {
            let property = self.named(&[name])?;
            let format = moment(property)?;
            let sure = property.required && !property.shape.nullable;
            Some(Moment { name: property.name.clone(), format, sure })
        };
        names.iter().find_map(fits)
    }

    /// When a record last changed.
    pub(super) fn updated(&self) -> Option<Moment> {
        self.moment_of(&UPDATED)
    }

    /// When a record was made.
    pub(super) fn created(&self) -> Option<Moment> {
        self.moment_of(&CREATED)
    }

    /// When what a record tells of happened, if it is of a list of such.
    pub(super) fn happened(&self, singular: &str) -> Option<Moment> {
        let last = singular.rsplit('_').next().unwrap_or_default();
        let tells = EVENTS.contains(&last) && (last != "entry" || singular.contains("log"));
        let moment = || self.moment_of(&HAPPENED).filter(|moment| !self.is_nullable(&moment.name));
        if tells && self.updated().is_none() { moment() } else { None }
    }

    fn is_nullable(&self, name: &str) -> bool {
        self.shape.property(name).is_none_or(|property| property.shape.nullable)
    }
}

impl Moment {
    /// Its path.
    pub(super) fn path(&self, given: Option<&str>) -> String {
        path(std::slice::from_ref(&self.name), given)
    }
}

/// How a moment is written, if a property certainly is one: none within for RFC 3339.
#[expect(clippy::option_option, reason = "whether it is one, and how it is written")]
pub(super) fn moment(property: &Property) -> Option<Option<&'static str>> {
    let shape = &property.shape;
    let kinds: Vec<Kind> = shape.kinds.iter().copied().collect();
    let example = shape.example.as_ref();
    match (kinds.as_slice(), shape.format.as_deref()) {
        ([Kind::String], Some("date-time")) => Some(None),
        ([Kind::String], None) if example.and_then(Tree::text).is_some_and(is_rfc3339) => Some(None),
        ([Kind::Integer | Kind::Number], format) => {
            let words = shape.description.as_deref().unwrap_or_default().to_ascii_lowercase();
            let says_unix = ["unix", "epoch"].iter().any(|word| words.contains(word));
            match format {
                Some("unix-time" | "unixtime" | "timestamp") => Some(Some("unix_seconds")),
                Some("unix-time-millis" | "timestamp-millis") => Some(Some("unix_millis")),
                _ if says_unix && words.contains("milli") => Some(Some("unix_millis")),
                _ if says_unix && words.contains("micro") => Some(Some("unix_micros")),
                _ if says_unix && words.contains("second") => Some(Some("unix_seconds")),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a text is a moment in RFC 3339.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let pattern = b"dddd-dd-ddTdd:dd:dd";
    let bytes = text.as_bytes();
    let begins = pattern.iter().enumerate().all(|(at, wanted)| {
        bytes.get(at).is_some_and(|byte| if *wanted == b'd' { byte.is_ascii_digit() } else { byte == wanted })
    });
    let rest = text.get(pattern.len()..).unwrap_or_default();
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let number = |from: usize| text.get(from..from + 2).and_then(|digits| digits.parse::<u32>().ok()).unwrap_or(99);
    let offset = rest.len() == 6
        && rest.starts_with(['+', '-'])
        && rest.bytes().enumerate().all(|(at, byte)| at == 0 || byte.is_ascii_digit() || (at == 3 && byte == b':'));
    let in_bounds = (1..=12).contains(&number(5)) && (1..=28).contains(&number(8)) && number(11) < 24;
    begins && in_bounds && number(14) < 60 && number(17) < 60 && (rest == "Z" || offset)
}

/// Whether a text is a day.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && is_rfc3339(&format!("{text}T00:00:00Z"))
}
