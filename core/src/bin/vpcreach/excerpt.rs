//! Excerpts of the person's own files at what decides.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use vpcreach::answer::{Answer, Blocker, Check, Hop};
use vpcreach::fact::Action;
use vpcreach::import::Place;

use crate::sources::Sources;

/// How many lines an excerpt marks.
const MOST_LINES: usize = 14;
/// Lines beyond this are written by programs, and nobody reads them.
const LONGEST_LINE: usize = 300;

/// The excerpts of every check that is not as it should be.
pub(crate) fn excerpts(answer: &Answer, sources: &Sources, in_colour: bool) -> String {
    let mut text = String::new();
    for check in answer.checks.iter().filter(|check| !check.is_good()) {
        of_check(check, sources, in_colour, &mut text);
    }
    text
}

fn of_check(check: &Check, sources: &Sources, in_colour: bool, text: &mut String) {
    let mut shown: Vec<&Place> = Vec::new();
    for blocker in &check.blockers {
        let Some(place) = sources.of(blocker.pointer.as_deref(), &blocker.component) else { continue };
        if shown.contains(&place) {
            continue;
        }
        shown.push(place);
        let before = hop_before(check, blocker).and_then(|hop| {
            let place = sources.of(hop.pointer.as_deref(), &hop.component)?;
            Some((format!("{} · {}  {}", hop.title, hop.action_text, hop.detail), place))
        });
        let before = before.filter(|(_, place)| !shown.contains(place));
        shown.extend(before.as_ref().map(|(_, place)| *place));
        text.push('\n');
        text.push_str(&excerpt(blocker, place, before.as_ref(), sources, in_colour));
        text.push('\n');
    }
}

/// The route that led the traffic to what stops it.
fn hop_before<'c>(check: &'c Check, blocker: &Blocker) -> Option<&'c Hop> {
    let at = *blocker.hops.first()? as usize;
    let path = check.hops.get(at)?.path;
    let before = check.hops.get(..at)?.iter().rev().take_while(|hop| hop.path == path);
    before.into_iter().find(|hop| hop.action == Action::Routes).filter(|hop| hop.pointer.is_some())
}

fn excerpt(
    blocker: &Blocker,
    place: &Place,
    before: Option<&(String, &Place)>,
    sources: &Sources,
    in_colour: bool,
) -> String {
    let renderer = if in_colour { Renderer::styled() } else { Renderer::plain() };
    let title = Level::ERROR.primary_title(blocker.message.as_str()).id(blocker.code.as_str());
    let mut groups = vec![group(Group::with_title(title), place, sources)];
    if let Some((words, place)) = before {
        groups.push(group(Group::with_title(Level::NOTE.secondary_title(words.as_str())), place, sources));
    }
    renderer.render(&groups)
}

fn group<'a>(group: Group<'a>, place: &'a Place, sources: &'a Sources) -> Group<'a> {
    let file = place.location.file.as_str();
    match sources.text(file).and_then(|text| Some((text, span(text, place)?))) {
        Some((text, span)) => {
            let annotation = AnnotationKind::Primary.span(span).label(place.name.as_str());
            group.element(Snippet::source(text).path(file).fold(true).annotation(annotation))
        }
        // Nobody reads such a line, so the name alone has to say what stands there.
        None => group.element(origin(place)).element(Level::NOTE.message(place.name.as_str())),
    }
}

/// File, line and column, as far as they are known.
fn origin(place: &Place) -> Origin<'_> {
    let origin = Origin::path(place.location.file.as_str());
    match (place.location.line, place.location.column) {
        (0, _) => origin,
        (line, 0) => origin.line(line as usize),
        (line, column) => origin.line(line as usize).char_column(column as usize),
    }
}

/// The bytes to mark: from the place to the end of what begins there, by indentation.
fn span(text: &str, place: &Place) -> Option<std::ops::Range<usize>> {
    let (line, column) = (place.location.line as usize, place.location.column as usize);
    let mut start = None;
    let mut end = 0;
    let mut offset = 0;
    for (number, content) in text.split_inclusive('\n').enumerate() {
        let bare = content.trim_end();
        if number + 1 == line {
            if bare.len() > LONGEST_LINE {
                return None;
            }
            let column = content.char_indices().nth(column.checked_sub(1)?).map_or(0, |(at, _)| at);
            start = Some(offset + column);
            end = offset + bare.len();
        } else if start.is_some() {
            let indent = content.len() - content.trim_start().len();
            let closes = bare.trim_start().starts_with(['}', ']']);
            let is_inside = !bare.is_empty() && (indent >= column || closes && indent + 1 == column);
            if !is_inside || number + 1 >= line + MOST_LINES || bare.len() > LONGEST_LINE {
                break;
            }
            end = offset + bare.len();
        }
        offset += content.len();
    }
    start.filter(|start| *start < end).map(|start| start..end)
}
