//! Prefix lists, private hosted zones, VPC Block Public Access and buckets.

use super::Lowering;
use crate::export::resource::{Kind, Term, fields, id_of};

impl Lowering<'_> {
    pub(super) fn surroundings(&mut self) {
        self.prefix_lists();
        self.hosted_zones();
        self.block_public_access();
        self.buckets();
        self.access_points();
    }

    fn prefix_lists(&mut self) {
        for (name, list) in &self.document.prefix_lists {
            let family = self.family_of(&list.entries).filter(|_| !list.entries.is_empty());
            if list.aws_service.is_some() {
                // AWS keeps it; a copy of its entries says which addresses the document reckons with.
                if !list.entries.is_empty() {
                    self.leave_out("prefixLists", name, "/entries");
                }
                continue;
            }
            let Some(family) = family else {
                self.leave_out("prefixLists", name, "");
                continue;
            };
            let entries = list.entries.iter().map(|entry| Term::Fields(vec![("Cidr", entry.into())])).collect();
            let settings = vec![
                ("PrefixListName", Term::from(name)),
                ("AddressFamily", family.into()),
                ("MaxEntries", i64::try_from(list.entries.len()).unwrap_or(i64::MAX).into()),
                ("Entries", Term::List(entries)),
            ];
            self.add(Kind::PrefixList, &["prefixList/", name].concat(), settings);
        }
    }

    fn hosted_zones(&mut self) {
        for (name, zone) in &self.document.private_hosted_zones {
            let key = ["privateHostedZone/", name].concat();
            let vpcs: Vec<Option<Term>> = match zone.vpcs.is_empty() {
                true => vec![self.vpc(None)],
                false => zone.vpcs.iter().map(|vpc| self.vpc(Some(vpc))).collect(),
            };
            if vpcs.iter().any(Option::is_none) {
                self.leave_out("privateHostedZones", name, "/vpcs");
            }
            let vpcs: Vec<Term> = vpcs
                .into_iter()
                .flatten()
                .map(|vpc| Term::Fields(vec![("VPCId", vpc), ("VPCRegion", Term::Region)]))
                .collect();
            if vpcs.is_empty() {
                // Without a VPC it would be a public zone.
                continue;
            }
            self.add(Kind::HostedZone, &key, vec![("Name", (&zone.domain).into()), ("VPCs", Term::List(vpcs))]);
            for (record, values) in &zone.records {
                let addresses: Vec<_> = values.iter().map(|value| value.parse::<std::net::IpAddr>().ok()).collect();
                let of_type = match addresses.as_slice() {
                    [] => continue,
                    all if all.iter().all(|one| one.is_some_and(|one| one.is_ipv4())) => "A",
                    all if all.iter().all(|one| one.is_some_and(|one| one.is_ipv6())) => "AAAA",
                    [None] => "CNAME",
                    _ => {
                        let step = record.replace('~', "~0").replace('/', "~1");
                        self.leave_out("privateHostedZones", name, &["/records/", &step].concat());
                        continue;
                    }
                };
                let full = if record == "@" { zone.domain.clone() } else { [record, ".", &zone.domain].concat() };
                let settings = vec![
                    ("HostedZoneId", id_of(&key)),
                    ("Name", Term::Text(full)),
                    ("Type", of_type.into()),
                    ("TTL", "60".into()),
                    ("ResourceRecords", Term::texts(values)),
                ];
                self.push(Kind::RecordSet, &key, &["record ", record].concat(), "Record", settings);
            }
        }
    }

    fn block_public_access(&mut self) {
        let Some(settings) = &self.document.vpc_block_public_access else { return };
        let owner = "vpcBlockPublicAccess/";
        if let Some(mode) = settings.internet_gateway_block_mode.as_ref().filter(|mode| *mode != "off") {
            let fields = vec![("InternetGatewayBlockMode", mode.into())];
            self.push(Kind::BlockPublicAccess, owner, "options", "BlockPublicAccess", fields);
        }
        for (position, exclusion) in settings.exclusions.iter().enumerate() {
            let vpc = exclusion.vpc.as_deref().and_then(|vpc| self.vpc(Some(vpc)));
            let subnet = self.subnet(exclusion.subnet.as_ref());
            if exclusion.state.is_some() || vpc.is_none() && subnet.is_none() {
                let place = ["/vpcBlockPublicAccess/exclusions/", &position.to_string()].concat();
                self.lowered.left_out.push(place);
                continue;
            }
            let of = exclusion.subnet.as_deref().or(exclusion.vpc.as_deref()).unwrap_or_default();
            let word = ["exclusion ", of].concat();
            let fields = fields([
                ("InternetGatewayExclusionMode", Some((&exclusion.internet_gateway_exclusion_mode).into())),
                ("VpcId", vpc),
                ("SubnetId", subnet),
            ]);
            self.push(Kind::BlockPublicAccessExclusion, owner, &word, "Exclusion", fields);
        }
    }

    /// Access points have the names that the document gives them, which are taken in an account and a Region only.
    fn access_points(&mut self) {
        for (name, point) in &self.document.access_points {
            let bucket = super::bare("bucket", &point.bucket);
            if !self.document.buckets.contains_key(bucket) {
                self.leave_out("accessPoints", name, "");
                continue;
            }
            let vpc = point.vpc.as_deref().map(|vpc| match self.vpc(Some(vpc)) {
                None if vpc.starts_with("vpc-") => Some(vpc.into()),
                known => known,
            });
            // An access point for some VPC cannot be said, and without one it would be for everybody.
            if vpc == Some(None) {
                self.leave_out("accessPoints", name, "");
                continue;
            }
            let origin = vpc.flatten().map(|vpc| Term::Fields(vec![("VpcId", vpc)]));
            let settings = point.public_access_block.as_ref().map(|block| {
                let settings = [
                    ("BlockPublicAcls", block.block_public_acls),
                    ("IgnorePublicAcls", block.ignore_public_acls),
                    ("BlockPublicPolicy", block.block_public_policy),
                    ("RestrictPublicBuckets", block.restrict_public_buckets),
                ];
                let said = settings.into_iter().filter_map(|(name, on)| Some((name, Term::Flag(on?))));
                Term::Fields(said.collect())
            });
            let own = point.access_point_name.as_ref().unwrap_or(name);
            let fields = fields([
                ("Bucket", Some(id_of(["bucket/", bucket].concat()))),
                ("Name", Some(own.into())),
                ("VpcConfiguration", origin),
                ("PublicAccessBlockConfiguration", settings),
                ("Policy", point.policy.as_ref().and_then(super::workloads::policy)),
            ]);
            self.add(Kind::AccessPoint, &["accessPoint/", name].concat(), fields);
            let rest = [
                ("account", point.account.is_some()),
                ("alias", point.alias.is_some()),
                ("policy", point.policy.as_ref().is_some_and(super::workloads::is_unknown)),
            ];
            self.leave_out_fields("accessPoints", name, &rest);
        }
    }

    fn buckets(&mut self) {
        for (name, bucket) in &self.document.buckets {
            let key = ["bucket/", name].concat();
            // Names of buckets are taken all over the world, so that AWS makes one up.
            self.add(Kind::Bucket, &key, Vec::new());
            if let Some(policy) = bucket.policy.as_ref().and_then(super::workloads::policy) {
                let settings = vec![("Bucket", id_of(&key)), ("PolicyDocument", policy)];
                self.push(Kind::BucketPolicy, &key, "policy", "Policy", settings);
                self.from("/policy");
            }
            let rest = [
                ("region", bucket.region.is_some() && bucket.region != self.document.region),
                ("account", bucket.account.is_some()),
                ("policy", bucket.policy.as_ref().is_some_and(super::workloads::is_unknown)),
                ("publicAccessBlock", bucket.public_access_block.is_some()),
                ("objectOwnership", bucket.object_ownership.is_some()),
                ("kmsKey", bucket.kms_key.is_some()),
            ];
            self.leave_out_fields("buckets", name, &rest);
        }
    }
}
