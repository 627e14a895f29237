//! Problems in English.

use super::{cat, code, codes, policy};
use crate::component::{Component, ComponentKind};
use crate::document::Shape;
use crate::problem::{CidrFlaw, GatewayRouteTableFlaw, NameRole, ProblemKind, Quota, SyntaxFlaw};
use crate::query::Family;
use crate::texts::joined;

/// Message and help.
pub(in crate::words) fn words(kind: &ProblemKind) -> (String, String) {
    match kind {
        ProblemKind::Syntax { format, flaw } => syntax(format, flaw),
        ProblemKind::UnknownField { field, nearest } => {
            (cat!("there is no field ", code(field), " here"), did_you_mean(nearest, "remove it"))
        }
        ProblemKind::WrongType { found, expected } => {
            (cat!("this is ", shape(*found), ", and ", shape(*expected), " belongs here"), how_to_write(*expected))
        }
        ProblemKind::NumberOutOfRange { text } => {
            (cat!("the number ", code(text), " does not fit"), "write a smaller number, not below 0".into())
        }
        ProblemKind::DuplicateKey { key } => {
            (cat!("the key ", code(key), " stands twice; the first one counts"), "rename or remove one of them".into())
        }
        ProblemKind::UnknownVersion { version } => (
            cat!("version ", code(&version.to_string()), " of the format is not known; the document is read as version 1"),
            "write `1`, or leave it out".into(),
        ),
        ProblemKind::BadAccount { text } => (
            cat!(code(text), " is no account: an account's id has twelve digits"),
            cat!("write it with its leading zeros, such as ", code("012345678901")),
        ),
        ProblemKind::MissingField { field } => (cat!("the field ", code(field), " is missing"), cat!("add ", code(field))),
        ProblemKind::DanglingReference { name, section, nearest } => (
            cat!("nothing in ", code(section), " is named ", code(name)),
            did_you_mean(nearest, &cat!("add ", code(name), " to ", code(section))),
        ),
        ProblemKind::UnknownName { name, role, nearest } => (
            match role {
                NameRole::RouteTarget => cat!("a route cannot lead to ", code(name), ": nothing has this name"),
                NameRole::RouteDestination => cat!(code(name), " is neither a CIDR block nor a prefix list"),
                NameRole::Peer => cat!(code(name), " is no CIDR block, no security group and no prefix list"),
            },
            did_you_mean(nearest, "check the name"),
        ),
        ProblemKind::AmbiguousName { name, candidates } => {
            (cat!("several things are named ", code(name)), cat!("write ", either(candidates)))
        }
        ProblemKind::VpcNotNamed { candidates } => (
            "the document has several VPCs, and this does not say which it is in".into(),
            cat!("add `vpc`: one of ", codes(candidates)),
        ),
        ProblemKind::NoVpc => ("the document has no VPC that this could be in".into(), "add a VPC to `vpcs`".into()),
        ProblemKind::OfAnotherVpc { component, vpc, expected } => (
            cat!(mention(component), " is in VPC ", code(vpc), ", not in ", code(expected)),
            cat!("name one that is in ", code(expected)),
        ),
        ProblemKind::BadCidr { text, flaw, likely } => bad_cidr(text, *flaw, likely.as_deref()),
        ProblemKind::CidrHostBits { text, canonical } => (
            cat!(code(text), " has bits set behind its prefix; AWS takes it as ", code(canonical)),
            cat!("write ", code(canonical)),
        ),
        ProblemKind::SizeOutOfRange { block, kind, shortest, longest, step } => (
            cat!("AWS refuses ", code(block), ": ", a_size_of(*kind), " has a prefix length from /", shortest.to_string(), " to /", longest.to_string(), steps(*step)),
            "choose another prefix length".into(),
        ),
        ProblemKind::Overlap { block, other_block, other } => (
            cat!(code(block), " overlaps ", code(other_block), " of ", mention(other)),
            "choose a block of its own".into(),
        ),
        ProblemKind::SubnetOutsideVpc { block, vpc, vpc_blocks } => (
            cat!(code(block), " is outside VPC ", code(vpc)),
            if vpc_blocks.is_empty() {
                cat!("add a block of this family to ", code(vpc))
            } else {
                cat!("choose a block inside ", codes(vpc_blocks))
            },
        ),
        ProblemKind::NatGatewayWithoutAddress => (
            "this public NAT gateway has no Elastic IP address, so nothing that it sends leaves the VPC".into(),
            "add `elasticIps`, or write `connectivityType: private`".into(),
        ),
        ProblemKind::NatGatewayWithoutSubnet => (
            "this NAT gateway is in no subnet".into(),
            "add `subnet`, or write `availabilityMode: regional`".into(),
        ),
        ProblemKind::SecondAssociation { subnet, winner } => (
            cat!(code(subnet), " is already associated with ", mention(winner), ", which counts"),
            cat!("remove ", code(subnet), " from one of the two"),
        ),
        ProblemKind::SecondDefault { winner, vpc } => (
            cat!("VPC ", code(vpc), " has ", mention(winner), " for this already, which counts"),
            "leave it to one of the two".into(),
        ),
        ProblemKind::SecondInternetGateway { first, vpc } => (
            cat!("VPC ", code(vpc), " has the internet gateway ", code(first), " already; AWS attaches one only"),
            "remove one of the two, or write `attached: false`".into(),
        ),
        ProblemKind::SecondGatewayEndpoint { route_table, service, winner } => (
            cat!("route table ", code(route_table), " has the gateway endpoint ", code(winner), " for ", code(service), " already, which counts"),
            cat!("remove ", code(route_table), " from one of the two"),
        ),
        ProblemKind::NoGatewayEndpoint { service, nearest } => (
            cat!("AWS has no gateway endpoint for ", code(service)),
            did_you_mean(nearest, "write `type: Interface`"),
        ),
        ProblemKind::EndpointOfAnotherRegion { service, region } => (
            cat!("a gateway endpoint in ", code(region), " cannot serve ", code(service), ", so it has no routes"),
            cat!("name the service of ", code(region)),
        ),
        ProblemKind::DuplicateRuleNumber { number } => (
            cat!("rule number ", code(&number.to_string()), " stands twice in this direction, and AWS has only one of them"),
            "give each rule a number of its own".into(),
        ),
        ProblemKind::OverQuota { quota, count } => (
            cat!(
                count.to_string(),
                match quota {
                    Quota::CidrBlocks => " CIDR blocks",
                    Quota::DnsServers => " DNS servers",
                    Quota::NetworkAclRules | Quota::SecurityGroupRules => " rules in one direction",
                    Quota::Routes => " routes",
                    Quota::RolePolicies => " characters of inline policies",
                    Quota::ManagedPolicy | Quota::ServiceControlPolicy => " characters",
                },
                ", where AWS allows ",
                quota.most().to_string(),
                " at most",
            ),
            "AWS refuses this configuration; remove what is not needed".into(),
        ),
        ProblemKind::TooManyQuestions { asked, answered } => (
            cat!("every function to every bucket makes ", asked.to_string(), " questions; the first ", answered.to_string(), " are answered"),
            "choose a workload with `--from`, or a destination with `--to`".into(),
        ),
        ProblemKind::RuleNumberOutOfRange { number } => (
            cat!("rule number ", code(&number.to_string()), " is out of range, so where the rule stands is not known"),
            "choose a number from 1 to 32766".into(),
        ),
        ProblemKind::BadPort { text } => (
            cat!(code(text), " is no port and no range of ports"),
            "write a number from 0 to 65535, or a range such as `1024-65535`".into(),
        ),
        ProblemKind::PortWithoutEffect { port, protocol } => (
            cat!("ports ", code(port), " have no effect: AWS ignores ports for protocol ", code(protocol)),
            "write `protocol: tcp` or `protocol: udp`, or remove the ports".into(),
        ),
        ProblemKind::UnknownWord { text, allowed, nearest } => (
            cat!(code(text), " is not a word for this"),
            did_you_mean(nearest, &cat!("write one of ", codes(allowed))),
        ),
        ProblemKind::BadDomain { text } => (
            cat!(code(text), " is no domain that AWS takes here"),
            "write a domain such as `example.com`; in a domain list of DNS Firewall one asterisk may stand at the start, \
             as in `*.example.com`"
                .into(),
        ),
        ProblemKind::BadAddress { text, family } => (
            match family {
                Some(family) => cat!(code(text), " is no ", family_name(*family), " address"),
                None => cat!(code(text), " is no IP address"),
            },
            match family {
                Some(Family::Ipv6) => "write an address such as `2001:db8::10`",
                _ => "write an address such as `10.0.0.10`",
            }
            .into(),
        ),
        ProblemKind::AddressNotUsable { address, subnet, block, reserved: true } => (
            cat!("AWS keeps ", code(address), " in subnet ", code(subnet), " for itself"),
            cat!("choose an address of ", code(block), " that is neither among the first four nor the last"),
        ),
        ProblemKind::AddressNotUsable { address, subnet, block, reserved: false } => (
            cat!(code(address), " is outside subnet ", code(subnet)),
            if block.is_empty() {
                "remove it: the subnet has no block of this family".into()
            } else {
                cat!("choose an address of ", code(block))
            },
        ),
        ProblemKind::TimeoutOutOfRange { seconds } => (
            cat!("a function cannot have a time-out of ", code(&seconds.to_string()), " seconds"),
            "choose a number from 1 to 900".into(),
        ),
        ProblemKind::TooMany { field, count, limit } => (
            cat!("there are ", count.to_string(), " entries in ", code(field), "; AWS allows ", limit.to_string()),
            "remove some".into(),
        ),
        ProblemKind::FunctionWithoutSecurityGroup => (
            "this function has subnets and no security group; AWS wants both, and the VPC's default group is taken".into(),
            "add `securityGroups`".into(),
        ),
        ProblemKind::SubnetsNotDualStack { subnets } => (
            cat!("IPv6 needs every subnet to have an IPv4 and an IPv6 block; without both: ", codes(subnets)),
            "add the missing block to each, or leave `ipv6AllowedForDualStack` out".into(),
        ),
        ProblemKind::PrivateDnsNeedsAttributes { vpc, attributes } => (
            cat!("private DNS has no effect while ", joined(attributes, " and "), " of VPC ", code(vpc), " is false"),
            cat!("set ", codes(attributes), " of ", code(vpc), " to true, or write `privateDnsEnabled: false`"),
        ),
        ProblemKind::PrivateDnsNeedsGatewayEndpoint { vpc } => (
            cat!("with private DNS for the inbound Resolver endpoint only, AWS wants a gateway endpoint for S3 in VPC ", code(vpc)),
            "add one, or write `privateDnsOnlyForInboundResolverEndpoint: false`".into(),
        ),
        ProblemKind::RouteInsideLocal { destination, local } => (
            cat!("AWS refuses the route for ", code(destination), ": it is more specific than the local route ", code(local)),
            "name a whole subnet, and lead it to a NAT gateway, a network interface or a Gateway Load Balancer endpoint".into(),
        ),
        ProblemKind::LocalRouteOutsideVpc { destination, vpc } => (
            cat!(code(destination), " is not a block of VPC ", code(vpc), ", so it cannot be local"),
            "remove the route: AWS adds the local ones".into(),
        ),
        ProblemKind::RouteInReservedRange { destination, range } => (
            cat!("AWS refuses the route for ", code(destination), ": it keeps ", code(range), " for itself"),
            "remove the route".into(),
        ),
        ProblemKind::DuplicateRoute { destination } => (
            cat!("a route for ", code(destination), " is there already; the first one counts"),
            "remove one of the two".into(),
        ),
        ProblemKind::GatewayRouteTable { flaw } => gateway_route_table(flaw),
        ProblemKind::InstanceWithSeveralInterfaces { instance } => (
            cat!("AWS refuses instance ", code(instance), " as a target, since it has several network interfaces; the primary one is taken"),
            "name the network interface instead".into(),
        ),
        ProblemKind::UnknownPrefixList { name } => (
            cat!("the entries of prefix list ", code(name), " are not known"),
            cat!("add ", code(name), " to `prefixLists`, with `entries` or `awsService`"),
        ),
        ProblemKind::BadPolicy { flaw } | ProblemKind::DoubtfulPolicy { flaw } => policy::english(flaw),
        ProblemKind::UnknownRegion { region, nearest } => (
            cat!(code(region), " is not a Region that is known"),
            did_you_mean(nearest, "check the name"),
        ),
    }
}

