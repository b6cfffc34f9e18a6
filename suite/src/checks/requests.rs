//! What is asked for, and what of the answers is kept.

use serde_json::{Value, json};
use tapwright_sandbox::{Change, Fault};
use tapwright_spec::model::{Expr, Function, ListStyle, ParamValue, Segment, Step};

use crate::bench::Bench;
use crate::outcome::{Ran, holds, not_about, tried};

/// Records that `where` is not true of are left out, even if the source sends them; the others are stored.
pub(crate) async fn the_filter_holds(bench: &Bench<'_>) -> Ran {
    let Some(keep) = &bench.resource.keep else { return not_about("it has no `where`") };
    let mut outs = Vec::new();
    conditions(keep, &mut outs);
    if outs.is_empty() {
        return not_about("it is not known how to make its `where` false");
    }
    let mut lab = bench.lab(0).await?;
    let home = bench.home(&lab)?;
    let good: Vec<String> =
        (0..3).map(|_| bench.put(&lab, home.as_deref(), Change::new())).collect::<Result<_, _>>()?;
    let mut left_out = Vec::new();
    for (path, value) in &outs {
        let is_asked_for = bench.resource.query.iter().any(|param| matches!(param.value, ParamValue::Each { .. }));
        let change = Change::new().set(path, value.clone());
        let id = bench.put(&lab, home.as_deref(), change)?;
        left_out.push((id, is_asked_for));
    }
    // Where the request says what is wanted, the source leaves those out itself: it is made to send them all the same.
    if left_out.iter().any(|(_, is_asked_for)| *is_asked_for) {
        let plain = bench.resource.records.plain();
        let cursor = bench
            .resource
            .paging
            .as_ref()
            .is_none_or(|paging| paging.more.is_none() && matches!(paging.step, Step::Cursor { .. }));
        let (Some(keys), true) = (plain, cursor) else { return not_about("the source filters by itself") };
        let ids = good.iter().chain(left_out.iter().map(|(id, _)| id));
        let records = ids.map(|id| lab.sandbox.record(bench.name(), id)).collect::<Result<Vec<_>, _>>()?;
        let body = keys.iter().rev().fold(Value::from(records), |inner, key| json!({ *key: inner }));
        lab.options.readers = 1;
        lab.sandbox.fail(bench.name(), Fault::Answer(200, body.to_string()).always())?;
    }
    let report = bench.sync(&lab).await?;
    let of = bench.report(&report)?;
    holds(of.quarantined == 0, || format!("{} records are set aside: {:?}", of.quarantined, of.notes))?;
    let stored = bench.stored(&lab)?;
    if stored == 0 {
        return not_about("its filter leaves out what the sandbox makes up");
    }
    let store = lab.store()?;
    for (id, _) in &left_out {
        let sql = format!("select count(*) from \"{}\" where id = ?", bench.table());
        let count: i64 = store.query_row(&sql, [id], |row| row.get(0))?;
        holds(count == 0, || format!("`{id}` is stored, of which `where` is not true"))?;
    }
    tried("records", left_out.len() as u64 + stored)
}

/// Values that make a condition false: a path and what is to stand there.
fn conditions(expr: &Expr, out: &mut Vec<(String, Value)>) {
    const NONE: &str = "tapwright: none of these";
    match expr {
        Expr::Call(Function::And, parts) => parts.iter().for_each(|part| conditions(part, out)),
        Expr::Call(Function::In | Function::Matches | Function::StartsWith | Function::EndsWith, parts) => {
            out.extend(parts.first().and_then(path).map(|path| (path, Value::from(NONE))));
        }
        Expr::Call(Function::Equal, parts) => match parts.as_slice() {
            [one, Expr::Text(_)] => out.extend(path(one).map(|path| (path, Value::from(NONE)))),
            // Whatever it is, it is not null.
            [Expr::Path(keys), Expr::Null] => {
                out.extend(path(&Expr::Path(keys.clone())).map(|path| (path, Value::from(NONE))));
            }
            _ => {}
        },
        Expr::Call(Function::Greater, parts) => {
            if let [Expr::Call(_, inner), Expr::Integer(least)] = parts.as_slice() {
                let least = least.saturating_neg().saturating_sub(1);
                out.extend(inner.first().and_then(path).map(|path| (path, Value::from(least))));
            }
        }
        Expr::Path(_) => out.extend(path(expr).map(|path| (path, Value::from(false)))),
        _ => {}
    }
}

fn path(expr: &Expr) -> Option<String> {
    let Expr::Path(path) = expr else { return None };
    let keys = path.iter().map(|segment| match segment {
        Segment::Key(key) if !key.contains('.') => Some(key.as_str()),
        _ => None,
    });
    keys.collect::<Option<Vec<_>>>().map(|keys| keys.join("."))
}

/// Every value of every list is asked for, written as the spec says, in every request.
pub(crate) async fn list_parameters_are_sent(bench: &Bench<'_>) -> Ran {
    let (lab, _) = bench.synced(bench.page() + 1).await?;
    let seen = lab.sandbox.requests();
    let mut found = 0;
    for param in &bench.resource.query {
        let ParamValue::Each { values, style } = &param.value else { continue };
        let expected = match style {
            ListStyle::Comma => vec![values.join(",")],
            ListStyle::Repeat => values.clone(),
        };
        let mut sent = 0;
        for request in &seen {
            let given: Vec<String> = parameters(&request.query, &param.name);
            if given.is_empty() && (!bench.resource.for_each.is_empty() || request.method == "POST") {
                // A list of its parents, or a token.
                continue;
            }
            holds(given == expected, || format!("`{}` is sent as {given:?}, not as {expected:?}", param.name))?;
            sent += 1;
        }
        holds(sent > 0, || format!("`{}` is never sent", param.name))?;
        found += sent;
    }
    tried("requests", found)
}

/// The values of a parameter of a query, in their order.
fn parameters(query: &str, name: &str) -> Vec<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(known, _)| decoded(known) == name).map(|(_, value)| decoded(value)).collect()
}

/// A part of a query without its escapes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).unwrap_or(b'%')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
