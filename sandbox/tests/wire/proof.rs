//! Who gets a token, and what it is good for: a request that the spec would not make gets none, by none of the ways there are.

use std::time::Duration;

use crate::fixture::*;
use crate::written::{segment, with_auth};
use ring::hmac;
use serde_json::{Value, json};
use tapwright_sandbox::{Running, Sandbox};

const LIST: &str = "resources:\n  a: { description: A., get: /a, paging: none, records: data, entity: a, key: id, \
                    fields: { name: string } }\n";

const FORM: &str = "application/x-www-form-urlencoded";

async fn start(auth: &str) -> Running {
    Sandbox::new(&with_auth(auth, LIST)).start().await.unwrap()
}

/// A request as it is sent: method, path with its query, headers, body.
struct Sent<'s> {
    method: &'s str,
    path: String,
    headers: Vec<(&'s str, String)>,
    body: String,
}

impl Sent<'_> {
    async fn to(&self, running: &Running) -> (u16, Value) {
        let method = self.method.parse().unwrap();
        let mut request = http().request(method, format!("{}{}", running.url(), self.path));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = request.body(self.body.clone()).send().await.unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        (status, serde_json::from_str(&text).unwrap_or_default())
    }
}

fn form(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={}", segment(value))).collect::<Vec<_>>().join("&")
}

fn trade(path: &str, pairs: &[(&str, &str)]) -> Sent<'static> {
    let headers = vec![("content-type", FORM.to_owned())];
    Sent { method: "POST", path: path.to_owned(), headers, body: form(pairs) }
}

