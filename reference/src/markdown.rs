//! Markdown as hosts of code render it (<https://github.github.com/gfm/>): text that stays text, code, tables, lists.
//!
//! What an author writes in a spec is text. Nothing of it may become a link, markup or the end of a table's cell.

use std::fmt::Write as _;

/// Text on one line.
pub(crate) fn text(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    let mut out = String::with_capacity(text.len() + 8);
    for (index, c) in chars.iter().copied().enumerate() {
        let (before, behind) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
            // Within a word it is no markup, and names are full of it.
            '_' => !(is_word(before) && is_word(behind)),
            '&' => is_word(behind) || behind == Some('#'),
            '!' => behind == Some('['),
            // At the beginning of a line these make headings, lists and quotes.
            '#' | '+' | '-' | '>' | '=' => out.trim().is_empty(),
            '.' | ')' => !out.is_empty() && out.chars().all(|c| c.is_ascii_digit()),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// Text as it is, such as a name or an expression.
pub(crate) fn code(code: &str) -> String {
    fenced(code, false)
}

/// The same in a cell of a table, where a `|` is none of its own even in code.
pub(crate) fn code_in_cell(code: &str) -> String {
    fenced(code, true)
}

fn fenced(code: &str, in_cell: bool) -> String {
    let line: String = code.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.trim();
    if line.is_empty() {
        return String::new();
    }
    if in_cell && line.contains("\\|") {
        // No backslash stands before a `|` of a cell but the one that makes it none.
        let escaped = line.chars().map(|c| match c {
            c if c.is_alphanumeric() || c == ' ' => c.to_string(),
            c => format!("&#{};", u32::from(c)),
        });
        return format!("<code>{}</code>", escaped.collect::<String>());
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(if longest == 0 { 1 } else { longest + 1 });
    let space = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    let line = if in_cell { line.replace('|', "\\|") } else { line.to_owned() };
    format!("{fence}{space}{line}{space}{fence}")
}

/// A block of lines as they are.
pub(crate) fn block(language: &str, lines: &str) -> String {
    let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", lines.trim_end())
}

/// A link to an address, which the language knows to be one of the web.
pub(crate) fn link(shown: &str, address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' | '<' | '>' | '(' | ')' | '\\' | '|' | '"' | '`' => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| {
                    let _ = write!(escaped, "%{byte:02X}");
                });
            }
            _ if c.is_control() => {}
            _ => escaped.push(c),
        }
    }
    format!("[{shown}]({escaped})")
}

/// Rows of Markdown under a heading. Columns in which nothing stands are left out.
#[derive(Debug)]
pub(crate) struct Table {
    heading: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(heading: &[&'static str]) -> Self {
        Table { heading: heading.to_vec(), rows: Vec::new() }
    }

    /// Adds a row. Its cells are Markdown, made with [`text`] and [`code_in_cell`].
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let filled = |at: usize| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
        let shown: Vec<usize> = (0..self.heading.len()).filter(|at| filled(*at)).collect();
        let line = |cells: Vec<&str>| {
            let cells =
                cells.into_iter().map(|cell| if cell.is_empty() { "  |".to_owned() } else { format!(" {cell} |") });
            format!("|{}", cells.collect::<String>())
        };
        let of = |cells: &dyn Fn(usize) -> &'static str| line(shown.iter().map(|at| cells(*at)).collect());
        f.write_str(&of(&|at| self.heading.get(at).copied().unwrap_or_default()))?;
        write!(f, "\n{}", of(&|_| "---"))?;
        for row in &self.rows {
            write!(f, "\n{}", line(shown.iter().map(|at| row.get(*at).map_or("", String::as_str)).collect()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (written, shown) in [
            ("a | b", "a \\| b"),
            ("two\nlines\tof", "two lines of"),
            ("[a](b) <b> `c` *d* ~e~ $f$", "\\[a\\](b) \\<b> \\`c\\` \\*d\\* \\~e\\~ \\$f\\$"),
            ("WORKOS_API_KEY, sk_ and _so_", "WORKOS_API_KEY, sk\\_ and \\_so\\_"),
            ("R&D &amp; AT&T & more", "R\\&D \\&amp; AT\\&T & more"),
            ("# no heading", "\\# no heading"),
            ("- no item", "\\- no item"),
            ("1. no item", "1\\. no item"),
            ("version 1.2", "version 1.2"),
            ("\\", "\\\\"),
        ] {
            assert_eq!(text(written), shown);
        }
    }

    #[test]
    fn code_stays_code() {
        for (written, shown, in_cell) in [
            ("a | b", "`a | b`", "`a \\| b`"),
            ("a ` b", "``a ` b``", "``a ` b``"),
            ("`", "`` ` ``", "`` ` ``"),
            ("a\nb", "`a b`", "`a b`"),
            ("a\\|b", "`a\\|b`", "<code>a&#92;&#124;b</code>"),
            ("", "", ""),
        ] {
            assert_eq!((code(written).as_str(), code_in_cell(written).as_str()), (shown, in_cell));
        }
        assert_eq!(block("x", "```\na"), "````x\n```\na\n````");
    }

    #[test]
    fn a_link_leads_where_it_says() {
        assert_eq!(link("a", "https://x.example/a(b)|c d"), "[a](https://x.example/a%28b%29%7Cc%20d)");
    }

    #[test]
    fn a_table_has_the_columns_that_something_stands_in() {
        let mut table = Table::new(&["name", "never", "at times"]);
        table.row(vec!["a".to_owned(), String::new(), String::new()]);
        table.row(vec!["b".to_owned(), String::new(), "c".to_owned()]);
        assert_eq!(table.to_string(), "| name | at times |\n| --- | --- |\n| a |  |\n| b | c |");
    }
}
