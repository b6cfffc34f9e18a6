//! Where the API is and how a request proves who asks: the servers and security schemes of a document.

use tapwright_openapi::{Document, Tree};

use super::names::{bare, camel};
use super::settings::{Setting, Settings};
use crate::words::sentence;
use crate::yaml::{Map, Value, visible};

/// `api`.
pub(super) fn api(document: &Document, wanted: &[&str], settings: &mut Settings) -> Map {
    let mut api = Map::open();
    let (address, address_questions) = address(document, settings);
    let (auth, questions) = auth(document, wanted, settings);
    api.ask("base_url", address, address_questions);
    api.ask("auth", auth, questions);
    api
}

fn address(document: &Document, settings: &mut Settings) -> (String, Vec<String>) {
    let mut questions = Vec::new();
    let servers = document.root().get("servers").map(Tree::items).unwrap_or_default();
    let is_usable = |server: &&Tree| server.text_at("url").is_some_and(is_address);
    let Some(server) = servers.iter().find(is_usable) else {
        let said: Vec<&str> = servers.iter().filter_map(|server| server.text_at("url")).collect();
        questions.push(match said.as_slice() {
            [] => "where the API is: the document names no server".to_owned(),
            said => format!("where the API is: the document says {}", listed(said)),
        });
        return ("https://api.example.com".to_owned(), questions);
    };
    let written = server.text_at("url").unwrap_or_default();
    let url = written.replacen("https://your-", "https://{", 1);
    // `your-domain` stands for what is somebody's own.
    let url = if url == written { url } else { url.replacen('.', "}.", 1) };
    let url = if is_address(&url) { url.as_str() } else { written };
    let others: Vec<&str> =
        servers.iter().filter_map(|other| other.text_at("url")).filter(|other| *other != written).collect();
    if !others.is_empty() {
        questions.push(format!("whether it is this server: the document also names {}", listed(&others)));
    }
    let variables = server.get("variables").map(Tree::entries).unwrap_or_default();
    let mut address = String::new();
    let mut rest = url;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        let variable = variables.iter().find(|(known, _)| known == name).map(|(_, variable)| variable);
        let default = variable.and_then(|variable| variable.get("default")).and_then(Tree::scalar);
        let values: Vec<String> = variable
            .and_then(|variable| variable.get("enum"))
            .map(|values| values.items().iter().filter_map(Tree::scalar).collect())
            .unwrap_or_default();
        let said = variable.and_then(|variable| variable.text_at("description")).and_then(sentence);
        let mut description = said.unwrap_or_else(|| format!("What stands for {name} in the API's address."));
        if !values.is_empty() {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            description = format!("{} It is one of {}.", description, visible(&values.join(", ")));
        }
        // What stands there for nobody in particular, such as `your-domain`, is not to be asked.
        let default = default.filter(|default| !values.is_empty() || is_version(default));
        let setting = Setting { name: camel(name), ty: "string", default, description, question: None };
        let name = settings.named(setting);
        address = format!("{address}{before}{{config.{name}}}");
        rest = after;
    }
    let address = format!("{address}{rest}");
    (address.trim_end_matches('/').to_owned(), questions)
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').unwrap_or(text).chars().all(|c| c.is_ascii_digit() || c == '.')
        || text.chars().all(|c| c.is_ascii_digit())
}

/// Whether requests may be sent there.
fn is_address(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let mut open = false;
    for c in rest.chars() {
        match c {
            '{' if open => return false,
            '}' if !open => return false,
            '{' | '}' => open = !open,
            _ => {}
        }
    }
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '@' | '\\' | '"' | '<' | '>');
    let climbs = rest.split('/').any(|part| part == "..");
    !rest.is_empty()
        && !open
        && !climbs
        && !rest.contains("{}")
        && rest.is_ascii()
        && !rest.chars().any(odd)
        && !rest.starts_with(['/', ':'])
}

