//! Globs: `*` stands for any run of characters, `?` for one, everything else for itself.

/// Whether a text matches a glob, in time proportional to both lengths multiplied at worst.
#[must_use]
pub fn matches(glob: &str, text: &str) -> bool {
    let glob: Vec<char> = glob.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match glob.get(from) {
            Some('*') => {
                star = Some((from, at));
                from += 1;
            }
            Some(c) if *c == '?' || text.get(at) == Some(c) => {
                from += 1;
                at += 1;
            }
            _ => match star {
                Some((behind, taken)) => {
                    star = Some((behind, taken + 1));
                    from = behind + 1;
                    at = taken + 1;
                }
                None => return false,
            },
        }
    }
    glob.get(from..).is_none_or(|rest| rest.iter().all(|c| *c == '*'))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_take_any_run_and_question_marks_one() {
        assert!(matches("authentication.*", "authentication.sso_failed"));
        assert!(matches("*_f?iled", "authentication.sso_failed"));
        assert!(matches("*", ""));
        assert!(!matches("authentication.*", "dsync.activated"));
        assert!(!matches("a?", "a"));
    }
}
