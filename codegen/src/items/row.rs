//! A row type as a struct with plain fields.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use tapwright_model::names::{row_type, snake};
use tapwright_model::{Connector, Resource, Type};

use super::{doc, ident};
use crate::Names;

/// A field of the struct: name, documentation, type, and how it is read from column `at`.
struct Member {
    name: String,
    about: String,
    ty: TokenStream,
    read: TokenStream,
    /// How it is written back.
    write: TokenStream,
}

pub(crate) fn row(model: &Connector, resource: &Resource, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let row = &resource.row;
    let name = ident(&row_type(&model.name, &row.name));
    let table = &row.name;
    let about = doc(&resource.description, &format!("A row of {}.", row.name));
    let members = members(resource, names);
    let fields = members.iter().map(|member| {
        let (name, about, ty) = (ident(&member.name), &member.about, &member.ty);
        quote!(#[doc = #about] pub #name: #ty)
    });
    let reads = members.iter().map(|member| {
        let (name, read) = (ident(&member.name), &member.read);
        quote!(#name: #read)
    });
    let rewrite = resource.hook.as_ref().map(|_| rewrite(&name, &members, names));
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#fields,)*
        }

        #rewrite

        impl #tapwright::Record for #name {
            const ROW: &'static str = #table;

            fn from_row(row: &#tapwright::Row<'_>) -> Self {
                Self { #(#reads,)* }
            }
        }
    }
}

/// The way back, for what a hook returns.
fn rewrite(name: &Ident, members: &[Member], names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let writes = members.iter().map(|member| &member.write);
    quote! {
        impl #tapwright::Rewrite for #name {
            fn write(self, row: &mut #tapwright::RowWriter<'_>) {
                #(#writes)*
            }
        }
    }
}

fn members(resource: &Resource, names: &Names) -> Vec<Member> {
    let row = &resource.row;
    let mut members = Vec::with_capacity(row.fields.len() + 2);
    let mut add = |name: &str, about: String, ty: &Type, nullable: bool| {
        let as_is = ty;
        let (ty, read) = typed(ty, nullable, members.len(), names);
        let write = written(&ident(&snake(name)), as_is, nullable);
        members.push(Member { name: snake(name), about, ty, read, write });
    };
    for column in row.implied() {
        add(column.name, format!(" {}", column.about), &column.ty, column.nullable);
    }
    for field in &row.fields {
        let otherwise = match &field.references {
            Some(resource) => format!("The id in {resource}."),
            None => format!("{}.", field.name),
        };
        add(&field.name, doc(&field.description, &otherwise), &field.ty, field.nullable);
    }
    members
}

/// How a field is written back: the writer's call.
fn written(field: &Ident, ty: &Type, nullable: bool) -> TokenStream {
    let method = match ty {
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Timestamp(_) => "timestamp",
        Type::List => "list",
        Type::String | Type::Decimal | Type::Date | Type::Json | Type::Enum(_) if nullable => "optional_text",
        Type::String | Type::Decimal | Type::Date | Type::Json | Type::Enum(_) => "text",
    };
    let value = match (ty, nullable) {
        (Type::Enum(_), false) => quote!(::std::string::ToString::to_string(&self.#field)),
        (Type::Enum(_), true) => {
            quote!(::core::option::Option::map(self.#field, |value| ::std::string::ToString::to_string(&value)))
        }
        (Type::Integer | Type::Number | Type::Boolean | Type::Timestamp(_) | Type::List, false) => {
            quote!(::core::option::Option::Some(self.#field))
        }
        _ => quote!(self.#field),
    };
    let method = ident(method);
    quote!(row.#method(#value);)
}

/// The Rust type of a column, and how it is read.
fn typed(ty: &Type, nullable: bool, at: usize, names: &Names) -> (TokenStream, TokenStream) {
    let tapwright = &names.tapwright;
    let (plain, optional) = match ty {
        Type::String | Type::Decimal | Type::Date | Type::Json => {
            let ty = quote!(::std::string::String);
            if !nullable {
                return (ty, quote!(row.text(#at)));
            }
            (ty, quote!(row.optional_text(#at)))
        }
        Type::Enum(known) => {
            let ty = ident(&known.name);
            if !nullable {
                return (quote!(#ty), quote!(<#ty as ::core::convert::From<_>>::from(row.text(#at))));
            }
            (quote!(#ty), quote!(::core::option::Option::map(row.optional_text(#at), ::core::convert::From::from)))
        }
        Type::Integer => (quote!(i64), quote!(row.integer(#at))),
        Type::Number => (quote!(f64), quote!(row.number(#at))),
        Type::Boolean => (quote!(bool), quote!(row.boolean(#at))),
        Type::Timestamp(_) => (quote!(#tapwright::Timestamp), quote!(row.timestamp(#at))),
        Type::List => (quote!(::std::vec::Vec<::std::string::String>), quote!(row.list(#at))),
    };
    if nullable {
        (quote!(::core::option::Option<#plain>), optional)
    } else {
        // The engine has refused a null where the spec allows none.
        (plain, quote!(::core::option::Option::unwrap_or_default(#optional)))
    }
}
