//! A whole document, as its author wrote it: which operations there are and what its references lead to.

use crate::operation::Operation;
use crate::{Tree, Unreadable};

/// The largest document that is read, in bytes.
const MOST: usize = 64 << 20;

/// So many references may lead to another before one is taken for a circle.
const MOST_HOPS: usize = 32;

/// What a path item may have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An OpenAPI document.
#[derive(Clone, Debug)]
pub struct Document {
    root: Tree,
}

impl Document {
    /// Reads a document, YAML or JSON.
    ///
    /// # Errors
    /// When it is neither, or no OpenAPI document of a version 3.
    ///
    /// ```
    /// let document = tapwright_openapi::Document::read("openapi: 3.1.0\npaths: { /users: { get: {} } }").unwrap();
    /// assert_eq!(document.operations().count(), 1);
    /// ```
    pub fn read(text: &str) -> Result<Document, Unreadable> {
        if text.len() > MOST {
            return Err(Unreadable(format!("it is larger than {} MiB", MOST >> 20)));
        }
        let is_json = text.trim_start().starts_with('{');
        let root: Tree = if is_json {
            serde_json::from_str(text).map_err(|error| Unreadable(format!("it is not JSON: {error}")))?
        } else {
            let budget = serde_yaml::budget! {
                max_reader_input_bytes: Some(MOST),
                max_nodes: 20_000_000,
                max_events: 60_000_000,
                max_total_scalar_bytes: MOST,
            };
            // YAML 1.2, which OpenAPI is written in: `NO`, `y` and `1_000` are texts. What is no number that JSON has, such as an
            // example of a hash like `1e999`, is none here.
            let options = serde_yaml::options! {
                budget: budget,
                strict_booleans: true,
                leading_zero_numbers_as_strings: true,
                underscored_numbers_as_strings: true,
                non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::AsString,
            };
            serde_yaml::from_str_with_options(text, options)
                .map_err(|error| Unreadable(format!("it is not YAML: {error}")))?
        };
        match (root.get("openapi").and_then(Tree::scalar), root.get("swagger")) {
            (Some(version), _) if version == "3" || version.starts_with("3.") => Ok(Document { root }),
            (Some(version), _) => Err(Unreadable(format!("it is OpenAPI {version}; 3.0 and 3.1 can be read"))),
            (None, Some(_)) => Err(Unreadable(
                "it is Swagger 2.0; 3.0 and 3.1 can be read, and converters from 2.0 to 3.0 are widespread".to_owned(),
            )),
            (None, None) => Err(Unreadable("it is no OpenAPI document: the key `openapi` is missing".to_owned())),
        }
    }

    /// Its root.
    #[must_use]
    pub fn root(&self) -> &Tree {
        &self.root
    }

    /// Its operations, in the order written.
    pub fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = self.root.get("paths").map(Tree::entries).unwrap_or_default();
        paths.iter().flat_map(move |(path, item)| {
            let item = self.follow(item);
            let of_item = move |method: &'static str| Some(Operation::new(self, path, method, item, item.get(method)?));
            METHODS.into_iter().filter_map(of_item)
        })
    }

    /// The addresses of its servers, with their variables' defaults put in.
    #[must_use]
    pub fn servers(&self) -> Vec<String> {
        let servers = self.root.get("servers").map(Tree::items).unwrap_or_default();
        let address = |server: &Tree| {
            let mut url = server.text_at("url")?.to_owned();
            for (name, variable) in server.get("variables").map(Tree::entries).unwrap_or_default() {
                if let Some(default) = variable.get("default").and_then(Tree::scalar) {
                    url = url.replace(&format!("{{{name}}}"), &default);
                }
            }
            Some(url.trim_end_matches('/').to_owned())
        };
        servers.iter().filter_map(address).collect()
    }

    /// What a value stands for: itself, or what its `$ref` leads to. A reference out of the document leads nowhere.
    #[must_use]
    pub fn follow<'d>(&'d self, value: &'d Tree) -> &'d Tree {
        let mut value = value;
        for _ in 0..MOST_HOPS {
            let Some(target) = value.text_at("$ref").and_then(|pointer| self.at(pointer)) else { return value };
            value = target;
        }
        &Tree::Null
    }

    /// What a reference such as `#/components/schemas/User` leads to
    /// ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).
    #[must_use]
    pub fn at(&self, reference: &str) -> Option<&Tree> {
        let pointer = reference.strip_prefix('#').filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        let mut value = &self.root;
        for part in pointer.split('/').skip(1) {
            let part = decoded(part).replace("~1", "/").replace("~0", "~");
            value = match value {
                Tree::List(items) => items.get(part.parse::<usize>().ok()?)?,
                _ => value.get(&part)?,
            };
        }
        Some(value)
    }
}

/// A part of a reference, which is a piece of an address.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
