// Made from the Rust types by `VPCREACH_BLESS=1 cargo test -p vpcreach-wasm`.

/**
 * What a component does with the traffic.
 */
export type Action = "starts" | "resolves" | "allows" | "routes" | "translates" | "forwards" | "answers" | "redirects" | "refuses" | "drops" | "unknown";

/**
 * A new component.
 */
export type Addition = { 
/**
 * What.
 */
add: ComponentKind, 
/**
 * Where: the address of a subnet, a VPC, or a component that it is for. Default: where it makes most sense.
 */
at?: string, 
/**
 * For a VPC endpoint, AWS's word for its type. Default: `Interface` in a subnet, else `Gateway`.
 */
type?: string, 
/**
 * For a VPC endpoint, its service. Default: `s3`.
 */
service?: string, };

/**
 * What a page gets.
 */
export type AnalysisResponse = { 
/**
 * The answers.
 */
answer: Answer, 
/**
 * The configuration as nested boxes.
 */
diagram: Diagram, };

/**
 * The answers to all questions asked of a document.
 */
export type Answer = { 
/**
 * Version of this shape; 1.
 */
version: number, 
/**
 * One for each question.
 */
checks: Array<Check>, 
/**
 * What is wrong with the document.
 */
diagnostics: Array<Diagnostic>, };

/**
 * What became of a text.
 */
export type Applied = { 
/**
 * The text after the edit; the same as before when there is a problem.
 */
text: string, 
/**
 * What leads back.
 */
undo: Edit, 
/**
 * What changed, in AWS's terms, a line each.
 */
changes: Array<string>, 
/**
 * Why nothing changed.
 */
problem: Diagnostic | null, };

/**
 * What kind of reason a decision has.
 */
export type Basis = "explicitRule" | "default" | "noMatch" | "badState" | "structural" | "notKnown";

/**
 * Something that keeps traffic from arriving.
 */
export type Blocker = { 
/**
 * The reason code.
 */
code: ReasonCode, 
/**
 * Who, `kind/name`.
 */
component: string, 
/**
 * `all` of the traffic, or `some`.
 */
share: Share, 
/**
 * For the packet or the reply.
 */
direction: Direction, 
/**
 * Who stops it, because of what.
 */
message: string, 
/**
 * The rule of the semantics reference.
 */
rule: string, 
/**
 * AWS's documentation.
 */
link: string, 
/**
 * Pointer to the deciding rule or route in the document.
 */
pointer: string | null, 
/**
 * Positions in [`Check::hops`].
 */
hops: Array<number>, };

/**
 * A component.
 */
export type Card = { 
/**
 * Its address, `kind/name`. A function has a card in each of its subnets.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Addresses of its security groups in [`VpcBox::security_groups`]; missing ones by their name alone.
 */
securityGroups: Array<string>, 
/**
 * Which of the component's interfaces this is, from 1; 0 for what has none.
 */
interface: number, 
/**
 * How many interfaces the component has.
 */
interfaces: number, 
/**
 * Private addresses, where given.
 */
privateAddresses: Array<string>, 
/**
 * Public address, or `assigned` for one that AWS picks.
 */
publicAddress: string | null, 
/**
 * A function's runtime.
 */
runtime: string | null, 
/**
 * A function's time-out in seconds (R7.23).
 */
timeout: number | null, 
/**
 * The service of an endpoint, the Region of a bucket, the host name of a host.
 */
detail: string | null, 
/**
 * AWS's word for the type of an endpoint or NAT gateway: `Gateway`, `private`.
 */
typeName: string | null, 
/**
 * Why it does not work, in AWS's words.
 */
badState: string | null, 
/**
 * The zones that a regional NAT gateway serves in manual mode; empty for all (R4.18).
 */
availabilityZones: Array<string>, };

/**
 * What carries delivered traffic.
 */
export type Carried = { 
/**
 * Gateways and endpoints, `kind/name`.
 */
carriers: Array<string>, 
/**
 * What they cost a month, and the traffic through them.
 */
cost: Cost, 
/**
 * Both in a sentence.
 */
text: string, };

/**
 * The answer to one question.
 */
