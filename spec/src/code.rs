//! The numbers of the mistakes a spec can have. A number, once given, keeps its meaning.
//!
//! `C00xx` is syntax, `C01xx` shape, `C02xx` names, `C03xx` expressions and types, `C04xx` secrets and safety,
//! `C05xx` meaning.

use std::fmt;

/// The number of a kind of mistake, shown as `C0102`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(u16);

impl Code {
    /// Its entry in [`CODES`]: one line on what it means. Empty for a code that is not there.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        CODES.iter().find(|(code, _)| *code == self).map_or("", |(_, meaning)| meaning)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "C{:04}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

macro_rules! codes {
    ($($name:ident $number:literal $meaning:literal)*) => {
        impl Code {
            $(#[doc = $meaning] pub const $name: Code = Code($number);)*
        }

        /// Every code, with one line on what it means, in order.
        pub const CODES: &[(Code, &str)] = &[$((Code::$name, $meaning)),*];
    };
}

codes! {
    YAML_SYNTAX 1 "the file is not valid YAML"
    DUPLICATE_KEY 2 "a key stands twice in one mapping"
    REFUSED_YAML 3 "an anchor, alias, tag, merge key or directive: parts of YAML that a spec does without"
    SEVERAL_DOCUMENTS 4 "the file holds more than one YAML document"
    TOO_MUCH 5 "the file is larger, deeper or fuller than a spec may be"
    CONTROL_CHARACTER 6 "a control character stands in the file or in a text"

    MISSING_KEY 101 "a key that is needed is missing"
    UNKNOWN_KEY 102 "a key that does not exist at this place"
    WRONG_KIND 103 "a value of another kind than the key takes, such as a number where text is wanted"
    UNKNOWN_CHOICE 104 "a word that is not one of those the key takes"
    MALFORMED 105 "a text that cannot be read as what the key takes, such as a duration or an address"
    CONFLICTING_KEYS 106 "keys that do not go together"
    INVALID_NAME 107 "a name that is not written as such names are"
    OUT_OF_BOUNDS 108 "a number outside what the key takes"
    UNSUPPORTED_VERSION 109 "a version of the language that this compiler does not know"
    EMPTY 110 "nothing stands where at least one thing is needed"

    UNKNOWN_PAGINATOR 201 "a paginator that `paging` does not declare"
    UNKNOWN_TYPE 202 "a type that is neither built in nor declared under `types`"
    UNKNOWN_PATH 203 "a path that is not in the resource's example"
    UNKNOWN_SETTING 204 "a setting that `config` does not declare"
    UNKNOWN_RESOURCE 205 "a resource that `resources` does not declare"
    UNKNOWN_PARAMETER 206 "a list parameter that the resource does not have"
    NAME_TAKEN 207 "a name that something else has already"
    DUPLICATE_VALUE 208 "a value that stands twice in one list"
    RESERVED_NAME 209 "a name that is kept for something else, such as an implied column"
    RUST_NAME_CLASH 210 "two names that would be the same in Rust or in SQL"
    PARAMETER_TWICE 211 "one parameter of a request that two things set"
    MATCHES_NOTHING 212 "a glob that matches no value of the type"
    UNKNOWN_VALUE 213 "a text that the type of what it is compared with does not have"
    UNKNOWN_FILE 214 "a file that is not below the spec's folder, or cannot be read"
    UNKNOWN_VARIABLE 215 "a variable that a GraphQL query does not declare"

    EXPRESSION_SYNTAX 301 "an expression or template that cannot be read"
    UNKNOWN_FUNCTION 302 "a function that does not exist"
    ARGUMENT_COUNT 303 "a function called with more or fewer arguments than it takes"
    OPERAND_TYPE 304 "an operand of a type that the operator, function or place does not take"
    FIELD_TYPE 305 "a column whose type does not fit what it is made of"
    INVALID_REGEX 306 "a regular expression that is invalid or has no group"
    OUT_OF_SCOPE 307 "a path that does not exist where the expression stands"
    MAY_BE_NULL 308 "an expression that can be null where a value is needed"
    CONSTANT 309 "an expression that is always the same where it should depend on what was received"
    EXAMPLE_VALUE 310 "a value of the example that the type of the field does not have"
    UNUSED_NAME 315 "a name of `let`, or of the items of a list, that nothing uses"
    TIME_WORD 316 "a format or unit of time in an expression that does not exist"
    BY_ZERO 317 "a division by zero"

    CREDENTIAL 401 "a credential is written in the spec"
    SECRET_ESCAPES 402 "a secret is used outside `auth` and headers"
    AUTH_WITHOUT_SECRET 403 "`auth` is made without a secret"
    UNSAFE_ADDRESS 404 "an address that requests must not be sent to"
    CHOICE_OF_AUTH 405 "`auth` is chosen by something else than a setting with a list of values"
    WAY_MISSING 406 "a value of a setting for which `auth` has no way"

    NOTHING_INCREMENTAL 501 "`incremental` has neither `continue`, `window` nor `feed`"
    WINDOW_WITHOUT_TIME 502 "a window of time, or a feed, on a resource whose rows have no time"
    LOOKBACK 503 "a `lookback` that is not a positive whole number of a unit"
    DEFAULT_REFUSED 504 "a default that the setting itself would refuse"
    EMPTY_RANGE 505 "a range that holds nothing"
    RULE_FITS_ALL 506 "an error rule with neither `status` nor `code`"
    UNUSED_SETTING 507 "a setting that nothing uses"
    UNUSED_TYPE 508 "a type that nothing uses"
    UNUSED_PAGINATOR 509 "a paginator that no resource uses"
    WINDOW_NEEDED 510 "a key that only means something together with another, which is missing"
    FOR_EACH_CIRCLE 511 "a resource that is read for each of its own rows"
    PARENT_UNUSED 512 "a `for_each` of which the request takes nothing"
    BODY_NEEDED 513 "something goes into the body of a request that has none"
    WINDOW_TOO_FINE 514 "a window shorter than how its ends are written can tell apart"
    CHANGES_UNKNOWN 515 "`only: changed` of a resource that cannot be asked for what has changed"
    WINDOW_UNSENT 516 "a window of which no request says where it begins"
    UNKNOWN_FIELD 520 "a field that the resource does not have"
    FIELD_TWICE 521 "a field that is named twice for what it is"
    PERIOD_CUT 522 "a window too short for a whole period"
    PARENTS_MIXED 523 "rows of several parents that nothing tells apart"
    HOOK 540 "a resource that needs a hook, which is Rust code"
    GRAPHQL_SYNTAX 541 "a GraphQL query that cannot be read, such as one with a brace that nothing closes"
    GRAPHQL_OPERATION 542 "a GraphQL document with other than one operation, or with one that does not only ask"
    VARIABLE_NOT_SENT 543 "a variable that a GraphQL query needs and a request does not send"
    VARIABLE_NOT_USED 544 "a variable that a GraphQL query declares and does not use"
}
