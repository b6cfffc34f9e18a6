//! A checked spec lowered to a plan, and that plan written as Rust.
//!
//! Both ways of running a connector go through [`lower`]: an interpreted one hands the tables to the engine as
//! they are, a compiled one has them written out by [`expand`]. That the two are the same is so by construction.
//!
//! This crate does no I/O, and knows the runtime by the paths of its items only.

mod emit;
mod items;
mod lower;
pub mod suite;

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_model::Connector;

pub use lower::lower;

/// How generated code refers to what it needs.
#[derive(Clone, Debug)]
pub struct Names {
    /// The path of the `tapwright` crate.
    pub tapwright: TokenStream,
    /// For tests: the path of a function that gives what records go through.
    pub hooks: Option<TokenStream>,
}

impl Default for Names {
    fn default() -> Self {
        Names { tapwright: quote!(::tapwright), hooks: None }
    }
}

/// The Rust of a connector: its configuration, its enums and row types, its plan, and the connector itself. To be put
/// into a module of its own.
#[must_use]
pub fn expand(model: &Connector, names: &Names) -> TokenStream {
    let config = items::config(model, names);
    let enums = model.enums.iter().map(|e| items::open_enum(e, names));
    let rows = model.resources.iter().map(|resource| items::row(model, resource, names));
    let connector = items::connector(model, names);
    let plan = emit::plan(lower(model), names);
    quote! {
        #connector
        #config
        #(#rows)*
        #(#enums)*
        #plan
    }
}

/// Generated code as a person would write it.
///
/// # Errors
/// When the tokens are no Rust file, with the parser's message.
#[cfg(feature = "format")]
pub fn format(tokens: TokenStream) -> Result<String, String> {
    let file = syn::parse2(tokens).map_err(|error| error.to_string())?;
    Ok(prettyplease::unparse(&file))
}
