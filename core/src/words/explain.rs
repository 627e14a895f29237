//! From [`Analysis`] to the answer that people and programs read.

use super::traffic::{self, Part};
use super::{About, Language, Permissions, Spoken, detail, links, service_name};
use crate::analysis::{Analysis, Assumption, Blocker, Fate, Hop, Path, Traffic};
use crate::answer;
use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
#[cfg(feature = "permissions")]
use crate::fact::Missing;
use crate::network::VpcEndpointKind;
use crate::symptom::verdict_of;
use crate::verdict::{ReasonCode, Verdict};

/// The analysis in words of that language. What a document expects is for [`crate::check()`] to add.
pub fn explain(analysis: &Analysis, language: Language) -> answer::Check {
    Explainer { analysis, words: language.words() }.check()
}

struct Explainer<'a> {
    analysis: &'a Analysis,
    words: &'static Spoken,
}

impl<'a> Explainer<'a> {
    fn check(&self) -> answer::Check {
        let Analysis { from, to, port, protocol, verdict, .. } = self.analysis;
        let layer = self.layer();
        let first_hops = self.first_hops();
        answer::Check {
            from: from.to_string(),
            to: to.clone(),
            port: *port,
            protocol: *protocol,
            verdict: *verdict,
            verdict_text: self.words.verdict(*verdict).into(),
            expected: None,
            as_expected: None,
            unmet: Vec::new(),
            layer,
            layer_text: self.words.layer(layer, self.permissions()).into(),
            summary: self.summary(),
            carriers: self.analysis.carriers.iter().map(ToString::to_string).collect(),
            blockers: self.analysis.blockers.iter().map(|blocker| self.blocker(blocker, &first_hops)).collect(),
            symptom: self.symptom(),
            paths: self.paths(&first_hops),
            hops: self.hops(),
            assumptions: self.analysis.assumptions.iter().map(|assumption| self.words.assumption(assumption)).collect(),
            settle: self.settle(),
        }
    }

    /// The position of each path's first hop among all hops.
    fn first_hops(&self) -> Vec<u32> {
        let mut position = 0;
        self.analysis
            .paths
            .iter()
            .map(|path| {
                let first = position;
                position += count(path.hops.len());
                first
            })
            .collect()
    }

    fn layer(&self) -> answer::Layer {
        use answer::Layer;
        let by_names = |blocker: &Blocker| {
            matches!(
                blocker.fact.code(),
                Some(ReasonCode::NameNotResolved | ReasonCode::DnsSupportDisabled | ReasonCode::DnsServerUnreachable)
            )
        };
        match self.analysis.verdict {
            Verdict::Succeeds => Layer::None,
            Verdict::Intermittent
                if !self.analysis.blockers.is_empty() && self.analysis.blockers.iter().all(by_names) =>
            {
                Layer::Name
            }
            Verdict::Intermittent
                if !self.analysis.blockers.is_empty() && self.analysis.blockers.iter().all(is_of_policies) =>
            {
                Layer::Permissions
            }
            Verdict::TimesOut | Verdict::Intermittent => Layer::Network,
            Verdict::NameNotResolved => Layer::Name,
            Verdict::Refused | Verdict::Redirected => Layer::Service,
            Verdict::AccessDenied => Layer::Permissions,
            Verdict::NeverStarts => Layer::Start,
            Verdict::Undetermined => Layer::NotKnown,
        }
    }

    fn permissions(&self) -> Permissions {
        let is_assumed = |assumption: &Assumption| {
            matches!(
                assumption,
                Assumption::IdentityPolicies
                    | Assumption::BucketPolicy(_)
                    | Assumption::AccessPointPolicy(_)
                    | Assumption::EndpointPolicy(_)
                    | Assumption::ResourcePolicy(_)
                    | Assumption::KeyPolicy(_)
            )
        };
        let mut hops = self.analysis.paths.iter().flat_map(|path| &path.hops);
        if self.analysis.blockers.iter().any(is_of_policies) {
            Permissions::Deny
        } else if self.analysis.assumptions.iter().any(is_assumed) {
            Permissions::Assumed
        } else if hops.any(|hop| matches!(*hop.fact, Fact::PolicyAllows { .. })) {
            Permissions::Allow
        } else {
            Permissions::NotAsked
        }
    }

    fn paths(&self, first_hops: &[u32]) -> Vec<answer::Path> {
        let all = &self.analysis.paths;
        all.iter()
            .zip(first_hops)
            .enumerate()
            .map(|(position, (path, first_hop))| answer::Path {
                label: label(position),
                subnet: path.subnet.as_ref().map(ToString::to_string),
                family: path.family,
                fate: path.fate,
                whole: path.whole,
                part: self.part(path).unwrap_or_default(),
                first_hop: *first_hop,
                hop_count: count(path.hops.len()),
            })
            .collect()
    }

