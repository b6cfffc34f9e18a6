//! `jwt`: a token that is made of claims and signed with a key of the user's.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::keys::AUTH_JWT;
use crate::model::{Algorithm, Carried, Jwt, Template};
use crate::shape::{Entries, Entry};
use crate::yaml::Kind;

use super::super::target::Wire;
use super::super::{Names, body, request};
use super::{carried, part, secret};

const ALGORITHMS: &[(&str, Algorithm)] = &[
    ("HS256", Algorithm::Hs256),
    ("HS384", Algorithm::Hs384),
    ("HS512", Algorithm::Hs512),
    ("RS256", Algorithm::Rs256),
    ("RS384", Algorithm::Rs384),
    ("RS512", Algorithm::Rs512),
    ("ES256", Algorithm::Es256),
    ("ES384", Algorithm::Es384),
];

/// The header fields and claims that are made here, and of what.
const MADE: &[(&str, &str)] = &[
    ("alg", "it is made from `algorithm`"),
    ("typ", "it is `JWT`"),
    ("iat", "it is the moment the token is made"),
    ("exp", "it is made from `lasts`"),
];

/// How long a token counts that does not say.
const LASTS: i64 = 600_000;
/// The shortest that is of use, and the longest that any API takes.
const SPAN: (i64, i64) = (10_000, 86_400_000);

/// Reads `jwt`, and how its token is carried; an assertion is carried by its grant.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names, carries: bool) -> Option<(Jwt, Carried)> {
    let entries = Entries::read(ledger, &AUTH_JWT, entry.what(), &entry.key, entry.value)?;
    let algorithm = entries.get("algorithm").and_then(|entry| entry.choice(ledger, ALGORITHMS));
    let key = entries.get("key");
    let key = key.and_then(|key| part(ledger, &key, names).and_then(|typed| secret(ledger, &key, typed)));
    let mut wire = Wire::default();
    let header = entries.get("header").map(|entry| {
        refuse_made(ledger, &entry, &["alg", "typ"]);
        request::texts(ledger, &entry, names.secret_scope(), &mut wire)
    });
    let claims = match entries.get("claims") {
        Some(entry) => {
            refuse_made(ledger, &entry, &["iat", "exp"]);
            body::object(ledger, &entry, names.secret_scope(), &mut Wire::default())
        }
        None => Some(Template::Object(Vec::new())),
    };
    let lasts = entries.get("lasts").map_or(Some(LASTS), |entry| {
        let millis = entry.duration(ledger)?;
        if (SPAN.0..=SPAN.1).contains(&millis) {
            return Some(millis / 1000 * 1000);
        }
        let title = format!("{} must be from 10s to 24h", entry.what());
        ledger.push(Diagnostic::error(Code::OUT_OF_BOUNDS, title, &entry.value.range, "out of bounds"));
        None
    });
    let carried = match entries.key("as") {
        Some(range) if !carries => {
            let title = format!("`as` cannot stand in {}", entries.what);
            ledger.push(
                Diagnostic::error(Code::CONFLICTING_KEYS, title, &range, "the token endpoint takes it from the form")
                    .help("how requests carry the token that is given for it is `as` of `oauth2`"),
            );
            None
        }
        _ => carried::read(ledger, &entries, names),
    };
    let (header, lasts_millis) = (header.unwrap_or_default(), lasts?);
    Some((Jwt { algorithm: algorithm?, key: key?, header, claims: claims?, lasts_millis }, carried?))
}

/// What is made here is not the spec's to say.
fn refuse_made(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &[&str]) {
    let Kind::Mapping(pairs) = &entry.value.kind else { return };
    for (key, _) in pairs {
        let Some(name) = key.scalar().map(|scalar| scalar.text.as_str()).filter(|name| names.contains(name)) else {
            continue;
        };
        let why = MADE.iter().find(|(made, _)| *made == name).map_or("", |(_, why)| why);
        let title = format!("`{name}` of {} is not a spec's to say", entry.what());
        ledger.push(Diagnostic::error(Code::RESERVED_NAME, title, &key.range, why).help("take it out"));
    }
}
