//! Documents that are made to take long: what comes of them is small, and says so where it had to stop.
//!
//! Sizes are counted, never time: what is counted is what takes the time.

use vpcreach::check::{Selection, check};
use vpcreach::document::Document;
use vpcreach::{Language, Verdict};
use vpcreach_tests::hostile::SHAPES;

/// Decisions that an answer to one question lists at most.
const MOST_HOPS: usize = 4_000;

/// Bytes of an answer for each question, without its decisions and reasons.
const QUESTION: usize = 30_000;

/// Bytes of a decision or a reason.
const DECISION: usize = 1_500;

/// Bytes of diagnostics for each byte of the document.
const DIAGNOSTICS: usize = 100;

#[test]
fn answers_stay_small() {
    for size in [3, 40, 300] {
        for (name, shape) in SHAPES {
            let text = shape(size).to_string();
            let reading = Document::from_json(&text);
            assert!(reading.problems.len() <= text.len(), "{name}, {size}: {} problems", reading.problems.len());
            for language in [Language::English, Language::Japanese] {
                let answer = check(&reading.document, &Selection::default(), language);
                let mut most = DIAGNOSTICS * text.len();
                for check in &answer.checks {
                    assert!(check.hops.len() <= MOST_HOPS, "{name}, {size}: {} hops", check.hops.len());
                    most += QUESTION + DECISION * (check.hops.len() + check.blockers.len());
                    let settles = check.verdict != Verdict::Undetermined || !check.settle.is_empty();
                    assert!(settles, "{name}, {size}: {} is undetermined without a way out", check.to);
                }
                let bytes = serde_json::to_string(&answer).unwrap().len();
                assert!(bytes <= most, "{name}, {size}: {bytes} bytes, at most {most}");
            }
        }
    }
}

/// The shapes are worth something only while they are what they say, documents that ask and are answered.
#[test]
fn shapes_are_read() {
    for (name, shape) in SHAPES {
        let reading = Document::from_json(&shape(30).to_string());
        let unknown = reading.problems.iter().filter(|problem| !problem.pointer.ends_with("rutnime")).count();
        assert_eq!(unknown, 0, "{name}: {:?}", reading.problems);
        let answer = check(&reading.document, &Selection::default(), Language::English);
        assert!(!answer.checks.is_empty(), "{name} asks nothing");
    }
}

/// Two functions and two buckets make four questions; a thousand of each would make a million.
#[test]
fn questions_that_multiply_are_cut_with_an_error() {
    let (_, shape) = SHAPES.iter().find(|(name, _)| *name == "many functions and buckets").unwrap();
    let reading = Document::from_json(&shape(1_600).to_string());
    let answer = check(&reading.document, &Selection::default(), Language::English);
    assert_eq!(answer.checks.len(), 1_000);
    assert!(answer.has_errors());
    assert!(
        answer.diagnostics.iter().any(|diagnostic| diagnostic.code == "tooManyQuestions"),
        "{:?}",
        answer.diagnostics
    );
}
