//! A resource's records as templates: literal bytes with holes between them, one layout for each variant and each
//! pattern of what is null, absent or there. Made once at the start from the example and from what each place is for;
//! then a record costs the copying of its bytes. It must not know how records are listed.

use tapwright_spec::model::{Connector, Json, Segment, Type};

use crate::dice::roll;
use crate::format::Format;
use crate::hole::{Hole, Source, Span, Spread, Subject, Texts};
use crate::json::to_value;
use crate::leaf::{Leaf, Leaves, Need, Role, Shift};
use crate::odd;
use crate::paths::{last_key, name_of};
use crate::text::{self, Piece, quote};
use crate::time::Writer;

/// How many patterns of presence there are: everything, nothing optional, every optional place null, mixtures,
/// everything including what the example has as null, and that with odd values.
const PATTERNS: u64 = 9;

/// The pattern of records with odd values.
const ODD: u64 = 8;

/// Which pattern a record follows, by the lowest bits of its dice: mostly all is there.
const PATTERN_OF: [u8; 32] =
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 7];

/// Literal bytes, then a hole.
#[derive(Clone, Copy, Debug)]
struct Step {
    literal: Span,
    hole: Hole,
}

/// A resource's records.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    texts: Texts,
    /// For each variant, the layouts of all patterns.
    layouts: Vec<Vec<Step>>,
    variants: Spread,
    /// Whether some records have odd values.
    odd: bool,
}

/// What a template is made from.
#[derive(Clone, Copy)]
pub(crate) struct Plan<'a> {
    pub(crate) connector: &'a Connector,
    pub(crate) leaves: &'a Leaves,
    pub(crate) example: &'a Json,
    pub(crate) own_id: &'a str,
    /// Of each list: whether it has records, and whether their ids are numbers.
    pub(crate) lists: &'a [(bool, bool)],
    /// Whether its records are events, whose moments are sometimes written in the other style.
    pub(crate) events: bool,
    /// Whether some of its records have odd values.
    pub(crate) odd: bool,
    pub(crate) seed: u64,
}

impl Template {
    /// Compiles it.
    pub(crate) fn new(plan: Plan<'_>) -> Template {
        let mut texts = Texts::default();
        let variants: Vec<Option<&str>> = match &plan.leaves.variant {
            Some(variant) => variant.values.iter().map(|value| Some(value.as_str())).collect(),
            None => vec![None],
        };
        let mut layouts = Vec::new();
        for variant in &variants {
            for pattern in 0..PATTERNS {
                let mut maker = Maker {
                    plan,
                    texts: &mut texts,
                    variant: *variant,
                    pattern,
                    literal: Vec::new(),
                    steps: Vec::new(),
                };
                maker.value(plan.example, &mut Vec::new(), 0);
                maker.hole(Hole::End);
                layouts.push(maker.steps);
            }
        }
        let variants = Spread::over(variants.len(), plan.seed ^ 0x7661);
        Template { texts, layouts, variants, odd: plan.odd }
    }

    /// Which of the variant's values the record of a number has.
    #[inline]
    pub(crate) fn variant(&self, number: u64) -> usize {
        self.variants.at(number) as usize
    }

    /// Writes a record.
    #[inline]
    pub(crate) fn write(
        &self,
        out: &mut Vec<u8>,
        subject: &Subject,
        ids: (&crate::id::Ids, &[crate::id::Ids]),
        clock: &mut Writer,
    ) {
        // What is put in is like most, unless it is said otherwise.
        let pattern = match self.odd && subject.born.is_none() && odd::is_odd(subject.number) {
            true => ODD as usize,
            false => usize::from(PATTERN_OF.get((subject.dice & 31) as usize).copied().unwrap_or(0)),
        };
        let layout = self.variant(subject.number) * PATTERNS as usize + pattern;
        let source = Source { own: ids.0, lists: ids.1, texts: &self.texts };
        for step in self.layouts.get(layout).into_iter().flatten() {
            out.extend_from_slice(self.texts.get(step.literal));
            step.hole.write(out, subject, &source, clock);
        }
    }
}

