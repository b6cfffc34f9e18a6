//! What no table is the place for: keys of records that hold what opens something.

use tapwright_openapi::{Kind, Shape};

use crate::names::bare;

/// Whether a key of a record holds what opens something.
pub(crate) fn is_secret(name: &str, shape: &Shape) -> bool {
    let name = bare(name);
    let ends = ["secret", "password", "privatekey", "accesstoken", "refreshtoken", "apikey", "secretkey"];
    let is_text = shape.kinds.len() == 1 && shape.kinds.contains(&Kind::String);
    is_text && (shape.format.as_deref() == Some("password") || ends.iter().any(|end| name.ends_with(end)))
}
