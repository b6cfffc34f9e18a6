//! What a resource is: what is asked for, how it is gone on with, and the rows that come of it.

use tapwright_spec::model::{Connector, EachOf, Expr, Incremental, Resource, Shape, TimeFormat, WindowOn};

use crate::anchors::Anchors;
use crate::markdown::{code, link, text};
use crate::written::{Writer, target};
use crate::{Page, Sections, bullets, duration, fields, limits, request};

/// The section of a resource, below its heading.
pub(crate) fn section(sections: &mut Sections, page: &Page<'_>, resource: &Resource, anchors: &Anchors) {
    let names = given(resource);
    let writer = Writer { given: &names, of_last: false };
    let mut about = text(&resource.description);
    if let Some(docs) = &resource.docs {
        about.push_str(&format!(" {}", link("Documentation", docs)));
    }
    sections.add(about);
    if let Some(hook) = &resource.hook {
        sections
            .add(format!("**Its records go through a hook, which is Rust:** {}.", text(hook).trim_end_matches('.')));
    }
    let mut items = vec![format!("**Asked for with** {}", request::line(resource, writer))];
    let mut item = |what: &str, said: String| {
        if !said.is_empty() {
            items.push(format!("**{what}** {said}"));
        }
    };
    item("Read for", read_for(resource, anchors));
    item("Parameters:", request::params(&resource.query, "=", writer));
    item("Headers:", request::params(&resource.headers, ": ", writer));
    item("Pages:", request::paging(resource.paging.as_ref()));
    item("Records:", request::records(&resource.records));
    let kept = resource.keep.as_ref().map(|keep| code(&writer.expression(keep)));
    item("Only those of which", kept.map(|keep| format!("{keep} is true")).unwrap_or_default());
    item("Read", how(resource));
    item("Rows:", rows(resource, anchors));
    if !resource.limits.is_empty() {
        item("At most", limits::allowed(&resource.limits));
    }
    sections.add(bullets(items.into_iter()));
    for part in resource.body.iter().flat_map(|body| request::body(body, writer)) {
        sections.add(part);
    }
    let rules = limits::rules(limits::own(page.connector, resource));
    if !rules.is_empty() {
        sections.add("What answers mean:");
        sections.add(rules);
    }
    sections.add(fields::table(page, resource));
}

/// The names that `for_each` gives.
pub(crate) fn given(resource: &Resource) -> Vec<&str> {
    resource.for_each.iter().map(|each| each.name.as_str()).collect()
}

/// Whether a resource, or one that it is read for the rows of, goes through a hook.
pub(crate) fn needs_a_hook(connector: &Connector, resource: &Resource) -> bool {
    let mut open = vec![resource];
    let mut met: Vec<&str> = Vec::new();
    while let Some(next) = open.pop() {
        if next.hook.is_some() {
            return true;
        }
        met.push(&next.name);
        let above = next.for_each.iter().flat_map(|each| match &each.of {
            EachOf::Rows { resources, .. } => resources.as_slice(),
            EachOf::Values(_) | EachOf::Setting(_) => &[],
        });
        let above = above.filter(|name| !met.contains(&name.as_str()));
        let above: Vec<_> =
            above.filter_map(|name| connector.resources.iter().find(|known| known.name == *name)).collect();
        open.extend(above);
    }
    false
}

fn read_for(resource: &Resource, anchors: &Anchors) -> String {
    let linked = |name: &String| format!("[{name}](#{})", anchors.of_resource(name));
    let each = resource.for_each.iter().map(|each| {
        let name = code(&each.name);
        match &each.of {
            EachOf::Rows { resources, changed } => {
                let of: Vec<_> = resources.iter().map(linked).collect();
                let which = if *changed { "each changed row" } else { "each row" };
                format!("{which} of {} ({name})", of.join(" and of "))
            }
            EachOf::Values(values) => {
                let values: Vec<_> = values.iter().map(|value| code(value)).collect();
                format!("each of {} ({name})", values.join(", "))
            }
            EachOf::Setting(setting) => format!("each text of the setting {} ({name})", code(setting)),
        }
    });
    each.collect::<Vec<_>>().join(", with ")
}