/// The status of a request for the list that carries these headers.
async fn asked(running: &Running, query: &str, headers: &[(&'static str, &str)]) -> u16 {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Sent { method: "GET", path: format!("/a{query}"), headers, body: String::new() }.to(running).await.0
}

async fn with_token(running: &Running, token: &str) -> u16 {
    asked(running, "", &[("authorization", &format!("Bearer {token}"))]).await
}

#[tokio::test]
async fn a_credential_at_hand_is_there_once_and_in_its_own_scheme() {
    let running = start("{ bearer: \"{config.apiKey}\" }").await;
    let key = running.key().to_owned();
    for (value, status) in [
        (format!("Bearer {key}"), 200),
        (format!("bearer {key}"), 200),
        (format!("BEARER  {key}"), 200),
        (format!("Basic {key}"), 401),
        (format!("Token {key}"), 401),
        (key.clone(), 401),
        (format!("Bearer {key}x"), 401),
    ] {
        assert_eq!(asked(&running, "", &[("authorization", &value)]).await, status, "{value}");
    }
    let right = format!("Bearer {key}");
    assert_eq!(asked(&running, "", &[("authorization", &right), ("authorization", &right)]).await, 401);
    let running = start("{ header: { name: X-Key, value: \"k={config.apiKey}\" } }").await;
    let right = format!("k={}", running.key());
    assert_eq!(asked(&running, "", &[("x-key", &right)]).await, 200);
    assert_eq!(asked(&running, "", &[("x-key", &right), ("x-key", "other")]).await, 401);
}

#[tokio::test]
async fn a_key_in_a_body_is_text_and_there_once_and_is_kept_out_of_the_log() {
    let lists = "resources:\n  a: { description: A., post: /a, json: { b: 1 }, paging: none, records: data, entity: a, key: id, \
                 fields: { name: string } }\n  f: { description: F., post: /f, form: { b: \"1\" }, paging: none, \
                 records: data, entity: f, key: id, fields: { name: string } }\n";
    let connector = with_auth("{ body: { name: key, value: \"{config.apiKey}\" } }", lists);
    let running = Sandbox::new(&connector).setting("apiKey", "sk_7").start().await.unwrap();
    let client = Client::of(&running);
    for (body, status) in [
        (json!({"b": 1, "key": "sk_7"}), 200),
        (json!({"b": 1, "key": "sk_8"}), 401),
        (json!({"b": 1, "key": ["sk_7"]}), 401),
        (json!({"b": 1}), 401),
        (json!({"key": "sk_7"}), 400),
    ] {
        assert_eq!(client.post_json("/a", &body).await.status, status, "{body}");
    }
    for (body, status) in [("b=1&key=sk_7", 200), ("b=1&key=sk_7&key=sk_7", 401), ("b=1&key=", 401), ("b=1", 401)] {
        assert_eq!(client.post_as("/f", Some(FORM), body).await.status, status, "{body}");
    }
    assert!(running.requests().iter().all(|seen| !seen.body.contains("sk_7")), "{:?}", running.requests());
    let number = Sandbox::new(&connector).setting("apiKey", "7").start().await.unwrap();
    assert_eq!(Client::of(&number).post_json("/a", &json!({"b": 1, "key": 7})).await.status, 401, "text is no number");
}

const CLIENT: &str = "{ oauth2: { token_url: \"https://login.example.com/oauth/token\", grant: client_credentials, \
                      client_id: me, client_secret: \"{config.apiKey}\", scope: read, more: { audience: all } } }";

#[tokio::test]
async fn a_token_is_traded_for_all_that_the_spec_says_and_nothing_else() {
    let running = start(CLIENT).await;
    let key = running.key().to_owned();
    let right = [
        ("grant_type", "client_credentials"),
        ("client_id", "me"),
        ("client_secret", &key),
        ("scope", "read"),
        ("audience", "all"),
    ];
    let at = "/oauth/token";
    let (status, given) = trade(at, &right).to(&running).await;
    assert_eq!((status, &given["expires_in"], &given["token_type"]), (200, &json!(3600), &json!("Bearer")));
    assert_eq!(with_token(&running, given["access_token"].as_str().unwrap()).await, 200);
    for place in 0..right.len() {
        let (name, _) = right[place];
        let (mut other, mut less) = (right.to_vec(), right.to_vec());
        other[place].1 = "other";
        less.remove(place);
        for (pairs, what) in
            [(other, "wrong"), (less, "missing"), ([right.to_vec(), vec![right[place]]].concat(), "twice")]
        {
            let (status, said) = trade(at, &pairs).to(&running).await;
            assert!(status == 400 && said["error"].is_string(), "{name} is {what}: {status} {said}");
        }
    }
    let more = [right.to_vec(), vec![("colour", "red")]].concat();
    assert_eq!(trade(at, &more).to(&running).await.1["error"], "invalid_request");
    let json = Sent { headers: vec![("content-type", "application/json".to_owned())], ..trade(at, &right) };
    assert_eq!(json.to(&running).await.0, 400, "a form is what it takes");
    assert_eq!(Sent { method: "GET", ..trade(at, &right) }.to(&running).await.0, 405);
    assert_eq!(trade("/oauth/token?colour=red", &right).to(&running).await.1["error"], "invalid_request");
    for header in ["sandbox-access-token-1", "Basic sandbox-access-token-1", "Bearer sandbox-access-token-2", "Bearer "]
    {
        assert_eq!(asked(&running, "", &[("authorization", header)]).await, 401, "{header}");
    }
    let right = "Bearer sandbox-access-token-1";
    assert_eq!(
        asked(&running, "", &[("authorization", right), ("authorization", right)]).await,
        401,
        "twice is not once"
    );
}

#[tokio::test]
async fn a_client_that_proves_itself_by_a_header_does_so_by_that_alone() {
    let auth = "{ oauth2: { token_url: \"https://login.example.com/token\", grant: client_credentials, \
                client: basic, client_id: me, client_secret: \"{config.apiKey}\" } }";
    let running = Sandbox::new(&with_auth(auth, LIST)).setting("apiKey", "sk_a").start().await.unwrap();
    let pairs = [("grant_type", "client_credentials")];
    // `me:sk_a`
    for (proof, status) in [(Some("Basic bWU6c2tfYQ=="), 200), (Some("Basic bWU6c2tfYg=="), 400), (None, 400)] {
        let mut sent = trade("/token", &pairs);
        sent.headers.extend(proof.map(|proof| ("authorization", proof.to_owned())));
        assert_eq!(sent.to(&running).await.0, status, "{proof:?}");
    }
}

#[tokio::test]
async fn a_refresh_token_is_good_for_one_use_and_the_next_comes_with_the_answer() {
    let auth = "{ oauth2: { token_url: \"https://login.example.com/token\", grant: refresh_token, \
                client_id: me, refresh_token: \"{config.apiKey}\" } }";
    let running = start(auth).await;
    let mut refresh = running.key().to_owned();
    let mut tokens = Vec::new();
    for _ in 0..3 {
        let right = [("grant_type", "refresh_token"), ("client_id", "me"), ("refresh_token", refresh.as_str())];
        let (status, given) = trade("/token", &right).to(&running).await;
        assert_eq!(status, 200, "{given}");
        let (status, said) = trade("/token", &right).to(&running).await;
        assert_eq!((status, &said["error"]), (400, &json!("invalid_grant")), "it was used");
        tokens.push(given["access_token"].as_str().unwrap().to_owned());
        refresh = given["refresh_token"].as_str().unwrap().to_owned();
    }
    for token in &tokens {
        assert_eq!(with_token(&running, token).await, 200, "tokens count for as long as they last");
    }
}

#[tokio::test]
async fn a_token_counts_for_as_long_as_was_said() {
    let auth = "{ login: { get: /ticket, auth: { basic: { user: me, password: \"{config.apiKey}\" } }, token: ticket, \
                lasts: 1s } }";
    let proof = |key: &str| {
        let request = http().get("http://127.0.0.1/").basic_auth("me", Some(key)).build().unwrap();
        request.headers()["authorization"].to_str().unwrap().to_owned()
    };
    let give = async |running: &Running| {
        let headers = vec![("authorization", proof(running.key()))];
        let (status, given) =
            Sent { method: "GET", path: "/ticket".to_owned(), headers, body: String::new() }.to(running).await;
        assert_eq!(status, 200, "{given}");
        given["ticket"].as_str().unwrap().to_owned()
    };
    let running = start(auth).await;
    let longer = Sandbox::new(&with_auth(auth, LIST)).token_lasts(Duration::from_secs(60)).start().await.unwrap();
    let endless = Sandbox::new(&with_auth(auth, LIST)).token_lasts(Duration::MAX).start().await.unwrap();
    let (token, lasting, ever) = (give(&running).await, give(&longer).await, give(&endless).await);
    for wrong in [vec![], vec![("authorization", proof("other"))]] {
        let sent = Sent { method: "GET", path: "/ticket".to_owned(), headers: wrong, body: String::new() };
        assert_eq!(sent.to(&running).await.0, 401, "who does not prove himself gets none");
    }
    assert_eq!(with_token(&running, &token).await, 200);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    assert_eq!(with_token(&running, &token).await, 401, "as the spec says");
    assert_eq!(with_token(&longer, &lasting).await, 200, "as the sandbox was told");
    assert_eq!(with_token(&endless, &ever).await, 200);
    running.expire_tokens();
    longer.expire_tokens();
    assert_eq!(with_token(&longer, &lasting).await, 401);
    let again = give(&longer).await;
    assert_eq!(with_token(&longer, &again).await, 200, "a new one is none of those");
}

#[tokio::test]
async fn a_log_in_is_all_that_the_spec_says_and_nothing_else() {
    let auth = "{ login: { post: /session, query: { region: eu }, headers: { X-App: seven }, \
                json: { user: me, password: \"{config.apiKey}\", remember: false }, token: session.token, \
                as: { query: { name: sid, value: \"s-{token}\" } } } }";
    let running = start(auth).await;
    let right = json!({"user": "me", "password": running.key(), "remember": false});
    let sent = |method: &'static str, query: &str, app: Option<&str>, body: &Value| Sent {
        method,
        path: format!("/session{query}"),
        headers: [("content-type", Some("application/json")), ("x-app", app)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?.to_owned())))
            .collect(),
        body: body.to_string(),
    };
    let (status, given) = sent("POST", "?region=eu", Some("seven"), &right).to(&running).await;
    assert_eq!(status, 200, "{given}");
    let token = given["session"]["token"].as_str().unwrap().to_owned();
    let with = |key: &str, value: Value| {
        let mut body = right.clone();
        body[key] = value;
        body
    };
    for (method, query, app, body, status) in [
        ("POST", "?region=us", Some("seven"), right.clone(), 401),
        ("POST", "", Some("seven"), right.clone(), 400),
        ("POST", "?region=eu&region=eu", Some("seven"), right.clone(), 400),
        ("POST", "?region=eu&colour=red", Some("seven"), right.clone(), 400),
        ("POST", "?region=eu", Some("eight"), right.clone(), 401),
        ("POST", "?region=eu", None, right.clone(), 401),
        ("POST", "?region=eu", Some("seven"), with("password", json!("other")), 401),
        ("POST", "?region=eu", Some("seven"), with("colour", json!("red")), 400),
        ("POST", "?region=eu", Some("seven"), with("remember", json!("false")), 401),
        ("PUT", "?region=eu", Some("seven"), right.clone(), 405),
    ] {
        let (given, said) = sent(method, query, app, &body).to(&running).await;
        assert_eq!(given, status, "{method} {query} {app:?} {body}: {said}");
        assert!(!said.to_string().contains(running.key()), "what it should be is not said: {said}");
    }
    for (query, status) in [
        (format!("?sid=s-{token}"), 200),
        (format!("?sid={token}"), 401),
        (format!("?sid=s-{token}&sid=s-{token}"), 401),
        (String::new(), 401),
        (format!("?sid=s-{token}&colour=red"), 400),
    ] {
        assert_eq!(asked(&running, &query, &[]).await, status, "{query}");
    }
    assert!(running.requests().iter().all(|seen| !seen.query.contains(&token)), "a token is kept to itself");
}

