//! The answers of the AWS CLI: the fields that decide reachability, as AWS names them.
//! Source: the API references of Amazon EC2, AWS Lambda, Amazon S3 and Amazon Route 53.

use serde::Deserialize;

use super::scalar::{List, StateOf, Text, Unread};

/// Declares items: PascalCase, every field optional, unknown fields skipped, texts borrowed.
macro_rules! answers {
    ($($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
            #[serde(rename_all = "PascalCase", default, bound(deserialize = "'de: 'a"))]
            pub(super) struct $name<'a> { $($(#[$meta])* pub(super) $field: $type,)* }
        )*
    };
}

answers! {
    Vpc {
        vpc_id: Text<'a>,
        cidr_block: Text<'a>,
        cidr_block_association_set: List<CidrBlockAssociation<'a>>,
        ipv6_cidr_block_association_set: List<Ipv6CidrBlockAssociation<'a>>,
        dhcp_options_id: Text<'a>,
        is_default: Option<bool>,
        block_public_access_states: Option<BlockPublicAccessStates<'a>>,
    }
    CidrBlockAssociation {
        cidr_block: Text<'a>,
        cidr_block_state: StateOf<'a>,
    }
    Ipv6CidrBlockAssociation {
        ipv6_cidr_block: Text<'a>,
        ipv6_cidr_block_state: StateOf<'a>,
    }
    BlockPublicAccessStates {
        internet_gateway_block_mode: Text<'a>,
    }
    Subnet {
        subnet_id: Text<'a>,
        vpc_id: Text<'a>,
        cidr_block: Text<'a>,
        ipv6_cidr_block_association_set: List<Ipv6CidrBlockAssociation<'a>>,
        availability_zone: Text<'a>,
        availability_zone_id: Text<'a>,
        map_public_ip_on_launch: Option<bool>,
        available_ip_address_count: Option<u32>,
        enable_dns64: Option<bool>,
        block_public_access_states: Option<BlockPublicAccessStates<'a>>,
    }
    RouteTable {
        route_table_id: Text<'a>,
        vpc_id: Text<'a>,
        routes: List<Route<'a>>,
        associations: List<RouteTableAssociation<'a>>,
    }
    RouteTableAssociation {
        main: Option<bool>,
        subnet_id: Text<'a>,
        gateway_id: Text<'a>,
        association_state: StateOf<'a>,
    }
    Route {
        destination_cidr_block: Text<'a>,
        destination_ipv6_cidr_block: Text<'a>,
        destination_prefix_list_id: Text<'a>,
        gateway_id: Text<'a>,
        nat_gateway_id: Text<'a>,
        instance_id: Text<'a>,
        network_interface_id: Text<'a>,
        egress_only_internet_gateway_id: Text<'a>,
        vpc_peering_connection_id: Text<'a>,
        transit_gateway_id: Text<'a>,
        carrier_gateway_id: Text<'a>,
        local_gateway_id: Text<'a>,
        core_network_arn: Text<'a>,
        odb_network_arn: Text<'a>,
        origin: Text<'a>,
        state: Text<'a>,
    }
    InternetGateway {
        internet_gateway_id: Text<'a>,
        attachments: List<Attachment<'a>>,
    }
    EgressOnlyInternetGateway {
        egress_only_internet_gateway_id: Text<'a>,
        attachments: List<Attachment<'a>>,
    }
    Attachment {
        vpc_id: Text<'a>,
        state: Text<'a>,
    }
    NatGateway {
        nat_gateway_id: Text<'a>,
        subnet_id: Text<'a>,
        vpc_id: Text<'a>,
        state: Text<'a>,
        connectivity_type: Text<'a>,
        availability_mode: Text<'a>,
        auto_provision_zones: Text<'a>,
        route_table_id: Text<'a>,
        nat_gateway_addresses: List<NatGatewayAddress<'a>>,
    }
    NatGatewayAddress {
        public_ip: Text<'a>,
        private_ip: Text<'a>,
        allocation_id: Text<'a>,
        network_interface_id: Text<'a>,
        is_primary: Option<bool>,
        status: Text<'a>,
        availability_zone: Text<'a>,
    }
    Address {
        allocation_id: Text<'a>,
        public_ip: Text<'a>,
        network_interface_id: Text<'a>,
        instance_id: Text<'a>,
    }
    VpcEndpoint {
        vpc_endpoint_id: Text<'a>,
        vpc_endpoint_type: Text<'a>,
        vpc_id: Text<'a>,
        service_name: Text<'a>,
        state: Text<'a>,
        policy_document: Unread<'a>,
        route_table_ids: List<Text<'a>>,
        subnet_ids: List<Text<'a>>,
        groups: List<GroupIdentifier<'a>>,
        private_dns_enabled: Option<bool>,
        ip_address_type: Text<'a>,
        dns_options: Option<DnsOptions>,
        network_interface_ids: List<Text<'a>>,
    }
    GroupIdentifier {
        group_id: Text<'a>,
    }
    PrefixList {
        prefix_list_id: Text<'a>,
        prefix_list_name: Text<'a>,
        owner_id: Text<'a>,
        cidrs: List<Text<'a>>,
    }
    PrefixListEntry {
        cidr: Text<'a>,
    }
    SecurityGroup {
        group_id: Text<'a>,
        group_name: Text<'a>,
        vpc_id: Text<'a>,
        ip_permissions: List<IpPermission<'a>>,
        ip_permissions_egress: List<IpPermission<'a>>,
    }
    IpPermission {
        ip_protocol: Text<'a>,
        from_port: Option<i64>,
        to_port: Option<i64>,
        ip_ranges: List<IpRange<'a>>,
        ipv6_ranges: List<Ipv6Range<'a>>,
        prefix_list_ids: List<PrefixListId<'a>>,
        user_id_group_pairs: List<GroupIdentifier<'a>>,
    }
    IpRange {
        cidr_ip: Text<'a>,
    }
    Ipv6Range {
        cidr_ipv6: Text<'a>,
    }
    PrefixListId {
        prefix_list_id: Text<'a>,
    }
    SecurityGroupRule {
        security_group_rule_id: Text<'a>,
        group_id: Text<'a>,
        is_egress: Option<bool>,
        ip_protocol: Text<'a>,
        from_port: Option<i64>,
        to_port: Option<i64>,
        cidr_ipv4: Text<'a>,
        cidr_ipv6: Text<'a>,
        prefix_list_id: Text<'a>,
        referenced_group_info: Option<GroupIdentifier<'a>>,
    }
    NetworkAcl {
        network_acl_id: Text<'a>,
        vpc_id: Text<'a>,
        is_default: Option<bool>,
        associations: List<NetworkAclAssociation<'a>>,
        entries: List<NetworkAclEntry<'a>>,
    }
    NetworkAclAssociation {
        subnet_id: Text<'a>,
    }
    NetworkAclEntry {
        rule_number: Option<u32>,
        egress: Option<bool>,
        rule_action: Text<'a>,
        protocol: Text<'a>,
        cidr_block: Text<'a>,
        ipv6_cidr_block: Text<'a>,
        port_range: Option<PortRange>,
        icmp_type_code: Option<IcmpTypeCode>,
    }
    NetworkInterface {
        network_interface_id: Text<'a>,
        subnet_id: Text<'a>,
        interface_type: Text<'a>,
        status: Text<'a>,
        source_dest_check: Option<bool>,
        groups: List<GroupIdentifier<'a>>,
        private_ip_address: Text<'a>,
        ipv6_addresses: List<Ipv6Address<'a>>,
        association: Option<Association<'a>>,
        attachment: Option<InterfaceAttachment<'a>>,
    }
    Ipv6Address {
        ipv6_address: Text<'a>,
    }
    Association {
        public_ip: Text<'a>,
    }
    InterfaceAttachment {
        instance_id: Text<'a>,
        device_index: Option<i64>,
    }
    Reservation {
        instances: List<Instance<'a>>,
    }
    Instance {
        instance_id: Text<'a>,
        state: Option<InstanceState<'a>>,
        subnet_id: Text<'a>,
        source_dest_check: Option<bool>,
        private_ip_address: Text<'a>,
        public_ip_address: Text<'a>,
        security_groups: List<GroupIdentifier<'a>>,
        network_interfaces: List<NetworkInterface<'a>>,
        iam_instance_profile: Option<InstanceProfile<'a>>,
    }
    InstanceState {
        name: Text<'a>,
    }
    VpcPeeringConnection {
        vpc_peering_connection_id: Text<'a>,
        status: Option<PeeringStatus<'a>>,
        requester_vpc_info: Option<PeeringVpc<'a>>,
    }
    PeeringStatus {
        code: Text<'a>,
    }
    PeeringVpc {
        vpc_id: Text<'a>,
    }
    TransitGateway {
        transit_gateway_id: Text<'a>,
        state: Text<'a>,
    }
    VpnGateway {
        vpn_gateway_id: Text<'a>,
        state: Text<'a>,
        vpc_attachments: List<Attachment<'a>>,
    }
    CarrierGateway {
        carrier_gateway_id: Text<'a>,
        vpc_id: Text<'a>,
        state: Text<'a>,
    }
    LocalGateway {
        local_gateway_id: Text<'a>,
        state: Text<'a>,
    }
    DhcpOptions {
        dhcp_options_id: Text<'a>,
        dhcp_configurations: List<DhcpConfiguration<'a>>,
    }
    DhcpConfiguration {
        key: Text<'a>,
        values: List<AttributeValue<'a>>,
    }
    AttributeValue {
        value: Text<'a>,
    }
    BlockPublicAccessExclusion {
        exclusion_id: Text<'a>,
        resource_arn: Text<'a>,
        internet_gateway_exclusion_mode: Text<'a>,
        state: Text<'a>,
    }
    Function {
        function_name: Text<'a>,
        function_arn: Text<'a>,
        version: Text<'a>,
        role: Text<'a>,
        runtime: Text<'a>,
        timeout: Option<u32>,
        state: Text<'a>,
        state_reason_code: Text<'a>,
        last_update_status: Text<'a>,
        last_update_status_reason_code: Text<'a>,
        vpc_config: Option<VpcConfig<'a>>,
        capacity_provider_config: Option<CapacityProviderConfig<'a>>,
    }
    VpcConfig {
        subnet_ids: List<Text<'a>>,
        security_group_ids: List<Text<'a>>,
        ipv6_allowed_for_dual_stack: Option<bool>,
    }
    Role {
        role_name: Text<'a>,
        path: Text<'a>,
        arn: Text<'a>,
        permissions_boundary: Option<PermissionsBoundary<'a>>,
        tags: Option<List<Tag<'a>>>,
        role_policy_list: Option<List<RolePolicy<'a>>>,
        attached_managed_policies: Option<List<AttachedPolicy<'a>>>,
        instance_profile_list: List<InstanceProfile<'a>>,
    }
    PermissionsBoundary {
        permissions_boundary_arn: Text<'a>,
    }
    Tag {
        key: Text<'a>,
        value: Text<'a>,
    }
    RolePolicy {
        role_name: Text<'a>,
        policy_name: Text<'a>,
        policy_document: Unread<'a>,
    }
    AttachedPolicy {
        policy_arn: Text<'a>,
    }
    InstanceProfile {
        arn: Text<'a>,
    }
    ManagedPolicy {
        arn: Text<'a>,
        default_version_id: Text<'a>,
        policy_version_list: List<PolicyVersion<'a>>,
    }
    PolicyVersion {
        document: Unread<'a>,
        version_id: Text<'a>,
        is_default_version: Option<bool>,
    }
    CapacityProviderConfig {
        lambda_managed_instances_capacity_provider_config: Option<ManagedInstancesConfig<'a>>,
    }
    ManagedInstancesConfig {
        capacity_provider_arn: Text<'a>,
    }
    CapacityProvider {
        capacity_provider_arn: Text<'a>,
        vpc_config: Option<VpcConfig<'a>>,
    }
    Bucket {
        name: Text<'a>,
        bucket_region: Text<'a>,
    }
    HostedZoneSummary {
        hosted_zone_id: Text<'a>,
        name: Text<'a>,
        owner: Option<HostedZoneOwner<'a>>,
    }
    HostedZoneOwner {
        owning_service: Text<'a>,
    }
    ResourceRecordSet {
        name: Text<'a>,
        r#type: Text<'a>,
        resource_records: List<AttributeValue<'a>>,
        alias_target: Option<AliasTarget<'a>>,
    }
    AliasTarget {
        #[serde(rename = "DNSName")]
        dns_name: Text<'a>,
    }
    ResolverRule {
        id: Text<'a>,
        domain_name: Text<'a>,
        rule_type: Text<'a>,
    }
    ResolverRuleAssociation {
        resolver_rule_id: Text<'a>,
        #[serde(rename = "VPCId")]
        vpc_id: Text<'a>,
        status: Text<'a>,
    }
    FirewallRuleGroupAssociation {
        firewall_rule_group_id: Text<'a>,
        vpc_id: Text<'a>,
        priority: Option<u32>,
        status: Text<'a>,
    }
    FirewallRule {
        firewall_rule_group_id: Text<'a>,
        firewall_domain_list_id: Text<'a>,
        priority: Option<u32>,
        action: Text<'a>,
        block_response: Text<'a>,
        firewall_domain_redirection_action: Text<'a>,
        qtype: Text<'a>,
    }
    AccessPoint {
        name: Text<'a>,
        bucket: Text<'a>,
        bucket_account_id: Text<'a>,
        access_point_arn: Text<'a>,
        alias: Text<'a>,
        network_origin: Text<'a>,
        vpc_configuration: Option<VpcOfAccessPoint<'a>>,
        public_access_block_configuration: Option<PublicAccessBlock>,
    }
    VpcOfAccessPoint {
        vpc_id: Text<'a>,
    }
    KeyMetadata {
        key_id: Text<'a>,
        arn: Text<'a>,
        key_manager: Text<'a>,
    }
    Encryption {
        rules: List<EncryptionRule<'a>>,
    }
    EncryptionRule {
        apply_server_side_encryption_by_default: Option<EncryptionByDefault<'a>>,
    }
    EncryptionByDefault {
        #[serde(rename = "KMSMasterKeyID")]
        kms_master_key_id: Text<'a>,
    }
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct DnsOptions {
    pub(super) private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct PublicAccessBlock {
    pub(super) block_public_acls: Option<bool>,
    pub(super) ignore_public_acls: Option<bool>,
    pub(super) block_public_policy: Option<bool>,
    pub(super) restrict_public_buckets: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct PortRange {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct IcmpTypeCode {
    pub(super) r#type: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct BooleanValue {
    pub(super) value: Option<bool>,
}
