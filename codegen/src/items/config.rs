//! `Config` and its builder: the settings, typed.

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_model::names::snake;
use tapwright_model::{Connector, Setting, SettingKind};

use super::{doc, ident};
use crate::Names;

pub(crate) fn config(model: &Connector, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let about = doc("", &format!("How the {} connector is configured.", model.title));
    let setters = model.settings.iter().map(|setting| setter(setting, names));
    quote! {
        #[doc = #about]
        ///
        /// Made by [`Config::builder`], which checks every value.
        #[derive(Clone, Debug)]
        pub struct Config {
            settings: #tapwright::Settings,
        }

        impl Config {
            /// A configuration in which nothing is set yet.
            #[must_use]
            pub fn builder() -> ConfigBuilder {
                ConfigBuilder { settings: #tapwright::Settings::builder(&__plan::CONNECTOR) }
            }

            /// A configuration from the environment variables that the spec names.
            ///
            /// # Errors
            /// When a required one is not set, or a value is out of its bounds.
            pub fn from_env() -> ::core::result::Result<Self, #tapwright::Error> {
                Self::builder().from_env().build()
            }
        }

        /// A [`Config`] in the making.
        #[derive(Clone, Debug)]
        pub struct ConfigBuilder {
            settings: #tapwright::SettingsBuilder,
        }

        impl ConfigBuilder {
            #(#setters)*

            /// Takes what is not set yet from the environment variables that the spec names.
            #[must_use]
            pub fn from_env(self) -> Self {
                Self { settings: self.settings.from_env(|name| ::std::env::var(name).ok()) }
            }

            /// Checks everything.
            ///
            /// # Errors
            /// When a required value is not set, or one is out of its bounds.
            pub fn build(self) -> ::core::result::Result<Config, #tapwright::Error> {
                ::core::result::Result::map(self.settings.build(), |settings| Config { settings })
            }
        }
    }
}

fn setter(setting: &Setting, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let (name, method) = (&setting.name, ident(&snake(&setting.name)));
    let mut about = doc(&setting.description, &format!("Sets {}.", setting.name));
    let (argument, value) = match &setting.kind {
        SettingKind::Secret { .. } => (
            quote!(impl ::core::convert::Into<#tapwright::SecretString>),
            quote!(#tapwright::SettingValue::Text(::core::convert::Into::into(value))),
        ),
        SettingKind::Text { .. } | SettingKind::Choice { .. } => (
            quote!(impl ::core::convert::Into<::std::string::String>),
            quote!(#tapwright::SettingValue::Text(::core::convert::From::from(
                ::core::convert::Into::<::std::string::String>::into(value)
            ))),
        ),
        SettingKind::Integer { range, default } => {
            about.push_str(&format!(" From {} to {}", range.start(), range.end()));
            about.push_str(&default.map_or(".".to_owned(), |default| format!("; {default} when not set.")));
            (quote!(i64), quote!(#tapwright::SettingValue::Integer(value)))
        }
        SettingKind::List { .. } => (
            quote!(impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<::std::string::String>>),
            quote!(#tapwright::SettingValue::List(::core::iter::Iterator::collect(::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(value),
                ::core::convert::Into::into
            )))),
        ),
        SettingKind::Boolean { .. } => (quote!(bool), quote!(#tapwright::SettingValue::Boolean(value))),
    };
    quote! {
        #[doc = #about]
        #[must_use]
        pub fn #method(self, value: #argument) -> Self {
            Self { settings: self.settings.set(#name, #value, #tapwright::Origin::Given) }
        }
    }
}
