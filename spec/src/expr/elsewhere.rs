//! What other languages call our functions, for whoever writes theirs from habit.
//!
//! It must not know how a call is checked, nor how a mistake is told.

use crate::suggest::plain;

/// What a name of another language is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Here {
    /// A function of this name.
    Function(&'static str),
    /// No function: what is written, and what that is.
    Form(&'static str, &'static str),
}

/// What a function of that name is called here; case and separators do not count.
pub(super) fn here(name: &str) -> Option<Here> {
    let name = plain(name);
    let names = |(_, all): &&(&str, &[&str])| all.contains(&name.as_str());
    let function = FUNCTIONS.iter().find(names).map(|(ours, _)| Here::Function(ours));
    let form = || FORMS.iter().find(|(.., all)| all.contains(&name.as_str()));
    function.or_else(|| form().map(|(written, is, _)| Here::Form(written, is)))
}

/// Our functions, with what SQL, JavaScript, Python, Ruby, Go, Java, jq and spreadsheets call them.
static FUNCTIONS: &[(&str, &[&str])] = &[
    ("abs", &["absolute", "fabs"]),
    ("add_seconds", &["addtime", "dateadd", "plusseconds", "timestampadd"]),
    ("all", &["allmatch", "every"]),
    ("any", &["anymatch", "exists", "some"]),
    ("at", &["element", "elementat", "get", "index", "item", "nth"]),
    ("base64_decode", &["atob", "b64decode", "base64d", "decodebase64", "frombase64", "unbase64"]),
    ("base64_encode", &["b64encode", "base64", "btoa", "encodebase64", "tobase64"]),
    ("boolean", &["bool", "tobool", "toboolean"]),
    (
        "capture",
        &["extract", "match", "regex", "regexextract", "regexmatch", "regexp", "regexpextract", "regexpsubstr"],
    ),
    ("ceil", &["ceiling", "roundup"]),
    ("concat", &["append", "concatenate", "strcat"]),
    ("contains", &["has", "include", "includes", "instr", "member", "strpos"]),
    ("distinct", &["dedup", "dedupe", "uniq", "unique"]),
    ("ends_with", &["endwith", "hassuffix"]),
    ("entries", &["items", "objectentries", "toentries", "topairs"]),
    ("filter", &["select", "where"]),
    ("find", &["detect", "findfirst"]),
    ("first", &["firstvalue", "head"]),
    ("floor", &["rounddown"]),
    ("format_time", &["dateformat", "formatdate", "formatdatetime", "strftime"]),
    ("integer", &["atoi", "int", "parseint", "toi", "toint", "tointeger"]),
    ("join", &["arraytostring", "groupconcat", "implode", "listagg", "stringagg"]),
    ("keys", &["mapkeys", "objectkeys"]),
    ("last", &["lastvalue"]),
    ("length", &["cardinality", "charlength", "count", "len", "size", "strlen"]),
    ("lower", &["casefold", "downcase", "lcase", "lowercase", "tolower", "tolowercase"]),
    ("map", &["collect", "transform"]),
    ("max", &["greatest", "maximum"]),
    ("min", &["least", "minimum"]),
    ("number", &["decimal", "double", "float", "numeric", "parsefloat", "tof", "tofloat", "tonumber"]),
    (
        "parse_time",
        &["date", "datetime", "parsedate", "parsedatetime", "strptime", "timestamp", "todate", "totimestamp"],
    ),
    ("replace", &["gsub", "regexpreplace", "replaceall", "sub", "substitute"]),
    ("seconds_between", &["datediff", "timediff", "timestampdiff"]),
    ("sha256", &["digest", "hash", "sha2"]),
    ("slice", &["left", "mid", "substr", "substring"]),
    ("sort", &["orderby", "sortby", "sorted"]),
    ("split", &["explode", "splitpart", "tokenize"]),
    ("start_of", &["beginningof", "datetrunc", "startofday", "trunc", "truncate"]),
    ("starts_with", &["beginswith", "hasprefix", "startwith"]),
    ("strip_prefix", &["removeprefix", "trimprefix"]),
    ("strip_suffix", &["removesuffix", "trimsuffix"]),
    ("sum", &["total"]),
    ("text", &["str", "string", "tos", "tostr", "tostring"]),
    ("trim", &["chomp", "lstrip", "ltrim", "rstrip", "rtrim", "strip", "trimspace"]),
    ("unix_millis", &["epochmillis", "tomillis", "unixmilli"]),
    ("unix_seconds", &["epoch", "tounix", "tounixtime", "unix", "unixtime", "unixtimestamp"]),
    ("upper", &["toupper", "touppercase", "ucase", "upcase", "uppercase"]),
    ("url_encode", &["encodeuri", "encodeuricomponent", "percentencode", "quote", "uriencode"]),
    ("values", &["mapvalues", "objectvalues"]),
];

/// What is written, what that is, and what functions of it are called elsewhere.
static FORMS: &[(&str, &str, &[&str])] = &[
    (
        "a ?? b",
        "`a`, or `b` when `a` is null",
        &["coalesce", "default", "firstnonnull", "firstof", "ifnull", "nvl", "orelse"],
    ),
    ("if a == b then null else a", "null for one value", &["nullif"]),
    ("a == null", "true when `a` is null", &["empty", "isblank", "isempty", "isnone", "isnull"]),
    ("if a then b else c", "one or the other", &["case", "choose", "cond", "decode", "ifelse", "iff", "iif", "switch"]),
    ("a matches \"glob*\"", "true when a text is like that", &["fnmatch", "glob", "ilike", "like", "matches", "rlike"]),
    (
        "window.end",
        "the end of the span that a request asks for; an expression over a record does not know the time",
        &["currentdate", "currenttimestamp", "getdate", "now", "sysdate", "today", "utcnow"],
    ),
    ("config.name", "a setting, which has the variable it comes from in its `env`", &["env", "environ", "getenv"]),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::functions;
    use super::super::parse::parse;
    use super::{FORMS, FUNCTIONS, Here, here};
    use crate::suggest::plain;

    #[test]
    fn each_entry_leads_to_a_function_that_exists_or_to_what_can_be_written() {
        for (ours, _) in FUNCTIONS {
            assert!(functions::find(ours).is_some(), "`{ours}` is no function");
        }
        for (written, ..) in FORMS {
            assert!(parse(written).is_ok(), "`{written}` cannot be written");
        }
    }

    #[test]
    fn each_name_stands_once_as_it_is_looked_up_and_is_none_of_ours() {
        let mut seen = HashSet::new();
        let names = FUNCTIONS.iter().map(|(_, names)| names).chain(FORMS.iter().map(|(.., names)| names));
        for name in names.copied().flatten() {
            assert_eq!(plain(name), **name, "it would not be found");
            assert!(seen.insert(name), "`{name}` stands twice");
            assert!(functions::FUNCTIONS.iter().all(|ours| plain(ours.name) != **name), "`{name}` is one of ours");
        }
        assert!(seen.len() > 150, "{}", seen.len());
    }

    #[test]
    fn case_and_separators_do_not_count() {
        for name in ["toLowerCase", "to_lower", "LOWERCASE", "downcase"] {
            assert_eq!(here(name), Some(Here::Function("lower")), "{name}");
        }
        assert!(matches!(here("IFNULL"), Some(Here::Form("a ?? b", _))));
        assert_eq!(here("lower_the_price"), None);
    }
}