export type Check = { 
/**
 * The workload, `kind/name`.
 */
from: string, 
/**
 * The destination.
 */
to: string, 
/**
 * Port; null for ICMP.
 */
port: number | null, 
/**
 * Protocol.
 */
protocol: Protocol, 
/**
 * What becomes of the traffic.
 */
verdict: Verdict, 
/**
 * The verdict in words.
 */
verdictText: string, 
/**
 * The verdict that the document expects, if it does.
 */
expected: Verdict | null, 
/**
 * Whether verdict, reasons and carriers are as expected; null when nothing is expected.
 */
asExpected: boolean | null, 
/**
 * What the document expects beyond the verdict and did not get, in words.
 */
unmet: Array<string>, 
/**
 * Whether the network or permissions decide.
 */
layer: Layer, 
/**
 * The same in words: "Network, not permissions".
 */
layerText: string, 
/**
 * Who stops it, because of what; or who carries it.
 */
summary: string, 
/**
 * Gateways and endpoints that the delivered traffic uses.
 */
carriers: Array<string>, 
/**
 * Everything that keeps traffic from arriving, in path order.
 */
blockers: Array<Blocker>, 
/**
 * What a person sees.
 */
symptom: Symptom, 
/**
 * The ways that the traffic takes.
 */
paths: Array<Path>, 
/**
 * The decisions of all paths in order.
 */
hops: Array<Hop>, 
/**
 * What the answer takes for granted.
 */
assumptions: Array<string>, 
/**
 * For `undetermined`: what would settle it.
 */
settle: Array<string>, };

/**
 * What mends one check.
 */
export type CheckRepairs = { 
/**
 * The workload, `kind/name`.
 */
from: string, 
/**
 * The destination.
 */
to: string, 
/**
 * Port; null for ICMP.
 */
port: number | null, 
/**
 * What becomes of the traffic as it is.
 */
verdict: Verdict, 
/**
 * The verdict in words.
 */
verdictText: string, 
/**
 * Proven cures, best first.
 */
cures: Array<Cure>, 
/**
 * Changes that mend only a part, such as one subnet of two; no cures.
 */
partial: Array<Cure>, 
/**
 * Why there is no cure, where there is none.
 */
whyNone: Reason | null, 
/**
 * For a check that succeeds: what carries it and what that costs.
 */
carried: Carried | null, 
/**
 * For a check that succeeds: proven ways that cost less and keep every expectation.
 */
improvements: Array<Cure>, 
/**
 * For a check that succeeds and is expected not to: proven changes that close its way and keep every other
 * expectation, those first that close least besides.
 */
closings: Array<Cure>, };

/**
 * The kind of a component.
 */
export type ComponentKind = "vpc" | "subnet" | "routeTable" | "internetGateway" | "egressOnlyInternetGateway" | "natGateway" | "vpcEndpoint" | "securityGroup" | "networkAcl" | "prefixList" | "dhcpOptions" | "privateHostedZone" | "vpcBlockPublicAccess" | "function" | "instance" | "task" | "codeBuildProject" | "networkInterface" | "bucket" | "accessPoint" | "internetHost" | "role" | "managedPolicy" | "account" | "kmsKey" | "transitGateway" | "vpcPeeringConnection" | "vpnGateway" | "carrierGateway" | "localGateway" | "coreNetwork" | "service" | "internet" | "resolver" | "address";

/**
 * A document out of YAML.
 */
export type Converted = { 
/**
 * The document without its broken parts, as JSON.
 */
document: string, 
/**
 * What is wrong with the text; lines and columns are those of the YAML.
 */
diagnostics: Array<Diagnostic>, };

/**
 * A price in US dollars, as near as list prices tell.
 */
export type Cost = { 
/**
 * Cents a month; what becomes cheaper is negative.
 */
centsPerMonth: number, 
/**
 * In words: "about $32.85 a month".
 */
text: string, 
/**
 * What it consists of.
 */
items: Array<CostItem>, 
/**
 * The Region whose prices these are.
 */
region: string, 
/**
 * That prices of the document's own Region are not known, in words; else empty.
 */
note: string, 
/**
 * The day on which the prices were read.
 */
date: string, 
/**
 * Where prices are published.
 */
source: string, };

/**
 * A part of a price.
 */