/// How it is gone on with, in a word or two.
pub(crate) fn how_briefly(resource: &Resource) -> &'static str {
    let changed = resource.for_each.iter().any(|each| matches!(each.of, EachOf::Rows { changed: true, .. }));
    match (&resource.incremental, changed) {
        (Some(_), _) => "what is new",
        (None, true) => "of what has changed",
        (None, false) => "in full",
    }
}

fn how(resource: &Resource) -> String {
    let changed = resource.for_each.iter().any(|each| matches!(each.of, EachOf::Rows { changed: true, .. }));
    let Some(incremental) = &resource.incremental else {
        return match (changed, resource.row.shape) {
            (true, _) => "in full for what has changed since the last sync".to_owned(),
            (false, Shape::Event) => "in full every time".to_owned(),
            (false, _) => "in full every time; what is gone at the source is removed".to_owned(),
        };
    };
    incrementally(incremental)
}

fn incrementally(incremental: &Incremental) -> String {
    let mut said = vec!["what is new since the last sync".to_owned()];
    if let Some(resume) = &incremental.resume {
        let writer = Writer { of_last: true, ..Writer::default() };
        let from = code(&writer.expression(&resume.from));
        said.push(format!("it goes on behind the last record ({from} to {})", code(&target(&resume.to))));
    }
    if let Some(window) = &incremental.window {
        let end = |end: &Option<_>| end.as_ref().map(|end| code(&target(end)));
        let ends = match (end(&window.from), end(&window.to)) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (Some(from), None) => format!("from {from} on"),
            (None, Some(to)) => format!("up to {to}"),
            (None, None) => "`window.start` to `window.end`".to_owned(),
        };
        let mut asked = format!("it is asked for a span of time, {ends}");
        if let Some(most) = window.at_most_millis {
            asked.push_str(&format!(", of {} at most", duration::words(most)));
        }
        if window.on == WindowOn::FirstPage {
            asked.push_str(", with the first page only");
        }
        if window.format != TimeFormat::Rfc3339 {
            asked.push_str(&format!(", as {}", fields::moment(&window.format)));
        }
        if window.until_now {
            asked.push_str(", until now");
        }
        said.push(asked);
    }
    if incremental.newest_first {
        said.push("the newest come first, and it is read until what is known begins".to_owned());
    }
    if let Some(lookback) = &incremental.lookback {
        let amount = match &lookback.amount {
            Expr::Integer(amount) => duration::words(amount.saturating_mul(lookback.unit_millis)),
            other => format!("{} {}s", code(&Writer::default().template(other)), duration::unit(lookback.unit_millis)),
        };
        said.push(format!("a first sync reaches back {amount}"));
    }
    if incremental.overlap_millis > 0 {
        said.push(format!("the last {} are read once more", duration::words(incremental.overlap_millis)));
    }
    said.join("; ")
}

fn rows(resource: &Resource, anchors: &Anchors) -> String {
    let row = &resource.row;
    let mut said = format!("{} in the table {}", row.shape.keyword(), code(&row.name));
    if let Some(edge) = &row.edge {
        let linked = |name: &str| format!("[{name}](#{})", anchors.of_resource(name));
        said.push_str(&format!(", from {} to {}", linked(&edge.from.resource), linked(&edge.to.resource)));
    }
    if let Some(series) = &row.series {
        let listed = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        said.push_str(&format!("; numbers: {}", listed(&series.values)));
        if !series.dimensions.is_empty() {
            said.push_str(&format!("; by {}", listed(&series.dimensions)));
        }
        if let Some(bucket) = &series.bucket {
            said.push_str(&format!("; in buckets of {}", code(bucket)));
        }
        if let Some(period) = series.period_millis {
            said.push_str(&format!("; of {} each", duration::words(period)));
        }
    }
    said
}
