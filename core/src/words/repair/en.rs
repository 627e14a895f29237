//! Cures in English.

use super::{Heading, dollars, leading, named};
use crate::component::Component;
use crate::repair::{Changed, CureKind, EffectKind, Group, Limit, PriceItem, WhyNone, Work};
use crate::verdict::Verdict;
use crate::words::{Words, en::English};

fn mention(component: &Component) -> String {
    English.mention(component)
}

fn list(parts: &[String]) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

pub(super) fn title(groups: &[Group]) -> String {
    let mut parts = Vec::new();
    for (kind, what, detail) in leading(groups) {
        let named: Vec<String> = what.iter().map(|component| mention(component)).collect();
        let what = list(&named);
        parts.push(match kind {
            CureKind::SecurityGroupRule => format!("add a rule to {what}"),
            CureKind::NetworkAclRule => format!("add rules to {what}"),
            CureKind::RemoveSecurityGroupRule => format!("remove a rule from {what}"),
            CureKind::RemoveRoute => format!("remove a route from {what}"),
            CureKind::DisassociateEndpoint => format!("disassociate {what} from the route table"),
            CureKind::DnsAttributes => format!("switch on {detail} of {what}"),
            CureKind::Dns64 => format!("switch on DNS64 of {what}"),
            CureKind::PrivateDns => format!("switch {detail} private DNS of {what}"),
            CureKind::AmazonDns => format!("let {what} use AmazonProvidedDNS"),
            CureKind::LeaveHostedZone => format!("disassociate the VPC from {what}"),
            CureKind::AllowName => format!("allow {detail} in DNS Firewall of {what} before all other rules"),
            CureKind::HostNames if detail == "regional" => format!("let {what} use Regional host names"),
            CureKind::HostNames if detail == "dualStack" => format!("change the dual-stack setting of {what}'s client"),
            CureKind::HostNames => format!("change the setting {detail} of {what}'s client"),
            CureKind::ClientRegion => format!("configure the client of {what} for {detail}"),
            CureKind::SourceDestCheck => format!("switch off the source/destination check of {what}"),
            CureKind::AttachGateway => format!("attach {what} to VPC {detail}"),
            CureKind::RouteToInternetGateway => format!("route to {what}"),
            CureKind::StartInstance => format!("start {what}"),
            CureKind::BlockPublicAccess => format!("exclude {what} from VPC Block Public Access ({detail})"),
            CureKind::NatGatewayZones => format!("let {what} serve one more Availability Zone"),
            CureKind::DropSubnet => format!("keep {what} to the subnets that work ({detail})"),
            CureKind::AssociateEndpoint => format!("associate {what} with the route table"),
            CureKind::CreateGatewayEndpoint => format!("create a gateway endpoint for {}", service(detail)),
            CureKind::AttachManagedPolicy => format!("attach {detail} to {what}"),
            CureKind::PolicyCondition => format!("let a condition in the policy of {what} take {detail}"),
            CureKind::IdentityPolicy => format!("allow {detail} in a policy of {what}"),
            CureKind::EndpointPolicy => format!("allow {detail} in the policy of {what}"),
            CureKind::BucketPolicy | CureKind::AccessPointPolicy => {
                format!("let the policy of {what} allow the role {detail}")
            }
            CureKind::KeyPolicy => format!("let the key policy of {what} allow the role {detail}"),
            CureKind::NamedPrincipals => format!("name the principals in the public policy of {what}"),
            CureKind::PermissionsBoundary => format!("allow {detail} in the permissions boundary of {what}"),
            CureKind::SessionPolicy => format!("allow {detail} in the session policies of {what}"),
            CureKind::ServiceControlPolicy => {
                format!("ask the administrator of the organization to allow {detail} for {what}")
            }
            CureKind::DenyException => format!("except the role from what {what} denies"),
            CureKind::OtherSubnets => format!("move {what} to {detail}"),
            CureKind::AddSubnet => "add a subnet with free addresses".to_owned(),
            CureKind::AttachFunction => format!("attach {what} to the VPC"),
            CureKind::EgressOnlyInternetGateway => "use IPv6 through an egress-only internet gateway".to_owned(),
            CureKind::AllowIpv6 => format!("allow IPv6 for {what}"),
            CureKind::DetachFunction => format!("detach {what} from the VPC"),
            CureKind::PublicAddress => format!("give {what} a public IPv4 address"),
            CureKind::RouteToNatGateway => format!("route through {what}"),
            CureKind::MoveNatGateway => format!("create {what} anew in a public subnet"),
            CureKind::CreateInterfaceEndpoint => format!("create an interface endpoint for {}", service(detail)),
            CureKind::CreateNatInstance => "create a NAT instance".to_owned(),
            CureKind::CreateNatGateway => "create a NAT gateway".to_owned(),
        });
    }
    let text = list(&parts);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

fn service(service: &str) -> &str {
    match service {
        "s3" => "S3",
        "s3express" => "S3 Express One Zone",
        "dynamodb" => "DynamoDB",
        other => other,
    }
}

pub(super) fn why_none(code: WhyNone) -> &'static str {
    match code {
        WhyNone::Succeeds => "it succeeds, so nothing has to be mended",
        WhyNone::AsExpected => {
            "it fails as the document expects; ask for it by workload and destination to mend it all the same"
        }
        WhyNone::MustStayClosed => "it succeeds and is expected not to",
        WhyNone::NothingCloses => {
            "it succeeds and is expected not to; no route, association or rule could be taken away that closes it as \
             expected and keeps every other expectation"
        }
        WhyNone::Undetermined => {
            "it cannot be told what becomes of the traffic, so no change could be proven; settle that first"
        }
        WhyNone::Question => "the question itself cannot be answered",
        WhyNone::NotRunning => {
            "the workload does not run, and no change of the network starts it; its state and reason code tell what does"
        }
        WhyNone::Destination => {
            "the destination does not run or nothing listens there: that is mended at the destination"
        }
        WhyNone::NoSuchDestination => "nothing in the document has that address, or what leads to it is not modelled",
        WhyNone::Request => {
            "what the request asks for is not carried or not allowed on any of these ways; change the request"
        }
        WhyNone::Permissions => {
            "the network delivers it and permissions refuse it, and no narrow change of a policy in the document mends \
             that: mend the policy that denies"
        }
        WhyNone::NotSigned => {
            "the request is not signed, and a policy that lets it in lets in everybody: sign the request"
        }
        WhyNone::RequestDenied => {
            "a statement denies how the request is made, such as without TLS or without the encryption that it asks \
             for: make the request so that it does not fall under it"
        }
        WhyNone::NoneFound => "nothing that was tried mends it for all packets",
        WhyNone::SearchEnded => {
            "nothing that was tried mends it for all packets, and the search ended before everything was tried"
        }
    }
}

