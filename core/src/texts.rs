//! Finding and joining texts, by code that is there once.
//!
//! The standard library searches a text for another one by an algorithm for texts of any length, and joins each type of
//! text by code of its own. In the browser that is 4 KB, for a handful of short words.

/// Where a text begins in another one for the first time.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len().max(1)).position(|window| window == part.as_bytes())
}

/// Whether a text stands in another one.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// What stands before a text and behind it, where it stands in another one for the first time.
pub(crate) fn split_once<'a>(text: &'a str, between: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, between)?;
    Some((text.get(..at)?, text.get(at + between.len()..)?))
}

/// One text with another one between each two.
pub(crate) fn joined<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    join(&mut texts.iter().map(AsRef::as_ref), between)
}

fn join(texts: &mut dyn Iterator<Item = &str>, between: &str) -> String {
    let mut joined = String::new();
    for (position, text) in texts.enumerate() {
        if position > 0 {
            joined.push_str(between);
        }
        joined.push_str(text);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{contains, find, joined, split_once};

    #[test]
    fn finds_and_joins_as_the_standard_library_does() {
        for text in ["", "a", "ab--cd--ef", "--", "-", "日本--語", "a.ipv6.b"] {
            for part in ["--", ".ipv6.", "a", "日"] {
                assert_eq!(find(text, part), text.find(part), "{text} {part}");
                assert_eq!(contains(text, part), text.contains(part));
                assert_eq!(split_once(text, part), text.split_once(part));
            }
        }
        for texts in [vec![], vec![""], vec!["a"], vec!["", ""], vec!["a", "", "b"]] {
            assert_eq!(joined(&texts, ", "), texts.join(", "));
        }
    }
}
