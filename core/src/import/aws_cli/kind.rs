//! Which answers there are, how each is recognised, and where its items are collected.

use serde::Deserialize;

use super::answers;

/// An item with the file that it stands in.
#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    pub(super) item: T,
    /// Position of the file.
    pub(super) file: usize,
}

/// Reads the items of one list, whatever their type.
pub(super) trait ListReader<'a> {
    fn read<T: Deserialize<'a>>(&mut self, list: &mut Vec<Found<T>>);
}

/// Declares the lists once: the key in the answer, the call, and where the items are collected.
macro_rules! lists {
    ($($variant:ident: $item:ident in $field:ident = $key:literal, $call:literal;)*) => {
        /// A list of items that an answer holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum ListKind { $($variant,)* }

        impl ListKind {
            const ALL: &'static [ListKind] = &[$(ListKind::$variant,)*];

            /// The key in the answer.
            pub(super) fn key(self) -> &'static str {
                match self { $(ListKind::$variant => $key,)* }
            }

            /// The call.
            pub(super) fn call(self) -> &'static str {
                match self { $(ListKind::$variant => $call,)* }
            }
        }

        /// The items of every file.
        #[derive(Debug, Default)]
        pub(super) struct Lists<'a> { $(pub(super) $field: Vec<Found<answers::$item<'a>>>,)* }

        impl<'a> Lists<'a> {
            /// Hands the list of that kind to the reader.
            pub(super) fn read(&mut self, kind: ListKind, reader: &mut impl ListReader<'a>) {
                match kind { $(ListKind::$variant => reader.read(&mut self.$field),)* }
            }
        }
    };
}

lists! {
    Vpcs: Vpc in vpcs = "Vpcs", "ec2 describe-vpcs";
    Subnets: Subnet in subnets = "Subnets", "ec2 describe-subnets";
    RouteTables: RouteTable in route_tables = "RouteTables", "ec2 describe-route-tables";
    InternetGateways: InternetGateway in internet_gateways = "InternetGateways", "ec2 describe-internet-gateways";
    EgressOnlyInternetGateways: EgressOnlyInternetGateway in egress_only_internet_gateways
        = "EgressOnlyInternetGateways", "ec2 describe-egress-only-internet-gateways";
    NatGateways: NatGateway in nat_gateways = "NatGateways", "ec2 describe-nat-gateways";
    Addresses: Address in addresses = "Addresses", "ec2 describe-addresses";
    VpcEndpoints: VpcEndpoint in vpc_endpoints = "VpcEndpoints", "ec2 describe-vpc-endpoints";
    PrefixLists: PrefixList in prefix_lists = "PrefixLists", "ec2 describe-prefix-lists";
    PrefixListEntries: PrefixListEntry in prefix_list_entries = "Entries", "ec2 get-managed-prefix-list-entries";
    SecurityGroups: SecurityGroup in security_groups = "SecurityGroups", "ec2 describe-security-groups";
    SecurityGroupRules: SecurityGroupRule in security_group_rules
        = "SecurityGroupRules", "ec2 describe-security-group-rules";
    NetworkAcls: NetworkAcl in network_acls = "NetworkAcls", "ec2 describe-network-acls";
    NetworkInterfaces: NetworkInterface in network_interfaces
        = "NetworkInterfaces", "ec2 describe-network-interfaces";
    Instances: Instance in instances = "Instances", "ec2 describe-instances";
    Reservations: Reservation in reservations = "Reservations", "ec2 describe-instances";
    VpcPeeringConnections: VpcPeeringConnection in vpc_peering_connections
        = "VpcPeeringConnections", "ec2 describe-vpc-peering-connections";
    TransitGateways: TransitGateway in transit_gateways = "TransitGateways", "ec2 describe-transit-gateways";
    VpnGateways: VpnGateway in vpn_gateways = "VpnGateways", "ec2 describe-vpn-gateways";
    CarrierGateways: CarrierGateway in carrier_gateways = "CarrierGateways", "ec2 describe-carrier-gateways";
    LocalGateways: LocalGateway in local_gateways = "LocalGateways", "ec2 describe-local-gateways";
    DhcpOptions: DhcpOptions in dhcp_options = "DhcpOptions", "ec2 describe-dhcp-options";
    BlockPublicAccessExclusions: BlockPublicAccessExclusion in block_public_access_exclusions
        = "VpcBlockPublicAccessExclusions", "ec2 describe-vpc-block-public-access-exclusions";
    Functions: Function in functions = "Functions", "lambda list-functions";
    CapacityProviders: CapacityProvider in capacity_providers = "CapacityProviders", "lambda list-capacity-providers";
    Roles: Role in roles = "RoleDetailList", "iam get-account-authorization-details";
    ManagedPolicies: ManagedPolicy in managed_policies = "Policies", "iam get-account-authorization-details";
    AttachedPolicies: AttachedPolicy in attached_policies
        = "AttachedPolicies", "iam list-attached-role-policies";
    Buckets: Bucket in buckets = "Buckets", "s3api list-buckets";
    HostedZones: HostedZoneSummary in hosted_zones = "HostedZoneSummaries", "route53 list-hosted-zones-by-vpc";
    ResourceRecordSets: ResourceRecordSet in resource_record_sets
        = "ResourceRecordSets", "route53 list-resource-record-sets";
    ResolverRules: ResolverRule in resolver_rules = "ResolverRules", "route53resolver list-resolver-rules";
    ResolverRuleAssociations: ResolverRuleAssociation in resolver_rule_associations
        = "ResolverRuleAssociations", "route53resolver list-resolver-rule-associations";
    FirewallRuleGroupAssociations: FirewallRuleGroupAssociation in firewall_rule_group_associations
        = "FirewallRuleGroupAssociations", "route53resolver list-firewall-rule-group-associations";
    FirewallRules: FirewallRule in firewall_rules = "FirewallRules", "route53resolver list-firewall-rules";
}

