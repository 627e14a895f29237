//! Where everything stands: zones as columns, subnets as rows, doors on the VPC's border, the rest beside it.
//!
//! Boxes never overlap. Between them stay lanes without text: a rail at the left of every zone, a channel below the
//! zones, a lane before the doors, one before what is outside, one before the Internet.

use crate::component::ComponentKind;
use crate::diagram::{Card, Diagram, RegionBox, SubnetBox, VpcBox};
use crate::network::VpcEndpointKind;
use crate::words::{Language, svg as words};

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Rect {
    pub(super) fn right(self) -> i32 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> i32 {
        self.y + self.height
    }
}

/// What a row of a box is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A component: its kind and name, and a line with details.
    Owner,
    /// A security group, network ACL or route table.
    Low,
    /// A route.
    Route,
    /// How many routes there are that do not stand here.
    Rest,
}

/// One row of a box, which is also where a path can pass.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) kind: RowKind,
    pub(super) rect: Rect,
    pub(super) component: String,
    /// The subnet in which it stands; the empty text outside.
    pub(super) subnet: String,
    /// The component that the box is for.
    pub(super) owner: String,
    /// What it says on the left.
    pub(super) label: String,
    /// The name, or what it says on the right.
    pub(super) name: String,
    /// The second line.
    pub(super) detail: String,
    pub(super) spot: Spot,
}

/// Which lanes lead to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// In a subnet, with the positions of its VPC and zone, and where the zone's rail begins; whether nothing stands to its right but the doors.
    Inside { vpc: usize, zone: usize, rail: i32, is_last: bool },
    /// On the border of a VPC.
    Door { vpc: usize },
    /// In a Region, beside the VPCs.
    Beside,
    /// On the Internet, or in another Region.
    Far,
}

/// A frame with a heading.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) rect: Rect,
    pub(super) kind: FrameKind,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) detail: String,
    /// Where the heading begins.
    pub(super) text_x: i32,
}

/// What a frame is around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameKind {
    Region,
    Vpc,
    Zone,
    Public,
    Private,
    Internet,
}

/// A box with rows.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub(super) rect: Rect,
    /// Positions in [`Layout::rows`].
    pub(super) rows: std::ops::Range<usize>,
}

/// The lanes of a VPC.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lanes {
    pub(super) channel: i32,
    pub(super) door: i32,
}

/// Everything with its place.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) frames: Vec<Frame>,
    pub(super) panels: Vec<Panel>,
    pub(super) rows: Vec<Row>,
    pub(super) vpcs: Vec<Lanes>,
    /// How many paths are drawn.
    pub(super) paths: i32,
    /// The paths that run on the rail of each zone, in the order of their places on it.
    pub(super) rails: Vec<Vec<usize>>,
    /// The lane before what stands beside the VPCs.
    pub(super) beside: i32,
    /// The channel below all VPCs, which leads past what stands beside them.
    pub(super) below: i32,
    /// The lane before the Internet.
    pub(super) far: i32,
    pub(super) width: i32,
    pub(super) height: i32,
}

const CARD: i32 = 236;
const OWNER: i32 = 44;
const LOW: i32 = 28;
const ROUTE: i32 = 22;
const GAP: i32 = 12;
const PAD: i32 = 12;
const HEADER: i32 = 34;
const FOLDED: i32 = 30;
const DOOR: i32 = 172;
const OUTSIDE: i32 = 172;
/// Room for the marks of one path on a rail; with several paths, marks have letters.
pub(super) fn slot(paths: i32) -> i32 {
    if paths > 1 { 44 } else { 32 }
}
/// The Internet without anything of the document.
const SLIM: i32 = 120;
/// Room for a mark at the edge of a box.
pub(super) const MARK: i32 = 22;
/// Routes that a table shows.
const ROUTES: usize = 8;
/// With more subnets, those that no path meets are one line each.
const MANY_SUBNETS: usize = 8;

/// What the layout is made for.
pub(super) struct Scene<'a> {
    pub(super) diagram: &'a Diagram,
    pub(super) language: Language,
    /// How many paths are drawn side by side.
    pub(super) paths: i32,
    /// Paths with the subnets that they meet; the others fold when there are many.
    pub(super) met: Vec<(usize, &'a str)>,
    /// Where the answer leads that the diagram does not have: address and name.
    pub(super) outside: Vec<(String, String)>,
}