fn listed(texts: &[&str]) -> String {
    let shown: Vec<String> = texts.iter().take(4).map(|text| format!("`{}`", visible(text))).collect();
    let more =
        if texts.len() > shown.len() { format!(" and {} more", texts.len() - shown.len()) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// A way to prove who asks, the simplest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Bearer,
    Header,
    Query,
    Basic,
    ClientCredentials,
    /// A token of a flow that needs a browser.
    Token,
    Other,
}

fn way(scheme: &Tree) -> Way {
    let kind = scheme.text_at("type").unwrap_or_default();
    let http = scheme.text_at("scheme").unwrap_or_default().to_ascii_lowercase();
    let place = scheme.text_at("in").unwrap_or_default();
    let name = scheme.text_at("name").unwrap_or_default();
    let flows = scheme.get("flows");
    let token_url = || flows?.get("clientCredentials")?.text_at("tokenUrl");
    let is_name = !name.is_empty() && name.is_ascii() && !name.contains(|c: char| c.is_whitespace() || c.is_control());
    match (kind, http.as_str(), place) {
        ("http", "bearer", _) => Way::Bearer,
        ("http", "basic", _) => Way::Basic,
        ("apiKey", _, "header") if is_name => Way::Header,
        ("apiKey", _, "query") if is_name => Way::Query,
        ("oauth2", ..) if token_url().is_some_and(|url| is_address(url) && !url.contains('{')) => {
            Way::ClientCredentials
        }
        ("oauth2" | "openIdConnect", ..) => Way::Token,
        _ => Way::Other,
    }
}

/// A setting that is no secret, for a template.
fn open(name: &str, description: &str, settings: &mut Settings) -> String {
    let description = description.to_owned();
    let setting = Setting { name: name.to_owned(), ty: "string", default: None, description, question: None };
    format!("{{config.{}}}", settings.named(setting))
}

fn auth(document: &Document, wanted: &[&str], settings: &mut Settings) -> (Value, Vec<String>) {
    let schemes = document.root().get("components").and_then(|components| components.get("securitySchemes"));
    let schemes = schemes.map(Tree::entries).unwrap_or_default();
    let all = schemes.iter().map(|(name, scheme)| (name.as_str(), document.follow(scheme)));
    let mut ways: Vec<(Way, &str, &Tree)> = all
        .filter(|(name, _)| wanted.is_empty() || wanted.contains(name))
        .map(|(name, scheme)| (way(scheme), name, scheme))
        .filter(|(way, ..)| *way != Way::Other)
        .collect();
    ways.sort_by_key(|(way, ..)| *way);
    let mut questions = Vec::new();
    let Some((way, name, scheme)) = ways.first().copied() else {
        let names: Vec<&str> = schemes.iter().map(|(name, _)| name.as_str()).collect();
        questions.push(match names.as_slice() {
            [] => "how requests prove who asks: the document does not say".to_owned(),
            names => format!("how requests prove who asks: {} is nothing that a spec says", listed(names)),
        });
        return ("none".into(), questions);
    };
    let others: Vec<&str> = ways.iter().skip(1).map(|(_, name, _)| *name).filter(|other| *other != name).collect();
    if !others.is_empty() {
        questions.push(format!("whether it is `{}`: the document also has {}", visible(name), listed(&others)));
    }
    let said = scheme.text_at("description").and_then(sentence);
    let is_key =
        bare(scheme.text_at("description").unwrap_or_default()).contains("apikey") || bare(name).contains("apikey");
    let secret = |name: &str, description: &str, settings: &mut Settings| {
        let description = said.clone().unwrap_or_else(|| description.to_owned());
        let setting = Setting { name: name.to_owned(), ty: "secret", default: None, description, question: None };
        format!("{{config.{}}}", settings.named(setting))
    };
    let value: Value = match way {
        Way::Bearer if is_key => [("bearer", Value::from(secret("apiKey", "An API key.", settings)))].into(),
        Way::Bearer => [("bearer", Value::from(secret("token", "An access token.", settings)))].into(),
        Way::Header | Way::Query => {
            let header = scheme.text_at("name").unwrap_or_default();
            let value = Value::from(secret("apiKey", "An API key.", settings));
            if header.eq_ignore_ascii_case("authorization") {
                questions.push("what stands before the key in `Authorization`, such as `Bearer` or `Token`".to_owned());
            }
            let of = [("name", header.into()), ("value", value)].into();
            if way == Way::Header { [("header", of)].into() } else { [("query", of)].into() }
        }
        Way::Basic => {
            let user = open("user", "Who asks: a name or an address.", settings);
            let password = secret("password", "The password, or an API token.", settings);
            [("basic", [("user", Value::from(user)), ("password", Value::from(password))].into())].into()
        }
        Way::ClientCredentials => {
            let flow = scheme.get("flows").and_then(|flows| flows.get("clientCredentials"));
            let url = flow.and_then(|flow| flow.text_at("tokenUrl")).unwrap_or_default();
            let id = open("clientId", "The client's id.", settings);
            let secret = secret("clientSecret", "The client's secret.", settings);
            let scopes = flow.and_then(|flow| flow.get("scopes")).map(Tree::entries).unwrap_or_default();
            if !scopes.is_empty() {
                let names: Vec<&str> = scopes.iter().map(|(name, _)| name.as_str()).collect();
                questions.push(format!("which `scope` is asked for: there are {}", listed(&names)));
            }
            let mut of = Map::open();
            of.put("token_url", url);
            of.put("grant", "client_credentials");
            of.put("client_id", id);
            of.put("client_secret", secret);
            [("oauth2", Value::from(of))].into()
        }
        Way::Token | Way::Other => {
            questions.push(format!(
                "where the token comes from: `{}` has no flow that goes without a browser",
                visible(name)
            ));
            [("bearer", Value::from(secret("accessToken", "An access token.", settings)))].into()
        }
    };
    (value, questions)
}
