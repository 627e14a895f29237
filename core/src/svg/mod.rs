//! The diagram of a document with the path of an answer as one self-contained SVG.
//!
//! It needs no font, script or style sheet, and follows the reader's choice of light and dark.
//! Names and texts are never markup.

mod layout;
#[cfg(test)]
mod tests;
mod text;
mod trail;

use crate::answer::{Answer, Check};
use crate::component::ComponentKind;
use crate::diagram::Diagram;
use crate::verdict::Verdict;
use crate::words::{Language, svg as words};

pub(crate) use layout::FrameKind;

use layout::{Frame, Layout, Panel, Rect, Row, RowKind, Scene};
use text::{Face, escape, fit, width, wrap};
use trail::{Line, Mark, MarkKind, PATHS, Run, Tone, Trail, trail};

/// Colours, light and dark, and how texts and lines look.
const STYLE: &str = include_str!("style.css");

/// The narrowest picture, so that the answer above it has room.
const NARROWEST: i32 = 720;

/// The first check of an answer on its diagram; without checks, the diagram alone.
pub fn svg(diagram: &Diagram, answer: &Answer, language: Language) -> String {
    let check = answer.checks.first();
    let hops = check.map(|check| check.hops.as_slice()).unwrap_or_default();
    let known = addresses(diagram);
    let mut outside: Vec<(String, String)> = Vec::new();
    for hop in hops.iter().filter(|hop| hop.subnet.is_none()) {
        let word = hop.component.split_once('/').map_or("", |(word, _)| word);
        let is_outside =
            [ComponentKind::Service, ComponentKind::Internet, ComponentKind::Address, ComponentKind::Bucket];
        let is_outside = is_outside.iter().any(|kind| kind.as_str() == word);
        if is_outside
            && !known.contains(&hop.component.as_str())
            && !outside.iter().any(|(one, _)| *one == hop.component)
        {
            let name = hop.component.split_once('/').map_or(hop.component.as_str(), |(_, name)| name);
            outside.push((hop.component.clone(), name.to_owned()));
        }
    }
    let mut met: Vec<(usize, &str)> = Vec::new();
    for (number, path) in check.iter().flat_map(|check| &check.paths).enumerate().take(PATHS) {
        met.extend(path.subnet.as_deref().map(|subnet| (number, subnet)));
        let own = hops.iter().filter(|hop| hop.path as usize == number);
        met.extend(own.filter_map(|hop| Some((number, hop.subnet.as_deref()?))));
    }
    let paths = check.map_or(0, |check| check.paths.len());
    let scene = Scene { diagram, language, paths: i32::try_from(paths.min(PATHS)).unwrap_or(1), met, outside };
    // The width decides how the answer above breaks into lines, and the lines decide where the diagram begins.
    let room = scene.layout(0).width.max(NARROWEST);
    let mut picture = Picture { body: String::new() };
    let top = picture.head(check, paths, room, language);
    let layout = scene.layout(top);
    let trail = check.map(|check| trail(check, &layout)).unwrap_or_default();
    picture.draw(&layout, &trail);
    picture.finish(check, (room, layout.height.max(top)), language)
}

/// Every address that the diagram has a box for.
fn addresses(diagram: &Diagram) -> Vec<&str> {
    let regions = diagram.regions.iter();
    let doors = diagram.regions.iter().flat_map(|region| &region.vpcs).flat_map(|vpc| &vpc.doors);
    let cards = regions.flat_map(|region| &region.cards).chain(&diagram.internet).chain(doors);
    cards.map(|card| card.component.as_str()).collect()
}

struct Picture {
    body: String,
}