impl ListKind {
    /// The kind of list with that key.
    pub(super) fn of_key(key: &str) -> Option<ListKind> {
        ListKind::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// The kind of list that a label names: a key in another style (`network_acls`), a command
    /// (`ec2-describe-network-acls`), or a file name (`prod/NetworkAcls.json`).
    pub(super) fn of_label(label: &str) -> Option<ListKind> {
        let label = plain(command_of(label));
        let is = |name: &str| plain(name) == label;
        let named = ListKind::ALL.iter().copied().find(|kind| {
            let noun = kind.call().split_once(' ').map_or("", |(_, command)| noun_of(command));
            is(kind.key()) || is(noun)
        });
        named.or_else(|| is("managed-prefix-lists").then_some(ListKind::PrefixLists))
    }

    /// The kind of a list whose items have those keys, for answers cut out with `--query`.
    pub(super) fn of_item(keys: &[&str]) -> Option<ListKind> {
        let has = |key: &str| keys.contains(&key);
        let has_any = |some: &[&str]| some.iter().any(|key| has(key));
        use ListKind::*;
        // What refers to many other things comes before what it refers to.
        Some(if has("Instances") {
            Reservations
        } else if has("SecurityGroupRuleId") {
            SecurityGroupRules
        } else if has("VpcEndpointId") && has_any(&["ServiceName", "VpcEndpointType"]) {
            VpcEndpoints
        } else if has("NatGatewayId") && has_any(&["NatGatewayAddresses", "State", "SubnetId"]) {
            NatGateways
        } else if has("RouteTableId") && has_any(&["Routes", "Associations"]) {
            RouteTables
        } else if has("NetworkAclId") && has_any(&["Entries", "Associations"]) {
            NetworkAcls
        } else if has("GroupId") && has_any(&["IpPermissions", "IpPermissionsEgress"]) {
            SecurityGroups
        } else if has("PublicIp") && has("AllocationId") {
            Addresses
        } else if has("InstanceId") && has_any(&["ImageId", "InstanceType", "SubnetId"]) {
            Instances
        } else if has("NetworkInterfaceId") && has_any(&["InterfaceType", "SubnetId", "PrivateIpAddress"]) {
            NetworkInterfaces
        } else if has("SubnetId") && has_any(&["CidrBlock", "AvailabilityZone"]) {
            Subnets
        } else if has("EgressOnlyInternetGatewayId") && has("Attachments") {
            EgressOnlyInternetGateways
        } else if has("InternetGatewayId") && has("Attachments") {
            InternetGateways
        } else if has("VpcPeeringConnectionId") && has("Status") {
            VpcPeeringConnections
        } else if has("VpnGatewayId") && has("VpcAttachments") {
            VpnGateways
        } else if has("CarrierGatewayId") && has("VpcId") {
            CarrierGateways
        } else if has("TransitGatewayId") && has("Options") && !has("TransitGatewayAttachmentId") {
            TransitGateways
        } else if has("DhcpOptionsId") && has("DhcpConfigurations") {
            DhcpOptions
        } else if has("ExclusionId") && has("InternetGatewayExclusionMode") {
            BlockPublicAccessExclusions
        } else if has("PrefixListId") && has("PrefixListName") {
            PrefixLists
        } else if has("FunctionName") && has_any(&["Role", "FunctionArn"]) {
            Functions
        } else if has("CapacityProviderArn") && has("VpcConfig") {
            CapacityProviders
        } else if has("VpcId") && has("CidrBlock") {
            Vpcs
        } else if has("HostedZoneId") && has("Name") {
            HostedZones
        } else if has("Cidr") {
            PrefixListEntries
        } else if has("Name") && has_any(&["CreationDate", "BucketRegion"]) {
            Buckets
        } else {
            return None;
        })
    }
}

/// Keys of answers that do not matter here yet, with their calls.
pub(super) fn unused_call(key: &str) -> Option<&'static str> {
    Some(match key {
        "AvailabilityZones" => "ec2 describe-availability-zones",
        "CustomerGateways" => "ec2 describe-customer-gateways",
        "EnableNetworkAddressUsageMetrics" => "ec2 describe-vpc-attribute --attribute enableNetworkAddressUsageMetrics",
        "TransitGatewayAttachments" => "ec2 describe-transit-gateway-attachments",
        "TransitGatewayVpcAttachments" => "ec2 describe-transit-gateway-vpc-attachments",
        "TransitGatewayPeeringAttachments" => "ec2 describe-transit-gateway-peering-attachments",
        "TransitGatewayRouteTables" => "ec2 describe-transit-gateway-route-tables",
        "TransitGatewayRouteTablePropagations" => "ec2 get-transit-gateway-route-table-propagations",
        "TransitGatewayPrefixListReferences" => "ec2 get-transit-gateway-prefix-list-references",
        "Associations" => "ec2 get-transit-gateway-route-table-associations",
        "Routes" => "ec2 search-transit-gateway-routes",
        "VpnConnections" => "ec2 describe-vpn-connections",
        "FlowLogs" => "ec2 describe-flow-logs",
        "ServiceDetails" | "ServiceNames" => "ec2 describe-vpc-endpoint-services",
        "Firewall" => "network-firewall describe-firewall",
        "Firewalls" => "network-firewall list-firewalls",
        "FirewallPolicy" => "network-firewall describe-firewall-policy",
        "RuleGroup" => "network-firewall describe-rule-group",
        "LoadBalancers" => "elbv2 describe-load-balancers",
        "Grants" => "s3api get-bucket-acl",
        "PolicyStatus" => "s3api get-bucket-policy-status",
        "QueryInfo" => "configservice select-resource-config",
        "HostedZone" => "route53 get-hosted-zone",
        "HostedZones" => "route53 list-hosted-zones",
        _ => return None,
    })
}

