//! Every lesson can be played, and none plays itself.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use vpcreach::answer::Severity;
use vpcreach_tests::lesson::{self, Lesson, answer, is_solved};
use vpcreach_tests::texts::Text;

/// Fewer lessons than these are no course.
const LESSONS: usize = 8;

fn all() -> Vec<Lesson> {
    let lessons = lesson::all().unwrap();
    assert!(lessons.len() >= LESSONS);
    lessons
}

fn all_steps(lesson: &Lesson) -> std::ops::Range<usize> {
    0..lesson.solution.steps.len()
}

#[test]
fn no_lesson_is_solved_at_the_start() {
    for lesson in all() {
        assert!(!is_solved(&lesson.text()), "{} is solved at the start", lesson.name);
    }
}

#[test]
fn every_solution_solves_its_lesson() {
    let mut wrong = Vec::new();
    for lesson in all() {
        match lesson.played(all_steps(&lesson)) {
            Ok(text) if is_solved(&text) => {}
            Ok(text) => {
                for check in answer(&text).checks.iter().filter(|check| check.as_expected != Some(true)) {
                    wrong.push(format!("{}: {} → {}: {:?}", lesson.name, check.from, check.to, check.verdict));
                }
            }
            Err(problem) => wrong.push(format!("{}: {problem}", lesson.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_step_of_a_solution_is_needed() {
    for lesson in all() {
        for left_out in all_steps(&lesson) {
            // A step that cannot be made without the one left out shows that it is needed.
            if let Ok(text) = lesson.played(all_steps(&lesson).filter(|step| *step != left_out)) {
                assert!(!is_solved(&text), "{}: step {} is not needed", lesson.name, left_out + 1);
            }
        }
    }
}

#[test]
fn no_document_has_an_error_before_or_after() {
    for lesson in all() {
        for text in [lesson.text(), lesson.played(all_steps(&lesson)).unwrap()] {
            let errors: Vec<String> = answer(&text)
                .diagnostics
                .into_iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .map(|error| format!("{}: {}: {}", lesson.name, error.path, error.message))
                .collect();
            assert!(errors.is_empty(), "{}", errors.join("\n"));
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut wrong = Vec::new();
    for lesson in all() {
        let learned = lesson.learned.iter().flat_map(|learned| [&learned.text, &learned.page]);
        let texts = [&lesson.title, &lesson.task].into_iter().chain(&lesson.hints).chain(learned);
        wrong.extend(texts.filter_map(Text::flaw).map(|flaw| format!("{}: {flaw}", lesson.name)));
        if lesson.hints.len() < 2 || lesson.learned.is_empty() {
            wrong.push(format!("{}: too few hints, or nothing learned", lesson.name));
        }
        for learned in &lesson.learned {
            if !learned.link.starts_with("https://docs.aws.amazon.com/") {
                wrong.push(format!("{}: {} is not AWS's documentation", lesson.name, learned.link));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