/// What a record has at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Value,
    Null,
    Absent,
}

/// Walks the example and writes down steps.
struct Maker<'a> {
    plan: Plan<'a>,
    texts: &'a mut Texts,
    variant: Option<&'a str>,
    pattern: u64,
    literal: Vec<u8>,
    steps: Vec<Step>,
}

impl Maker<'_> {
    fn push(&mut self, bytes: &[u8]) {
        self.literal.extend_from_slice(bytes);
    }

    fn hole(&mut self, hole: Hole) {
        let literal = self.texts.keep(&self.literal);
        self.literal.clear();
        self.steps.push(Step { literal, hole });
    }

    fn text(&mut self, key: &str, example: &str, salt: u64) {
        self.push(b"\"");
        for piece in text::pieces(key, example, self.texts, salt) {
            match piece {
                Piece::Literal(bytes) => self.push(&bytes),
                Piece::Hole(hole) => self.hole(hole),
            }
        }
        self.push(b"\"");
    }

    fn value(&mut self, json: &Json, path: &mut Vec<Segment>, item: u64) {
        // What is read as a whole may be read in parts, too.
        let in_parts = |leaf: &Leaf| {
            matches!(leaf.role, Role::Plain(Type::Json) | Role::Loose)
                && matches!(json, Json::Array(_) | Json::Object(_))
                && self.plan.leaves.below(path).next().is_some()
        };
        if let Some(leaf) = self.plan.leaves.at(path).filter(|leaf| !in_parts(leaf)) {
            return self.leaf(leaf, json, item);
        }
        match json {
            Json::Object(fields) => {
                self.push(b"{");
                let mut first = true;
                for (key, child) in fields {
                    path.push(Segment::Key(key.clone()));
                    let presence = self.presence(path, child);
                    if presence != Presence::Absent {
                        self.push(if first { b"" } else { b"," });
                        first = false;
                        self.push(&quote(key));
                        self.push(b":");
                        if presence == Presence::Null { self.push(b"null") } else { self.value(child, path, item) }
                    }
                    path.pop();
                }
                self.push(b"}");
            }
            Json::Array(items) => {
                let varied = self.plan.leaves.below(path).next().is_some();
                let wanted = if varied { self.items(path, items.len()) } else { items.len() };
                path.push(Segment::Each);
                self.push(b"[");
                for (place, child) in items.iter().cycle().take(wanted).enumerate() {
                    self.push(if place == 0 { b"" } else { b"," });
                    self.value(child, path, item * 16 + place as u64 + 1);
                }
                self.push(b"]");
                path.pop();
            }
            Json::Text(text) if text == self.plan.own_id && !text.is_empty() => self.key(false),
            other => self.push(&constant(other)),
        }
    }

    /// How many items an array has whose items are read.
    fn items(&self, path: &[Segment], shown: usize) -> usize {
        let chance = roll(name_of(path), self.pattern) as usize;
        let needed = self.plan.leaves.below(path).any(|leaf| leaf.need != Need::Optional);
        match self.pattern {
            0 | ODD => shown.max(1),
            2 if !needed => 0,
            4 => 2,
            _ if needed => 1 + chance % 3,
            _ => chance % 4,
        }
    }

    /// What stands at a place in records of this pattern.
    fn presence(&self, path: &[Segment], example: &Json) -> Presence {
        let drawn = || match (self.pattern, roll(name_of(path), self.pattern) % 10) {
            (0 | 7 | ODD, _) => Presence::Value,
            (1, _) | (3.., 0) => Presence::Absent,
            (2, _) | (3.., 1) => Presence::Null,
            _ => Presence::Value,
        };
        if let Some(leaf) = self.plan.leaves.at(path) {
            if let Role::Derived(fallback) = &leaf.role
                && self.plan.leaves.derive(fallback, self.variant).is_none()
            {
                return Presence::Absent;
            }
            if let Role::Reference(list) = leaf.role
                && !self.plan.lists.get(list).is_some_and(|list| list.0)
            {
                return if leaf.need == Need::Optional { Presence::Null } else { Presence::Value };
            }
            return match leaf.need {
                Need::Always => Presence::Value,
                Need::OneOf { place, of } if self.pattern as usize % of == place => Presence::Value,
                // What the example has as null is null mostly.
                Need::Optional if *example == Json::Null && !matches!(self.pattern, 7 | ODD) => {
                    if drawn() == Presence::Absent { Presence::Absent } else { Presence::Null }
                }
                Need::OneOf { .. } | Need::Optional => drawn(),
            };
        }
        // A part may be missing as a whole when nothing in it is needed and most of the record is elsewhere.
        let (mut parts, mut needed) = (0, false);
        for leaf in self.plan.leaves.below(path) {
            parts += 1;
            needed |= leaf.need != Need::Optional;
        }
        let optional = parts > 0 && !needed && parts * 2 < self.plan.leaves.all.len();
        if optional && last_key(path).is_some_and(|key| !self.fits_variant(key)) {
            return Presence::Absent;
        }
        match (optional, example) {
            (true, Json::Object(_)) if self.pattern != 2 => drawn(),
            (true, Json::Array(_)) if self.pattern == 1 => Presence::Absent,
            _ => Presence::Value,
        }
    }

    /// Whether an optional part belongs into records of this variant. A part whose key is a word of some variants
    /// (`sso` of `authentication.sso_failed`) belongs into those; one about errors not into those that succeeded.
    fn fits_variant(&self, key: &str) -> bool {
        let (Some(variant), Some(variants)) = (self.variant, &self.plan.leaves.variant) else { return true };
        let has =
            |value: &str, word: &str| value.split(|c: char| !c.is_ascii_alphanumeric()).any(|known| known == word);
        let succeeded = ["succeeded", "success", "successful"].iter().any(|word| has(variant, word));
        let named = variants.values.iter().any(|value| has(value, key));
        !(named && !has(variant, key) || succeeded && key.starts_with("error"))
    }

    fn key(&mut self, number: bool) {
        let quote: &[u8] = if number { b"" } else { b"\"" };
        self.push(quote);
        self.hole(Hole::Key);
        self.push(quote);
    }

    fn leaf(&mut self, leaf: &Leaf, json: &Json, item: u64) {
        let salt = leaf.salt.wrapping_add(item.wrapping_mul(0x9e37)) ^ self.plan.seed;
        let key = last_key(&leaf.path).unwrap_or_default();
        match &leaf.role {
            Role::Key => self.key(matches!(json, Json::Integer(_))),
            Role::Name if !matches!(json, Json::Integer(_) | Json::Number(_)) => {
                let example = if let Json::Text(text) = json { text.as_str() } else { "" };
                self.text(key, example, salt);
                // Behind what it would be otherwise, before the quote.
                self.literal.pop();
                self.push(b"-");
                self.hole(Hole::Number);
                self.push(b"\"");
            }
            Role::Ordinal | Role::Name => {
                let quote: &[u8] = if matches!(json, Json::Integer(_) | Json::Number(_)) { b"" } else { b"\"" };
                self.push(quote);
                self.hole(Hole::Number);
                self.push(quote);
            }
            Role::Moment(format, shift) => self.moment(*format, *shift, salt),
            Role::Enum(values) => self.one_of(leaf, values, salt),
            Role::Cycle(values, every) => {
                let run = self.texts.keep_run(values);
                self.hole(Hole::Cycle { run, every: *every });
            }
            Role::Derived(fallback) => {
                let derived = self.plan.leaves.derive(fallback, self.variant);
                self.push(&derived.map_or_else(|| b"null".to_vec(), |text| quote(&text)));
            }
            Role::Reference(list) => match self.plan.lists.get(*list) {
                Some((true, number)) => {
                    let quote: &[u8] = if *number { b"" } else { b"\"" };
                    self.push(quote);
                    self.hole(Hole::Reference { list: *list as u32, salt });
                    self.push(quote);
                }
                _ => self.push(b"\"none\""),
            },
            Role::Either(values) => {
                let run = self.texts.keep_run(values.iter().map(|value| value.to_string().into_bytes()));
                self.hole(Hole::Turn { run, spread: Spread::over(values.len(), salt) });
            }
            Role::Plain(ty) if self.pattern == ODD && leaf.bare && self.odd(ty, key, json, leaf.salt) => {}
            Role::Plain(ty) => self.plain(ty, key, json, salt),
            Role::Loose => {
                let example = if let Json::Text(text) = json { text.as_str() } else { "" };
                let enums = || self.plan.connector.enums.iter();
                match enums().find(|known| known.values.iter().any(|value| value == example)) {
                    Some(known) => self.one_of(leaf, &known.values, salt),
                    None => self.like(key, json, salt),
                }
            }
        }
    }

    fn one_of(&mut self, leaf: &Leaf, values: &[String], salt: u64) {
        let is_variant = self.plan.leaves.variant.as_ref().is_some_and(|variant| variant.path == leaf.path);
        match self.variant {
            Some(value) if is_variant => self.push(&quote(value)),
            _ => {
                let run = self.texts.keep_run(values.iter().map(|value| quote(value)));
                self.hole(Hole::Turn { run, spread: Spread::over(values.len(), salt) });
            }
        }
    }

    fn moment(&mut self, format: Format, shift: Shift, salt: u64) {
        let quote: &[u8] = if format.is_text() { b"\"" } else { b"" };
        self.push(quote);
        self.hole(Hole::Moment { format, shift, varied: self.plan.events, salt });
        self.push(quote);
    }

    /// One of the odd values of a type; whether it has any.
    fn odd(&mut self, ty: &Type, key: &str, json: &Json, salt: u64) -> bool {
        let Some(values) = odd::values(ty, key, json) else { return false };
        let run = self.texts.keep_run(values);
        self.hole(Hole::Odd { run, salt: salt ^ self.plan.seed });
        true
    }

    fn plain(&mut self, ty: &Type, key: &str, json: &Json, salt: u64) {
        match (ty, json) {
            (Type::Integer, Json::Integer(_)) | (Type::Number, Json::Integer(_) | Json::Number(_)) => {
                self.like(key, json, salt);
            }
            (Type::Integer, _) => self.hole(Hole::Below { bound: 1_000, salt }),
            (Type::Number, _) => self.hole(Hole::Cents { bound: 1_000, salt }),
            (Type::Boolean, _) => self.hole(Hole::Truth { salt }),
            (Type::Timestamp(format), _) => self.moment(Format::of(format), Shift::Earlier, salt),
            (Type::Decimal, Json::Integer(_) | Json::Number(_)) => self.hole(Hole::Cents { bound: 10_000, salt }),
            (Type::Decimal, _) => {
                self.push(b"\"");
                self.hole(Hole::Cents { bound: 10_000, salt });
                self.push(b"\"");
            }
            (Type::Date, _) => {
                self.push(b"\"");
                self.hole(Hole::Date { shift: Shift::Earlier, salt });
                self.push(b"\"");
            }
            (Type::String | Type::Enum(_), Json::Null) => self.text(key, "", salt),
            (_, other) => self.like(key, other, salt),
        }
    }

    /// A value of the kind the example is.
    fn like(&mut self, key: &str, json: &Json, salt: u64) {
        match json {
            Json::Text(text) => self.text(key, text, salt),
            Json::Integer(example) => {
                let bound = u32::try_from(example.unsigned_abs().saturating_mul(2)).unwrap_or(u32::MAX).max(10);
                self.hole(Hole::Below { bound, salt });
            }
            Json::Number(_) => self.hole(Hole::Cents { bound: 1_000, salt }),
            Json::Bool(_) => self.hole(Hole::Truth { salt }),
            other => self.push(&constant(other)),
        }
    }
}

/// The JSON text of a value of a spec.
fn constant(json: &Json) -> Vec<u8> {
    to_value(json).to_string().into_bytes()
}