/// RFC 4648, section 5, without padding.
fn encoded(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bit = |place: usize| bytes.get(place / 8).map_or(0, |byte| usize::from(byte >> (7 - place % 8) & 1));
    let digit = |place: usize| DIGITS[(0..6).fold(0, |sum, nth| sum * 2 + bit(place * 6 + nth))];
    (0..(bytes.len() * 8).div_ceil(6)).map(|place| char::from(digit(place))).collect()
}

/// A token that is signed with a secret.
fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let text = format!("{}.{}", encoded(header.to_string().as_bytes()), encoded(claims.to_string().as_bytes()));
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("{text}.{}", encoded(hmac::sign(&key, text.as_bytes()).as_ref()))
}

#[tokio::test]
async fn a_signed_token_says_all_that_the_spec_says_and_is_neither_old_nor_of_tomorrow() {
    let jwt = "{ jwt: { algorithm: HS256, key: \"{config.apiKey}\", header: { kid: seven }, \
               claims: { iss: me, roles: [reader, 2] }, lasts: 20m } }";
    let running = start(jwt).await;
    let key = running.key().to_owned();
    let now =
        i64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()).unwrap();
    let header = json!({"alg": "HS256", "typ": "JWT", "kid": "seven"});
    let claims = |from: i64, to: i64| json!({"iss": "me", "roles": ["reader", 2], "iat": now + from, "exp": now + to});
    let with = |of: &Value, name: &str, value: Value| {
        let mut of = of.clone();
        of[name] = value;
        of
    };
    let right = claims(-30, 1_170);
    for (header, claims, secret, status, what) in [
        (header.clone(), right.clone(), key.as_str(), 200, "right"),
        (header.clone(), claims(-1_190, 10), &key, 200, "nearly over"),
        (header.clone(), claims(-1_210, -10), &key, 401, "over"),
        (header.clone(), claims(30, 1_230), &key, 401, "of tomorrow"),
        (header.clone(), claims(-30, 1_171), &key, 401, "good for too long"),
        (header.clone(), claims(-30, 1_169), &key, 401, "good for too short"),
        (header.clone(), with(&right, "iss", json!("you")), &key, 401, "another's"),
        (header.clone(), with(&right, "sub", json!("more")), &key, 401, "with a claim more"),
        (header.clone(), with(&right, "roles", json!(["reader"])), &key, 401, "with a role less"),
        (with(&header, "kid", json!("eight")), right.clone(), &key, 401, "of another key"),
        (with(&header, "alg", json!("none")), right.clone(), &key, 401, "of another algorithm"),
        (header.clone(), right.clone(), "other", 401, "signed with another secret"),
    ] {
        assert_eq!(with_token(&running, &signed(&header, &claims, secret)).await, status, "{what}");
    }
    let token = signed(&header, &right, &key);
    for wrong in [token.rsplit_once('.').unwrap().0, &format!("{token}."), &format!("{token}=")] {
        assert_eq!(with_token(&running, wrong).await, 401, "{wrong}");
    }
    // The same as the proof of a log-in, and carried as that says.
    let login = "{ login: { post: /token, auth: { jwt: { algorithm: HS256, key: \"{config.apiKey}\", claims: { iss: me }, \
                 lasts: 1m, as: { header: { name: X-Proof, value: \"p {token}\" } } } }, token: token } }";
    let running = start(login).await;
    let header = json!({"alg": "HS256", "typ": "JWT"});
    let token = signed(&header, &json!({"iss": "me", "iat": now, "exp": now + 60}), running.key());
    for (name, value, body, status) in [
        ("x-proof", format!("p {token}"), "", 200),
        ("x-proof", token.clone(), "", 401),
        ("authorization", format!("Bearer {token}"), "", 401),
        ("x-proof", format!("p {token}"), "more", 400),
    ] {
        let sent =
            Sent { method: "POST", path: "/token".to_owned(), headers: vec![(name, value)], body: body.to_owned() };
        assert_eq!(sent.to(&running).await.0, status, "{name} {body}");
    }
}

#[tokio::test]
async fn only_the_way_that_is_chosen_lets_in() {
    let ways = "{ one: { bearer: \"{config.apiKey}\" }, two: { header: { name: X-Key, value: \"{config.apiKey}\" } } }";
    for (chosen, bearer, header) in [("one", 200, 401), ("two", 401, 200)] {
        let connector = crate::written::chosen(ways, LIST);
        let running = Sandbox::new(&connector).setting("way", chosen).start().await.unwrap();
        let key = running.key().to_owned();
        assert_eq!(with_token(&running, &key).await, bearer, "{chosen}");
        assert_eq!(asked(&running, "", &[("x-key", &key)]).await, header, "{chosen}");
    }
}
