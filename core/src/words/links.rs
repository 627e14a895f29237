//! The page of AWS's documentation behind each decision: the sources of the rules.

use crate::fact::{Fact, Missing, PrivateRange};
use crate::network::InterfaceRole;
use crate::policy::LayerKind;
use crate::query::Family;
use crate::verdict::ReasonCode;

const EXPLANATION_CODES: &str = "https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html";
const LAMBDA_VPC: &str = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html";
const LAMBDA_STATES: &str = "https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html";
const LAMBDA_NETWORKING: &str = "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-networking.html";
const AMAZON_DNS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html";
const DHCP_OPTIONS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html";
const HOSTED_ZONES: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html";
const DNS_FIREWALL: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-actions.html";
const DNS_FIREWALL_RULES: &str =
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-settings.html";
const RESOLVER_RULES: &str = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-overview-forward-vpc-to-network-using-rules.html";
const INTERFACE_ENDPOINT: &str =
    "https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html";
const S3_INTERFACE_ENDPOINT: &str =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html";
const GATEWAY_ENDPOINT: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html";
const S3_GATEWAY_ENDPOINT: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html";
const ENDPOINT_POLICY: &str = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html";
const POLICY_EVALUATION: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html";
const S3_ACCESS_DENIED: &str = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html";
const S3_BLOCK_PUBLIC_ACCESS: &str =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
const SECURITY_GROUPS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html";
const NETWORK_ACLS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html";
const ROUTE_TABLES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html";
const ROUTE_PRIORITY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html";
const ROUTE_STATE: &str = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html";
const GATEWAY_ROUTE_TABLES: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html";
const SUBNET_SIZING: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html";
const INTERNET_GATEWAY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html";
const EGRESS_ONLY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html";
const BLOCK_PUBLIC_ACCESS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html";
const NAT_GATEWAY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html";
const NAT_GATEWAY_BASICS: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html";
const NAT_GATEWAY_TROUBLE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html";
const REGIONAL_NAT_GATEWAY: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html";
const NAT_INSTANCE: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html";
const NAT64: &str = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html";
const FARGATE_NETWORKING: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html";
const CODE_BUILD_VPC: &str = "https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html";
const S3_ERRORS: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
const S3_OWNERSHIP: &str =
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html";
const S3_COPY: &str = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html";
const PRIVATE_APIS: &str = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html";

/// The page of AWS's documentation that explains a reason code.
pub fn code_link(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::BadState => NAT_GATEWAY_TROUBLE,
        ReasonCode::BadStateAttachment | ReasonCode::IgwPublicIpAssociationForEgress => INTERNET_GATEWAY,
        ReasonCode::BadStateRoute => ROUTE_STATE,
        ReasonCode::NoRouteToDestination => ROUTE_PRIORITY,
        ReasonCode::MoreSpecificRoute | ReasonCode::HigherPriorityRoute | ReasonCode::EndpointNotAssociated => {
            GATEWAY_ENDPOINT
        }
        ReasonCode::IgwDestinationAddressNotInRfc1918Egress
        | ReasonCode::IgwDestinationAddressNotInRfc6598Egress
        | ReasonCode::IgwNatReflection
        | ReasonCode::EniAddressRestriction
        | ReasonCode::VpceGatewayProtocolRestriction
        | ReasonCode::NoPossibleDestination
        | ReasonCode::DisconnectedVpcs
        | ReasonCode::UnknownResource
        | ReasonCode::UnknownDestination => EXPLANATION_CODES,
        ReasonCode::VpcBlockPublicAccessEnabled => BLOCK_PUBLIC_ACCESS,
        ReasonCode::SgHasNoRules | ReasonCode::EniSgRulesMismatch => SECURITY_GROUPS,
        ReasonCode::SubnetAclRestriction => NETWORK_ACLS,
        ReasonCode::EniSourceDestCheckRestriction => NAT_INSTANCE,
        ReasonCode::ProtocolRestriction => NAT_GATEWAY_BASICS,
        ReasonCode::RegionalNgwRouteAzRestriction => REGIONAL_NAT_GATEWAY,
        ReasonCode::RoutingLoop => NAT_GATEWAY_TROUBLE,
        ReasonCode::AsymmetricStatefulPath => GATEWAY_ROUTE_TABLES,
        ReasonCode::AddressFamilyMismatch
        | ReasonCode::NameNotCoveredByEndpoint
        | ReasonCode::PrivateDnsNotInEffect => S3_INTERFACE_ENDPOINT,
        ReasonCode::DnsSupportDisabled => AMAZON_DNS,
        ReasonCode::DnsServerUnreachable => DHCP_OPTIONS,
        ReasonCode::NameNotResolved => HOSTED_ZONES,
        ReasonCode::PrivateDnsCapturesPublicApi => PRIVATE_APIS,
        ReasonCode::PortNotListening => LAMBDA_NETWORKING,
        ReasonCode::BucketInAnotherRegion => S3_ERRORS,
        ReasonCode::CrossRegionCopyNotSupported => S3_COPY,
        ReasonCode::AccessControlListNotSupported => S3_OWNERSHIP,
        ReasonCode::FunctionNotActive | ReasonCode::SubnetOutOfAddresses => LAMBDA_STATES,
        ReasonCode::FunctionCannotCreateEni => LAMBDA_VPC,
        ReasonCode::EndpointPolicyDenies => ENDPOINT_POLICY,
        ReasonCode::S3BlockPublicAccessDenies => S3_BLOCK_PUBLIC_ACCESS,
        ReasonCode::BucketPolicyDenies
        | ReasonCode::IdentityPolicyDenies
        | ReasonCode::PermissionsBoundaryDenies
        | ReasonCode::ServiceControlPolicyDenies
        | ReasonCode::ResourceControlPolicyDenies
        | ReasonCode::SessionPolicyDenies
        | ReasonCode::AccessPointPolicyDenies
        | ReasonCode::KeyPolicyDenies
        | ReasonCode::PolicyUndetermined => POLICY_EVALUATION,
    }
}

