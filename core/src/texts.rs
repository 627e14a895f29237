//! Finding, joining and reading texts, by code that is there once.
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

/// Whether a word is one of those in a text, which have spaces between them: a list of texts has a pointer for each.
pub(crate) fn lists(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// What follows the last slash of a text; all of it where it has none.
pub(crate) fn last_step(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

/// A whole number, read as the standard library reads it: digits, behind a plus sign or not.
pub(crate) fn number<T: TryFrom<u64>>(text: &str) -> Option<T> {
    T::try_from(whole_number(text)?).ok()
}

fn whole_number(text: &str) -> Option<u64> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let mut number = None;
    for byte in digits.bytes() {
        let digit = u64::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
        number = Some(number.unwrap_or(0_u64).checked_mul(10)?.checked_add(digit)?);
    }
    number
}

/// Stands for a value in a template.
pub(crate) const VALUE: char = '\u{1}';

/// A template with its values.
pub(crate) fn filled(template: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut values = values.iter();
    for words in template.split(VALUE) {
        text.push_str(words);
        text.push_str(values.next().copied().unwrap_or_default());
    }
    text
}

/// Words and values one behind the other; a value in `code(…)` stands in backticks.
///
/// All words become one template, which is half the code of putting them together piece by piece. Another function in
/// front puts the values in its own way: `cat!(@filled: "a", b)`.
macro_rules! cat {
    (@$fill:ident [$($words:tt)*] [$($value:expr,)*]) => {
        $fill(concat!($($words)*), &[$(AsRef::<str>::as_ref(&$value)),*])
    };
    (@$fill:ident [$($words:tt)*] [$($values:tt)*] $literal:literal $(, $($rest:tt)*)?) => {
        $crate::texts::cat!(@$fill [$($words)* $literal,] [$($values)*] $($($rest)*)?)
    };
    (@filled [$($words:tt)*] [$($values:tt)*] code($value:expr) $(, $($rest:tt)*)?) => {
        $crate::texts::cat!(@filled [$($words)* "`\u{1}`",] [$($values)* $value,] $($($rest)*)?)
    };
    (@$fill:ident [$($words:tt)*] [$($values:tt)*] $value:expr $(, $($rest:tt)*)?) => {
        $crate::texts::cat!(@$fill [$($words)* "\u{1}",] [$($values)* $value,] $($($rest)*)?)
    };
    (@$fill:ident: $($piece:tt)*) => { $crate::texts::cat!(@$fill [] [] $($piece)*) };
    ($($piece:tt)*) => {{
        use $crate::texts::filled;
        $crate::texts::cat!(@filled [] [] $($piece)*)
    }};
}
pub(crate) use cat;

/// Appends a step to a JSON pointer (RFC 6901).
pub(crate) fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    if step.bytes().all(|byte| !matches!(byte, b'~' | b'/')) {
        pointer.push_str(step);
        return;
    }
    for character in step.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
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
    use super::{contains, find, joined, number, split_once};

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in
            ["", "0", "+", "+7", "-0", "007", "255", "256", "65535", "65536", "1 ", "1.0", "a", "4294967296", "１"]
        {
            assert_eq!(number::<u8>(text), text.parse().ok(), "{text}");
            assert_eq!(number::<u16>(text), text.parse().ok(), "{text}");
            assert_eq!(number::<u32>(text), text.parse().ok(), "{text}");
        }
        for text in ["18446744073709551615", "18446744073709551616", "99999999999999999999"] {
            assert_eq!(number::<u64>(text), text.parse().ok(), "{text}");
        }
    }

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
