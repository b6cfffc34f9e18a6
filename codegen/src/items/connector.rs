//! The connector itself: an accessor for each resource, and the sync.

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_model::Connector;
use tapwright_model::names::row_type;

use super::{doc, ident};
use crate::Names;

pub(crate) fn connector(model: &Connector, names: &Names) -> TokenStream {
    let tapwright = &names.tapwright;
    let about = doc(&model.description, &format!("The {} connector.", model.title));
    let accessors = model.resources.iter().map(|resource| {
        let (name, method) = (&resource.name, ident(&resource.name));
        let row = ident(&row_type(&model.name, &resource.row.name));
        let about = doc(&resource.description, &format!("The records of {name}."));
        let read = if resource.incremental.is_some() { " Of the look-back, as it is configured." } else { "" };
        let hook = resource.hook.as_ref().map(|does| {
            let does = doc(does, "");
            quote!(#[doc = ""] #[doc = " Its records go through a hook:"] #[doc = #does])
        });
        let about = format!("{about}{read}");
        quote! {
            #[doc = #about]
            ///
            /// Read page by page, as they are asked for.
            #hook
            #[must_use]
            pub fn #method(&self) -> #tapwright::Records<#row> {
                self.api.records(#name)
            }
        }
    });
    let (hooks, files) = (hooks(model, names), files(model));
    let hooked = model.resources.iter().filter_map(|resource| {
        let line = format!(" - `{}`:{}", resource.name, doc(resource.hook.as_ref()?, ""));
        Some(quote!(#[doc = #line]))
    });
    let hooked: Vec<_> = hooked.collect();
    let title =
        (!hooked.is_empty()).then(|| quote!(#[doc = ""] #[doc = " Resources that go through a hook:"] #[doc = ""]));
    // What a constructor takes besides, and gives on.
    let (parameter, argument, options) = match hooked.is_empty() {
        true => (quote!(), quote!(), quote!(options)),
        false => (
            quote!(hooks: Hooks,),
            quote!(hooks,),
            quote!(#tapwright::Options { hooks: ::core::convert::From::from(hooks), ..options }),
        ),
    };
    quote! {
        #hooks

        #[doc = #about]
        #title
        #(#hooked)*
        #[derive(Debug)]
        pub struct Connector {
            api: #tapwright::Api,
        }

        impl Connector {
            /// The tables this connector is made of.
            pub const PLAN: &'static #tapwright::plan::Connector = &__plan::CONNECTOR;

            #files

            /// A connector with that configuration.
            ///
            /// # Errors
            /// When the base URL is none that a credential may be sent to.
            pub fn new(config: Config, #parameter) -> ::core::result::Result<Self, #tapwright::Error> {
                Self::with_options(config, #argument <#tapwright::Options as ::core::default::Default>::default())
            }

            /// A connector with that configuration, and options for reading and syncing.
            ///
            /// # Errors
            /// As [`Connector::new`].
            pub fn with_options(
                config: Config,
                #parameter
                options: #tapwright::Options,
            ) -> ::core::result::Result<Self, #tapwright::Error> {
                ::core::result::Result::map(
                    #tapwright::Api::new(Self::PLAN, config.settings, #options),
                    |api| Self { api },
                )
            }

            #(#accessors)*

            /// Syncs into `sink`: every resource, or those that the options name.
            ///
            /// # Errors
            /// When the store cannot be used. What goes wrong with a resource is in the report.
            pub async fn sync(
                &self,
                sink: &mut dyn #tapwright::Sink,
            ) -> ::core::result::Result<#tapwright::Report, #tapwright::Error> {
                self.api.sync(sink).await
            }
        }
    }
}

/// `Hooks`: one for each resource that has one, so that none can be forgotten.
fn hooks(model: &Connector, names: &Names) -> Option<TokenStream> {
    let tapwright = &names.tapwright;
    let hooked: Vec<_> = model.resources.iter().filter(|resource| resource.hook.is_some()).collect();
    let fields = hooked.iter().map(|resource| {
        let (name, row) = (ident(&resource.name), ident(&row_type(&model.name, &resource.row.name)));
        let does = doc(resource.hook.as_deref().unwrap_or(""), "");
        quote!(#[doc = #does] pub #name: ::std::boxed::Box<dyn #tapwright::Hook<#row>>)
    });
    let set = hooked.iter().fold(quote!(#tapwright::HookSet::new()), |set, resource| {
        let (name, field) = (&resource.name, ident(&resource.name));
        quote!(#tapwright::HookSet::with(#set, #name, hooks.#field))
    });
    let about = format!(" What records of the {} connector go through: Rust code that its spec asks for.", model.title);
    (!hooked.is_empty()).then(|| {
        quote! {
            #[doc = #about]
            pub struct Hooks {
                #(#fields,)*
            }

            impl ::core::convert::From<Hooks> for #tapwright::HookSet {
                fn from(hooks: Hooks) -> Self {
                    #set
                }
            }

            impl ::core::fmt::Debug for Hooks {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str("Hooks { .. }")
                }
            }
        }
    })
}

/// The files that the spec names, where it names any.
fn files(model: &Connector) -> Option<TokenStream> {
    let files = model.files.iter().map(|file| {
        let (path, text) = (&file.path, &file.text);
        quote!((#path, #text))
    });
    (!model.files.is_empty()).then(|| {
        quote! {
            /// The files that the spec names, by their paths below its folder.
            pub const FILES: &'static [(&'static str, &'static str)] = &[#(#files),*];
        }
    })
}