impl Scene<'_> {
    /// The width of a rail with that many paths.
    fn rail(&self, paths: usize) -> i32 {
        match i32::try_from(paths) {
            Ok(0) => PAD,
            Ok(paths) => paths * slot(self.paths) + PAD,
            Err(_) => PAD,
        }
    }

    /// The height of a box outside: the marks of all paths stand below each other at its edge.
    fn tall(&self) -> i32 {
        OWNER.max(self.paths * MARK + 4)
    }

    /// Room of a lane.
    fn lane(&self) -> i32 {
        24 + 8 * self.paths
    }

    pub(super) fn layout(&self, top: i32) -> Layout {
        let mut layout = Layout { paths: self.paths, ..Layout::default() };
        let Some((own, others)) = self.diagram.regions.split_first() else { return layout };
        let x = 16;
        let mut region = self.frame(FrameKind::Region, Rect { x, y: top, ..Rect::default() });
        region.name.clone_from(&own.name);
        let mut y = top + 40;
        let mut right = x + 16;
        for vpc in &own.vpcs {
            let rect = self.vpc(&mut layout, vpc, x + 16, y);
            right = right.max(rect.right());
            y = rect.bottom() + 16;
        }
        let has_doors = own.vpcs.iter().any(|vpc| !vpc.doors.is_empty());
        let border = if has_doors { right + DOOR / 2 } else { right };
        layout.beside = border + self.lane() - 8;
        let beside_x = border + 2 * self.lane() - 8;
        let mut beside_y = top + 48;
        let mut beside_right = border + 16;
        let here = own.cards.iter().map(|card| self.card_row(card, ""));
        let services = self.outside.iter().filter(|(address, _)| address.starts_with("service/"));
        for row in here.chain(services.map(|outside| self.outside_row(outside))) {
            let rect = Rect { x: beside_x, y: beside_y, width: OUTSIDE, height: self.tall() };
            panel(&mut layout, rect, vec![Row { spot: Spot::Beside, ..row }]);
            beside_y = rect.bottom() + 20;
            beside_right = rect.right() + 16;
        }
        let inside = y.max(beside_y).max(top + 120);
        layout.below = inside;
        region.rect = Rect { x, y: top, width: beside_right - x, height: layout.below + 12 + 8 * self.paths - top };
        let region_rect = region.rect;
        // The outermost frame is drawn first.
        layout.frames.insert(0, region);
        layout.far = region_rect.right() + self.lane() - 8;
        self.far(&mut layout, region_rect, others);
        layout
    }

    /// The Internet, and what is in other Regions.
    fn far(&self, layout: &mut Layout, region: Rect, others: &[RegionBox]) {
        let x = region.right() + 2 * self.lane() - 8;
        let mut y = region.y;
        for other in others {
            let mut frame = self.frame(FrameKind::Region, Rect { x, y, ..Rect::default() });
            frame.name.clone_from(&other.name);
            let mut inner = y + 40;
            for card in &other.cards {
                let rect = Rect { x: x + 12, y: inner, width: OUTSIDE, height: self.tall() };
                panel(layout, rect, vec![Row { spot: Spot::Far, ..self.card_row(card, "") }]);
                inner = rect.bottom() + 12;
            }
            frame.rect = Rect { x, y, width: OUTSIDE + 24, height: inner - y };
            y = frame.rect.bottom() + 16;
            layout.frames.push(frame);
        }
        let mut internet = self.frame(FrameKind::Internet, Rect { x, y, ..Rect::default() });
        let mut inner = y + 40;
        let known = self.diagram.internet.iter().map(|card| self.card_row(card, ""));
        let asked = self.outside.iter().filter(|(address, _)| !address.starts_with("service/"));
        for row in known.chain(asked.map(|outside| self.outside_row(outside))) {
            let rect = Rect { x: x + 12, y: inner, width: OUTSIDE, height: self.tall() };
            panel(layout, rect, vec![Row { spot: Spot::Far, ..row }]);
            inner = rect.bottom() + 12;
        }
        let bottom = inner.max(region.bottom());
        let is_slim = inner == y + 40 && others.is_empty();
        let width = if is_slim { SLIM } else { OUTSIDE + 24 };
        internet.rect = Rect { x, y, width, height: bottom - y };
        layout.width = internet.rect.right() + 16;
        layout.height = bottom + 16;
        layout.frames.push(internet);
    }

    fn frame(&self, kind: FrameKind, rect: Rect) -> Frame {
        let label = words::frame(kind, self.language).to_owned();
        Frame { rect, kind, label, name: String::new(), detail: String::new(), text_x: rect.x + 14 }
    }

    fn vpc(&self, layout: &mut Layout, vpc: &VpcBox, x: i32, y: i32) -> Rect {
        let position = layout.vpcs.len();
        let at = layout.frames.len();
        let mut frame = self.frame(FrameKind::Vpc, Rect { x, y, ..Rect::default() });
        frame.name.clone_from(&vpc.name);
        frame.detail = vpc.cidrs.join(" ");
        let headed = vpc.zones.len() > 1 || vpc.zones.iter().any(|zone| !zone.name.is_empty());
        let side = if headed { 10 } else { 0 };
        let many = vpc.zones.iter().map(|zone| zone.subnets.len()).sum::<usize>() > MANY_SUBNETS;
        let mut zone_x = x + 14;
        let mut bottom = y + 60;
        for (number, zone) in vpc.zones.iter().enumerate() {
            let is_last = number + 1 == vpc.zones.len();
            let top = y + 42;
            let mut subnet_y = top + if headed { 32 } else { 0 };
            let is_inside = |name: &str| zone.subnets.iter().any(|subnet| subnet.component == name);
            let mut paths: Vec<usize> = Vec::new();
            for (path, subnet) in &self.met {
                if is_inside(subnet) && !paths.contains(path) {
                    paths.push(*path);
                }
            }
            let rail = self.rail(paths.len());
            let rails = layout.rails.len();
            layout.rails.push(paths);
            let column = rail + CARD + PAD;
            let mut ground = self.frame(FrameKind::Zone, Rect { x: zone_x, y: top, ..Rect::default() });
            ground.name.clone_from(&zone.name);
            ground.text_x = zone_x + side + rail;
            let ground_at = layout.frames.len();
            for subnet in &zone.subnets {
                let spot = Spot::Inside { vpc: position, zone: rails, rail: zone_x + side + 4, is_last };
                let folds = many && !self.met.iter().any(|(_, met)| *met == subnet.component);
                let rect = self.subnet(layout, vpc, subnet, (zone_x + side, subnet_y), rail, spot, folds);
                subnet_y = rect.bottom() + if folds { 6 } else { 16 };
            }
            ground.rect = Rect { x: zone_x, y: top, width: column + 2 * side, height: subnet_y - 6 - top };
            bottom = bottom.max(ground.rect.bottom());
            zone_x = ground.rect.right() + 12;
            if headed {
                layout.frames.insert(ground_at, ground);
            }
        }
        let zones_right = zone_x - 12;
        let lane = zones_right + self.lane() - 8;
        let door_x = zones_right + 2 * self.lane() - 8;
        let mut door_y = y + 48;
        for card in &vpc.doors {
            let rect = Rect { x: door_x, y: door_y, width: DOOR, height: self.tall() };
            panel(layout, rect, vec![Row { spot: Spot::Door { vpc: position }, ..self.card_row(card, "") }]);
            door_y = rect.bottom() + 16;
        }
        let channel = bottom.max(door_y) + 12;
        layout.vpcs.push(Lanes { channel, door: lane });
        let right = if vpc.doors.is_empty() { zones_right + self.lane() } else { door_x + DOOR / 2 };
        frame.rect = Rect { x, y, width: right - x, height: channel + 12 + 8 * self.paths - y };
        let rect = frame.rect;
        layout.frames.insert(at, frame);
        rect
    }

    #[expect(clippy::too_many_arguments, reason = "place, size and surroundings of one box")]
    fn subnet(
        &self,
        layout: &mut Layout,
        vpc: &VpcBox,
        subnet: &SubnetBox,
        (x, y): (i32, i32),
        rail: i32,
        spot: Spot,
        folds: bool,
    ) -> Rect {
        let kind = if subnet.public { FrameKind::Public } else { FrameKind::Private };
        let mut frame = self.frame(kind, Rect { x, y, width: rail + CARD + PAD, height: FOLDED });
        frame.name.clone_from(&subnet.name);
        frame.detail = subnet.cidrs.join(" ");
        frame.text_x = x + rail;
        if folds {
            let rect = frame.rect;
            layout.frames.push(frame);
            return rect;
        }
        let at = layout.frames.len();
        let left = x + rail;
        let mut top = y + HEADER;
        for card in &subnet.cards {
            let mut rows = vec![self.card_row(card, &subnet.component)];
            rows.extend(card.security_groups.iter().map(|group| {
                let name = vpc.security_groups.iter().find(|one| one.component == *group).map(|one| one.name.as_str());
                let name = name.or_else(|| group.split_once('/').map(|(_, name)| name)).unwrap_or(group);
                self.low(ComponentKind::SecurityGroup, group, name, subnet, &card.component)
            }));
            top = stack(layout, rows, spot, left, top) + GAP;
        }
        let mut rows = Vec::new();
        if let Some(acl) = vpc.network_acls.iter().find(|acl| acl.component == subnet.network_acl) {
            rows.push(self.low(ComponentKind::NetworkAcl, &acl.component, &acl.name, subnet, ""));
        }
        if let Some(table) = vpc.route_tables.iter().find(|table| table.component == subnet.route_table) {
            rows.push(self.low(ComponentKind::RouteTable, &table.component, &table.name, subnet, ""));
            for route in table.routes.iter().take(ROUTES) {
                rows.push(Row {
                    kind: RowKind::Route,
                    label: route.destination.clone(),
                    name: route.target.clone(),
                    detail: if route.blackhole { "blackhole".to_owned() } else { String::new() },
                    ..self.low(ComponentKind::RouteTable, &table.component, "", subnet, "")
                });
            }
            let more = table.routes.len().saturating_sub(ROUTES) + table.more as usize;
            if more > 0 {
                rows.push(Row {
                    kind: RowKind::Rest,
                    label: words::more_routes(more, self.language),
                    ..self.low(ComponentKind::RouteTable, "", "", subnet, "")
                });
            }
        }
        top = stack(layout, rows, spot, left, top) + PAD;
        frame.rect.height = top - y;
        let rect = frame.rect;
        layout.frames.insert(at, frame);
        rect
    }

    fn low(&self, kind: ComponentKind, component: &str, name: &str, subnet: &SubnetBox, owner: &str) -> Row {
        Row {
            kind: RowKind::Low,
            rect: Rect::default(),
            component: component.to_owned(),
            subnet: subnet.component.clone(),
            owner: owner.to_owned(),
            label: words::kind(kind, self.language).to_owned(),
            name: name.to_owned(),
            detail: String::new(),
            spot: Spot::Beside,
        }
    }

    fn card_row(&self, card: &Card, subnet: &str) -> Row {
        let word = card.component.split_once('/').map_or(card.component.as_str(), |(word, _)| word);
        let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word).copied();
        let endpoint = match card.type_name.as_deref() {
            Some("Gateway") => Some(VpcEndpointKind::Gateway),
            Some("Interface") => Some(VpcEndpointKind::Interface),
            Some("GatewayLoadBalancer") => Some(VpcEndpointKind::GatewayLoadBalancer),
            _ => None,
        };
        let label = match (kind, endpoint) {
            (Some(ComponentKind::VpcEndpoint), Some(endpoint)) => words::endpoint(endpoint, self.language),
            (Some(kind), _) => words::kind(kind, self.language),
            (None, _) => "",
        };
        let seconds = card.timeout.map(|timeout| words::seconds(timeout, self.language));
        let parts = [
            card.bad_state.clone(),
            card.runtime.clone(),
            seconds,
            card.public_address.clone().map(|address| words::public_address(&address, self.language)),
            card.private_addresses.first().cloned(),
            card.detail.clone().filter(|detail| *detail != card.name),
        ];
        Row {
            kind: RowKind::Owner,
            rect: Rect::default(),
            component: card.component.clone(),
            subnet: subnet.to_owned(),
            owner: card.component.clone(),
            label: label.to_owned(),
            name: card.name.clone(),
            detail: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            spot: Spot::Beside,
        }
    }

    fn outside_row(&self, (address, name): &(String, String)) -> Row {
        let word = address.split_once('/').map_or(address.as_str(), |(word, _)| word);
        let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word);
        Row {
            kind: RowKind::Owner,
            rect: Rect::default(),
            component: address.clone(),
            subnet: String::new(),
            owner: address.clone(),
            label: kind.map(|kind| words::kind(*kind, self.language)).unwrap_or_default().to_owned(),
            name: name.clone(),
            detail: String::new(),
            spot: Spot::Far,
        }
    }
}

/// Puts rows into one box; its bottom.
fn stack(layout: &mut Layout, rows: Vec<Row>, spot: Spot, x: i32, y: i32) -> i32 {
    if rows.is_empty() {
        return y - GAP;
    }
    let mut top = y;
    let first = layout.rows.len();
    for row in rows {
        let height = match row.kind {
            RowKind::Owner => OWNER,
            RowKind::Low => LOW,
            RowKind::Route | RowKind::Rest => ROUTE,
        };
        layout.rows.push(Row { rect: Rect { x, y: top, width: CARD, height }, spot, ..row });
        top += height;
    }
    let rect = Rect { x, y, width: CARD, height: top - y };
    layout.panels.push(Panel { rect, rows: first..layout.rows.len() });
    top
}

fn panel(layout: &mut Layout, rect: Rect, rows: Vec<Row>) {
    let first = layout.rows.len();
    layout.rows.extend(rows.into_iter().map(|row| Row { rect, ..row }));
    layout.panels.push(Panel { rect, rows: first..layout.rows.len() });
}