/// The page that explains the decision.
pub(super) fn link(fact: &Fact) -> &'static str {
    if !fact.is_worded() {
        return "";
    }
    match fact {
        Fact::Starts { role } => match role {
            InterfaceRole::Function => LAMBDA_VPC,
            InterfaceRole::Task => FARGATE_NETWORKING,
            InterfaceRole::CodeBuildProject => CODE_BUILD_VPC,
            InterfaceRole::NatGateway(_) => NAT_GATEWAY,
            InterfaceRole::VpcEndpoint(_) => INTERFACE_ENDPOINT,
            InterfaceRole::Instance | InterfaceRole::Bare => ROUTE_TABLES,
        },
        Fact::StartsOutsideVpc | Fact::NotInVpc | Fact::WorkloadLacksFamily { .. } => LAMBDA_VPC,
        Fact::NotStarted { .. } | Fact::OutOfAddresses { .. } => LAMBDA_STATES,
        Fact::CannotCreateInterfaces { .. } => LAMBDA_VPC,
        Fact::PolicyAllows { .. } => POLICY_EVALUATION,
        Fact::PolicyDenies(denial) => match denial.permission.layer {
            LayerKind::GatewayEndpoint | LayerKind::InterfaceEndpoint => ENDPOINT_POLICY,
            LayerKind::BlockPublicAccess => S3_BLOCK_PUBLIC_ACCESS,
            _ => S3_ACCESS_DENIED,
        },
        Fact::NoNameNeeded | Fact::ResolvesPublicly { .. } | Fact::DnsSupportDisabled { .. } => AMAZON_DNS,
        Fact::ResolvesToEndpoint { .. } => INTERFACE_ENDPOINT,
        Fact::ResolvesInZone { .. } | Fact::ZoneHasNoRecord { .. } => HOSTED_ZONES,
        Fact::DnsFirewallBlocks { .. } => DNS_FIREWALL,
        Fact::AsksDnsServer { .. } | Fact::DnsServersUnreachable { .. } => DHCP_OPTIONS,
        Fact::NoAddressOfFamily { .. } | Fact::NameNotCovered { .. } | Fact::PrivateDnsNotInEffect { .. } => {
            S3_INTERFACE_ENDPOINT
        }
        Fact::PublicApiCaptured { .. } => PRIVATE_APIS,
        Fact::SecurityGroupAllows { .. }
        | Fact::SecurityGroupHasNoRules { .. }
        | Fact::SecurityGroupMismatch { .. } => SECURITY_GROUPS,
        Fact::NetworkAclRule { .. } | Fact::NetworkAclNoMatch { .. } => NETWORK_ACLS,
        Fact::SameSubnet | Fact::ReplyTakesAnotherWay { .. } | Fact::ApplianceForwards => GATEWAY_ROUTE_TABLES,
        Fact::RouteSelected { local: true, .. } => ROUTE_TABLES,
        Fact::RouteSelected { local: false, .. } | Fact::NoRoute => ROUTE_PRIORITY,
        Fact::RouteBlackhole { .. } => ROUTE_STATE,
        Fact::AddressInNoSubnet { .. } => SUBNET_SIZING,
        Fact::EndpointNotAssociated { .. } | Fact::EndpointRouteBeaten { .. } => GATEWAY_ENDPOINT,
        Fact::GatewayEndpointForwards { .. } => S3_GATEWAY_ENDPOINT,
        Fact::InterfaceEndpointForwards { .. } => INTERFACE_ENDPOINT,
        Fact::RoutingLoop => NAT_GATEWAY_TROUBLE,
        Fact::NoPublicAddress { role, .. } => match role {
            InterfaceRole::Function => LAMBDA_VPC,
            InterfaceRole::NatGateway(_) => NAT_GATEWAY,
            InterfaceRole::Task => FARGATE_NETWORKING,
            InterfaceRole::CodeBuildProject => CODE_BUILD_VPC,
            InterfaceRole::Instance | InterfaceRole::Bare | InterfaceRole::VpcEndpoint(_) => INTERNET_GATEWAY,
        },
        Fact::InternetGatewayForwards { .. } | Fact::GatewayNotAttached => INTERNET_GATEWAY,
        Fact::PrivateDestination { range: PrivateRange::Rfc1918 | PrivateRange::Rfc6598 }
        | Fact::InternetGatewayReflection { .. }
        | Fact::ProtocolNotCarried { gateway_endpoint: true, .. } => EXPLANATION_CODES,
        Fact::PublicAccessBlocked { .. } => BLOCK_PUBLIC_ACCESS,
        Fact::EgressOnlyForwards | Fact::FamilyNotCarried { family: Family::Ipv4 } => EGRESS_ONLY,
        Fact::FamilyNotCarried { family: Family::Ipv6 } => NAT64,
        Fact::ProtocolNotCarried { gateway_endpoint: false, .. } => NAT_GATEWAY_BASICS,
        Fact::BadState { .. } => NAT_GATEWAY_TROUBLE,
        Fact::NatGatewayTranslates { .. } => NAT_GATEWAY,
        Fact::ZoneNotServed { .. } => REGIONAL_NAT_GATEWAY,
        Fact::SourceDestCheck | Fact::NatInstanceTranslates | Fact::DoesNotForward => NAT_INSTANCE,
        Fact::ServiceAnswers { .. } | Fact::InternetAnswers { .. } | Fact::InterfaceAnswers => LAMBDA_NETWORKING,
        Fact::RedirectsToRegion { .. } => S3_ERRORS,
        Fact::CopyRefused { .. } => S3_COPY,
        Fact::ListNotSupported => S3_OWNERSHIP,
        Fact::PortNotListening { .. } => LAMBDA_NETWORKING,
        Fact::NotKnown(missing) => match missing {
            Missing::Operation(_) => ENDPOINT_POLICY,
            Missing::Permission { .. } => POLICY_EVALUATION,
            Missing::PrefixListChoice(_) => ROUTE_PRIORITY,
            Missing::PrefixListEntries(_) => GATEWAY_ENDPOINT,
            Missing::DnsAnswer(_) => DHCP_OPTIONS,
            Missing::DnsFirewall { .. } => DNS_FIREWALL_RULES,
            Missing::ResolverRule { .. } => RESOLVER_RULES,
            Missing::Guest(_) => NAT_INSTANCE,
            Missing::ApiKind(_) => PRIVATE_APIS,
            Missing::Section(_)
            | Missing::Resource(_)
            | Missing::Link(_)
            | Missing::OwnerOfAddress(_)
            | Missing::AddressesOfHost(_)
            | Missing::ClientOption(_)
            | Missing::Component(_)
            | Missing::Unreadable(_)
            | Missing::TooManyParts => EXPLANATION_CODES,
        },
    }
}