    /// The part of its subnet's traffic that a path is, in words; none for all of it.
    fn part(&self, path: &Path) -> Option<String> {
        if path.whole {
            return None;
        }
        traffic::part(path, &self.analysis.paths, self.words).map(|part: Part| self.words.part(&part))
    }

    fn hops(&self) -> Vec<answer::Hop> {
        let mut hops = Vec::new();
        for (position, path) in self.analysis.paths.iter().enumerate() {
            for (index, hop) in path.hops.iter().enumerate() {
                hops.push(self.hop(count(position), count(index) + 1, hop, path));
            }
        }
        hops
    }

    fn hop(&self, position: u32, number: u32, hop: &Hop, path: &Path) -> answer::Hop {
        let action = hop.fact.action();
        answer::Hop {
            number,
            path: position,
            component: hop.component.to_string(),
            subnet: hop.subnet.as_ref().map(ToString::to_string),
            direction: hop.direction,
            action,
            action_text: self.words.deed(&hop.fact).unwrap_or_else(|| self.words.action(action)).into(),
            basis: hop.fact.basis(),
            code: hop.fact.code(),
            title: self.title(&hop.component),
            detail: detail::detail(&hop.fact),
            message: self.words.says(&self.about_hop(hop, path)),
            rule: hop.fact.rule().into(),
            link: links::link(&hop.fact).into(),
            pointer: hop.pointer.clone(),
            traffic: hop.traffic.as_ref().map(|traffic| traffic::text(traffic, self.words)).unwrap_or_default(),
            already_lost: hop.already_lost,
        }
    }

