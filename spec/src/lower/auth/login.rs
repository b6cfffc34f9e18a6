//! `login`: a token that a request of the API's own gives.

use crate::Code;
use crate::diagnostic::{Diagnostic, Ledger};
use crate::expr::For;
use crate::keys::{AUTH_EXPIRES, AUTH_LOGIN};
use crate::model::{Auth, Carried, Login, LoginAt, Method, SettingKind};
use crate::shape::{Entries, Entry};

use super::super::target::{self, Wire};
use super::super::{Names, address, body, request, wait};
use super::{Within, carried, way};

/// Reads `login`, and how its token is carried.
pub(super) fn read(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<(Login, Carried)> {
    let entries = Entries::read(ledger, &AUTH_LOGIN, "`login` of `auth`", &entry.key, entry.value)?;
    let before = names.settings.uses();
    let (at, method) = match entries.get("post") {
        Some(post) => (Some(post), Method::Post),
        None => (entries.get("get"), Method::Get),
    };
    let to = at.and_then(|entry| place(ledger, &entry, names));
    let mut wire = Wire::default();
    let query = entries.get("query").map(|entry| request::texts(ledger, &entry, names.secret_scope(), &mut wire));
    let mut wire = Wire::default();
    let headers = entries.get("headers").map(|entry| request::headers(ledger, &entry, names, For::NOTHING, &mut wire));
    let body = body::read(ledger, &entries, names, names.secret_scope(), &mut Wire::default());
    let auth = match entries.get("auth") {
        Some(entry) => way(ledger, &entry, names, Within::Login, &mut None),
        None => Some(Auth::None),
    };
    let token = entries.get("token").and_then(|entry| wait::of_response(ledger, &entry, names));
    let lasts_millis = entries.get("lasts").and_then(|entry| {
        let millis = entry.duration(ledger)?;
        target::positive(ledger, &entry, millis).then_some(millis)
    });
    let expires = entries.get("expires").and_then(|entry| {
        let entries = Entries::read(ledger, &AUTH_EXPIRES, entry.what(), &entry.key, entry.value)?;
        wait::read(ledger, &entries, names)
    });
    let carried = carried::read(ledger, &entries, names);
    let used = names.settings.iter().zip(names.settings.uses()).zip(before);
    let mut used = used.filter(|((_, now), before)| now > before).map(|((setting, _), _)| setting.value.as_ref());
    // Of a setting that is wrong in itself it is not known what it would be.
    let secret = used.any(|setting| setting.is_none_or(|setting| matches!(setting.kind, SettingKind::Secret { .. })));
    if !secret && !ledger.has_errors() {
        let title = format!("{} is made without a secret", entries.what);
        ledger.push(
            Diagnostic::error(Code::AUTH_WITHOUT_SECRET, title, &entry.key, "no secret is in it")
                .help("what proves who asks is a setting of `type: secret`, in its body, query, headers or `auth`"),
        );
    }
    let login = Login {
        method,
        to: to?,
        query: query.unwrap_or_default(),
        headers: headers.unwrap_or_default(),
        body,
        auth: auth?,
        token: token?,
        lasts_millis,
        expires,
    };
    Some((login, carried?))
}

/// A path below `base_url`, or an address.
fn place(ledger: &mut Ledger<'_>, entry: &Entry<'_>, names: &Names) -> Option<LoginAt> {
    let is_path = entry.value.scalar().is_some_and(|scalar| scalar.text.starts_with('/'));
    if is_path {
        return address::path(ledger, entry, names.scope("an address")).map(LoginAt::Path);
    }
    address::base_url(ledger, entry, names).map(LoginAt::Address)
}
