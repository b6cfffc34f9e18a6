//! Parameters that list values: which there may be, and which records they ask for. It must not know what else is asked.

use std::borrow::Cow;

use tapwright_spec::model::{Action, ListStyle, Resource};

use crate::answer::Answer;
use crate::leaf::Leaves;
use crate::list::Ask;
use crate::sent::Sent;

/// A parameter that lists values.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    name: String,
    style: ListStyle,
    /// What may be named, and the number of the variant it is.
    values: Vec<(String, Option<usize>)>,
    /// How many variants there are; 0 when it filters nothing.
    variants: usize,
    status: u16,
    code: String,
    /// Whether the spec says what is answered to a value that is not known: then it is said as WorkOS says it.
    told: bool,
}

impl Listed {
    /// That of a parameter.
    pub(crate) fn of(resource: &Resource, leaves: &Leaves, param: &str, values: &[String], style: ListStyle) -> Listed {
        let variant =
            leaves.variant.as_ref().filter(|variant| values.iter().all(|value| variant.values.contains(value)));
        let all = variant.map_or(values, |variant| variant.values.as_slice());
        let number =
            |value: &String| variant.and_then(|variant| variant.values.iter().position(|known| known == value));
        let rule = resource.on_error.iter().find(|rule| rule.then == Action::DropValueOf(param.to_owned()));
        Listed {
            name: param.to_owned(),
            style,
            values: all.iter().map(|value| (value.clone(), number(value))).collect(),
            variants: variant.map_or(0, |variant| variant.values.len()),
            told: rule.is_some(),
            status: rule.and_then(|rule| rule.status).unwrap_or(400),
            code: rule.and_then(|rule| rule.code.clone()).unwrap_or_else(|| "invalid_parameter".to_owned()),
        }
    }

    /// Takes the values a request lists, and asks for the records that have them.
    pub(crate) fn take(&self, sent: &mut Sent<'_>, ask: &mut Ask) -> Result<Vec<String>, Answer> {
        let names: Vec<String> = match self.style {
            ListStyle::Comma => match sent.take(&self.name)? {
                Some(value) => value.split(',').map(str::to_owned).collect(),
                None => Vec::new(),
            },
            ListStyle::Repeat => {
                let (mine, others) =
                    std::mem::take(&mut sent.pairs).into_iter().partition(|(name, _)| *name == self.name);
                sent.pairs = others;
                let mine: Vec<(Cow<'_, str>, Cow<'_, str>)> = mine;
                mine.into_iter().map(|(_, value)| value.into_owned()).collect()
            }
        };
        if names.is_empty() {
            return Err(Answer::coded(self.status, &format!("parameter '{}' is missing", self.name), &self.code));
        }
        let mut wanted = vec![false; self.variants];
        for name in &names {
            let Some((_, variant)) = self.values.iter().find(|(known, _)| known == name) else {
                return Err(self.reject(name));
            };
            if let Some(wanted) = variant.and_then(|variant| wanted.get_mut(variant)) {
                *wanted = true;
            }
        }
        if self.variants > 0 {
            ask.variants = Some((names.clone(), wanted));
        }
        Ok(names)
    }

    /// The answer to a value that the API does not know.
    pub(crate) fn reject(&self, name: &str) -> Answer {
        let message = match self.told {
            true => format!("Invalid name parameter, received: '{name}'"),
            false => format!("parameter '{}' has no value '{name}'", self.name),
        };
        Answer::coded(self.status, &message, &self.code)
    }
}
