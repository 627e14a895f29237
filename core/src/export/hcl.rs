//! Terraform's language, formatted as `terraform fmt` leaves it.

use serde_json::Value;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Text(String),
    /// A reference, a number, `true`, a call: what stands without quotes.
    Raw(String),
    List(Vec<Expression>),
    /// A text with a reference in it, between two texts.
    Around(String, String, String),
    /// A policy as the function `jsonencode` makes it.
    Json(Value),
}

/// An argument or a block inside a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Argument(&'static str, Expression),
    Block(&'static str, Vec<Item>),
}

/// A block at the top of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    /// `resource` or `data`.
    pub(super) kind: &'static str,
    pub(super) of_type: String,
    pub(super) label: String,
    pub(super) items: Vec<Item>,
}

impl Block {
    /// The block as text.
    pub(super) fn text(&self) -> String {
        let mut out = [self.kind, " ", &quoted(&self.of_type), " ", &quoted(&self.label), " {"].concat();
        if self.items.is_empty() {
            return out + "}\n";
        }
        out.push('\n');
        items(&self.items, 1, &mut out);
        out + "}\n"
    }
}

/// Arguments that stand in one line follow each other with their signs aligned; blocks stand apart.
fn items(items: &[Item], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let mut lines: Vec<(&str, String)> = Vec::new();
    let flush = |lines: &mut Vec<(&str, String)>, out: &mut String| {
        let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
        for (name, value) in lines.drain(..) {
            let gap = " ".repeat(width.saturating_sub(name.len()));
            out.push_str(&[&indent, name, &gap, " = ", &value, "\n"].concat());
        }
    };
    let mut is_first = true;
    for item in items {
        match item {
            Item::Argument(name, value) => {
                let value = value.text(depth);
                if value.contains('\n') {
                    flush(&mut lines, out);
                    out.push_str(&[&indent, *name, " = ", &value, "\n"].concat());
                } else {
                    lines.push((name, value));
                }
            }
            Item::Block(name, inner) => {
                flush(&mut lines, out);
                if !is_first {
                    out.push('\n');
                }
                if inner.is_empty() {
                    out.push_str(&[&indent, *name, " {}\n"].concat());
                } else {
                    out.push_str(&[&indent, *name, " {\n"].concat());
                    self::items(inner, depth + 1, out);
                    out.push_str(&[&indent, "}\n"].concat());
                }
            }
        }
        is_first = false;
    }
    flush(&mut lines, out);
}

impl Expression {
    fn text(&self, depth: usize) -> String {
        match self {
            Expression::Text(text) => quoted(text),
            Expression::Raw(raw) => raw.clone(),
            Expression::List(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.text(depth)).collect();
                ["[", &parts.join(", "), "]"].concat()
            }
            Expression::Around(before, reference, after) => {
                ["\"", &escaped(before), "${", reference, "}", &escaped(after), "\""].concat()
            }
            Expression::Json(value) => ["jsonencode(", &json(value, depth), ")"].concat(),
        }
    }
}

/// JSON as an expression of Terraform.
fn json(value: &Value, depth: usize) -> String {
    let inner = "  ".repeat(depth + 1);
    let indent = "  ".repeat(depth);
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::Array(values) if values.iter().all(|value| !value.is_array() && !value.is_object()) => {
            let values: Vec<String> = values.iter().map(|value| json(value, depth)).collect();
            ["[", &values.join(", "), "]"].concat()
        }
        Value::Array(values) => {
            let mut out = "[\n".to_owned();
            for value in values {
                out.push_str(&[&inner, json(value, depth + 1).as_str(), ",\n"].concat());
            }
            out + &indent + "]"
        }
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<(String, String)> =
                fields.iter().map(|(name, value)| (key(name), json(value, depth + 1))).collect();
            let mut out = "{\n".to_owned();
            let mut rest = fields.as_slice();
            while !rest.is_empty() {
                // As with arguments, those in one line are aligned with their neighbours.
                let count = rest.iter().take_while(|(_, value)| !value.contains('\n')).count();
                let (group, others) = rest.split_at_checked(count.max(1)).unwrap_or((rest, &[]));
                let width = group.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
                for (name, value) in group {
                    let gap = " ".repeat(if count == 0 { 0 } else { width - name.chars().count() });
                    out.push_str(&[&inner, name.as_str(), &gap, " = ", value, "\n"].concat());
                }
                rest = others;
            }
            out + &indent + "}"
        }
    }
}

/// A key of an object: bare where it is a plain word.
fn key(name: &str) -> String {
    let is_word = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let is_keyword = ["for", "null", "true", "false"].contains(&name);
    if is_word && !is_keyword { name.to_owned() } else { quoted(name) }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    ["\"", &escaped(text), "\""].concat()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Both begin what Terraform evaluates.
            '$' | '%' if letters.peek() == Some(&'{') => out.extend([letter, letter]),
            other if other.is_control() => {
                let number = u32::from(other);
                let digit = |shift: u32| char::from_digit((number >> shift) & 15, 16).unwrap_or('0');
                out.push_str("\\u");
                out.extend([digit(12), digit(8), digit(4), digit(0)]);
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Block, Expression, Item, quoted};

    #[test]
    fn texts_evaluate_nothing() {
        assert_eq!(quoted("${path.module} %{if} $x \"\n\u{1}"), r#""$${path.module} %%{if} $x \"\n\u0001""#);
    }

    #[test]
    fn signs_of_neighbours_stand_below_each_other() {
        let raw = |text: &str| Expression::Raw(text.to_owned());
        let block = Block {
            kind: "resource",
            of_type: "aws_vpc_endpoint".into(),
            label: "s3".into(),
            items: vec![
                Item::Argument("vpc_id", raw("aws_vpc.main.id")),
                Item::Argument("service_name", Expression::Text("s3".into())),
                Item::Argument(
                    "policy",
                    Expression::Json(serde_json::json!({ "Statement": [{ "Effect": "Allow" }], "Version": "1" })),
                ),
                Item::Argument("route_table_ids", Expression::List(vec![raw("a.id"), raw("b.id")])),
                Item::Block("dns_options", vec![Item::Argument("x", raw("true"))]),
            ],
        };
        let text = r#"resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "s3"
  policy = jsonencode({
    Statement = [
      {
        Effect = "Allow"
      },
    ]
    Version = "1"
  })
  route_table_ids = [a.id, b.id]

  dns_options {
    x = true
  }
}
"#;
        assert_eq!(block.text(), text);
    }
}
