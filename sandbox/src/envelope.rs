//! What stands around the records of a page: the place of the array, of the next cursor and of its relatives, as the
//! spec's `records` and `cursor.from` say. It must not know which records these are.
//!
//! A cursor's `from` that is a plain path gets the token there. In any other expression the first path outside of
//! conditions gets it, inside `capture(…)` wrapped in the address of the next page; paths in conditions get `true` while
//! there is a next page, else `false`. A path into the records themselves gets nothing.

use tapwright_spec::model::{Expr, Function, Paging, Resource, Segment, Shape, Target};

use crate::text::quote;

/// A tree of objects around the records.
enum Node {
    Object(Vec<(String, Node)>),
    Constant(&'static str),
    Part(Part),
}

/// What changes from page to page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Records,
    After,
    Before,
    Address,
    More,
}

/// The envelope of a list.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    /// Literal bytes, each followed by a part.
    steps: Vec<(Vec<u8>, Part)>,
    end: Vec<u8>,
    /// The address in front of a token, where the next page is named by one.
    address: String,
}

/// The cursors of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cursors {
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Envelope {
    /// The envelope of a resource's list.
    pub(crate) fn of(resource: &Resource, path: &str) -> Envelope {
        let mut address = String::new();
        let root = if resource.records.is_empty() {
            Node::Part(Part::Records)
        } else {
            let mut root = Node::Object(vec![("object".to_owned(), Node::Constant("\"list\""))]);
            root.place(&resource.records, Node::Part(Part::Records));
            if let Paging::Cursor { from, to, .. } = &resource.paging {
                if let Target::Query(name) = to {
                    address = format!("{path}?{name}=");
                }
                let mut token_placed = false;
                place_token(from, false, &mut |path, part| {
                    let keys = plain(path)?;
                    if keys.starts_with(&resource.records) || (part != Part::More && token_placed) {
                        return None;
                    }
                    token_placed |= part != Part::More;
                    // WorkOS names the way back beside the way on, in lists of entities.
                    if let (Some((last, parents)), Shape::Entity, Part::After) =
                        (keys.split_last(), resource.row.shape, part)
                        && last == "after"
                    {
                        let sibling: Vec<String> = parents.iter().cloned().chain(["before".to_owned()]).collect();
                        root.place(&sibling, Node::Part(Part::Before));
                    }
                    root.place(&keys, Node::Part(part));
                    None
                });
            }
            root
        };
        let mut envelope = Envelope { steps: Vec::new(), end: Vec::new(), address };
        root.flatten(&mut envelope);
        envelope
    }

    /// Writes a page, its records by `records`.
    pub(crate) fn write(&self, out: &mut Vec<u8>, cursors: &Cursors, records: impl Fn(&mut Vec<u8>)) {
        let token = |text: &Option<String>| text.as_ref().map_or_else(|| b"null".to_vec(), |text| quote(text));
        for (literal, part) in &self.steps {
            out.extend_from_slice(literal);
            match part {
                Part::Records => {
                    out.push(b'[');
                    records(out);
                    out.push(b']');
                }
                Part::After => out.extend_from_slice(&token(&cursors.after)),
                Part::Before => out.extend_from_slice(&token(&cursors.before)),
                Part::Address => {
                    let address = cursors.after.as_ref().map(|after| format!("{}{after}", self.address));
                    out.extend_from_slice(&token(&address));
                }
                Part::More => out.extend_from_slice(if cursors.after.is_some() { b"true" } else { b"false" }),
            }
        }
        out.extend_from_slice(&self.end);
    }
}

impl Node {
    fn place(&mut self, keys: &[String], node: Node) {
        let Some((key, rest)) = keys.split_first() else {
            *self = node;
            return;
        };
        if !matches!(self, Node::Object(_)) {
            *self = Node::Object(Vec::new());
        }
        let Node::Object(fields) = self else { return };
        if !fields.iter().any(|(known, _)| known == key) {
            fields.push((key.clone(), Node::Object(Vec::new())));
        }
        if let Some((_, child)) = fields.iter_mut().find(|(known, _)| known == key) {
            child.place(rest, node);
        }
    }

    fn flatten(&self, to: &mut Envelope) {
        match self {
            Node::Object(fields) => {
                to.end.push(b'{');
                for (place, (key, child)) in fields.iter().enumerate() {
                    to.end.extend_from_slice(if place == 0 { b"" } else { b"," });
                    to.end.extend_from_slice(&quote(key));
                    to.end.push(b':');
                    child.flatten(to);
                }
                to.end.push(b'}');
            }
            Node::Constant(text) => to.end.extend_from_slice(text.as_bytes()),
            Node::Part(part) => to.steps.push((std::mem::take(&mut to.end), *part)),
        }
    }
}

/// Names every path of an expression and what it gets.
fn place_token(expr: &Expr, captured: bool, found: &mut dyn FnMut(&[Segment], Part) -> Option<()>) {
    match expr {
        Expr::Path(path) => {
            found(path, if captured { Part::Address } else { Part::After });
        }
        Expr::FirstOf(all) | Expr::Concat(all) => all.iter().for_each(|one| place_token(one, captured, found)),
        Expr::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            crate::leaf::each_path(condition, &mut |path| {
                found(path, Part::More);
            });
            place_token(yes, captured, found);
            place_token(no, captured, found);
        }
        Expr::Call(function, args) => {
            let captured = captured || *function == Function::Capture;
            args.iter().for_each(|one| place_token(one, captured, found));
        }
        Expr::Null | Expr::Bool(_) | Expr::Integer(_) | Expr::Number(_) | Expr::Text(_) | Expr::Setting(_) => {}
    }
}

fn plain(path: &[Segment]) -> Option<Vec<String>> {
    path.iter().map(|segment| if let Segment::Key(key) = segment { Some(key.clone()) } else { None }).collect()
}
