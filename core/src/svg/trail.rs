//! The paths of an answer as lines and marks on the layout.

use super::layout::{Layout, MARK, Row, RowKind, Spot, slot};
use crate::analysis::{Direction, Fate};
use crate::answer::{Check, Hop};
use crate::fact::Action;

/// A corner of a line.
pub(super) type Point = (i32, i32);

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Traffic that comes this far.
    Packet,
    /// What would have come, had it not been dropped before.
    Lost,
    /// The reply.
    Reply,
}

/// What becomes of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Arrives,
    Blocked,
    Open,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) points: Vec<Point>,
    pub(super) run: Run,
    pub(super) tone: Tone,
}

/// A mark with the numbers of its hops.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) at: Point,
    pub(super) label: String,
    pub(super) kind: MarkKind,
    pub(super) tone: Tone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    Passes,
    Drops,
    Ends,
    Lost,
}

/// Lines and marks of all paths that are drawn.
#[derive(Debug, Default)]
pub(super) struct Trail {
    pub(super) lines: Vec<Line>,
    pub(super) marks: Vec<Mark>,
    /// Rows that decide against the traffic.
    pub(super) deciding: Vec<usize>,
    /// Rows that a path meets.
    pub(super) met: Vec<usize>,
}

/// No more than these are drawn side by side.
pub(super) const PATHS: usize = 4;

/// The paths of the check on the layout.
pub(super) fn trail(check: &Check, layout: &Layout) -> Trail {
    let mut trail = Trail::default();
    for (number, path) in check.paths.iter().take(PATHS).enumerate() {
        let hops: Vec<&Hop> = check.hops.iter().filter(|hop| hop.path as usize == number).collect();
        let start = path.subnet.as_deref().unwrap_or_default();
        let tone = match path.fate {
            Fate::Delivered => Tone::Arrives,
            Fate::NotKnown => Tone::Open,
            _ => Tone::Blocked,
        };
        let lane = i32::try_from(number).unwrap_or(0);
        let letter = if check.paths.len() > 1 { path.label.as_str() } else { "" };
        Drawing { layout, trail: &mut trail, lane, tone, letter }.path(&hops, start);
    }
    trail
}

struct Drawing<'a> {
    layout: &'a Layout,
    trail: &'a mut Trail,
    /// Position among the paths that are drawn side by side.
    lane: i32,
    tone: Tone,
    letter: &'a str,
}