pub(super) fn carried(carriers: &[Component], price: &str) -> String {
    let named: Vec<String> = carriers.iter().map(mention).collect();
    if named.is_empty() {
        return format!("nothing that is paid for carries the traffic: {price}");
    }
    format!("{} {} the traffic: {price}", list(&named), if named.len() == 1 { "carries" } else { "carry" })
}

pub(super) fn price(cents: i32, is_more: bool) -> String {
    match (cents, is_more) {
        (0, true) => "no extra cost".to_owned(),
        (0, false) => "no cost".to_owned(),
        (_, true) if cents < 0 => format!("about {} less a month", dollars(cents)),
        (_, true) => format!("about {} more a month", dollars(cents)),
        (_, false) => format!("about {} a month", dollars(cents)),
    }
}

pub(super) fn with_instance(price: &str) -> String {
    format!("{price}, and the instance itself")
}

pub(super) fn price_item(item: PriceItem, what: &Component) -> String {
    let what = mention(what);
    match item {
        PriceItem::NatGatewayHours => format!("hours of {what}"),
        PriceItem::NatGatewayGigabytes | PriceItem::InterfaceEndpointGigabytes => format!("GB through {what}"),
        PriceItem::InterfaceEndpointHours => format!("hours of {what}, in each of its Availability Zones"),
        PriceItem::PublicAddressHours => format!("hours of the public IPv4 address of {what}"),
        PriceItem::CrossZoneGigabytes => format!("GB from another Availability Zone to {what}"),
    }
}

pub(super) fn prices_of_another_region(region: &str, known: &str) -> String {
    format!("prices are those of {known}; those of {region} are not known here and may differ")
}

pub(super) fn effect(changed: &Changed, opened: bool) -> String {
    let (from, to) = (named(&changed.of.from, &English), &changed.of.to);
    let maybe = changed.after == Some(Verdict::Undetermined);
    let partly = changed.after == Some(Verdict::Intermittent);
    let verb = match (opened, maybe, partly) {
        (true, true, _) => "could reach",
        (true, false, true) => "partly reaches",
        (true, false, false) => "also reaches",
        (false, true, _) => "may not reach any more",
        (false, false, true) => "only partly reaches",
        (false, false, false) => "no longer reaches",
    };
    match changed.of.kind {
        EffectKind::InternetOut => format!("{from} {verb} the Internet"),
        EffectKind::InternetIn if opened => format!("{} can be reached from the Internet", named(to, &English)),
        EffectKind::InternetIn => format!("{} can no longer be reached from the Internet", named(to, &English)),
        EffectKind::Bucket => format!("{from} {verb} {to}"),
        EffectKind::OtherBuckets => format!("{from} {verb} other buckets of the Region"),
        EffectKind::Workload => format!("{from} {verb} {}", named(to, &English)),
    }
}

pub(super) fn warning(kind: EffectKind, opened: bool) -> &'static str {
    match (kind, opened) {
        (EffectKind::InternetOut, true) => "it opens a way to the whole Internet",
        (EffectKind::InternetOut, false) => "it closes a way to the Internet",
        (EffectKind::InternetIn, true) => "it lets the Internet in",
        (EffectKind::InternetIn, false) => "it closes a way in from the Internet",
        (EffectKind::Bucket | EffectKind::OtherBuckets, true) => "it opens more buckets than the one asked for",
        (EffectKind::Bucket | EffectKind::OtherBuckets, false) => "it closes the way to other buckets",
        (EffectKind::Workload, true) => "it opens the way to other workloads",
        (EffectKind::Workload, false) => "it closes the way to other workloads",
    }
}

