//! Documents written as YAML: a subset that every reader takes alike, with quotes around anything doubtful.

use super::Document;
use crate::json::Json;

/// What a line may hold before a value is spread over several.
const WIDTH: usize = 100;
/// Readers need not find longer keys by themselves.
const LONGEST_KEY: usize = 1000;

impl Document {
    /// The document as YAML, in the order of the format, without what means AWS's default.
    ///
    /// ```
    /// use vpcreach::Document;
    ///
    /// let text = r#"{ "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "functions": { "no": { "timeout": 30 } } }"#;
    /// assert_eq!(
    ///     Document::read(text).document.to_yaml(),
    ///     "vpcs:\n  main: { cidr: 10.0.0.0/16 }\nfunctions:\n  \"no\": { timeout: 30 }\n"
    /// );
    /// ```
    pub fn to_yaml(&self) -> String {
        let value = Json::read(&self.to_json()).unwrap_or_default();
        let mut out = String::new();
        match &value {
            Json::Object(fields) if fields.iter().next().is_some() => object(&value, 0, &mut out),
            _ => out.push_str("{}\n"),
        }
        out
    }
}

/// The fields of an object, a line or more each.
fn object(value: &Json, depth: usize, out: &mut String) {
    let Json::Object(fields) = value else { return };
    for (name, value) in fields.iter() {
        let indent = "  ".repeat(depth);
        let key = scalar(name);
        out.push_str(&indent);
        if key.len() > LONGEST_KEY {
            out.push_str(&["? ", &key, "\n", &indent].concat());
        } else {
            out.push_str(&key);
        }
        out.push(':');
        entry(value, depth, key.len() + indent.len() + 1, out);
    }
}

/// A value behind its key or dash, of which `used` columns of the line are taken.
fn entry(value: &Json, depth: usize, used: usize, out: &mut String) {
    // What a document has at its top, and what is below that, stands in lines of its own.
    let is_top = depth == 0 && matches!(value, Json::Object(_) | Json::List(_));
    let one = flow(value);
    let is_short = one.as_ref().is_some_and(|one| used + 1 + one.chars().count() <= WIDTH);
    match (value, one) {
        (_, Some(one)) if is_bare(value) || is_short && !(is_top && has_parts(value)) => {
            out.push_str(&[" ", &one, "\n"].concat());
        }
        (Json::Object(_), _) => {
            out.push('\n');
            object(value, depth + 1, out);
        }
        (Json::List(items), _) => {
            out.push('\n');
            for item in items {
                let indent = "  ".repeat(depth + 1);
                out.push_str(&[&indent, "-"].concat());
                let is_long = flow(item).is_none_or(|one| indent.len() + 2 + one.chars().count() > WIDTH);
                if matches!(item, Json::Object(_)) && is_long {
                    // The first field stands behind the dash.
                    let mut lines = String::new();
                    object(item, depth + 2, &mut lines);
                    out.push_str(&[" ", lines.trim_start()].concat());
                } else {
                    entry(item, depth + 1, indent.len() + 1, out);
                }
            }
        }
        (_, one) => out.push_str(&[" ", &one.unwrap_or_default(), "\n"].concat()),
    }
}

fn is_bare(value: &Json) -> bool {
    match value {
        Json::Object(fields) => fields.iter().next().is_none(),
        Json::List(items) => items.is_empty(),
        _ => true,
    }
}

/// Whether a value holds others that hold something.
fn has_parts(value: &Json) -> bool {
    let is_container = |part: &Json| matches!(part, Json::Object(_) | Json::List(_));
    match value {
        Json::Object(fields) => fields.iter().any(|(_, part)| is_container(part)),
        Json::List(items) => items.iter().any(is_container),
        _ => false,
    }
}

/// A value in one line; none where a key of it is too long for that.
fn flow(value: &Json) -> Option<String> {
    Some(match value {
        Json::Null => "null".to_owned(),
        Json::Boolean(value) => value.to_string(),
        Json::Number(number) => number.clone(),
        Json::Text(text) => scalar(text),
        Json::List(items) => {
            let items = items.iter().map(flow).collect::<Option<Vec<_>>>()?;
            ["[", &items.join(", "), "]"].concat()
        }
        Json::Object(fields) => {
            let mut parts = Vec::new();
            for (name, value) in fields.iter() {
                let key = scalar(name);
                if key.len() > LONGEST_KEY {
                    return None;
                }
                parts.push([&key, ": ", &flow(value)?].concat());
            }
            if parts.is_empty() { "{}".to_owned() } else { ["{ ", &parts.join(", "), " }"].concat() }
        }
    })
}

/// A text, bare only where no reader takes it for anything else.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 8] = ["true", "false", "null", "yes", "no", "on", "off", "nan"];
    let is_word = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_-./".contains(letter))
        && text.len() > 1
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    // Numbers have one point at most, and no slash.
    let is_address = text.split('.').count() == 4
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_digit() || letter == '.' || letter == '/');
    if is_word || is_address {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // YAML has more ends of lines and more letters that cannot be seen than JSON.
            other if other.is_control() || matches!(other, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let number = u32::from(other);
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit((number >> shift) & 15, 16).unwrap_or('0'));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn doubtful_texts_have_quotes() {
        for text in ["no", "1.0", "0x1f", "12:30", "1e3", "~", "", " a", "a: b", "a #b", "- a", "n", "443", "10.0"] {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
        for text in ["private-a", "10.0.0.0/16", "10.0.0.5", "us-east-1", "com.amazonaws.us-east-1.s3"] {
            assert_eq!(scalar(text), text);
        }
        assert_eq!(scalar("a\u{85}\"\u{2028}"), "\"a\\u0085\\\"\\u2028\"");
    }
}
