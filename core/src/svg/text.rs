//! Texts as they stand in a picture: measured without a font, cut to the room there is, and never markup.

/// How bold a text is, or whether its characters are all of one width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// Interface text.
    Plain,
    /// Names and headings.
    Bold,
    /// What AWS would print.
    Mono,
}

/// Widths of the printable ASCII characters in thousandths of the font size: the widest of Inter, Arial, Helvetica and
/// DejaVu Sans for each, so that a text never needs more than it is given.
const PLAIN: [u16; 95] = [
    318, 401, 460, 838, 660, 951, 780, 275, 391, 391, 500, 838, 320, 420, 320, 400, 650, 637, 637, 650, 670, 637, 650,
    637, 640, 650, 337, 337, 838, 838, 838, 560, 1000, 720, 687, 740, 771, 632, 620, 775, 770, 310, 580, 690, 580, 900,
    780, 790, 660, 790, 695, 670, 670, 760, 720, 1010, 700, 700, 686, 391, 400, 391, 838, 560, 500, 613, 635, 590, 640,
    616, 390, 640, 634, 280, 290, 580, 290, 975, 634, 620, 640, 640, 412, 550, 393, 634, 592, 840, 592, 592, 570, 637,
    337, 637, 838,
];

/// The same at the weight 600.
const BOLD: [u16; 95] = [
    349, 457, 521, 888, 699, 1008, 873, 307, 458, 458, 530, 888, 380, 445, 380, 424, 696, 696, 696, 696, 710, 696, 696,
    696, 696, 696, 400, 400, 888, 888, 888, 593, 1060, 774, 763, 784, 831, 684, 684, 821, 837, 373, 614, 775, 638, 996,
    837, 851, 733, 851, 771, 721, 710, 813, 774, 1104, 771, 742, 727, 458, 424, 458, 888, 593, 530, 675, 716, 625, 716,
    679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 604, 712,
    366, 712, 888,
];

/// The width of a text, in pixels, rounded up.
pub(super) fn width(text: &str, size: i32, face: Face) -> i32 {
    let thousandths: i32 = text.chars().map(|character| advance(character, face)).fold(0, i32::saturating_add);
    thousandths.saturating_mul(size).saturating_add(999) / 1000
}

fn advance(character: char, face: Face) -> i32 {
    let position = (character as usize).checked_sub(0x20);
    let ascii = |widths: &[u16; 95]| position.and_then(|position| widths.get(position)).map(|width| i32::from(*width));
    let known = match face {
        Face::Plain => ascii(&PLAIN),
        Face::Bold => ascii(&BOLD),
        Face::Mono => ascii(&PLAIN).map(|_| 620),
    };
    known.unwrap_or(match character {
        '·' => 400,
        '\u{a0}'..='\u{24f}' => 850,
        // Han, kana, hangul and full-width forms take a square, and so may whatever else is not known.
        _ => 1000,
    })
}

/// The text, cut with an ellipsis to the room that there is.
pub(super) fn fit(text: &str, size: i32, face: Face, room: i32) -> String {
    let text = readable(text);
    if width(&text, size, face) <= room {
        return text;
    }
    let room = room * 1000 / size.max(1) - 1000;
    let mut used = 0;
    let mut cut = String::new();
    for character in text.chars() {
        used += advance(character, face);
        if used > room {
            break;
        }
        cut.push(character);
    }
    cut.push('…');
    cut
}

/// The text in lines that fit; a word that is too long for a line is cut where the line ends.
pub(super) fn wrap(text: &str, size: i32, face: Face, room: i32) -> Vec<String> {
    let text = readable(text);
    let room = room.max(size) * 1000 / size.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    // Where the line can be broken: the length up to there, and what was used.
    let mut chance: Option<(usize, i32)> = None;
    for character in text.chars() {
        let own = advance(character, face);
        if used + own > room && !line.is_empty() {
            let rest = match chance.take() {
                Some((length, before)) if length < line.len() => {
                    used -= before;
                    line.split_off(length)
                }
                _ => {
                    used = 0;
                    String::new()
                }
            };
            lines.push(line.trim_end().to_owned());
            line = rest;
        }
        if line.is_empty() && character == ' ' {
            continue;
        }
        line.push(character);
        used += own;
        // Latin words break at spaces, Japanese nearly anywhere.
        if character == ' ' || character >= '\u{2e80}' {
            chance = Some((line.len(), used));
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Without line ends, control characters and marks that turn the direction of what follows.
fn readable(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' | '\t' | '\r' => Some(' '),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        '\u{fffe}' | '\u{ffff}' => None,
        other if other.is_control() => None,
        other => Some(other),
    };
    text.chars().filter_map(shown).collect()
}

/// A text that XML takes for text, wherever it stands.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in readable(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