pub(super) fn syntax(format: &str, flaw: &SyntaxFlaw) -> (String, String) {
    let message = match flaw {
        SyntaxFlaw::EndsEarly => "the text ends in the middle of a value".into(),
        SyntaxFlaw::Missing(what) => cat!("here is missing: ", what),
        SyntaxFlaw::NoValue => "no value begins here".into(),
        SyntaxFlaw::TrailingComma => "nothing follows this comma".into(),
        SyntaxFlaw::TrailingText => "something follows the end of the document".into(),
        SyntaxFlaw::BadKey => "this key is no text".into(),
        SyntaxFlaw::BadText => "this text has a character or an escape that is not allowed".into(),
        SyntaxFlaw::BadNumber => "this is no number".into(),
        SyntaxFlaw::TooDeep => "there are too many levels inside each other".into(),
        SyntaxFlaw::SeveralDocuments => "a second document begins here".into(),
        SyntaxFlaw::BadAlias => "this alias has no anchor before it, or multiplies the text".into(),
        SyntaxFlaw::Other(words) => words.clone(),
    };
    let help = match flaw {
        SyntaxFlaw::EndsEarly => "close every bracket and quotation mark",
        SyntaxFlaw::Missing(_) => "add it",
        SyntaxFlaw::NoValue => "write a text in quotation marks, a number, `true`, `false`, `[` or `{`",
        SyntaxFlaw::TrailingComma => "remove the comma",
        SyntaxFlaw::TrailingText => "remove it",
        SyntaxFlaw::BadKey => "write the key as a text",
        SyntaxFlaw::BadText => "remove it",
        SyntaxFlaw::BadNumber => "write digits only",
        SyntaxFlaw::TooDeep => "remove some levels",
        SyntaxFlaw::SeveralDocuments => "keep one document in a file",
        SyntaxFlaw::BadAlias => "write the value out",
        SyntaxFlaw::Other(_) => "mend the text here",
    };
    (cat!("this is not ", format, ": ", message), help.into())
}

