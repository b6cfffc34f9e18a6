//! The connector itself: an accessor for each resource, and the sync.

use proc_macro2::TokenStream;
use quote::quote;
use tapwright_spec::model::Connector;
use tapwright_spec::names::row_type;

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
        let about = format!("{about}{read}");
        quote! {
            #[doc = #about]
            ///
            /// Read page by page, as they are asked for.
            #[must_use]
            pub fn #method(&self) -> #tapwright::Records<#row> {
                self.api.records(#name)
            }
        }
    });
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        pub struct Connector {
            api: #tapwright::Api,
        }

        impl Connector {
            /// The tables this connector is made of.
            pub const PLAN: &'static #tapwright::plan::Connector = &__plan::CONNECTOR;

            /// A connector with that configuration.
            ///
            /// # Errors
            /// When the base URL is none that a credential may be sent to.
            pub fn new(config: Config) -> ::core::result::Result<Self, #tapwright::Error> {
                Self::with_options(config, ::core::default::Default::default())
            }

            /// A connector with that configuration, and options for reading and syncing.
            ///
            /// # Errors
            /// As [`Connector::new`].
            pub fn with_options(
                config: Config,
                options: #tapwright::Options,
            ) -> ::core::result::Result<Self, #tapwright::Error> {
                ::core::result::Result::map(
                    #tapwright::Api::new(Self::PLAN, config.settings, options),
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
