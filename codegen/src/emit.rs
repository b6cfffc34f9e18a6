//! A plan written as Rust: one `static` whose tables are literals.

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_plan as plan;

use crate::Names;

/// The module that holds the plan.
pub(crate) fn plan(connector: &plan::Connector, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let version = plan::VERSION;
    let connector = connector.emit();
    quote! {
        #[doc(hidden)]
        #[allow(warnings, clippy::all, clippy::pedantic)]
        mod __plan {
            use ::core::option::Option::{None, Some};
            use #tapwright::plan::*;

            const _: () = ::core::assert!(
                VERSION == #version,
                "this connector was generated for another release of tapwright: build it with the macro of this one"
            );

            pub(super) static CONNECTOR: Connector = #connector;
        }
    }
}

/// Writes a value as the expression that makes it.
trait Emit {
    fn emit(&self) -> TokenStream;
}

/// Structs are written field by field.
macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Emit for plan::$name {
            fn emit(&self) -> TokenStream {
                // Named one by one, so that a new field of a plan is a compile error here.
                let plan::$name { $($field),* } = self;
                $(let $field = $field.emit();)*
                quote!($name { $($field: #$field),* })
            }
        }
    )*};
}

/// Enums whose variants hold nothing are written by name.
macro_rules! names {
    ($($name:ident)*) => {$(
        impl Emit for plan::$name {
            fn emit(&self) -> TokenStream {
                let variant = proc_macro2::Ident::new(&format!("{self:?}"), proc_macro2::Span::call_site());
                quote!($name::#variant)
            }
        }
    )*};
}

structs! {
    Connector { name, title, fingerprint, settings, base_url, auth, limits, retry, resources }
    Retry { attempts, first, most, constant, after }
    Wait { answer, from, format }
    Way { value, auth }
    Token { from, carried }
    Login { request, address, auth, answer, token, lasts, expires }
    Jwt { algorithm, key, header, claims, lasts }
    Setting { name, description, env, kind, required, only_for }
    OnlyFor { setting, values }
    RateLimit { requests, per }
    Span { millis }
    Parent { resource, columns }
    Resource {
        name, description, for_each, given, request, limits, paging, decode, keep, on_error, refusal, incremental, row,
        hook
    }
    Request { method, path, query, headers, body }
    Member { name, value }
    OAuth2 {
        token_url, grant, client_id, client_secret, client, refresh_token, user, password, assertion, scope, more
    }
    Param { name, value }
    Paging { step, size, more, short_is_last }
    Size { to, value }
    Incremental { resume, window, newest_first, lookback, lookback_unit, overlap }
    Resume { from, to }
    Window { from, to, at_most, on, format, until_now }
    ErrorRule { status, code, message, when, then }
    Decode { records, envelope, record, known, above, entry_key, record_slots }
    Zipped { name, path }
    Envelope { body, headers, slots }
    Header { name, slot }
    Node { slot, fields, each }
    Field { name, node }
    Row { name, shape, key, time, columns }
    Column { name, description, ty, nullable, from }
    Series { told_by, dimensions, values, end, period, parent }
    Edge { from, from_row, to, to_row, kind }
}

names! { Algorithm Bound ClientProof Grant Method On Over WaitFormat Slot Function }

/// Literals write themselves.
macro_rules! literals {
    ($($name:ty)*) => {$(
        impl Emit for $name {
            fn emit(&self) -> TokenStream {
                quote!(#self)
            }
        }
    )*};
}

literals! { bool u16 u32 i64 u64 &'static str }

impl Emit for f64 {
    fn emit(&self) -> TokenStream {
        let bits = self.to_bits();
        // Not every number has a literal; every one has bits.
        if self.is_finite() { quote!(#self) } else { quote!(f64::from_bits(#bits)) }
    }
}

impl<T: Emit> Emit for Option<T> {
    fn emit(&self) -> TokenStream {
        match self {
            Some(value) => {
                let value = value.emit();
                quote!(Some(#value))
            }
            None => quote!(None),
        }
    }
}

impl<T: Emit> Emit for &'static [T] {
    fn emit(&self) -> TokenStream {
        let items = self.iter().map(Emit::emit);
        quote!(&[#(#items),*])
    }
}

impl Emit for &'static plan::Node {
    fn emit(&self) -> TokenStream {
        let node = (**self).emit();
        quote!(&#node)
    }
}

impl Emit for plan::Each {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Each::Rows { parents, changed } => {
                let parents = parents.emit();
                quote!(Each::Rows { parents: #parents, changed: #changed })
            }
            plan::Each::Values(values) => {
                let values = values.emit();
                quote!(Each::Values(#values))
            }
            plan::Each::Setting(at) => quote!(Each::Setting(#at)),
        }
    }
}

impl Emit for plan::Records {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Records::List(keys) => {
                let keys = keys.emit();
                quote!(Records::List(#keys))
            }
            plan::Records::At(steps) => {
                let steps = steps.emit();
                quote!(Records::At(#steps))
            }
            plan::Records::One(keys) => {
                let keys = keys.emit();
                quote!(Records::One(#keys))
            }
            plan::Records::Zip(lists) => {
                let lists = lists.emit();
                quote!(Records::Zip(#lists))
            }
        }
    }
}

impl Emit for plan::RecordStep {
    fn emit(&self) -> TokenStream {
        match self {
            plan::RecordStep::Key(key) => quote!(RecordStep::Key(#key)),
            plan::RecordStep::Each => quote!(RecordStep::Each),
            plan::RecordStep::Values => quote!(RecordStep::Values),
        }
    }
}

impl Emit for plan::Kind {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Kind::Secret { matches } => {
                let matches = matches.emit();
                quote!(Kind::Secret { matches: #matches })
            }
            plan::Kind::Text { matches, default } => {
                let (matches, default) = (matches.emit(), default.emit());
                quote!(Kind::Text { matches: #matches, default: #default })
            }
            plan::Kind::Integer { min, max, default } => {
                let default = default.emit();
                quote!(Kind::Integer { min: #min, max: #max, default: #default })
            }
            plan::Kind::Boolean { default } => {
                let default = default.emit();
                quote!(Kind::Boolean { default: #default })
            }
            plan::Kind::List { default } => {
                let default = default.emit();
                quote!(Kind::List { default: #default })
            }
            plan::Kind::Choice { values, default } => {
                let (values, default) = (values.emit(), default.emit());
                quote!(Kind::Choice { values: #values, default: #default })
            }
        }
    }
}

impl Emit for plan::Auth {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Auth::None => quote!(Auth::None),
            plan::Auth::Bearer(token) => {
                let token = token.emit();
                quote!(Auth::Bearer(#token))
            }
            plan::Auth::Header { name, value } => {
                let value = value.emit();
                quote!(Auth::Header { name: #name, value: #value })
            }
            plan::Auth::Query { name, value } => {
                let value = value.emit();
                quote!(Auth::Query { name: #name, value: #value })
            }
            plan::Auth::Body { path, value } => {
                let (path, value) = (path.emit(), value.emit());
                quote!(Auth::Body { path: #path, value: #value })
            }
            plan::Auth::Token(token) => {
                let token = token.emit();
                quote!(Auth::Token(&#token))
            }
            plan::Auth::Choice { setting, ways } => {
                let ways = ways.emit();
                quote!(Auth::Choice { setting: #setting, ways: #ways })
            }
            plan::Auth::Basic { user, password } => {
                let (user, password) = (user.emit(), password.emit());
                quote!(Auth::Basic { user: #user, password: #password })
            }
        }
    }
}

impl Emit for plan::TokenFrom {
    fn emit(&self) -> TokenStream {
        match self {
            plan::TokenFrom::OAuth2(oauth2) => {
                let oauth2 = oauth2.emit();
                quote!(TokenFrom::OAuth2(#oauth2))
            }
            plan::TokenFrom::Login(login) => {
                let login = login.emit();
                quote!(TokenFrom::Login(#login))
            }
            plan::TokenFrom::Jwt(jwt) => {
                let jwt = jwt.emit();
                quote!(TokenFrom::Jwt(#jwt))
            }
        }
    }
}

impl Emit for plan::Carried {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Carried::Bearer => quote!(Carried::Bearer),
            plan::Carried::Header { name, value } => {
                let value = value.emit();
                quote!(Carried::Header { name: #name, value: #value })
            }
            plan::Carried::Query { name, value } => {
                let value = value.emit();
                quote!(Carried::Query { name: #name, value: #value })
            }
        }
    }
}

impl Emit for plan::Step {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Step::Cursor { from, to } => {
                let (from, to) = (from.emit(), to.emit());
                quote!(Step::Cursor { from: #from, to: #to })
            }
            plan::Step::Last { from, to } => {
                let (from, to) = (from.emit(), to.emit());
                quote!(Step::Last { from: #from, to: #to })
            }
            plan::Step::Page { to, first, last } => {
                let (to, last) = (to.emit(), last.emit());
                quote!(Step::Page { to: #to, first: #first, last: #last })
            }
            plan::Step::Offset { to, first, total } => {
                let (to, total) = (to.emit(), total.emit());
                quote!(Step::Offset { to: #to, first: #first, total: #total })
            }
            plan::Step::Next { from } => {
                let from = from.emit();
                quote!(Step::Next { from: #from })
            }
            plan::Step::Link => quote!(Step::Link),
        }
    }
}

impl Emit for plan::Target {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Target::Query(name) => quote!(Target::Query(#name)),
            plan::Target::Header(name) => quote!(Target::Header(#name)),
            plan::Target::Body(path) => {
                let path = path.emit();
                quote!(Target::Body(#path))
            }
        }
    }
}

impl Emit for plan::Body {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Body::Json(template) => {
                let template = template.emit();
                quote!(Body::Json(#template))
            }
            plan::Body::Form(params) => {
                let params = params.emit();
                quote!(Body::Form(#params))
            }
        }
    }
}

impl Emit for plan::Template {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Template::Null => quote!(Template::Null),
            plan::Template::Value(value) => {
                let value = value.emit();
                quote!(Template::Value(#value))
            }
            plan::Template::Text(text) => {
                let text = text.emit();
                quote!(Template::Text(#text))
            }
            plan::Template::Array(items) => {
                let items = items.emit();
                quote!(Template::Array(#items))
            }
            plan::Template::Object(members) => {
                let members = members.emit();
                quote!(Template::Object(#members))
            }
        }
    }
}

impl Emit for plan::ParamValue {
    fn emit(&self) -> TokenStream {
        match self {
            plan::ParamValue::Text(value) => {
                let value = value.emit();
                quote!(ParamValue::Text(#value))
            }
            plan::ParamValue::Comma(values) => {
                let values = values.emit();
                quote!(ParamValue::Comma(#values))
            }
            plan::ParamValue::Repeat(values) => {
                let values = values.emit();
                quote!(ParamValue::Repeat(#values))
            }
        }
    }
}

impl Emit for plan::Action {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Action::Retry(after) => {
                let after = after.emit();
                quote!(Action::Retry(#after))
            }
            plan::Action::Wait(so_long) => {
                let so_long = so_long.emit();
                quote!(Action::Wait(#so_long))
            }
            plan::Action::SkipParent => quote!(Action::SkipParent),
            plan::Action::Fail => quote!(Action::Fail),
            plan::Action::Empty => quote!(Action::Empty),
            plan::Action::Ignore => quote!(Action::Ignore),
            plan::Action::DropValueOf(param) => quote!(Action::DropValueOf(#param)),
        }
    }
}

impl Emit for plan::Shape {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Shape::Entity => quote!(Shape::Entity),
            plan::Shape::Event => quote!(Shape::Event),
            plan::Shape::Metric(series) => {
                let series = series.emit();
                quote!(Shape::Metric(#series))
            }
            plan::Shape::Edge(edge) => {
                let edge = edge.emit();
                quote!(Shape::Edge(#edge))
            }
            plan::Shape::Distribution { series, bucket } => {
                let series = series.emit();
                quote!(Shape::Distribution { series: #series, bucket: #bucket })
            }
        }
    }
}

impl Emit for plan::TimeFormat {
    fn emit(&self) -> TokenStream {
        match self {
            plan::TimeFormat::Rfc3339 => quote!(TimeFormat::Rfc3339),
            plan::TimeFormat::UnixSeconds => quote!(TimeFormat::UnixSeconds),
            plan::TimeFormat::UnixMillis => quote!(TimeFormat::UnixMillis),
            plan::TimeFormat::UnixMicros => quote!(TimeFormat::UnixMicros),
            plan::TimeFormat::Date => quote!(TimeFormat::Date),
            plan::TimeFormat::Pattern { text, unit } => quote!(TimeFormat::Pattern { text: #text, unit: #unit }),
        }
    }
}

impl Emit for plan::Type {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Type::String => quote!(Type::String),
            plan::Type::Integer => quote!(Type::Integer),
            plan::Type::Number => quote!(Type::Number),
            plan::Type::Decimal => quote!(Type::Decimal),
            plan::Type::Boolean => quote!(Type::Boolean),
            plan::Type::Timestamp(format) => {
                let format = format.emit();
                quote!(Type::Timestamp(#format))
            }
            plan::Type::Date => quote!(Type::Date),
            plan::Type::Json => quote!(Type::Json),
            plan::Type::List => quote!(Type::List),
            plan::Type::Enum { name, values } => {
                let values = values.emit();
                quote!(Type::Enum { name: #name, values: #values })
            }
        }
    }
}

impl Emit for plan::Expr {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Expr::Null => quote!(Expr::Null),
            plan::Expr::Bool(b) => quote!(Expr::Bool(#b)),
            plan::Expr::Integer(i) => quote!(Expr::Integer(#i)),
            plan::Expr::Number(n) => {
                let n = n.emit();
                quote!(Expr::Number(#n))
            }
            plan::Expr::Text(text) => quote!(Expr::Text(#text)),
            plan::Expr::Slot(slot) => quote!(Expr::Slot(#slot)),
            plan::Expr::Setting(at) => quote!(Expr::Setting(#at)),
            plan::Expr::Given(at) => quote!(Expr::Given(#at)),
            plan::Expr::Window(bound) => {
                let bound = bound.emit();
                quote!(Expr::Window(#bound))
            }
            plan::Expr::FirstOf(parts) => {
                let parts = parts.emit();
                quote!(Expr::FirstOf(#parts))
            }
            plan::Expr::Concat(parts) => {
                let parts = parts.emit();
                quote!(Expr::Concat(#parts))
            }
            plan::Expr::If([condition, then, otherwise]) => {
                let (condition, then, otherwise) = (condition.emit(), then.emit(), otherwise.emit());
                quote!(Expr::If(&[#condition, #then, #otherwise]))
            }
            plan::Expr::Call(function, operands) => {
                let (function, operands) = (function.emit(), operands.emit());
                quote!(Expr::Call(#function, #operands))
            }
            plan::Expr::Let([value, body]) => {
                let (value, body) = (value.emit(), body.emit());
                quote!(Expr::Let(&[#value, #body]))
            }
            plan::Expr::Local(up, path) => {
                let path = path.emit();
                quote!(Expr::Local(#up, #path))
            }
            plan::Expr::Items(array) => {
                let array = array.emit();
                quote!(Expr::Items(&#array))
            }
            plan::Expr::Over(over, [list, body]) => {
                let (over, list, body) = (over.emit(), list.emit(), body.emit());
                quote!(Expr::Over(#over, &[#list, #body]))
            }
        }
    }
}

impl Emit for plan::Segment {
    fn emit(&self) -> TokenStream {
        match self {
            plan::Segment::Key(key) => quote!(Segment::Key(#key)),
            plan::Segment::Each => quote!(Segment::Each),
        }
    }
}
