//! From [`Analysis`] to the answer that people and programs read.

use super::traffic::{self, Part};
use super::{About, Language, Words, detail, links};
use crate::analysis::{Analysis, Assumption, Blocker, Fate, Hop, Path, Traffic};
use crate::answer;
use crate::component::{Component, ComponentKind};
use crate::fact::Fact;
use crate::network::VpcEndpointKind;
use crate::verdict::{ReasonCode, Verdict};

/// The analysis in words of that language. What a document expects is for [`crate::check()`] to add.
pub fn explain(analysis: &Analysis, language: Language) -> answer::Check {
    Explainer { analysis, words: language.words() }.check()
}

struct Explainer<'a> {
    analysis: &'a Analysis,
    words: &'static dyn Words,
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
            layer_text: self.words.layer(layer, self.permissions_are_assumed()).into(),
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
            Verdict::TimesOut | Verdict::Intermittent => Layer::Network,
            Verdict::NameNotResolved => Layer::Name,
            Verdict::Refused | Verdict::Redirected => Layer::Service,
            Verdict::AccessDenied => Layer::Permissions,
            Verdict::NeverStarts => Layer::Start,
            Verdict::Undetermined => Layer::NotKnown,
        }
    }

    fn permissions_are_assumed(&self) -> bool {
        self.analysis.assumptions.iter().any(|assumption| {
            matches!(
                assumption,
                Assumption::IdentityPolicies | Assumption::BucketPolicy(_) | Assumption::EndpointPolicy(_)
            )
        })
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
                hops.push(self.hop(count(position), count(index) + 1, hop, path.whole));
            }
        }
        hops
    }

    fn hop(&self, path: u32, number: u32, hop: &Hop, whole: bool) -> answer::Hop {
        let action = hop.fact.action();
        answer::Hop {
            number,
            path,
            component: hop.component.to_string(),
            subnet: hop.subnet.as_ref().map(ToString::to_string),
            direction: hop.direction,
            action,
            action_text: self.words.action(action).into(),
            basis: hop.fact.basis(),
            code: hop.fact.code(),
            title: self.title(&hop.component),
            detail: detail::detail(&hop.fact),
            message: self.words.says(&self.about_hop(hop, whole)),
            rule: hop.fact.rule().into(),
            link: links::link(&hop.fact).into(),
            pointer: hop.pointer.clone(),
            traffic: hop.traffic.as_ref().map(|traffic| traffic::text(traffic, self.words)).unwrap_or_default(),
            already_lost: hop.already_lost,
        }
    }

    fn about_hop<'b>(&self, hop: &'b Hop, whole: bool) -> About<'b> {
        About {
            fact: &hop.fact,
            direction: hop.direction,
            who: self.title(&hop.component),
            traffic: hop.traffic.as_ref(),
            far_end: self.far_end(hop.traffic.as_ref(), whole),
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

    fn blocks(&self, blocker: &Blocker) -> String {
        let place = blocker.places.first();
        let path = place.and_then(|(path, _)| self.analysis.paths.get(*path));
        let hop = place.and_then(|(_, hop)| path.and_then(|path| path.hops.get(*hop)));
        let traffic = hop.and_then(|hop| hop.traffic.as_ref());
        self.words.blocks(&About {
            fact: &blocker.fact,
            direction: blocker.direction,
            who: self.title(&blocker.component),
            traffic,
            far_end: self.far_end(traffic, path.is_none_or(|path| path.whole)),
        })
    }

    /// The far end of the traffic: by name where it is all of the many addresses of the destination.
    fn far_end(&self, traffic: Option<&Traffic>, whole: bool) -> String {
        match traffic {
            Some(traffic) if !whole || traffic.destination.ranges().len() == 1 => {
                traffic::addresses(traffic.family, &traffic.destination, self.words)
            }
            _ => self.words.addresses_of(destination_name(&self.analysis.to)),
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
        hops.filter(|hop| hop.component == *component).find_map(|hop| match hop.fact {
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
            message: self.words.symptom(symptom, self.analysis.from.kind == ComponentKind::Function),
            seconds: symptom.seconds,
        }
    }

    fn settle(&self) -> Vec<String> {
        let mut sentences: Vec<String> = Vec::new();
        for blocker in &self.analysis.blockers {
            if let Fact::NotKnown(missing) = &blocker.fact {
                let sentence = self.words.settle(missing);
                if !sentences.contains(&sentence) {
                    sentences.push(sentence);
                }
            }
        }
        sentences
    }

    fn summary(&self) -> String {
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
                    .any(|path| path.hops.iter().any(|hop| hop.fact == Fact::StartsOutsideVpc));
                self.words.summary_arrives(&self.titles(&self.analysis.carriers), &self.analysis.to, outside_vpc)
            }
            Verdict::Intermittent => self.summary_of_some(),
            _ => match self.decisive() {
                Some((blocker, more)) => self.words.summary_blocked(&self.blocks(blocker), more),
                None => self.words.summary_unknown(),
            },
        }
    }

    fn titles(&self, components: &[Component]) -> Vec<String> {
        components.iter().map(|component| self.title(component)).collect()
    }

    /// The blocker to name first, and how many others stop traffic by themselves.
    ///
    /// What only explains why traffic took that way counts when nothing else is there. When the answer cannot be
    /// told, what is not known comes first.
    fn decisive(&self) -> Option<(&'a Blocker, usize)> {
        let unknown = |blocker: &&Blocker| matches!(blocker.fact, Fact::NotKnown(_));
        let stops: Vec<&Blocker> =
            self.analysis.blockers.iter().filter(|blocker| !blocker.fact.is_contributing()).collect();
        let first = match self.analysis.verdict {
            Verdict::Undetermined => stops.iter().copied().find(unknown).or_else(|| stops.first().copied()),
            _ => stops
                .iter()
                .copied()
                .find(|blocker| blocker.all && !unknown(blocker))
                .or_else(|| stops.iter().copied().find(|blocker| !unknown(blocker)))
                .or_else(|| stops.first().copied()),
        };
        match first {
            Some(first) => Some((first, stops.len() - 1)),
            None => self.analysis.blockers.first().map(|first| (first, 0)),
        }
    }

    fn summary_of_some(&self) -> String {
        let Some((blocker, more)) = self.decisive() else { return self.words.summary_unknown() };
        let blocks = self.blocks(blocker);
        let mut subnets: Vec<(&str, bool, bool)> = Vec::new();
        for path in &self.analysis.paths {
            let Some(subnet) = &path.subnet else { continue };
            let arrives = path.fate == Fate::Delivered;
            match subnets.iter_mut().find(|known| known.0 == subnet.name) {
                Some(known) => {
                    known.1 |= arrives;
                    known.2 |= !arrives;
                }
                None => subnets.push((&subnet.name, arrives, !arrives)),
            }
        }
        let is_by_subnet = subnets.len() > 1 && subnets.iter().all(|(_, arrives, fails)| arrives != fails);
        if is_by_subnet {
            let names = |arriving: bool| -> Vec<&str> {
                subnets.iter().filter(|subnet| subnet.1 == arriving).map(|subnet| subnet.0).collect()
            };
            return self.words.summary_by_subnet(
                &names(true),
                &self.titles(&self.analysis.carriers),
                &names(false),
                &blocks,
                more,
            );
        }
        let failing = blocker.places.first().and_then(|(path, _)| self.analysis.paths.get(*path));
        let part = failing.and_then(|path| self.part(path));
        self.words.summary_by_part(part.as_deref(), &blocks, more)
    }
}

/// What people call the destination: `S3` for a bucket, the host of a URL, the service.
fn destination_name(to: &str) -> &str {
    if to.starts_with("s3://") {
        return "S3";
    }
    let rest = to.strip_prefix("https://").or_else(|| to.strip_prefix("http://"));
    match rest {
        Some(rest) => rest.split(['/', ':']).next().unwrap_or(rest),
        None => to.strip_prefix("service/").unwrap_or(to),
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
