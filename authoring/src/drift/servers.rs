//! Where a document says that the API is, held against where a spec asks it.
//!
//! Specs and documents each say a part of an address with the server and the rest with a path, not always the same part; so
//! whole addresses are compared, with `{}` for what varies.

use tapwright_model::Connector;
use tapwright_openapi::{Change, ChangeKind, Document, Scope};

use super::{Finding, base_of, general, operation, path_of};

/// A document that names servers, none of which is asked.
pub(super) fn against(connector: &Connector, document: &Document) -> Option<Finding> {
    let servers = whole(document);
    let is_elsewhere = !servers.is_empty() && is_asked(connector, document, &servers) == Some(false);
    let detail = format!("{} -> {}", base_of(connector), servers.join(", "));
    is_elsewhere.then(|| finding(connector, ChangeKind::ServerRemoved, detail))
}

/// Two documents that name other servers.
pub(super) fn between(connector: &Connector, old: &Document, new: &Document) -> Option<Finding> {
    let (before, after) = (whole(old), whole(new));
    let same = before.iter().all(|server| after.contains(server)) && after.iter().all(|server| before.contains(server));
    if before.is_empty() || after.is_empty() || same {
        return None;
    }
    let was_asked = is_asked(connector, old, &before) == Some(true);
    let is_elsewhere = was_asked && is_asked(connector, new, &after) == Some(false);
    let kind = if is_elsewhere { ChangeKind::ServerRemoved } else { ChangeKind::ServersChanged };
    Some(finding(connector, kind, format!("{} -> {}", before.join(", "), after.join(", "))))
}

fn finding(connector: &Connector, kind: ChangeKind, detail: String) -> Finding {
    let means = match kind {
        ChangeKind::ServerRemoved => "requests go to an address that the document does not name",
        _ => "nothing: requests go where they went",
    };
    Finding {
        resource: String::new(),
        endpoint: base_of(connector),
        change: Change::new(Scope::Api, "base_url", kind, detail),
        columns: Vec::new(),
        means: means.to_owned(),
    }
}

/// The servers of a document that are whole addresses; of another it is not known where it is.
fn whole(document: &Document) -> Vec<String> {
    document.servers().into_iter().filter(|server| server.contains("://")).collect()
}

/// Whether requests go to one of these servers. None where nothing that is asked is in the document.
fn is_asked(connector: &Connector, document: &Document, servers: &[String]) -> Option<bool> {
    let mut asked = None;
    for resource in &connector.resources {
        let Some(operation) = operation(connector, resource, document) else { continue };
        let whole = general(&format!("{}{}", base_of(connector), path_of(resource)));
        let goes_to = |server: &String| may_be(&whole, &general(&format!("{server}{}", operation.path)));
        *asked.get_or_insert(false) |= servers.iter().any(goes_to);
    }
    asked
}

/// Whether an address can be one with `{}` in it, part by part.
fn may_be(pattern: &str, address: &str) -> bool {
    let (pattern, address): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), address.split('/').collect());
    let fits = |(pattern, part): (&&str, &&str)| {
        let mut fixed = pattern.split("{}");
        let first = fixed.next().unwrap_or_default();
        let Some(last) = fixed.last() else { return pattern.eq_ignore_ascii_case(part) };
        *part == "{}" || part.len() >= first.len() + last.len() && part.starts_with(first) && part.ends_with(last)
    };
    pattern.len() == address.len() && pattern.iter().zip(&address).all(fits)
}

#[cfg(test)]
mod tests {
    use super::may_be;

    #[test]
    fn what_varies_may_be_anything_within_its_part() {
        let spec = "https://{}.acme.test/v1/users/{}";
        for address in ["https://eu.acme.test/v1/users/{}", "https://{}.acme.test/v1/users/{}"] {
            assert!(may_be(spec, address), "{address}");
        }
        for address in
            ["https://acme.test/v1/users/{}", "https://eu.acme.test/v2/users/{}", "https://eu.acme.test/v1/users"]
        {
            assert!(!may_be(spec, address), "{address}");
        }
        assert!(may_be("https://API.acme.test/a", "https://api.acme.test/a"));
    }
}