/// The last part of a label without folders, service and ending: `prod/ec2-describe-vpcs.json` gives `vpcs`.
fn command_of(label: &str) -> &str {
    let name = label.rsplit(['/', '\\']).next().unwrap_or(label);
    let name = name.split('.').next().unwrap_or(name);
    let name = name.strip_prefix("aws-").unwrap_or(name);
    let name = [
        "ec2-",
        "ec2_",
        "ec2 ",
        "lambda-",
        "lambda ",
        "s3api-",
        "s3api ",
        "route53resolver-",
        "route53resolver ",
        "route53-",
        "route53 ",
        "iam-",
        "iam ",
    ]
    .iter()
    .find_map(|service| name.strip_prefix(service))
    .unwrap_or(name);
    noun_of(name)
}

/// A command without its verb: `describe-vpcs` gives `vpcs`.
fn noun_of(command: &str) -> &str {
    ["describe-", "describe_", "list-", "get-"].iter().find_map(|verb| command.strip_prefix(verb)).unwrap_or(command)
}

/// Lower-case letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::ListKind;

    #[test]
    fn labels_of_every_style_name_a_kind() {
        for (label, kind) in [
            ("network_acls", ListKind::NetworkAcls),
            ("ec2-describe-network-acls", ListKind::NetworkAcls),
            ("123456789012/eu-west-1/NetworkAcls.json", ListKind::NetworkAcls),
            ("describe-managed-prefix-lists.json", ListKind::PrefixLists),
            ("describe-instances", ListKind::Instances),
            ("lambda-list-functions.json", ListKind::Functions),
            ("list-resource-record-sets", ListKind::ResourceRecordSets),
            ("describe_route_tables.prod.json", ListKind::RouteTables),
        ] {
            assert_eq!(ListKind::of_label(label), Some(kind), "{label}");
        }
        assert_eq!(ListKind::of_label("configuration.json"), None);
    }
}