pub(super) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::OwnRegionOnly => "it serves the service in its own Region only",
        Limit::NoOtherInternet => "it gives no way to anything else on the Internet",
        Limit::SourceIpIsLost => {
            "policies that test aws:SourceIp no longer see a public address; aws:SourceVpce tells the endpoint"
        }
        Limit::ConnectionsDrop => "connections that are open when the route changes are dropped",
        Limit::NatNeedsPublicSubnet => {
            "it has to stand in a public subnet, whose route table leads to an internet gateway"
        }
        Limit::NatInOneZone => {
            "it stands in one Availability Zone: when that fails it fails, and traffic of other zones is paid for"
        }
        Limit::NatGigabytes => "each gigabyte through a NAT gateway is paid for, that of S3 too",
        Limit::NatInstanceIsYours => "the price of the instance itself comes on top, and somebody has to look after it",
        Limit::NothingPrivate => "outside the VPC the function reaches no database, cache or other private address",
        Limit::Ipv6HostsOnly => "it reaches only hosts that have IPv6 addresses",
        Limit::GroupIsShared => "the rule holds for everything that has the security group",
        Limit::AclIsForSubnets => "the rules hold for everything in the subnets of the network ACL",
        Limit::RouteIsForSubnets => "the route holds for everything in the subnets of the route table",
        Limit::CustomNamesAreLost => "names that only the custom DNS servers know have no answer any more",
        Limit::ZoneIsLost => "names of the private hosted zone have no answer in this VPC any more",
        Limit::ClientSetting => "it is a setting of the function's code or environment, not of AWS",
        Limit::PrivateDnsIsForVpc => "private DNS holds for every client in the VPC",
        Limit::PublicAddressIsReachable => {
            "what has a public address can be asked from the Internet where its security groups allow it"
        }
        Limit::CreatedAnew => "it is created anew, and traffic through it stops meanwhile",
        Limit::FewerZones => "fewer subnets can mean fewer Availability Zones",
        Limit::ExclusionIsForAll => {
            "the exclusion holds for everything in it, and an administrator of the account may have to make it"
        }
        Limit::EndpointPolicyIsShared => {
            "the policy holds for everything that uses the VPC endpoint, and takes some minutes to apply"
        }
        Limit::OwnerHasToChangeIt => "the resource belongs to another account, whose administrator makes the change",
        Limit::AskAdministrator => "the policy is the organization's: its administrator makes the change",
        Limit::BoundaryIsShared => {
            "a permissions boundary is set by an administrator and holds for every role that has it: ask first"
        }
        Limit::NameTheResource => {
            "the document does not tell the ARN of the resource: write it in the place of `*` in the statement"
        }
        Limit::RoleIsNamed => "a role that is deleted and created anew is another one, which the policy does not name",
        Limit::OwnAccountNeedsPolicies => {
            "principals of the bucket's own account need the permission in their own policies from then on"
        }
        Limit::PolicyAllowsLogs => "the policy that AWS manages also allows writing logs to CloudWatch Logs",
        Limit::AddressesAreExamples => "CIDR blocks and public addresses are examples; AWS gives the real addresses",
        Limit::EffectsOfSome => {
            "what it opens and closes was asked for the first workloads and destinations only; the network has more"
        }
    }
}

pub(super) fn exception(denies: &str) -> String {
    format!("it makes an exception from a statement that denies on purpose: {denies}; ask whoever wrote it first")
}

pub(super) fn work(work: Work) -> &'static str {
    match work {
        Work::Small => "small change",
        Work::Medium => "new components",
        Work::Large => "large change",
    }
}

pub(super) fn breaks(from: &str, to: &str, now: Verdict) -> String {
    format!("the document expects otherwise of {from} → {to}: {}", English.verdict(now))
}

pub(super) fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Changes => "Changes",
        Heading::Opens => "Also opens",
        Heading::Closes => "Closes",
        Heading::Limits => "Mind",
        Heading::Breaks => "Breaks",
        Heading::Partial => "Mends only a part",
        Heading::Together => "Mends all of them at once",
        Heading::TogetherWithoutClosings => {
            "Mends all that do not arrive at once; what must stay closed and is open is not part of it"
        }
        Heading::Improvements => "Proven, and cheaper",
        Heading::Closings => "Proven to close it",
    }
}

pub(super) fn count(cures: usize) -> String {
    match cures {
        1 => "1 proven cure".to_owned(),
        several => format!("{several} proven cures"),
    }
}

pub(super) fn basis(gigabytes: u32, hours: u32, date: &str) -> String {
    format!("Prices are list prices as of {date}, for {hours} hours and {gigabytes} GB a month, and not exact.")
}