export type CostItem = { 
/**
 * What is paid for.
 */
item: PriceItem, 
/**
 * Which component, or which traffic, in words.
 */
what: string, 
/**
 * How many hours or gigabytes.
 */
quantity: number, 
/**
 * Millionths of a dollar for one of them.
 */
microsPerUnit: number, 
/**
 * Cents a month.
 */
centsPerMonth: number, };

/**
 * A change of the document that is proven to work.
 */
export type Cure = { 
/**
 * What it mainly does.
 */
kind: CureKind, 
/**
 * The same in words: "Create a gateway endpoint for s3".
 */
title: string, 
/**
 * The change.
 */
edit: Edit, 
/**
 * How many steps of the edit belong together, in order; each of these groups is needed.
 */
groups: Array<number>, 
/**
 * What changes in AWS, a line each.
 */
changes: Array<string>, 
/**
 * What it costs more than today.
 */
cost: Cost, 
/**
 * What else can be reached afterwards.
 */
opens: Array<Effect>, 
/**
 * What cannot be reached any more.
 */
closes: Array<Effect>, 
/**
 * Where it opens or closes more than was asked for, in words.
 */
warnings: Array<string>, 
/**
 * What it cannot do, and what to mind, in words.
 */
limits: Array<string>, 
/**
 * How much work it is.
 */
work: Work, 
/**
 * The same in words.
 */
workText: string, 
/**
 * Gateways and endpoints that carry the traffic afterwards, `kind/name`.
 */
carriers: Array<string>, 
/**
 * What becomes of the traffic afterwards.
 */
verdict: Verdict, 
/**
 * What the document expects and would not get any more, in words; such a cure stands last.
 */
breaks: Array<string>, };

/**
 * What a cure mainly does, from what is least to what is most in AWS; between cures of one price this order
 * decides (R12.3, R12.4).
 */
export type CureKind = "securityGroupRule" | "networkAclRule" | "removeSecurityGroupRule" | "removeRoute" | "disassociateEndpoint" | "dnsAttributes" | "dns64" | "privateDns" | "amazonDns" | "leaveHostedZone" | "allowName" | "hostNames" | "clientRegion" | "sourceDestCheck" | "attachGateway" | "routeToInternetGateway" | "startInstance" | "blockPublicAccess" | "natGatewayZones" | "dropSubnet" | "associateEndpoint" | "createGatewayEndpoint" | "attachManagedPolicy" | "policyCondition" | "identityPolicy" | "endpointPolicy" | "bucketPolicy" | "accessPointPolicy" | "keyPolicy" | "namedPrincipals" | "permissionsBoundary" | "sessionPolicy" | "serviceControlPolicy" | "denyException" | "otherSubnets" | "addSubnet" | "attachFunction" | "egressOnlyInternetGateway" | "allowIpv6" | "detachFunction" | "publicAddress" | "routeToNatGateway" | "moveNatGateway" | "createInterfaceEndpoint" | "createNatInstance" | "createNatGateway";

/**
 * Something wrong with a document, a question or an imported file.
 */
export type Diagnostic = { 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * A code in the style `unknownField`.
 */
code: string, 
/**
 * Pointer into the document, `/subnets/a/cidr`; empty for the whole.
 */
path: string, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do.
 */
help: string, 
/**
 * The file, where it is not the document.
 */
file: string | null, 
/**
 * Line, from 1.
 */
line: number | null, 
/**
 * Column, from 1.
 */
column: number | null, };

/**
 * A configuration as nested boxes.
 */
export type Diagram = { 
/**
 * The document's own Region first, then the Regions of its buckets by name.
 */
regions: Array<RegionBox>, 
/**
 * Hosts on the Internet that the document names.
 */
internet: Array<Card>, };

/**
 * Packet or reply.
 */
export type Direction = "forward" | "reply";

/**
 * A change of a document: steps, one after the other, all of them or none.
 */
export type Edit = { 
/**
 * What to do.
 */
steps: Array<EditStep>, };

/**
 * One step of a change.
 */
