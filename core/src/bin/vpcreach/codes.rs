//! `vpcreach explain`: what the reason codes mean.

use clap::builder::PossibleValuesParser;
use vpcreach::words::{code_link, code_meaning};
use vpcreach::{Language, ReasonCode};

use crate::Failure;

/// Takes a reason code, and suggests near ones.
pub(crate) fn parser() -> PossibleValuesParser {
    PossibleValuesParser::new(ReasonCode::ALL.iter().map(|code| code.as_str()))
}

/// One code in full, or all codes with a line each.
pub(crate) fn explain(name: Option<&str>, json: bool, language: Language) -> Result<String, Failure> {
    let chosen: Vec<ReasonCode> = ReasonCode::ALL
        .iter()
        .copied()
        .filter(|code| name.is_none_or(|name| code.as_str().eq_ignore_ascii_case(name)))
        .collect();
    if json {
        return as_json(&chosen, language);
    }
    let mut text = String::new();
    for code in chosen {
        match name {
            Some(_) => text.push_str(&format!(
                "{}\n\n{}\n\n{}\n",
                code.as_str(),
                code_meaning(code, language),
                code_link(code)
            )),
            None => text.push_str(&format!("{}\n    {}\n", code.as_str(), code_meaning(code, language))),
        }
    }
    Ok(text)
}

fn as_json(codes: &[ReasonCode], language: Language) -> Result<String, Failure> {
    let entries: Vec<_> = codes
        .iter()
        .map(|code| serde_json::json!({ "code": code, "meaning": code_meaning(*code, language), "link": code_link(*code) }))
        .collect();
    serde_json::to_string_pretty(&entries)
        .map(|text| text + "\n")
        .map_err(|error| Failure(format!("cannot write the codes as JSON: {error}")))
}