fn bad_cidr(text: &str, flaw: CidrFlaw, likely: Option<&str>) -> (String, String) {
    let message = match flaw {
        CidrFlaw::NoPrefixLength => cat!(code(text), " has no prefix length"),
        CidrFlaw::BadPrefixLength => cat!(code(text), " has no valid prefix length"),
        CidrFlaw::AddressIncomplete => cat!("the address in ", code(text), " has fewer than four parts"),
        CidrFlaw::BadAddress => cat!(code(text), " is no CIDR block"),
        CidrFlaw::WrongFamily(found) => {
            cat!(code(text), " is ", family_name(found), ", and the other family belongs here")
        }
    };
    let help = match (likely, flaw) {
        (Some(likely), _) => cat!("perhaps ", code(likely)),
        (None, CidrFlaw::WrongFamily(Family::Ipv4)) => "write a block such as `2001:db8::/64`".into(),
        (None, _) => "write a block such as `10.0.0.0/24`".into(),
    };
    (message, help)
}

fn gateway_route_table(flaw: &GatewayRouteTableFlaw) -> (String, String) {
    match flaw {
        GatewayRouteTableFlaw::Main => (
            "AWS refuses the main route table as the route table of a gateway".into(),
            "use a table of its own for the gateway".into(),
        ),
        GatewayRouteTableFlaw::Target { target } => (
            cat!("AWS refuses ", code(target), " as a target in the route table of a gateway"),
            "lead the route to `local`, a network interface or a Gateway Load Balancer endpoint".into(),
        ),
        GatewayRouteTableFlaw::Destination { destination } => (
            cat!("AWS refuses ", code(destination), " as a destination in the route table of a gateway"),
            "name a whole block of the VPC or of a subnet".into(),
        ),
    }
}

