//! What of a request says which parent it is for: the places, in the path, the parameters, the headers and the body, where
//! the spec puts something of the parent's row. It must not know which rows there are.

use std::borrow::Cow;

use hyper::HeaderMap;
use tapwright_spec::model::{Body, Expr, Param, ParamValue, Resource, Template};

use crate::find::Known;
use crate::posted::Posted;
use crate::route::{Route, names_parent};
use crate::sent::values;

/// A place in a request.
#[derive(Clone, Debug)]
enum Place {
    Segment(usize),
    Query(String),
    Header(String),
    Body(Vec<String>),
}

/// The places that say whose list is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asks {
    places: Vec<(Place, Expr)>,
}

impl Asks {
    /// Those of a resource.
    pub(crate) fn of(resource: &Resource, route: &Route) -> Asks {
        let mut places: Vec<(Place, Expr)> =
            route.holes().map(|(place, expr)| (Place::Segment(place), expr.clone())).collect();
        let mut params = |params: &[Param], place: &dyn Fn(String) -> Place| {
            for param in params {
                if let ParamValue::Text(expr) = &param.value {
                    places.push((place(param.name.clone()), expr.clone()));
                }
            }
        };
        params(&resource.query, &Place::Query);
        params(&resource.headers, &Place::Header);
        match &resource.body {
            Some(Body::Form(fields)) => params(fields, &|name| Place::Body(vec![name])),
            Some(Body::Json { template, .. }) => in_body(template, &mut Vec::new(), &mut places),
            None => {}
        }
        places.retain(|(_, expr)| names_parent(expr));
        Asks { places }
    }

    /// What a request says of the parent.
    pub(crate) fn read<'a>(
        &'a self,
        path: &[Cow<'_, str>],
        query: &str,
        headers: &HeaderMap,
        posted: &Posted,
    ) -> Vec<Known<'a>> {
        let said = |place: &Place| match place {
            Place::Segment(place) => path.get(*place).map(|segment| segment.clone().into_owned()),
            Place::Query(name) => values(query, name).next().map(Cow::into_owned),
            Place::Header(name) => headers.get(name.as_str()).and_then(|value| value.to_str().ok()).map(str::to_owned),
            Place::Body(path) => posted.text(path),
        };
        self.places.iter().map(|(place, says)| Known { says: Cow::Borrowed(says), text: said(place) }).collect()
    }

    /// What the first place is called of which a request says nothing.
    pub(crate) fn missing(&self, known: &[Known<'_>]) -> Option<String> {
        let (_, (place, _)) = known.iter().zip(&self.places).find(|(known, _)| known.text.is_none())?;
        Some(match place {
            Place::Segment(place) => format!("segment {place} of the path"),
            Place::Query(name) => format!("parameter '{name}'"),
            Place::Header(name) => format!("header '{name}'"),
            Place::Body(path) => format!("key '{}'", path.join(".")),
        })
    }
}

fn in_body(template: &Template, path: &mut Vec<String>, places: &mut Vec<(Place, Expr)>) {
    match template {
        Template::Value(expr) | Template::Text(expr) => places.push((Place::Body(path.clone()), expr.clone())),
        Template::Object(members) => {
            for (key, value) in members {
                path.push(key.clone());
                in_body(value, path, places);
                path.pop();
            }
        }
        // What is in a list is compared when the parent is known.
        Template::Null | Template::Array(_) => {}
    }
}
