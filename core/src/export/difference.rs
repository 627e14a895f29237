//! What is to be made, changed and removed to get from one document to another.

use std::collections::BTreeSet;

use super::lower::Lowered;
use super::resource::{Kind, Origin, Resource, Term};

/// The way from one document to another.
#[derive(Debug)]
pub(super) struct Difference<'d> {
    pub(super) before: &'d Lowered,
    pub(super) after: &'d Lowered,
    /// What is new, in an order that works.
    pub(super) created: Vec<&'d Resource>,
    /// What AWS changes in place, with the names of the settings.
    pub(super) changed: Vec<(&'d Resource, &'d Resource, Vec<&'static str>)>,
    /// What another one takes the place of, since AWS cannot change it.
    pub(super) replaced: Vec<(&'d Resource, &'d Resource)>,
    /// What is gone, in an order that works.
    pub(super) deleted: Vec<&'d Resource>,
}

/// What a tool has to be told beyond what a person writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interest {
    /// What nobody writes.
    pub(super) implied: bool,
    /// What AWS makes together with something new, and takes along when that goes.
    pub(super) along: bool,
}

impl<'d> Difference<'d> {
    /// What leads from one to the other.
    pub(super) fn between(before: &'d Lowered, after: &'d Lowered, interest: Interest) -> Difference<'d> {
        let mut difference = Difference {
            before,
            after,
            created: Vec::new(),
            changed: Vec::new(),
            replaced: Vec::new(),
            deleted: Vec::new(),
        };
        let counts = |resource: &&Resource| interest.implied || resource.origin != Origin::Implied;
        let mut replaced: BTreeSet<&str> = BTreeSet::new();
        loop {
            difference.created.clear();
            difference.changed.clear();
            difference.replaced.clear();
            for new in after.resources.iter().filter(counts) {
                match before.get(&new.key).filter(counts) {
                    Some(old) => difference.compare(old, new, &replaced),
                    None if is_made_by_aws(new, before, interest) => {}
                    None => difference.created.push(new),
                }
            }
            let now: BTreeSet<&str> = difference.replaced.iter().map(|(_, new)| new.key.as_str()).collect();
            if now == replaced {
                break;
            }
            // What refers to it changes along.
            replaced = now;
        }
        difference.deleted.extend(before.resources.iter().filter(counts).filter(|old| {
            let is_gone = after.get(&old.key).filter(counts).is_none();
            is_gone && (interest.along || !is_gone_with_another(old, after))
        }));
        difference.created.sort_by_key(|resource| resource.kind);
        difference.changed.sort_by_key(|(_, new, _)| new.kind);
        difference.replaced.sort_by_key(|(_, new)| new.kind);
        difference.deleted.sort_by_key(|resource| std::cmp::Reverse(resource.kind));
        difference
    }

    fn compare(&mut self, old: &'d Resource, new: &'d Resource, replaced: &BTreeSet<&str>) {
        let mut names = differing(old, new);
        for (name, term) in &new.fields {
            if refers_to(term, replaced) && !names.contains(name) {
                names.push(name);
            }
        }
        // The address of a gateway is in use until the gateway is gone.
        let is_bound = new.kind == Kind::ElasticIp && replaced.contains(new.owner.as_str());
        if old.kind != new.kind || is_bound {
            self.replaced.push((old, new));
        } else if names.iter().all(|name| is_changeable(new.kind, name)) {
            if !names.is_empty() {
                self.changed.push((old, new, names));
            }
        } else {
            self.replaced.push((old, new));
        }
    }

    /// Takes away the roles that are new with what is attached to them, since nothing here makes a role; their places.
    pub(super) fn without_new_roles(&mut self) -> Vec<String> {
        let new: BTreeSet<&str> = self
            .created
            .iter()
            .filter(|resource| resource.kind == Kind::ExistingRole)
            .map(|resource| resource.key.as_str())
            .collect();
        let (out, created) = self.created.iter().partition(|resource| new.contains(resource.owner.as_str()));
        self.created = created;
        let out: Vec<&Resource> = out;
        out.into_iter().map(|resource| resource.place.clone()).collect()
    }

    /// Whether nothing is to be done.
    pub(super) fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.replaced.is_empty() && self.deleted.is_empty()
    }

    /// Whether there is a new one of that key, be it in the place of another.
    pub(super) fn is_new(&self, key: &str) -> bool {
        self.created.iter().any(|one| one.key == key) || self.replaced.iter().any(|(_, one)| one.key == key)
    }
}

