//! The addresses of a list's pages, made from the one that was asked for. It must not know what the parameters mean.

use std::borrow::Cow;

use crate::sent::{encode, without};

/// The address of a request, without the credential.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'r> {
    /// As the client calls the sandbox; it need not say.
    pub(crate) host: Option<&'r str>,
    pub(crate) path: &'r str,
    pub(crate) query: &'r str,
}

impl Asked<'_> {
    /// The same address with another value of a parameter, or without it.
    pub(crate) fn with(&self, name: &str, value: Option<&str>) -> String {
        let mut query = without(self.query, name);
        if let Some(value) = value {
            let joint = if query.is_empty() { "" } else { "&" };
            query = Cow::Owned(format!("{query}{joint}{}={}", encode(name), encode(value)));
        }
        let origin = self.host.map_or_else(String::new, |host| format!("http://{host}"));
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{origin}{}{mark}{query}", self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_parameters_stay_as_they_were_sent() {
        let asked = Asked { host: Some("127.0.0.1:80"), path: "/a%20b", query: "x=1%2C2&page=3&y=a+b" };
        assert_eq!(asked.with("page", Some("4")), "http://127.0.0.1:80/a%20b?x=1%2C2&y=a+b&page=4");
        assert_eq!(asked.with("page", None), "http://127.0.0.1:80/a%20b?x=1%2C2&y=a+b");
        let bare = Asked { host: None, path: "/a", query: "" };
        assert_eq!((bare.with("c", None), bare.with("c", Some("é&"))), ("/a".to_owned(), "/a?c=%C3%A9%26".to_owned()));
    }
}