impl Drawing<'_> {
    fn path(&mut self, hops: &[&Hop], start: &str) {
        // The rows that the packet passes, one after the other.
        let mut way: Vec<usize> = Vec::new();
        let mut marks: Vec<(usize, Vec<String>, MarkKind)> = Vec::new();
        let last = hops.iter().rposition(|hop| hop.direction == Direction::Forward);
        let mut reply: Option<Option<usize>> = None;
        for (position, hop) in hops.iter().enumerate() {
            let near =
                [position.wrapping_sub(1), position + 1].map(|at| hops.get(at).map(|hop| hop.component.as_str()));
            let Some(row) = self.row(hop, start, &near) else { continue };
            let drops = hop.code.is_some() || matches!(hop.action, Action::Drops | Action::Refuses);
            self.trail.met.push(row);
            if drops && !hop.already_lost {
                self.trail.deciding.push(row);
            }
            if hop.direction == Direction::Reply {
                // A reply is told by its line, but for the one that is dropped.
                let dropped = reply.get_or_insert(None);
                if !drops || dropped.is_some() {
                    continue;
                }
                *dropped = Some(row);
            } else {
                if let Some(before) = way.last().filter(|before| **before != row) {
                    let run = if hop.already_lost { Run::Lost } else { Run::Packet };
                    let points = self.between(*before, row, 0);
                    self.trail.lines.push(Line { points, run, tone: self.tone });
                }
                if way.last() != Some(&row) {
                    way.push(row);
                }
            }
            let kind = match () {
                () if drops => MarkKind::Drops,
                () if hop.already_lost => MarkKind::Lost,
                () if Some(position) == last && self.tone == Tone::Arrives => MarkKind::Ends,
                () => MarkKind::Passes,
            };
            let label = hop.number.to_string();
            match marks.iter_mut().find(|(at, _, _)| *at == row) {
                Some((_, labels, merged)) => {
                    labels.push(label);
                    if kind == MarkKind::Drops || *merged == MarkKind::Lost {
                        *merged = kind;
                    }
                }
                None => marks.push((row, vec![label], kind)),
            }
        }
        if let Some(dropped) = reply {
            self.reply(&way, dropped);
        }
        for (row, labels, kind) in marks {
            let numbers = match labels.as_slice() {
                [first, .., last] if labels.len() > 2 => [first, "…", last].concat(),
                few => few.join("·"),
            };
            let label = [self.letter, &numbers].concat();
            if let Some(at) = self.point(row) {
                self.trail.marks.push(Mark { at, label, kind, tone: self.tone });
            }
        }
    }

    /// The way back, beside the way there, up to where it is dropped.
    fn reply(&mut self, way: &[usize], dropped: Option<usize>) {
        for pair in way.windows(2).rev() {
            let [one, other] = pair else { continue };
            if dropped == Some(*other) {
                break;
            }
            let mut points = self.between(*one, *other, 4);
            points.reverse();
            self.trail.lines.push(Line { points, run: Run::Reply, tone: self.tone });
        }
    }

    /// The row at which a hop stands.
    fn row(&self, hop: &Hop, start: &str, near: &[Option<&str>]) -> Option<usize> {
        let subnet = hop.subnet.as_deref().unwrap_or_default();
        let is_here = |row: &Row| row.component == hop.component && (subnet.is_empty() || row.subnet == subnet);
        let rows = || self.layout.rows.iter().enumerate().filter(|(_, row)| is_here(row));
        if hop.component.starts_with("routeTable/") {
            let route = |row: &Row| row.kind == RowKind::Route && [&row.label, " → ", &row.name].concat() == hop.detail;
            if let Some((position, _)) = rows().find(|(_, row)| route(row)) {
                return Some(position);
            }
        }
        let preferred = rows().find(|(_, row)| near.contains(&Some(row.owner.as_str())) && row.kind == RowKind::Low);
        let at_start = || rows().find(|(_, row)| subnet.is_empty() && row.subnet == start);
        preferred.or_else(at_start).or_else(|| rows().next()).map(|(position, _)| position)
    }

    /// Where the mark of a row stands.
    fn point(&self, row: usize) -> Option<Point> {
        let row = self.layout.rows.get(row)?;
        let middle = row.rect.y + row.rect.height / 2;
        let paths = self.layout.paths;
        Some(match row.spot {
            Spot::Inside { rail, zone, .. } => {
                let own = usize::try_from(self.lane).unwrap_or(0);
                let lane = self.layout.rails.get(zone)?.iter().position(|path| *path == own).unwrap_or(0);
                (rail + slot(paths) / 2 + i32::try_from(lane).unwrap_or(0) * slot(paths), middle)
            }
            // At the edge of the box, one path below the other.
            _ => (row.rect.x - 2, middle + self.lane * MARK - (paths - 1) * MARK / 2),
        })
    }

    /// The corners of a line from one row to another, through the lanes.
    fn between(&self, from: usize, to: usize, aside: i32) -> Vec<Point> {
        let (Some(one), Some(other)) = (self.layout.rows.get(from), self.layout.rows.get(to)) else {
            return Vec::new();
        };
        let (Some(a), Some(b)) = (self.point(from), self.point(to)) else { return Vec::new() };
        let shift = self.lane * 8 + aside;
        // On a rail beside it, elsewhere below it.
        let beside_of = |row: &Row, at: Point| match row.spot {
            Spot::Inside { .. } => (at.0 + aside, at.1),
            _ => (at.0, at.1 + aside),
        };
        let (a, b) = (beside_of(one, a), beside_of(other, b));
        let lanes = |vpc: usize| self.layout.vpcs.get(vpc).copied().unwrap_or_default();
        let (beside, far) = (self.layout.beside - shift, self.layout.far - shift);
        let below = self.layout.below + shift;
        let mut points = vec![a];
        match (one.spot, other.spot) {
            (Spot::Inside { zone, .. }, Spot::Inside { zone: same, .. }) if zone == same => {}
            (Spot::Inside { vpc, .. }, Spot::Inside { vpc: into, .. }) => {
                let channel = lanes(vpc).channel + shift;
                points.push((a.0, channel));
                if vpc == into {
                    points.push((b.0, channel));
                } else {
                    let entry = lanes(into).channel + shift;
                    points.extend([(beside, channel), (beside, entry), (b.0, entry)]);
                }
            }
            (Spot::Inside { vpc, is_last, .. }, Spot::Door { .. }) => {
                let lane = lanes(vpc).door - shift;
                if is_last && one.kind == RowKind::Route {
                    points.push((lane, a.1 + aside));
                } else {
                    let channel = lanes(vpc).channel + shift;
                    points.extend([(a.0, channel), (lane, channel)]);
                }
                points.push((lane, b.1));
            }
            (Spot::Door { .. }, Spot::Inside { vpc, .. }) => {
                let (lane, channel) = (lanes(vpc).door - shift, lanes(vpc).channel + shift);
                points.extend([(lane, a.1), (lane, channel), (b.0, channel)]);
            }
            (Spot::Inside { vpc, .. }, outside) => {
                let channel = lanes(vpc).channel + shift;
                points.extend([(a.0, channel), (beside, channel)]);
                self.outside(outside, &mut points, b, (beside, far, below));
            }
            (outside, Spot::Inside { vpc, .. }) => {
                let channel = lanes(vpc).channel + shift;
                if outside == Spot::Far {
                    points.extend([(far, a.1), (far, below), (beside, below)]);
                } else {
                    points.push((beside, a.1));
                }
                points.extend([(beside, channel), (b.0, channel)]);
            }
            (Spot::Door { .. } | Spot::Beside, outside) => {
                points.push((beside, a.1));
                self.outside(outside, &mut points, b, (beside, far, below));
            }
            (Spot::Far, Spot::Beside | Spot::Door { .. }) => {
                points.extend([(far, a.1), (far, below), (beside, below), (beside, b.1)]);
            }
            (Spot::Far, Spot::Far) => points.extend([(far, a.1), (far, b.1)]),
        }
        // Along a rail the last corner is above or below where it ends.
        if let (Spot::Inside { .. }, Some(last)) = (other.spot, points.last().copied())
            && last.0 != b.0
        {
            points.push((b.0, last.1));
        }
        points.push(b);
        points.dedup();
        points
    }

    fn outside(&self, to: Spot, points: &mut Vec<Point>, end: Point, (beside, far, below): (i32, i32, i32)) {
        if to == Spot::Far {
            points.extend([(beside, below), (far, below), (far, end.1)]);
        } else {
            points.push((beside, end.1));
        }
    }
}