export type EditStep = { "op": "set", 
/**
 * JSON pointer to the field or element; `-` stands for a new last element.
 */
path: string, 
/**
 * The value.
 */
value: Value, } | { "op": "remove", 
/**
 * JSON pointer to it.
 */
path: string, } | { "op": "insert", 
/**
 * JSON pointer to that other one; `-` stands for the end of the list.
 */
path: string, 
/**
 * The element.
 */
value: Value, } | { "op": "addComponent", 
/**
 * Its address, `kind/name`.
 */
component: string, 
/**
 * What a document has under its name.
 */
value: Value, } | { "op": "removeComponent", 
/**
 * Its address, `kind/name`.
 */
component: string, } | { "op": "renameComponent", 
/**
 * Its address, `kind/name`.
 */
component: string, 
/**
 * The new name.
 */
name: string, } | { "op": "duplicateComponent", 
/**
 * Its address, `kind/name`.
 */
component: string, 
/**
 * The name of the copy.
 */
name: string, };

/**
 * A question of the standard set that is answered otherwise after the change.
 */
export type Effect = { 
/**
 * What it is about.
 */
kind: EffectKind, 
/**
 * The workload, `kind/name`; `internet` for what comes from there.
 */
from: string, 
/**
 * The destination.
 */
to: string, 
/**
 * The answer as it is; null where there is none.
 */
before: Verdict | null, 
/**
 * The answer after the change.
 */
after: Verdict | null, 
/**
 * The difference in words.
 */
text: string, };

/**
 * What a question of the standard set is about.
 */
export type EffectKind = "internetOut" | "internetIn" | "bucket" | "otherBuckets" | "workload";

/**
 * An address family.
 */
export type Family = "ipv4" | "ipv6";

/**
 * What becomes of a part of the traffic.
 */
export type Fate = "delivered" | "dropped" | "nameNotResolved" | "refused" | "accessDenied" | "redirected" | "neverStarts" | "notKnown";

/**
 * A decision on the way.
 */
export type Hop = { 
/**
 * Number on its path, from 1.
 */
number: number, 
/**
 * Position of its path in [`Check::paths`].
 */
path: number, 
/**
 * Who decides, `kind/name`.
 */
component: string, 
/**
 * The subnet in which it is decided, `subnet/name`.
 */
subnet: string | null, 
/**
 * Packet or reply.
 */
direction: Direction, 
/**
 * What it does.
 */
action: Action, 
/**
 * The same in words: "drops".
 */
actionText: string, 
/**
 * What kind of reason it has.
 */
basis: Basis, 
/**
 * The reason code of a blocker.
 */
code: ReasonCode | null, 
/**
 * The component in words: "Internet gateway igw-main".
 */
title: string, 
/**
 * The deciding rule or route as AWS would print it; may be empty.
 */
detail: string, 
/**
 * The decision in a sentence.
 */
message: string, 
/**
 * The rule of the semantics reference.
 */
rule: string, 
/**
 * AWS's documentation.
 */
link: string, 
/**
 * Pointer to the deciding rule or route in the document.
 */
pointer: string | null, 
/**
 * The traffic as this component sees it: `10.0.0.4–10.0.0.254:1024–65535 → 52.216.0.0/15:443`.
 */
traffic: string, 
/**
 * Whether the traffic was already lost before.
 */
alreadyLost: boolean, };

/**
 * A document out of files.
 */
export type Imported = { 
/**
 * The document, as JSON.
 */
document: string, 
/**
 * What is wrong with the files, and what is missing.
 */
diagnostics: Array<Diagnostic>, 
/**
 * The functions, by name.
 */
functions: Array<string>, 
/**
 * The buckets, by name.
 */
buckets: Array<string>, 
/**
 * The parameters of the templates, for a form.
 */
parameters: Array<Parameter>, 
/**
 * Where parts of the document stand in the files.
 */
places: Array<SourcePlace>, };

/**
 * Whether the network or permissions decide.
 */
export type Layer = "none" | "network" | "name" | "permissions" | "service" | "start" | "notKnown";

/**
 * A network ACL.
 */
export type NetworkAclBox = { 
/**
 * Its address, `networkAcl/name`.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its first inbound rules, by number.
 */
ingress: Array<RuleRow>, 
/**
 * Its first outbound rules, by number.
 */
egress: Array<RuleRow>, };

/**
 * An edit that usually goes with another.
 */
