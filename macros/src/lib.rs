//! The macro: a file name in, a typed connector out.
//!
//! It finds the file, has it checked and expanded, and reports what is wrong as compile errors. It keeps nothing from
//! one call to the next, and touches no file but the spec and what that names below its folder.

#![cfg_attr(feature = "nightly", feature(proc_macro_diagnostic, proc_macro_expand, proc_macro_span))]

mod beside;
#[cfg(feature = "nightly")]
mod underline;

use std::path::{Path, PathBuf};

use proc_macro::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};
use tapwright_codegen::{Names, expand};
use tapwright_render::{Style, render};
use tapwright_spec::model::Connector;
use tapwright_spec::{Diagnostic, Source, check_with};

/// So many mistakes are reported in one build; a file with more is another kind of file.
const MOST: usize = 50;

/// Makes a connector from a spec: `connector!("connector.yaml")`, in a module of its own.
///
/// A name that begins with `./` or `../` is relative to the calling file, another to the package (where its
/// `Cargo.toml` is). `crate = path` names the `tapwright` crate where it goes by another name.
///
/// The module then has `Config` with a builder, a struct for each row type, an enum for each named type, and
/// `Connector`, which reads records as streams or syncs into a store. Every mistake in the spec is a compile error
/// with its line and column.
#[proc_macro]
pub fn connector(input: TokenStream) -> TokenStream {
    let call = syn::parse_macro_input!(input as Call);
    if let Some(hooks) = &call.hooks {
        let what = "a connector is given its hooks when it is made: `Connector::new(config, hooks)`";
        let span = hooks.clone().into_iter().next().map_or(call.file.span(), |first| first.span());
        return quote::quote_spanned!(span=> ::core::compile_error!(#what);).into();
    }
    expand_with(&call, |model, _, names| expand(model, names))
}

/// Makes a test of each check of the suite that every spec has: `generated_tests!("connector.yaml")`, in a test of its own or
/// in a module. The arguments are those of [`connector!`], and `hooks = path`: a function that gives the `Hooks` of the
/// connector, where its spec has any.
///
/// `cargo test` then lists them as `RESOURCE::what_it_says`. They run the tables as this crate compiles them, against a
/// sandbox on loopback and into a store in a temporary folder. It needs the feature `testing`.
#[proc_macro]
pub fn generated_tests(input: TokenStream) -> TokenStream {
    expand_with(&syn::parse_macro_input!(input as Call), tapwright_codegen::suite::tests)
}

/// Makes something of the spec that is named; the second argument is what the calling file includes it by.
fn expand_with(call: &Call, items: fn(&Connector, &str, &Names) -> proc_macro2::TokenStream) -> TokenStream {
    match generate(call, items) {
        Ok(tokens) => tokens.into(),
        Err(message) => {
            let message = format!("\n{message}");
            quote::quote_spanned!(call.file.span()=> ::core::compile_error!(#message);).into()
        }
    }
}

/// `"file"` and, optionally, `crate = path` and `hooks = path`.
struct Call {
    file: LitStr,
    tapwright: Option<proc_macro2::TokenStream>,
    hooks: Option<proc_macro2::TokenStream>,
}

impl Parse for Call {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut call = Call { file: input.parse()?, tapwright: None, hooks: None };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            let name = input.call(Ident::parse_any)?;
            let place = match name.to_string().as_str() {
                "crate" => &mut call.tapwright,
                "hooks" => &mut call.hooks,
                _ => return Err(syn::Error::new(name.span(), "expected `crate = path` or `hooks = path`")),
            };
            input.parse::<Token![=]>()?;
            if place.replace(path(input)?).is_some() {
                return Err(syn::Error::new(name.span(), "it is said twice"));
            }
        }
        Ok(call)
    }
}

/// A path without generics: `::a::b`, `crate::a`.
fn path(input: ParseStream<'_>) -> syn::Result<proc_macro2::TokenStream> {
    let mut tokens = quote!();
    loop {
        if input.parse::<Option<Token![::]>>()?.is_some() {
            tokens.extend(quote!(::));
        }
        let segment = input.call(Ident::parse_any)?;
        tokens.extend(quote!(#segment));
        if !input.peek(Token![::]) {
            return Ok(tokens);
        }
    }
}

fn generate(
    call: &Call,
    items: fn(&Connector, &str, &Names) -> proc_macro2::TokenStream,
) -> Result<proc_macro2::TokenStream, String> {
    let name = call.file.value();
    let (file, included) = locate(&name, call)?;
    let text = std::fs::read_to_string(&file).map_err(|error| {
        let help = "a name that begins with ./ is relative to this file, another to the package";
        format!("the spec `{name}` cannot be read: {error}\nhelp: {help}")
    })?;
    let mut names = Names::default();
    if let Some(tapwright) = &call.tapwright {
        names.tapwright.clone_from(tapwright);
    }
    names.hooks.clone_from(&call.hooks);
    let source = Source::new(&name, &text);
    let folder = file.parent().unwrap_or(Path::new(""));
    let checked = check_with(&source, &|path| beside::read(folder, path));
    #[cfg(feature = "nightly")]
    let read = underline::Read::open(&included, call.file.span().unwrap(), &source);
    let as_text = |diagnostic: &&Diagnostic| {
        #[cfg(feature = "nightly")]
        if read.as_ref().is_some_and(|read| read.tell(diagnostic, &source)) {
            return false;
        }
        diagnostic.is_error()
    };
    let errors = checked.diagnostics.iter().take(MOST).filter(as_text).map(|diagnostic| {
        let message = format!("\n{}", render(diagnostic, &source, Style::Plain));
        quote::quote_spanned!(call.file.span()=> ::core::compile_error!(#message);)
    });
    // With errors too, what can be generated is: one wrong key should not bring forty unknown types.
    let items = checked.model.as_ref().or(checked.partial.as_ref()).map(|model| items(model, &included, &names));
    let (tapwright, written) = (&names.tapwright, digest(text.as_bytes()));
    let fresh = checked.model.is_some().then(|| {
        quote! {
            const _: () = ::core::assert!(
                #tapwright::__private::digest(SPEC) == #written,
                "the spec changed after this was generated: build again"
            );
        }
    });
    let files = checked.model.iter().flat_map(|model| &model.files).map(|beside| {
        let (included, written) = (beside_of(&included, &beside.path), digest(beside.text.as_bytes()));
        quote! {
            const _: () = ::core::assert!(
                #tapwright::__private::digest(::core::include_bytes!(#included)) == #written,
                "a file that the spec names changed after this was generated: build again"
            );
        }
    });
    Ok(quote! {
        #(#files)*
        // Read by the compiler too, so that a change of the spec builds the crate again.
        const _: () = {
            const SPEC: &[u8] = ::core::include_bytes!(#included);
            #fresh
        };
        #(#errors)*
        #items
    })
}

/// Where the file is, and how the calling file includes it.
fn locate(name: &str, call: &Call) -> Result<(PathBuf, String), String> {
    if Path::new(name).is_absolute() {
        return Err(format!("`{name}` is an absolute path, which is another on the next machine"));
    }
    if name.starts_with("./") || name.starts_with("../") {
        let caller = call.file.span().unwrap().local_file().ok_or("the calling file is not known to the compiler")?;
        let folder = caller.parent().unwrap_or(Path::new(""));
        return Ok((folder.join(name), name.to_owned()));
    }
    let package = std::env::var_os("CARGO_MANIFEST_DIR").ok_or("CARGO_MANIFEST_DIR is not set: build with cargo")?;
    let file = Path::new(&package).join(name);
    let included = file.to_str().ok_or("the package's path is not UTF-8")?.to_owned();
    Ok((file, included))
}

/// How the calling file includes what stands beside the spec.
fn beside_of(spec: &str, path: &str) -> String {
    match spec.rsplit_once(['/', std::path::MAIN_SEPARATOR]) {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

/// As the runtime's `digest`: the two are held together by every build of a connector.
fn digest(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    words
        .chain(rest.iter().map(|byte| u64::from(*byte)))
        .fold(0xcbf2_9ce4_8422_2325, |hash, word| (hash ^ word).wrapping_mul(0x0000_0100_0000_01b3))
}