fn did_you_mean(nearest: &Option<String>, otherwise: &str) -> String {
    match nearest {
        Some(name) => cat!("did you mean ", code(name), "?"),
        None => otherwise.to_owned(),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "a text",
        Shape::Number => "a whole number",
        Shape::Fraction => "a number with a fraction",
        Shape::Boolean => "true or false",
        Shape::List => "a list",
        Shape::Object => "a group of fields",
    }
}

fn how_to_write(shape: Shape) -> String {
    match shape {
        Shape::Text => "write a text such as `main`",
        Shape::Number | Shape::Fraction => "write a number such as `30`",
        Shape::Boolean => "write `true` or `false`",
        Shape::List => "write a list such as `[private-a, private-b]`",
        Shape::Object => "write fields such as `{ cidr: 10.0.0.0/16 }`",
    }
    .into()
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    }
}

fn steps(step: u8) -> String {
    if step == 1 { String::new() } else { cat!(" in steps of ", step.to_string()) }
}

fn a_size_of(kind: ComponentKind) -> &'static str {
    if kind == ComponentKind::Vpc { "a block of a VPC" } else { "a block of a subnet" }
}

fn either(candidates: &[Component]) -> String {
    joined(&candidates.iter().map(|candidate| code(&candidate.to_string())).collect::<Vec<_>>(), " or ")
}

fn mention(component: &Component) -> String {
    code(&component.to_string())
}
