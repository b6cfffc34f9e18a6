//! By which of its columns a row is called when something is asked for that belongs to it. It must not know what stands in
//! the columns.

use tapwright_spec::model::{
    Body, Connector, EachOf, Expr, Function, Param, ParamValue, Resource, Template, each_given,
};

use crate::paths::first_path;
use crate::row::column;

/// The columns by which requests call the rows of a resource, where nothing else in the request tells one from another.
pub(crate) fn called_by<'c>(resource: &Resource, connector: &'c Connector) -> Vec<&'c str> {
    let mut names = Vec::new();
    for request in calls(resource, connector, connector.resources.len()) {
        if !request.iter().any(|name| tells(resource, name)) {
            names.extend(request);
        }
    }
    names
}

/// All columns of a resource's rows that some request says.
pub(crate) fn said_of<'c>(resource: &Resource, connector: &'c Connector) -> Vec<&'c str> {
    calls(resource, connector, connector.resources.len()).into_iter().flatten().collect()
}

/// The columns of a resource's rows in the requests for each of the resources below it. How deep they can be is known.
fn calls<'c>(resource: &Resource, connector: &'c Connector, depth: usize) -> Vec<Vec<&'c str>> {
    let mut all = Vec::new();
    for (below, each) in
        connector.resources.iter().flat_map(|below| below.for_each.iter().map(move |each| (below, each)))
    {
        let EachOf::Rows { resources, .. } = &each.of else { continue };
        if !resources.contains(&resource.name) {
            continue;
        }
        let columns = |expr: &'c Expr, own: &mut Vec<&'c str>| {
            each_given(expr, &mut |name, column| own.extend(column.filter(|_| name == each.name)));
        };
        let mut own = Vec::new();
        each_expression(below, &mut |expr| columns(expr, &mut own));
        all.push(own);
        let further = if depth > 0 { calls(below, connector, depth - 1) } else { Vec::new() };
        for request in further {
            // What is a column of the row in between only because it is one of this.
            let mut own = Vec::new();
            for (from, _) in request.iter().filter_map(|name| column(below, name)) {
                columns(from, &mut own);
            }
            all.push(own);
        }
    }
    all
}

/// Whether a column alone tells a row from all others.
fn tells(resource: &Resource, name: &str) -> bool {
    let Some((from, _)) = column(resource, name) else { return false };
    let bare = match from {
        Expr::Call(Function::Text, args) => args.first().unwrap_or(from),
        other => other,
    };
    let key = &resource.row.key;
    from == key
        || matches!(bare, Expr::Path(path) if !matches!(key, Expr::Call(Function::Key, _)) && first_path(key) == Some(path))
}

/// Calls `found` with every expression that a resource's requests are made with.
fn each_expression<'r>(resource: &'r Resource, found: &mut dyn FnMut(&'r Expr)) {
    found(&resource.path);
    let form = if let Some(Body::Form(params)) = &resource.body { params.as_slice() } else { &[] };
    let texts = |param: &'r Param| if let ParamValue::Text(expr) = &param.value { Some(expr) } else { None };
    resource.query.iter().chain(&resource.headers).chain(form).filter_map(texts).for_each(&mut *found);
    if let Some(Body::Json { template, .. }) = &resource.body {
        in_template(template, found);
    }
}

fn in_template<'r>(template: &'r Template, found: &mut dyn FnMut(&'r Expr)) {
    match template {
        Template::Null => {}
        Template::Value(expr) | Template::Text(expr) => found(expr),
        Template::Array(items) => items.iter().for_each(|item| in_template(item, found)),
        Template::Object(members) => members.iter().for_each(|(_, value)| in_template(value, found)),
    }
}
