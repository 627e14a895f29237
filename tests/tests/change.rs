//! Differences of documents in the languages of tools: what is written parses, and only says what the tools take.
//!
//! `VPCREACH_BLESS=1 cargo test --test change` writes `tests/changes` anew, which has the differences of all lessons.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use vpcreach::export::{Changed, Format, Sources, change};
use vpcreach::{Document, Language};
use vpcreach_tests::{lesson, scenario};

fn changed(before: &Document, after: &Document, format: Format) -> Changed {
    change(before, after, format, Language::English, &Sources::default())
}

/// Differences of all kinds: everything of a scenario made and removed, one scenario turned into the next, lessons.
fn pairs() -> Vec<(String, Document, Document)> {
    let scenarios = scenario::all().unwrap();
    let mut pairs = Vec::new();
    for (position, scenario) in scenarios.iter().enumerate() {
        let (name, document) = (&scenario.name, scenario.document.clone());
        let nothing = Document { region: document.region.clone(), ..Document::default() };
        let next = scenarios.get((position + 1) % scenarios.len()).unwrap();
        pairs.push((format!("{name} made"), nothing.clone(), document.clone()));
        pairs.push((format!("{name} removed"), document.clone(), nothing));
        pairs.push((format!("{name} to {}", next.name), document, next.document.clone()));
    }
    pairs.extend(lessons());
    pairs
}

fn lessons() -> Vec<(String, Document, Document)> {
    let lessons = lesson::all().unwrap().into_iter();
    let read = |text: &str| Document::read(text).document;
    lessons
        .map(|lesson| {
            let solved = lesson.played(0..lesson.solution.steps.len()).unwrap();
            (lesson.name.clone(), read(&lesson.text()), read(&solved))
        })
        .collect()
}

#[test]
fn lessons_have_the_differences_that_are_checked_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("changes");
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    for (name, before, after) in lessons() {
        for (format, ending) in [(Format::Cli, "sh"), (Format::Text, "txt")] {
            texts.insert(format!("{name}.{ending}"), changed(&before, &after, format).text);
        }
    }
    if std::env::var_os("VPCREACH_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        texts.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    }
    for (name, text) in &texts {
        let known = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(known == *text, "changes/{name} is out of date: run with VPCREACH_BLESS=1 and look at the difference");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), texts.len(), "a file that no lesson has");
}

/// The words of a script by commands, as a shell splits them; `None` ends a command.
fn words(script: &str) -> Vec<Option<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = script.chars().peekable();
    let mut in_double = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\'' if !in_double => {
                let text = word.get_or_insert_default();
                text.extend(letters.by_ref().take_while(|letter| *letter != '\''));
            }
            '"' => {
                in_double = !in_double;
                word.get_or_insert_default();
            }
            '\\' => {
                let next = letters.next();
                if next != Some('\n') {
                    word.get_or_insert_default().extend(next);
                }
            }
            '#' if !in_double && word.is_none() => {
                letters.by_ref().take_while(|letter| *letter != '\n').for_each(drop);
                words.push(None);
            }
            ' ' if !in_double => words.extend(word.take().map(Some)),
            '\n' | ';' | ')' if !in_double => {
                words.extend(word.take().map(Some));
                words.push(None);
            }
            '(' if !in_double => {
                word = None;
                words.push(None);
            }
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word.map(Some));
    words
}

/// The AWS CLI's commands in a script.
fn commands(script: &str) -> Vec<Vec<String>> {
    let words = words(script);
    let commands = words.split(Option::is_none).map(|words| words.iter().flatten().cloned().collect::<Vec<_>>());
    let commands = commands.map(|words| words.into_iter().skip_while(|word| word != "aws").skip(1).collect::<Vec<_>>());
    commands.filter(|words| !words.is_empty()).collect()
}

#[test]
fn commands_have_options_that_the_aws_cli_takes() {
    let table: BTreeMap<&str, BTreeSet<&str>> = include_str!("../aws-cli-options.txt")
        .lines()
        .map(|line| {
            let (command, options) = line.split_once(':').unwrap();
            (command, options.split_whitespace().collect())
        })
        .collect();
    let mut used = BTreeSet::new();
    for (name, before, after) in pairs() {
        let script = changed(&before, &after, Format::Cli).text;
        for command in commands(&script) {
            let count = if command.get(1).is_some_and(|word| word == "wait") { 3 } else { 2 };
            let known = command.iter().take(count).cloned().collect::<Vec<_>>().join(" ");
            let Some(options) = table.get(known.as_str()) else { panic!("{name}: `{known}` is no command\n{script}") };
            for word in command.iter().skip(count).filter(|word| word.starts_with("--")) {
                let option = word.split('=').next().unwrap();
                let is_known = options.contains(option) || ["--query", "--output"].contains(&option);
                assert!(is_known, "{name}: `{known}` has no option {option}\n{script}");
            }
            used.insert(known);
        }
    }
    let unused: Vec<_> = table.keys().filter(|command| !used.contains(**command)).collect();
    assert!(unused.len() < 12, "commands that nothing shows: {unused:?}");
}

#[test]
fn scripts_are_scripts_of_a_shell() {
    for (name, before, after) in pairs() {
        let script = changed(&before, &after, Format::Cli).text;
        let run = Command::new("sh").args(["-n", "-c", &script]).output().unwrap();
        assert!(run.status.success(), "{name}: {}\n{script}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn nothing_to_change_is_nothing_to_do() {
    for scenario in scenario::all().unwrap() {
        let script = changed(&scenario.document, &scenario.document, Format::Cli);
        assert!(commands(&script.text).is_empty(), "{}: {}", scenario.name, script.text);
        assert!(script.changes.is_empty() && script.left_out.is_empty(), "{}: {script:?}", scenario.name);
    }
}

/// A name that is a command stays a name.
#[test]
fn names_run_nothing() {
    let document = |extra: &str| {
        let text = format!(
            r#"{{ "vpcs": {{ "v": {{ "cidr": "10.0.0.0/16" }} }},
                "securityGroups": {{ "$(touch x)`touch y`'; touch z\n#": {{ "egress": [{extra}] }} }},
                "functions": {{ "-f $(touch x)": {{ "timeout": {} }} }} }}"#,
            extra.len() + 1
        );
        Document::read(&text).document
    };
    let (before, after) = (document(""), document(r#"{ "peer": "10.0.0.0/8'; touch x" }"#));
    for (one, other) in [(&before, &after), (&Document::default(), &after), (&after, &before)] {
        let script = changed(one, other, Format::Cli).text;
        let folder = std::env::temp_dir().join(format!("vpcreach-names-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // Everything but the commands of AWS runs for real.
        let harmless = format!("aws() {{ :; }}\nexport AWS_REGION=x\n{}", script.replace(":?}", ":=x}"));
        let run = Command::new("sh").args(["-c", &harmless]).current_dir(&folder).output().unwrap();
        assert!(run.status.success(), "{}\n{script}", String::from_utf8_lossy(&run.stderr));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0, "{script}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