    fn about_hop<'b>(&self, hop: &'b Hop, path: &Path) -> About<'b> {
        About {
            fact: &hop.fact,
            direction: hop.direction,
            component: &hop.component,
            who: self.title(&hop.component),
            traffic: hop.traffic.as_ref(),
            far_end: self.far_end(hop.traffic.as_ref(), path),
        }
    }

    fn blocker(&self, blocker: &Blocker, first_hops: &[u32]) -> answer::Blocker {
        let hops = blocker
            .places
            .iter()
            .filter_map(|(path, hop)| first_hops.get(*path).map(|first| first + count(*hop)))
            .collect();
        answer::Blocker {
            code: blocker.fact.code().unwrap_or(ReasonCode::UnknownResource),
            component: blocker.component.to_string(),
            share: if blocker.all { answer::Share::All } else { answer::Share::Some },
            direction: blocker.direction,
            message: self.words.summary_blocked(&self.blocks(blocker), 0),
            rule: blocker.fact.rule().into(),
            link: links::link(&blocker.fact).into(),
            pointer: blocker.pointer.clone(),
            hops,
        }
    }

    fn about_blocker<'b>(&self, blocker: &'b Blocker) -> About<'b>
    where
        'a: 'b,
    {
        let place = blocker.places.first();
        let path = place.and_then(|(path, _)| self.analysis.paths.get(*path));
        let hop = place.and_then(|(_, hop)| path.and_then(|path| path.hops.get(*hop)));
        let traffic = hop.and_then(|hop| hop.traffic.as_ref());
        About {
            fact: &blocker.fact,
            direction: blocker.direction,
            component: &blocker.component,
            who: self.title(&blocker.component),
            traffic,
            far_end: path.map(|path| self.far_end(traffic, path)).unwrap_or_default(),
        }
    }

    fn blocks(&self, blocker: &Blocker) -> String {
        self.words.blocks(&self.about_blocker(blocker))
    }

    /// The far end of the traffic: by name where it is all of the many addresses of the destination.
    fn far_end(&self, traffic: Option<&Traffic>, path: &Path) -> String {
        // A DNS server on the way is another far end than the destination.
        let asks_destination = |traffic: &Traffic| {
            self.analysis.port.is_none_or(|port| traffic.destination_ports.contains(port))
                && traffic.destination.ranges().len() > 1
        };
        match traffic {
            Some(traffic) if !path.whole || !asks_destination(traffic) => {
                traffic::addresses(traffic.family, &traffic.destination, self.words)
            }
            _ => self.destination(path),
        }
    }

    /// The destination by name, with its Region where a request goes to a Region.
    fn destination(&self, path: &Path) -> String {
        let name = destination_name(&self.analysis.to);
        let region = path.hops.iter().rev().find_map(|hop| match &*hop.fact {
            Fact::ResolvesPublicly { region, .. } if !region.is_empty() => Some(region),
            _ => None,
        });
        match region {
            Some(region) if !name.contains('.') => self.words.in_region(name, region),
            _ => name.to_owned(),
        }
    }

    fn title(&self, component: &Component) -> String {
        self.words.title(component, self.endpoint_kind(component))
    }

    /// The kind of an endpoint, as far as a decision about it tells.
    fn endpoint_kind(&self, component: &Component) -> Option<VpcEndpointKind> {
        if component.kind != ComponentKind::VpcEndpoint {
            return None;
        }
        let hops = self.analysis.paths.iter().flat_map(|path| &path.hops);
        hops.filter(|hop| hop.component == *component).find_map(|hop| match *hop.fact {
            Fact::GatewayEndpointForwards { .. } | Fact::ProtocolNotCarried { gateway_endpoint: true, .. } => {
                Some(VpcEndpointKind::Gateway)
            }
            Fact::InterfaceEndpointForwards { .. } => Some(VpcEndpointKind::Interface),
            _ => None,
        })
    }

    fn symptom(&self) -> answer::Symptom {
        let symptom = &self.analysis.symptom;
        answer::Symptom {
            log: symptom.log.clone(),
            log_new: symptom.log_new.clone(),
            caller: symptom.caller.clone(),
            caller_new: symptom.caller_new.clone(),
            message: self.words.symptom(
                symptom,
                self.analysis.from.kind == ComponentKind::Function,
                self.subnets_differ().is_some(),
            ),
            seconds: symptom.seconds,
        }
    }

    fn settle(&self) -> Vec<String> {
        let mut sentences: Vec<String> = Vec::new();
        for blocker in &self.analysis.blockers {
            let found = match &*blocker.fact {
                #[cfg(feature = "permissions")]
                Fact::NotKnown(Missing::Permission { needs, .. }) => {
                    needs.iter().map(|need| self.words.need(need)).collect()
                }
                Fact::NotKnown(missing) => vec![self.words.settle(missing)],
                #[cfg(feature = "whole")]
                Fact::InternetGatewayReflection { address } => vec![self.words.settle_reflection(*address)],
                _ => continue,
            };
            for sentence in found {
                if !sentences.contains(&sentence) {
                    sentences.push(sentence);
                }
            }
        }
        sentences
    }

    fn summary(&self) -> String {
        #[cfg(feature = "whole")]
        if let Some(problem) = self.analysis.problems.first()
            && self.analysis.verdict == Verdict::Undetermined
        {
            return self.words.query_problem(problem);
        }
        match self.analysis.verdict {
            Verdict::Succeeds => {
                let outside_vpc = self
                    .analysis
                    .paths
                    .iter()
                    .any(|path| path.hops.iter().any(|hop| *hop.fact == Fact::StartsOutsideVpc));
                self.words.summary_arrives(
                    &self.titles(&self.analysis.carriers),
                    &self.destination_mentioned(),
                    outside_vpc,
                )
            }
            verdict => match self.decisive() {
                Some(decisive) => {
                    let summary = match verdict {
                        Verdict::Intermittent => self.summary_of_some(&decisive),
                        _ => self.words.summary_blocked(&self.blocks(decisive.blocker), decisive.more),
                    };
                    match decisive.explanation {
                        Some(explanation) => {
                            // Behind a sentence about another component, `its` would mean the wrong one.
                            let about =
                                About { component: &decisive.blocker.component, ..self.about_blocker(explanation) };
                            self.words.then(&summary, &self.words.says(&about))
                        }
                        None => summary,
                    }
                }
                None => self.words.summary_unknown(),
            },
        }
    }

    /// The destination inside a sentence: a component of the document by its kind and name.
    fn destination_mentioned(&self) -> String {
        let to = &self.analysis.to;
        let component = to.split_once('/').and_then(|(word, name)| {
            let kind = ComponentKind::ALL.iter().find(|kind| kind.as_str() == word)?;
            Some(Component::new(*kind, name))
        });
        component.map_or_else(|| to.clone(), |component| self.words.mention(&component))
    }

    fn titles(&self, components: &[Component]) -> Vec<String> {
        components.iter().map(|component| self.title(component)).collect()
    }

    /// The blocker to name first.
    ///
    /// When the answer cannot be told, what is not known comes first, and the rest does not count.
    fn decisive(&self) -> Option<Decisive<'a>> {
        let blockers = &self.analysis.blockers;
        let is_unknown = |blocker: &Blocker| matches!(*blocker.fact, Fact::NotKnown(_));
        if self.analysis.verdict == Verdict::Undetermined {
            let blocker = blockers.iter().find(|blocker| is_unknown(blocker)).or_else(|| blockers.first())?;
            return Some(Decisive { blocker, explanation: None, more: 0 });
        }
        let stops = || blockers.iter().filter(|blocker| !explains(&blocker.fact));
        let known = || stops().filter(|blocker| !is_unknown(blocker));
        // Where parts fail in several ways, the sentence names one that fails as the verdict says.
        let fits = |blocker: &&Blocker| verdict_of(&blocker.fact) == self.analysis.verdict;
        let blocker = known()
            .find(|blocker| blocker.all && fits(blocker))
            .or_else(|| known().find(fits))
            .or_else(|| known().find(|blocker| blocker.all))
            .or_else(|| known().next())
            .or_else(|| blockers.first())?;
        let shares_path = |other: &Blocker| {
            other.places.iter().any(|(path, _)| blocker.places.iter().any(|(place, _)| path == place))
        };
        // Of several explanations the last is nearest to where the traffic stops.
        let explanation = blockers
            .iter()
            .rev()
            .find(|other| explains(&other.fact) && !std::ptr::eq(*other, blocker) && shares_path(other));
        Some(Decisive { blocker, explanation, more: stops().count().saturating_sub(1) })
    }

    /// The subnets from which traffic arrives and those from which it does not; none unless every subnet is
    /// wholly the one or the other, and there are both.
    fn subnets_differ(&self) -> Option<(Vec<&str>, Vec<&str>)> {
        let mut subnets: Vec<(&str, bool, bool)> = Vec::new();
        for path in &self.analysis.paths {
            let Some(subnet) = &path.subnet else { continue };
            let is_last_attempt =
                self.analysis.paths.iter().all(|other| other.subnet != path.subnet || other.attempt <= path.attempt);
            if !is_last_attempt {
                continue;
            }
            let arrives = path.fate == Fate::Delivered;
            match subnets.iter_mut().find(|known| known.0 == subnet.name) {
                Some(known) => {
                    known.1 |= arrives;
                    known.2 |= !arrives;
                }
                None => subnets.push((&subnet.name, arrives, !arrives)),
            }
        }
        let names =
            |arriving: bool| subnets.iter().filter(|subnet| subnet.1 == arriving).map(|subnet| subnet.0).collect();
        let (from, not_from): (Vec<&str>, Vec<&str>) = (names(true), names(false));
        let is_clear = subnets.iter().all(|(_, arrives, fails)| arrives != fails);
        (is_clear && !from.is_empty() && !not_from.is_empty()).then_some((from, not_from))
    }

    fn summary_of_some(&self, decisive: &Decisive<'_>) -> String {
        let blocks = self.blocks(decisive.blocker);
        if let Some((from, not_from)) = self.subnets_differ() {
            let carriers = self.titles(&self.analysis.carriers);
            return self.words.summary_by_subnet(&from, &carriers, &not_from, &blocks, decisive.more);
        }
        let failing = decisive.blocker.places.first().and_then(|(path, _)| self.analysis.paths.get(*path));
        let part = failing.and_then(|path| self.part(path));
        self.words.summary_by_part(part.as_deref(), &blocks, decisive.more)
    }
}

