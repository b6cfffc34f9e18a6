//! A named enum of the spec: its values as variants, and one for what the API sends beyond them.

use std::collections::HashSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tapwright_model::Enum;
use tapwright_model::names::upper_camel;

use super::ident;
use crate::Names;

pub(crate) fn open_enum(known: &Enum, _names: &Names) -> TokenStream {
    let name = ident(&known.name);
    let variants = variants(known);
    let values = &known.values;
    let about = format!(" One of the {} known values of `{}`, or another.", values.len(), known.name);
    let docs = values.iter().map(|value| format!(" `{value}`"));
    quote! {
        #[doc = #about]
        ///
        /// An API may begin to send values that the spec does not know yet: they are kept, as [`Self::Unlisted`].
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
            /// A value that the spec does not know.
            Unlisted(::std::string::String),
        }

        impl #name {
            /// The value as the API writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unlisted(value) => value,
                }
            }
        }

        impl ::core::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                match ::std::string::String::as_str(&value) {
                    #(#values => Self::#variants,)*
                    _ => Self::Unlisted(value),
                }
            }
        }

        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

/// A variant for each value, all different, in the values' order.
fn variants(known: &Enum) -> Vec<Ident> {
    let mut taken = HashSet::from(["Unlisted".to_owned(), "Self".to_owned()]);
    let name = |value: &String| {
        let mut name = upper_camel(value);
        if !name.starts_with(|c: char| c.is_alphabetic()) {
            name.insert_str(0, "Value");
        }
        let wanted = name.clone();
        let mut next = 2;
        while !taken.insert(name.clone()) {
            name = format!("{wanted}{next}");
            next += 1;
        }
        ident(&name)
    };
    known.values.iter().map(name).collect()
}