export type Offer = { 
/**
 * The edit.
 */
edit: Edit, 
/**
 * What it does, as a person would be asked: "Add route 0.0.0.0/0 → nat-a to rtb-private".
 */
words: string, };

/**
 * A parameter of a template.
 */
export type Parameter = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its type in CloudFormation's words.
 */
ofType: string, 
/**
 * What it means, in its author's words.
 */
description: string, 
/**
 * The value that holds unless another is given.
 */
default: string | null, 
/**
 * The values that it can have; empty for any.
 */
allowed: Array<string>, };

/**
 * One way that traffic takes.
 */
export type Path = { 
/**
 * `A`, `B`, …
 */
label: string, 
/**
 * The subnet in which it starts, `subnet/name`.
 */
subnet: string | null, 
/**
 * Address family.
 */
family: Family, 
/**
 * What becomes of it.
 */
fate: Fate, 
/**
 * Whether this is all of the traffic of its subnet, else a part.
 */
whole: boolean, 
/**
 * The part, in words; empty for all.
 */
part: string, 
/**
 * Position of its first hop in [`Check::hops`].
 */
firstHop: number, 
/**
 * Number of its hops.
 */
hopCount: number, };

/**
 * What is paid for.
 */
export type PriceItem = "natGatewayHours" | "natGatewayGigabytes" | "interfaceEndpointHours" | "interfaceEndpointGigabytes" | "publicAddressHours" | "crossZoneGigabytes";

/**
 * A wish for which there is a sensible edit.
 */
export type Proposal = Addition | Relocation;

/**
 * A sensible edit.
 */
export type Proposed = { 
/**
 * The edit; without steps when there is a problem.
 */
edit: Edit, 
/**
 * What usually goes with it, each to be made after the edit, in any order.
 */
offers: Array<Offer>, 
/**
 * Why there is no such edit.
 */
problem: Diagnostic | null, };

/**
 * A transport protocol.
 */
export type Protocol = "tcp" | "udp" | "icmp";

/**
 * Why there is no cure.
 */
export type Reason = { 
/**
 * As data.
 */
code: WhyNone, 
/**
 * In words.
 */
text: string, };

/**
 * Why traffic does not arrive.
 *
 * The names are those of AWS Reachability Analyzer wherever it has one for the same thing.
 */
export type ReasonCode = "BAD_STATE" | "BAD_STATE_ATTACHMENT" | "BAD_STATE_ROUTE" | "NO_ROUTE_TO_DESTINATION" | "MORE_SPECIFIC_ROUTE" | "HIGHER_PRIORITY_ROUTE" | "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS" | "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS" | "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS" | "IGW_NAT_REFLECTION" | "VPC_BLOCK_PUBLIC_ACCESS_ENABLED" | "SG_HAS_NO_RULES" | "ENI_SG_RULES_MISMATCH" | "SUBNET_ACL_RESTRICTION" | "ENI_SOURCE_DEST_CHECK_RESTRICTION" | "ENI_ADDRESS_RESTRICTION" | "PROTOCOL_RESTRICTION" | "VPCE_GATEWAY_PROTOCOL_RESTRICTION" | "REGIONAL_NGW_ROUTE_AZ_RESTRICTION" | "NO_POSSIBLE_DESTINATION" | "DISCONNECTED_VPCS" | "UNKNOWN_RESOURCE" | "UNKNOWN_DESTINATION" | "ROUTING_LOOP" | "ASYMMETRIC_STATEFUL_PATH" | "ADDRESS_FAMILY_MISMATCH" | "DNS_SUPPORT_DISABLED" | "DNS_SERVER_UNREACHABLE" | "NAME_NOT_RESOLVED" | "NAME_NOT_COVERED_BY_ENDPOINT" | "PRIVATE_DNS_NOT_IN_EFFECT" | "PRIVATE_DNS_CAPTURES_PUBLIC_API" | "PORT_NOT_LISTENING" | "BUCKET_IN_ANOTHER_REGION" | "CROSS_REGION_COPY_NOT_SUPPORTED" | "ACCESS_CONTROL_LIST_NOT_SUPPORTED" | "ENDPOINT_NOT_ASSOCIATED" | "FUNCTION_NOT_ACTIVE" | "FUNCTION_CANNOT_CREATE_ENI" | "SUBNET_OUT_OF_ADDRESSES" | "ENDPOINT_POLICY_DENIES" | "BUCKET_POLICY_DENIES" | "IDENTITY_POLICY_DENIES" | "PERMISSIONS_BOUNDARY_DENIES" | "SERVICE_CONTROL_POLICY_DENIES" | "RESOURCE_CONTROL_POLICY_DENIES" | "SESSION_POLICY_DENIES" | "ACCESS_POINT_POLICY_DENIES" | "KEY_POLICY_DENIES" | "S3_BLOCK_PUBLIC_ACCESS_DENIES" | "POLICY_UNDETERMINED";