/// The blocker that a summary names.
struct Decisive<'a> {
    blocker: &'a Blocker,
    /// What explains why traffic came to be stopped there.
    explanation: Option<&'a Blocker>,
    /// How many others stop traffic by themselves.
    more: usize,
}

/// Whether a policy stops it.
fn is_of_policies(blocker: &Blocker) -> bool {
    matches!(*blocker.fact, Fact::PolicyDenies(_))
}

/// Whether a fact explains another blocker rather than stopping traffic by itself.
fn explains(fact: &Fact) -> bool {
    fact.is_contributing() || matches!(fact, Fact::DnsServersUnreachable { .. })
}

/// What people call the destination: `S3` for a bucket, the host of a URL, the service.
fn destination_name(to: &str) -> &str {
    if to.starts_with("s3://") {
        return "S3";
    }
    let rest = to.strip_prefix("https://").or_else(|| to.strip_prefix("http://"));
    match rest {
        Some(rest) => rest.split(['/', ':']).next().unwrap_or(rest),
        None => to.strip_prefix("service/").map_or(to, service_name),
    }
}

/// `A` to `Z`, then `AA`, `AB`, …
fn label(position: usize) -> String {
    let letter = |index: usize| char::from(b'A'.saturating_add(u8::try_from(index % 26).unwrap_or(0)));
    let mut text = String::new();
    let mut rest = position;
    loop {
        text.insert(0, letter(rest));
        if rest < 26 {
            return text;
        }
        rest = rest / 26 - 1;
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{destination_name, label};

    #[test]
    fn labels_go_on_after_z() {
        assert_eq!(
            [0, 1, 25, 26, 27, 51, 52, 701, 702].map(label),
            ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]
        );
    }

    #[test]
    fn destinations_have_the_name_that_people_use() {
        let names = ["s3://photos/a", "https://api.example.com:8443/x", "service/sqs", "203.0.113.7:443"];
        assert_eq!(names.map(destination_name), ["S3", "api.example.com", "sqs", "203.0.113.7:443"]);
    }
}