impl Picture {
    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.body.push_str(part));
    }

    /// The answer above the diagram; where the diagram begins.
    fn head(&mut self, check: Option<&Check>, paths: usize, room: i32, language: Language) -> i32 {
        let Some(check) = check else { return 16 };
        let tone = tone_of(check.verdict);
        let inner = room - 32;
        let question = [check.from.as_str(), " → ", &check.to].concat();
        self.text(16, 28, "quiet", 13, Face::Plain, &question, inner);
        let word = fit(&check.verdict_text, 26, Face::Bold, inner);
        self.verdict_mark(tone, 28, 52);
        self.text(50, 61, ["verdict ", tone].concat().as_str(), 26, Face::Bold, &word, inner - 34);
        let behind = 50 + width(&word, 26, Face::Bold) + 14;
        self.text(behind, 60, "quiet", 13, Face::Plain, &check.layer_text, room - 16 - behind);
        let mut y = 88;
        for line in wrap(&check.summary, 15, Face::Plain, inner) {
            self.text(16, y, "ink", 15, Face::Plain, &line, inner);
            y += 22;
        }
        if check.verdict != Verdict::Succeeds
            && let Some(line) = check.symptom.log.last()
        {
            self.text(16, y + 2, "mono quiet", 12, Face::Mono, line, inner);
            y += 22;
        }
        if paths > PATHS {
            self.text(16, y, "quiet", 12, Face::Plain, &words::more_paths(paths - PATHS, language), inner);
            y += 20;
        }
        y
    }

    /// A shape for the verdict that does not need colour.
    fn verdict_mark(&mut self, tone: &str, x: i32, y: i32) {
        let center = [number(x), number(y)];
        match tone {
            "arrives" => self.push(&[
                "<circle class=\"solid arrives\" cx=\"",
                &center[0],
                "\" cy=\"",
                &center[1],
                "\" r=\"12\"/>",
            ]),
            "blocked" => self.octagon(x, y, 12, "solid blocked"),
            _ => self.push(&[
                "<circle class=\"ring ",
                tone,
                "\" cx=\"",
                &center[0],
                "\" cy=\"",
                &center[1],
                "\" r=\"11\"/>",
            ]),
        }
        let glyph = match tone {
            "arrives" => "M-5 0l4 4 7-8",
            "blocked" => "M-4.5-4.5l9 9M4.5-4.5l-9 9",
            "partly" => "M0-11a11 11 0 0 1 0 22z",
            _ => return,
        };
        let class = if tone == "partly" { "half" } else { "glyph" };
        self.push(&[
            "<path class=\"",
            class,
            "\" transform=\"translate(",
            &center[0],
            " ",
            &center[1],
            ")\" d=\"",
            glyph,
            "\"/>",
        ]);
    }

    fn octagon(&mut self, x: i32, y: i32, radius: i32, class: &str) {
        let cut = radius * 414 / 1000;
        let corners = [
            (-cut, -radius),
            (cut, -radius),
            (radius, -cut),
            (radius, cut),
            (cut, radius),
            (-cut, radius),
            (-radius, cut),
            (-radius, -cut),
        ];
        let points: Vec<String> = corners.iter().map(|(dx, dy)| [number(x + dx), number(y + dy)].join(",")).collect();
        self.push(&["<polygon class=\"", class, "\" points=\"", &points.join(" "), "\"/>"]);
    }

    /// A text that never needs more than its room; the whole of a cut one is its title.
    #[expect(clippy::too_many_arguments, reason = "place, look and content of one text")]
    fn text(&mut self, x: i32, y: i32, class: &str, size: i32, face: Face, text: &str, room: i32) {
        if text.is_empty() || room < size {
            return;
        }
        let shown = fit(text, size, face, room);
        let weight = if face == Face::Bold { " bold" } else { "" };
        self.push(&[
            "<text class=\"s",
            &number(size),
            " ",
            class,
            weight,
            "\" x=\"",
            &number(x),
            "\" y=\"",
            &number(y),
            "\">",
        ]);
        if shown.ends_with('…') && !text.ends_with('…') {
            self.push(&["<title>", &escape(text), "</title>"]);
        }
        self.push(&[&escape(&shown), "</text>"]);
    }

    fn rect(&mut self, rect: Rect, radius: i32, class: &str) {
        let numbers = [rect.x, rect.y, rect.width, rect.height, radius].map(number);
        let names = [" x=\"", "\" y=\"", "\" width=\"", "\" height=\"", "\" rx=\""];
        self.push(&["<rect class=\"", class, "\""]);
        names.iter().zip(&numbers).for_each(|(name, number)| self.push(&[name, number]));
        self.push(&["\"/>"]);
    }

    fn draw(&mut self, layout: &Layout, trail: &Trail) {
        layout.frames.iter().for_each(|frame| self.frame(frame));
        // Under the cards, so that a line can cross no label.
        trail.lines.iter().for_each(|line| self.line(line));
        for panel in &layout.panels {
            self.panel(panel, layout, trail);
        }
        trail.marks.iter().for_each(|mark| self.mark(mark));
    }

    fn frame(&mut self, frame: &Frame) {
        let (class, radius) = match frame.kind {
            FrameKind::Region => ("region", 12),
            FrameKind::Vpc => ("vpc", 8),
            FrameKind::Zone => ("zone", 8),
            FrameKind::Public => ("public", 8),
            FrameKind::Private => ("private", 8),
            FrameKind::Internet => ("internet", 12),
        };
        self.rect(frame.rect, radius, class);
        let is_subnet = matches!(frame.kind, FrameKind::Public | FrameKind::Private);
        let base = frame.rect.y + if is_subnet { 20 } else { 24 };
        let right = frame.rect.right() - 12;
        let mut x = frame.text_x;
        // A subnet's word stands at its end, other words before the name.
        let end = if is_subnet {
            let own = width(&frame.label, 12, Face::Plain);
            self.text(right - own, base, "quiet", 12, Face::Plain, &frame.label, own);
            right - own - 10
        } else {
            self.text(x, base, "quiet", 12, Face::Plain, &frame.label, right - x);
            x += width(&frame.label, 12, Face::Plain) + 8;
            right
        };
        self.text(x, base, "ink", 13, Face::Bold, &frame.name, end - x);
        x += width(&frame.name, 13, Face::Bold) + 10;
        self.text(x, base, "mono quiet", 12, Face::Mono, &frame.detail, end - x);
    }

    fn panel(&mut self, panel: &Panel, layout: &Layout, trail: &Trail) {
        self.rect(panel.rect, 6, "card");
        let first = panel.rows.start;
        for position in panel.rows.clone() {
            let Some(row) = layout.rows.get(position) else { continue };
            let is_deciding = trail.deciding.contains(&position);
            if is_deciding {
                self.rect(row.rect, 4, "deciding");
            } else if row.kind == RowKind::Route && trail.met.contains(&position) {
                let inside = Rect {
                    x: row.rect.x + 2,
                    y: row.rect.y + 1,
                    width: row.rect.width - 4,
                    height: row.rect.height - 2,
                };
                self.rect(inside, 4, "matched");
            }
            if position > first && matches!(row.kind, RowKind::Owner | RowKind::Low) {
                let numbers = [row.rect.x, row.rect.y, row.rect.right()].map(number);
                self.push(&["<path class=\"hair\" d=\"M", &numbers[0], " ", &numbers[1], "H", &numbers[2], "\"/>"]);
            }
            self.row(row, matches!(row.spot, layout::Spot::Inside { .. }));
        }
    }

    fn row(&mut self, row: &Row, is_inside: bool) {
        // What stands in front of a box outside is the mark of a path.
        let x = row.rect.x + if is_inside { 10 } else { 22 };
        let end = row.rect.right() - 8;
        let y = row.rect.y;
        match row.kind {
            RowKind::Owner => {
                let before = self.body.len();
                self.text(x, y + 17, "quiet", 12, Face::Plain, &row.label, end - x);
                let after = width(&row.label, 12, Face::Plain) + 6;
                let fits = x + after + width(&row.name, 13, Face::Bold) <= end;
                if fits && row.detail.is_empty() {
                    // Alone in the middle.
                    let middle = y + row.rect.height / 2 + 5;
                    self.body.truncate(before);
                    self.text(x, middle, "quiet", 12, Face::Plain, &row.label, end - x);
                    self.text(x + after, middle, "ink", 13, Face::Bold, &row.name, end - x - after);
                } else if fits {
                    self.text(x + after, y + 17, "ink", 13, Face::Bold, &row.name, end - x - after);
                    self.text(x, y + 35, "mono quiet", 12, Face::Mono, &row.detail, end - x);
                } else {
                    self.text(x, y + 35, "ink", 13, Face::Bold, &row.name, end - x);
                }
            }
            RowKind::Low => {
                self.text(x, y + 18, "quiet", 12, Face::Plain, &row.label, end - x);
                let after = width(&row.label, 12, Face::Plain) + 6;
                self.text(x + after, y + 18, "ink", 12, Face::Bold, &row.name, end - x - after);
            }
            RowKind::Route => {
                let half = (end - x) * 58 / 100;
                // What tells AWS's prefix lists apart is their end.
                let label = match row.label.strip_prefix("com.amazonaws.") {
                    Some(end) if width(&row.label, 12, Face::Mono) > half - 6 => ["…", end].concat(),
                    _ => row.label.clone(),
                };
                self.text(x, y + 15, "mono ink", 12, Face::Mono, &label, half - 6);
                let target = [if row.detail.is_empty() { "→ " } else { "✕ " }, row.name.as_str()].concat();
                self.text(x + half, y + 15, "mono ink", 12, Face::Mono, &target, end - x - half);
            }
            RowKind::Rest => self.text(x, y + 15, "quiet", 12, Face::Plain, &row.label, end - x),
        }
    }

    fn line(&mut self, line: &Line) {
        let class = match line.run {
            Run::Packet => "run",
            Run::Lost => "lost",
            Run::Reply => "reply",
        };
        let points: Vec<String> = line.points.iter().map(|(x, y)| [number(*x), number(*y)].join(",")).collect();
        self.push(&[
            "<polyline class=\"",
            class,
            " ",
            tone_class(line.tone),
            "\" points=\"",
            &points.join(" "),
            "\"/>",
        ]);
    }

    fn mark(&mut self, mark: &Mark) {
        let (x, y) = mark.at;
        let tone = tone_class(mark.tone);
        let half = (width(&mark.label, 10, Face::Bold) / 2 + 4).max(9);
        let pill = Rect { x: x - half, y: y - 9, width: 2 * half, height: 18 };
        let class = match mark.kind {
            MarkKind::Drops if half <= 11 => {
                self.octagon(x, y, 11, "solid blocked");
                "on"
            }
            MarkKind::Drops => {
                self.rect(pill, 3, "solid blocked");
                "on"
            }
            MarkKind::Ends => {
                self.rect(pill, 9, ["solid ", tone].concat().as_str());
                "on"
            }
            MarkKind::Lost => {
                self.rect(pill, 9, "hollow lost");
                "quiet"
            }
            MarkKind::Passes => {
                self.rect(pill, 9, ["hollow ", tone].concat().as_str());
                "ink"
            }
        };
        let numbers = [x, y + 4].map(number);
        self.push(&["<text class=\"s10 bold middle ", class, "\" x=\"", &numbers[0], "\" y=\"", &numbers[1], "\">"]);
        self.push(&[&escape(&mark.label), "</text>"]);
    }

    /// The whole picture, with a title and a description for those who do not see it.
    fn finish(self, check: Option<&Check>, (width, height): (i32, i32), language: Language) -> String {
        let (title, description) = match check {
            None => (words::diagram(language).to_owned(), String::new()),
            Some(check) => {
                let title = [check.from.as_str(), " → ", &check.to, ": ", &check.verdict_text].concat();
                let hop = |hop: &crate::answer::Hop| {
                    let detail = if hop.detail.is_empty() { String::new() } else { [" (", &hop.detail, ")"].concat() };
                    [&hop.number.to_string(), ". ", &hop.title, " · ", &hop.action_text, &detail].concat()
                };
                let hops: Vec<String> = check.hops.iter().map(hop).collect();
                (title, [check.summary.as_str(), " ", &hops.join("; ")].concat())
            }
        };
        let (width, height) = (number(width), number(height));
        [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"vpcreach-svg\" width=\"",
            &width,
            "\" height=\"",
            &height,
            "\" viewBox=\"0 0 ",
            &width,
            " ",
            &height,
            "\" role=\"img\" aria-labelledby=\"vpcreach-svg-title vpcreach-svg-description\">\n<title id=\"vpcreach-svg-title\">",
            &escape(&title),
            "</title>\n<desc id=\"vpcreach-svg-description\">",
            &escape(&description),
            "</desc>\n<style>",
            STYLE,
            "</style>\n<rect class=\"canvas\" width=\"100%\" height=\"100%\"/>\n",
            &self.body,
            "\n</svg>\n",
        ]
        .concat()
    }
}

fn number(number: i32) -> String {
    number.to_string()
}

fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Arrives => "arrives",
        Tone::Blocked => "blocked",
        Tone::Open => "open",
    }
}

fn tone_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Succeeds => "arrives",
        Verdict::Intermittent => "partly",
        Verdict::Undetermined => "open",
        _ => "blocked",
    }
}