/**
 * A Region.
 */
export type RegionBox = { 
/**
 * Its name.
 */
name: string, 
/**
 * Whether the document names no Region, so that this one is assumed.
 */
assumed: boolean, 
/**
 * VPCs.
 */
vpcs: Array<VpcBox>, 
/**
 * What is in the Region and in no VPC: buckets, functions without VPC, gateways that are attached nowhere.
 */
cards: Array<Card>, };

/**
 * A component in another subnet.
 */
export type Relocation = { 
/**
 * The address of the component. A route table or network ACL is associated with the subnet.
 */
move: string, 
/**
 * The address of the subnet.
 */
to: string, 
/**
 * Of what is in several subnets, the address of the one that it leaves. Default: all.
 */
from?: string, };

/**
 * What mends the checks of a document.
 */
export type Repairs = { 
/**
 * Version of this shape; 1.
 */
version: number, 
/**
 * One for each question.
 */
checks: Array<CheckRepairs>, 
/**
 * Edits of which each mends all failing checks at once, where several fail; best first.
 */
together: Array<Cure>, 
/**
 * The day on which the prices were read, `2026-09-25`.
 */
pricesDate: string, 
/**
 * Gigabytes a month that the prices are for.
 */
gigabytesPerMonth: number, 
/**
 * Hours a month that the prices are for.
 */
hoursPerMonth: number, 
/**
 * What is wrong with the document or the questions.
 */
diagnostics: Array<Diagnostic>, 
/**
 * How many changed documents were tried.
 */
editsTried: number, 
/**
 * How often the engine was asked: about those, what they open and close, and what the document expects.
 */
engineRuns: number, };

/**
 * A route.
 */
export type RouteRow = { 
/**
 * CIDR block or prefix list.
 */
destination: string, 
/**
 * The name of what it leads to; `local` for the VPC itself.
 */
target: string, 
/**
 * The address of the same, where the document has it.
 */
targetComponent: string | null, 
/**
 * Whether its target is gone (R2.14).
 */
blackhole: boolean, 
/**
 * Whether AWS adds it: a local route, or the route of a gateway endpoint.
 */
addedByAws: boolean, 
/**
 * Pointer into the document.
 */
pointer: string | null, };

/**
 * A route table.
 */
export type RouteTableBox = { 
/**
 * Its address, `routeTable/name`.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether it is the main table of its VPC.
 */
main: boolean, 
/**
 * Its first routes: local ones, then those of the document, then those of gateway endpoints.
 */
routes: Array<RouteRow>, 
/**
 * How many more there are.
 */
more: number, };

/**
 * A rule of a network ACL or security group.
 */
export type RuleRow = { 
/**
 * Its number in a network ACL.
 */
number: number | null, 
/**
 * Whether it allows.
 */
allow: boolean, 
/**
 * `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `all`.
 */
protocol: string, 
/**
 * `443` or `1024-65535`; empty for all.
 */
ports: string, 
/**
 * The other side: CIDR block, security group, prefix list.
 */
peer: string, 
/**
 * Pointer into the document.
 */
pointer: string | null, };

/**
 * A security group.
 */
export type SecurityGroupBox = { 
/**
 * Its address, `securityGroup/name`.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its first inbound rules.
 */
ingress: Array<RuleRow>, 
/**
 * Its first outbound rules.
 */
egress: Array<RuleRow>, };

/**
 * How bad a problem is.
 */
export type Severity = "error" | "warning" | "note";