/// The settings that differ.
pub(super) fn differing(old: &Resource, new: &Resource) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for (name, _) in new.fields.iter().chain(&old.fields) {
        if !is_same(old.field(name), new.field(name)) && !names.contains(name) {
            names.push(name);
        }
    }
    names
}

/// Blocks that AWS picks are the same as long as there is one.
fn is_same(one: Option<&Term>, other: Option<&Term>) -> bool {
    match (one, other) {
        (Some(Term::Ipv6Block { written: one, .. }), Some(Term::Ipv6Block { written: other, .. })) => one == other,
        (Some(Term::List(one)), Some(Term::List(other))) => {
            one.len() == other.len() && one.iter().all(|term| other.contains(term))
        }
        (Some(Term::Fields(one)), Some(Term::Fields(other))) => {
            let of = |fields: &[(&'static str, Term)], name: &str| {
                fields.iter().find(|(field, _)| *field == name).map(|(_, term)| term.clone())
            };
            one.len() == other.len() && one.iter().all(|(name, term)| is_same(Some(term), of(other, name).as_ref()))
        }
        (one, other) => one == other,
    }
}

fn refers_to(term: &Term, keys: &BTreeSet<&str>) -> bool {
    match term {
        Term::Of(key, _) => keys.contains(key.as_str()),
        Term::List(terms) => terms.iter().any(|term| refers_to(term, keys)),
        Term::Fields(fields) => fields.iter().any(|(_, term)| refers_to(term, keys)),
        _ => false,
    }
}

/// Whether AWS makes it together with something new.
fn is_made_by_aws(resource: &Resource, before: &Lowered, interest: Interest) -> bool {
    let is_along = resource.kind == Kind::DefaultSecurityGroup
        || resource.origin == Origin::OfAws && before.get(&resource.owner).is_none();
    is_along && !interest.along
}

/// Whether it goes away with what it is a part of.
fn is_gone_with_another(resource: &Resource, after: &Lowered) -> bool {
    use Kind::*;
    let is_part = match resource.kind {
        Route | SecurityGroupIngress | SecurityGroupEgress | NetworkAclEntry | VpcCidrBlock | BucketPolicy => true,
        RolePolicy | RolePolicyAttachment => true,
        DhcpOptionsAssociation | SubnetRouteTableAssociation | NetworkAclAssociation => true,
        DefaultSecurityGroup | Role => return true,
        _ => false,
    };
    is_part && after.get(&resource.owner).is_none()
}

/// Whether AWS changes a setting in place.
fn is_changeable(kind: Kind, field: &str) -> bool {
    use Kind::*;
    match kind {
        Vpc => matches!(field, "EnableDnsSupport" | "EnableDnsHostnames"),
        Subnet => matches!(field, "MapPublicIpOnLaunch" | "EnableDns64"),
        Route => !matches!(field, "RouteTableId"),
        SubnetRouteTableAssociation | GatewayRouteTableAssociation => field == "RouteTableId",
        NetworkAclAssociation => field == "NetworkAclId",
        NetworkAclEntry => field != "NetworkAclId",
        DhcpOptionsAssociation => field == "DhcpOptionsId",
        VpcEndpoint => !matches!(field, "VpcId" | "VpcEndpointType" | "ServiceName"),
        Function | HostedZone | RecordSet | BlockPublicAccess | BucketPolicy | PrefixList => true,
        ManagedPolicy | KmsKey => true,
        RolePolicy => field == "PolicyDocument",
        AccessPoint => matches!(field, "Policy" | "PublicAccessBlockConfiguration"),
        BlockPublicAccessExclusion => field == "InternetGatewayExclusionMode",
        Instance => matches!(field, "SecurityGroupIds" | "SourceDestCheck"),
        NetworkInterface => matches!(field, "GroupSet" | "SourceDestCheck"),
        // The description is the group's name here.
        SecurityGroup => field == "GroupDescription",
        _ => false,
    }
}
