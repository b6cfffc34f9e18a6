//! Everything of a request that is made for it: the expressions in its path, its parameters, its headers and its body.

use crate::model::{Body, Expr, Param, ParamValue, Template};

/// The templates of a request.
pub(super) struct Templates<'m> {
    /// None when it is already known to be wrong.
    pub(super) path: Option<&'m Expr>,
    pub(super) query: &'m [Param],
    pub(super) headers: &'m [Param],
    pub(super) body: Option<&'m Body>,
}

impl<'m> Templates<'m> {
    /// Calls `visit` with every expression.
    pub(super) fn each(&self, visit: &mut dyn FnMut(&'m Expr)) {
        self.path.into_iter().for_each(&mut *visit);
        let form: &[Param] = if let Some(Body::Form(params)) = self.body { params } else { &[] };
        for param in self.query.iter().chain(self.headers).chain(form) {
            if let ParamValue::Text(expr) = &param.value {
                visit(expr);
            }
        }
        if let Some(Body::Json { template, .. }) = self.body {
            inside(template, visit);
        }
    }
}

fn inside<'m>(template: &'m Template, visit: &mut dyn FnMut(&'m Expr)) {
    match template {
        Template::Null => {}
        Template::Value(expr) | Template::Text(expr) => visit(expr),
        Template::Array(items) => items.iter().for_each(|item| inside(item, visit)),
        Template::Object(members) => members.iter().for_each(|(_, value)| inside(value, visit)),
    }
}