/**
 * How much of the traffic.
 */
export type Share = "all" | "some";

/**
 * Where a part of the document stands in a file.
 */
export type SourcePlace = { 
/**
 * Pointer into the document: a component, a route, a rule.
 */
pointer: string, 
/**
 * The file's name.
 */
file: string, 
/**
 * Line, from 1.
 */
line: number, 
/**
 * Column, from 1.
 */
column: number, 
/**
 * The resource's logical id or address.
 */
name: string, };

/**
 * A subnet.
 */
export type SubnetBox = { 
/**
 * Its address, `subnet/name`.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * CIDR blocks, IPv4 first.
 */
cidrs: Array<string>, 
/**
 * Whether its route table has a route to an internet gateway (R1.24).
 */
public: boolean, 
/**
 * The address of its route table in [`VpcBox::route_tables`].
 */
routeTable: string, 
/**
 * Whether the table is associated explicitly, not as the main table (R2.1).
 */
routeTableIsExplicit: boolean, 
/**
 * The address of its network ACL in [`VpcBox::network_acls`].
 */
networkAcl: string, 
/**
 * What is inside, in the order in which a packet meets it.
 */
cards: Array<Card>, };

/**
 * What a person sees.
 */
export type Symptom = { 
/**
 * Log lines in Lambda's older text form, as printed.
 */
log: Array<string>, 
/**
 * Log lines in the newer form, where it differs.
 */
logNew: Array<string>, 
/**
 * What the caller gets.
 */
caller: string, 
/**
 * The same in the newer form, where it differs.
 */
callerNew: string, 
/**
 * What happens, in words.
 */
message: string, 
/**
 * Seconds until it shows.
 */
seconds: number | null, };

/**
 * A document, or a difference of two, in another language.
 */
export type TakenAway = { 
/**
 * What to deploy, to run or to keep.
 */
text: string, 
/**
 * JSON Pointers to what the text does not say.
 */
leftOut: Array<string>, };

/**
 * A JSON value whose objects keep their keys in the order in which the person wrote them.
 *
 * `serde_json` has the same behind its feature `preserve_order`, which a build has for all of its crates or for none:
 * it would change how the engine writes policies, and bring a hash map into its module.
 */
export type Value = unknown;

/**
 * What becomes of the traffic; the same words in JSON, on the command line and in the page.
 */
export type Verdict = "succeeds" | "timesOut" | "intermittent" | "nameNotResolved" | "refused" | "accessDenied" | "redirected" | "neverStarts" | "undetermined";

/**
 * A VPC.
 */
export type VpcBox = { 
/**
 * Its address, `vpc/name`.
 */
component: string, 
/**
 * Its name.
 */
name: string, 
/**
 * CIDR blocks, the primary one first.
 */
cidrs: Array<string>, 
/**
 * Whether the Amazon resolver answers (R1.8).
 */
dnsSupport: boolean, 
/**
 * Whether names of the VPC exist (R1.8, R1.9).
 */
dnsHostnames: boolean, 
/**
 * Custom DNS servers.
 */
dnsServers: Array<string>, 
/**
 * Availability Zones by name.
 */
zones: Array<ZoneBox>, 
/**
 * What stands on the border: gateways, gateway endpoints, links to elsewhere.
 */
doors: Array<Card>, 
/**
 * Route tables.
 */
routeTables: Array<RouteTableBox>, 
/**
 * Network ACLs.
 */
networkAcls: Array<NetworkAclBox>, 
/**
 * Security groups.
 */
securityGroups: Array<SecurityGroupBox>, };

/**
 * Why a check has no cure.
 */
export type WhyNone = "succeeds" | "asExpected" | "mustStayClosed" | "nothingCloses" | "undetermined" | "question" | "notRunning" | "destination" | "noSuchDestination" | "request" | "permissions" | "notSigned" | "requestDenied" | "noneFound" | "searchEnded";

/**
 * How much work a cure is.
 */
export type Work = "small" | "medium" | "large";

/**
 * An Availability Zone.
 */
export type ZoneBox = { 
/**
 * Its name; empty when not given.
 */
name: string, 
/**
 * Its subnets: public ones first, then in the order of the document.
 */
subnets: Array<SubnetBox>, };
