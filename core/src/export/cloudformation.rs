//! A document as a CloudFormation template.
//!
//! What a template cannot make is written in another way where there is one: a main route table and a default network
//! ACL become explicit ones of all subnets that use them.

use serde_json::{Map, Value, json};

use super::Exported;
use super::names::Names;
use crate::document::{Document, NetworkAclRule, PortText, RouteTable, SecurityGroupRule};

/// The document as a template in JSON.
pub fn cloudformation(document: &Document) -> Exported {
    let mut writer = Writer {
        document,
        names: Names::default(),
        resources: Map::new(),
        left_out: Vec::new(),
        only_vpc: document.vpcs.keys().next().cloned().filter(|_| document.vpcs.len() == 1),
    };
    writer.name_components();
    writer.vpcs();
    writer.subnets();
    writer.gateways();
    writer.route_tables();
    writer.security_groups();
    writer.network_acls();
    writer.vpc_endpoints();
    writer.surroundings();
    writer.workloads();
    writer.note_the_rest();
    let mut template = Map::new();
    template.insert("AWSTemplateFormatVersion".into(), "2010-09-09".into());
    let description = if document.title.is_empty() { &document.description } else { &document.title };
    if !description.is_empty() {
        template.insert("Description".into(), description.chars().take(1024).collect::<String>().into());
    }
    template.insert("Resources".into(), Value::Object(writer.resources));
    let text = serde_json::to_string_pretty(&Value::Object(template)).unwrap_or_default() + "\n";
    writer.left_out.sort();
    writer.left_out.dedup();
    Exported { text, names: writer.names.given, left_out: writer.left_out }
}

struct Writer<'d> {
    document: &'d Document,
    names: Names,
    resources: Map<String, Value>,
    left_out: Vec<String>,
    only_vpc: Option<String>,
}

fn reference(id: &str) -> Value {
    json!({ "Ref": id })
}

fn attribute(id: &str, attribute: &str) -> Value {
    json!({ "Fn::GetAtt": [id, attribute] })
}

impl Writer<'_> {
    /// Components get their names first, so that parts of them do not take those.
    fn name_components(&mut self) {
        let document = self.document;
        let mut all: Vec<(&str, &String)> = Vec::new();
        all.extend(document.vpcs.keys().map(|name| ("vpc", name)));
        all.extend(document.subnets.keys().map(|name| ("subnet", name)));
        all.extend(document.route_tables.keys().map(|name| ("routeTable", name)));
        all.extend(document.internet_gateways.keys().map(|name| ("internetGateway", name)));
        all.extend(document.egress_only_internet_gateways.keys().map(|name| ("egressOnlyInternetGateway", name)));
        all.extend(document.nat_gateways.keys().map(|name| ("natGateway", name)));
        all.extend(document.vpc_endpoints.keys().map(|name| ("vpcEndpoint", name)));
        all.extend(document.security_groups.keys().map(|name| ("securityGroup", name)));
        all.extend(document.network_acls.keys().map(|name| ("networkAcl", name)));
        all.extend(document.prefix_lists.keys().map(|name| ("prefixList", name)));
        all.extend(document.dhcp_options.keys().map(|name| ("dhcpOptions", name)));
        all.extend(document.private_hosted_zones.keys().map(|name| ("privateHostedZone", name)));
        all.extend(document.functions.keys().map(|name| ("function", name)));
        all.extend(document.instances.keys().map(|name| ("instance", name)));
        all.extend(document.network_interfaces.keys().map(|name| ("networkInterface", name)));
        all.extend(document.buckets.keys().map(|name| ("bucket", name)));
        for (kind, name) in all {
            self.names.logical_id(kind, name);
        }
    }

    fn id(&self, kind: &str, name: &str) -> Option<String> {
        let name = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
        self.names.given.get(&[kind, "/", name].concat()).cloned()
    }

    fn add(&mut self, id: &str, of_type: &str, properties: Value) {
        let properties = match properties {
            Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>(),
            _ => Map::new(),
        };
        let mut resource = Map::new();
        resource.insert("Type".into(), of_type.into());
        if !properties.is_empty() {
            resource.insert("Properties".into(), Value::Object(properties));
        }
        self.resources.insert(id.to_owned(), Value::Object(resource));
    }

    fn leave_out(&mut self, section: &str, name: &str, rest: &str) {
        let step = name.replace('~', "~0").replace('/', "~1");
        self.left_out.push(["/", section, "/", &step, rest].concat());
    }

    fn vpc(&self, named: Option<&str>) -> Value {
        let name = named.or(self.only_vpc.as_deref());
        name.and_then(|name| self.id("vpc", name)).map_or(Value::Null, |id| reference(&id))
    }

    fn vpc_of_subnet(&self, name: &str) -> Option<String> {
        let subnet = self.document.subnets.get(name)?;
        subnet.vpc.clone().or_else(|| self.only_vpc.clone())
    }

    fn subnet_references(&mut self, section: &str, owner: &str, subnets: &[String]) -> Value {
        let mut list = Vec::new();
        for name in subnets {
            match self.id("subnet", name) {
                Some(id) => list.push(reference(&id)),
                None => self.leave_out(section, owner, "/subnets"),
            }
        }
        if list.is_empty() { Value::Null } else { Value::Array(list) }
    }

    fn group(&self, name: &str, vpc: Option<&str>) -> Option<Value> {
        let is_default = |name: &str| {
            name == "default" || self.document.security_groups.get(name).is_some_and(|group| group.is_default)
        };
        if is_default(name) {
            let of = self.document.security_groups.get(name).and_then(|group| group.vpc.as_deref());
            let vpc = self.id("vpc", of.or(vpc).or(self.only_vpc.as_deref())?)?;
            return Some(attribute(&vpc, "DefaultSecurityGroup"));
        }
        Some(attribute(&self.id("securityGroup", name)?, "GroupId"))
    }

    fn groups(&mut self, section: &str, owner: &str, groups: &[String], vpc: Option<&str>) -> Value {
        let mut list = Vec::new();
        for name in groups {
            match self.group(name, vpc) {
                Some(group) => list.push(group),
                None => self.leave_out(section, owner, "/securityGroups"),
            }
        }
        if list.is_empty() { Value::Null } else { Value::Array(list) }
    }

    fn vpcs(&mut self) {
        for (name, vpc) in &self.document.vpcs {
            let Some(id) = self.id("vpc", name) else { continue };
            let hostnames = vpc.enable_dns_hostnames.unwrap_or(vpc.is_default);
            let properties = json!({
                "CidrBlock": vpc.cidr.0.first(),
                "EnableDnsSupport": vpc.enable_dns_support.unwrap_or(true),
                "EnableDnsHostnames": hostnames,
            });
            self.add(&id, "AWS::EC2::VPC", properties);
            for block in vpc.cidr.0.iter().skip(1) {
                let part = self.names.fresh(&[&id, "Block"].concat(), "vpc");
                self.add(&part, "AWS::EC2::VPCCidrBlock", json!({ "VpcId": reference(&id), "CidrBlock": block }));
            }
            for _ in vpc.ipv6_cidr.0.iter().take(1) {
                let part = [&id, "Ipv6Block"].concat();
                let properties = json!({ "VpcId": reference(&id), "AmazonProvidedIpv6CidrBlock": true });
                self.add(&part, "AWS::EC2::VPCCidrBlock", properties);
            }
            if let Some(options) = &vpc.dhcp_options {
                match self.id("dhcpOptions", options) {
                    Some(options) => {
                        let part = self.names.fresh(&[&id, "Options"].concat(), "vpc");
                        let properties = json!({ "VpcId": reference(&id), "DhcpOptionsId": reference(&options) });
                        self.add(&part, "AWS::EC2::VPCDHCPOptionsAssociation", properties);
                    }
                    None => self.leave_out("vpcs", name, "/dhcpOptions"),
                }
            }
        }
        for (name, options) in &self.document.dhcp_options {
            if let Some(id) = self.id("dhcpOptions", name) {
                let servers = match options.domain_name_servers.is_empty() {
                    true => vec!["AmazonProvidedDNS".to_owned()],
                    false => options.domain_name_servers.clone(),
                };
                self.add(&id, "AWS::EC2::DHCPOptions", json!({ "DomainNameServers": servers }));
            }
        }
    }

    fn subnets(&mut self) {
        let mut next: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for (name, subnet) in &self.document.subnets {
            let Some(id) = self.id("subnet", name) else { continue };
            let vpc_name = self.vpc_of_subnet(name);
            let vpc = vpc_name.as_deref().and_then(|vpc| self.id("vpc", vpc));
            let ipv6 = match (&subnet.ipv6_cidr, &vpc) {
                (Some(_), Some(vpc)) => {
                    let number = next.entry(vpc.clone()).or_default();
                    *number += 1;
                    let block = json!({ "Fn::Select": [0, attribute(vpc, "Ipv6CidrBlocks")] });
                    json!({ "Fn::Select": [*number - 1, { "Fn::Cidr": [block, 256, 64] }] })
                }
                _ => Value::Null,
            };
            let depends = subnet.ipv6_cidr.as_ref().and(vpc.as_ref()).map(|vpc| [vpc.as_str(), "Ipv6Block"].concat());
            let properties = json!({
                "VpcId": vpc.as_deref().map(reference),
                "CidrBlock": subnet.cidr,
                "Ipv6CidrBlock": ipv6,
                "Ipv6Native": (subnet.cidr.is_none() && subnet.ipv6_cidr.is_some()).then_some(true),
                "AvailabilityZone": subnet.availability_zone,
                "MapPublicIpOnLaunch": subnet.map_public_ip_on_launch.then_some(true),
                "EnableDns64": subnet.enable_dns64.then_some(true),
            });
            self.add(&id, "AWS::EC2::Subnet", properties);
            if let (Some(depends), Some(Value::Object(resource))) = (depends, self.resources.get_mut(&id)) {
                resource.insert("DependsOn".into(), depends.into());
            }
            if subnet.available_ip_address_count.is_some() {
                self.leave_out("subnets", name, "/availableIpAddressCount");
            }
        }
    }

    fn gateways(&mut self) {
        for (name, gateway) in &self.document.internet_gateways {
            let Some(id) = self.id("internetGateway", name) else { continue };
            self.add(&id, "AWS::EC2::InternetGateway", Value::Null);
            if gateway.attached != Some(false) {
                let part = self.names.fresh(&[&id, "Attachment"].concat(), "internetGateway");
                let vpc = self.vpc(gateway.vpc.as_deref());
                let properties = json!({ "VpcId": vpc, "InternetGatewayId": reference(&id) });
                self.add(&part, "AWS::EC2::VPCGatewayAttachment", properties);
            }
        }
        for (name, gateway) in &self.document.egress_only_internet_gateways {
            let Some(id) = self.id("egressOnlyInternetGateway", name) else { continue };
            let vpc = self.vpc(gateway.vpc.as_deref());
            self.add(&id, "AWS::EC2::EgressOnlyInternetGateway", json!({ "VpcId": vpc }));
            if gateway.attached == Some(false) {
                self.leave_out("egressOnlyInternetGateways", name, "/attached");
            }
        }
        for (name, gateway) in &self.document.nat_gateways {
            let Some(id) = self.id("natGateway", name) else { continue };
            let is_regional = gateway.availability_mode.as_deref() == Some("regional");
            let is_private = gateway.connectivity_type.as_deref() == Some("private");
            let mut allocation = Value::Null;
            if !gateway.elastic_ips.is_empty() && !is_private && !is_regional {
                let address = self.names.fresh(&[&id, "Address"].concat(), "natGateway");
                self.add(&address, "AWS::EC2::EIP", json!({ "Domain": "vpc" }));
                allocation = attribute(&address, "AllocationId");
            }
            let subnet = gateway.subnet.as_ref().and_then(|subnet| self.id("subnet", subnet));
            let vpc = if is_regional { self.vpc(gateway.vpc.as_deref()) } else { Value::Null };
            let properties = json!({
                "SubnetId": subnet.as_deref().map(reference),
                "VpcId": vpc,
                "AllocationId": allocation,
                "ConnectivityType": is_private.then_some("private"),
                "AvailabilityMode": is_regional.then_some("regional"),
                "PrivateIpAddress": gateway.private_ip,
            });
            self.add(&id, "AWS::EC2::NatGateway", properties);
            let differs = gateway.state.is_some()
                || gateway.elastic_ips.len() > 1
                || !gateway.availability_zones.is_empty()
                || gateway.route_table.is_some();
            if differs {
                self.leave_out("natGateways", name, "");
            }
        }
    }

    /// Subnets of a VPC that no table or network ACL names.
    fn others(&self, vpc: Option<&str>, named: &[&String]) -> Vec<String> {
        let vpc = vpc.map(str::to_owned).or_else(|| self.only_vpc.clone());
        let subnets = self.document.subnets.keys();
        subnets.filter(|name| !named.contains(name) && self.vpc_of_subnet(name) == vpc).cloned().collect()
    }

    fn route_tables(&mut self) {
        let named: Vec<&String> = self.document.route_tables.values().flat_map(|table| &table.subnets).collect();
        for (name, table) in &self.document.route_tables {
            let Some(id) = self.id("routeTable", name) else { continue };
            let vpc = self.vpc(self.vpc_of_table(table).as_deref());
            self.add(&id, "AWS::EC2::RouteTable", json!({ "VpcId": vpc }));
            let mut subnets = table.subnets.clone();
            if table.main {
                subnets.extend(self.others(self.vpc_of_table(table).as_deref(), &named));
            }
            for subnet in &subnets {
                let Some(subnet) = self.id("subnet", subnet) else {
                    self.leave_out("routeTables", name, "/subnets");
                    continue;
                };
                let part = self.names.fresh(&[&subnet, "RouteTable"].concat(), "association");
                let properties = json!({ "SubnetId": reference(&subnet), "RouteTableId": reference(&id) });
                self.add(&part, "AWS::EC2::SubnetRouteTableAssociation", properties);
            }
            for gateway in &table.gateways {
                let Some(gateway) = self.id("internetGateway", gateway) else {
                    self.leave_out("routeTables", name, "/gateways");
                    continue;
                };
                let part = self.names.fresh(&[&gateway, "RouteTable"].concat(), "association");
                let properties = json!({ "GatewayId": reference(&gateway), "RouteTableId": reference(&id) });
                self.add(&part, "AWS::EC2::GatewayRouteTableAssociation", properties);
            }
            self.routes(name, &id, table);
        }
    }

    fn vpc_of_table(&self, table: &RouteTable) -> Option<String> {
        let by_subnet = || table.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
        table.vpc.clone().or_else(by_subnet).or_else(|| self.only_vpc.clone())
    }

    fn routes(&mut self, name: &str, id: &str, table: &RouteTable) {
        for (position, route) in table.routes.iter().enumerate() {
            let place = ["/routes/", &position.to_string()].concat();
            let target = self.target(&route.target);
            let is_plain = route.state.as_deref().is_none_or(|state| state == "active")
                && route.origin.as_deref().is_none_or(|origin| origin == "static");
            let destination = if route.destination.contains(':') {
                Some(("DestinationIpv6CidrBlock", Value::from(route.destination.as_str())))
            } else if route.destination.contains('/') {
                Some(("DestinationCidrBlock", Value::from(route.destination.as_str())))
            } else {
                self.prefix_list(&route.destination).map(|list| ("DestinationPrefixListId", list))
            };
            if route.target == "local" {
                continue;
            }
            let (Some((field, target)), Some((of, destination)), true) = (target, destination, is_plain) else {
                self.leave_out("routeTables", name, &place);
                continue;
            };
            let part = self.names.fresh(&[id, "Route", &(position + 1).to_string()].concat(), "route");
            let mut properties = Map::new();
            properties.insert("RouteTableId".into(), reference(id));
            properties.insert(of.into(), destination);
            properties.insert(field.into(), target);
            self.add(&part, "AWS::EC2::Route", Value::Object(properties));
        }
    }

    /// The field and the value of a route's target.
    fn target(&self, name: &str) -> Option<(&'static str, Value)> {
        const KINDS: &[(&str, &str)] = &[
            ("internetGateway", "GatewayId"),
            ("egressOnlyInternetGateway", "EgressOnlyInternetGatewayId"),
            ("natGateway", "NatGatewayId"),
            ("instance", "InstanceId"),
            ("networkInterface", "NetworkInterfaceId"),
            ("vpcEndpoint", "VpcEndpointId"),
        ];
        KINDS.iter().find_map(|(kind, field)| Some((*field, reference(&self.id(kind, name)?))))
    }

    /// A prefix list of the customer's own; that of a service has an id of which a template knows nothing.
    fn prefix_list(&self, name: &str) -> Option<Value> {
        let list = self.document.prefix_lists.get(name)?;
        if list.aws_service.is_some() || list.entries.is_empty() {
            return None;
        }
        Some(attribute(&self.id("prefixList", name)?, "PrefixListId"))
    }

    fn security_groups(&mut self) {
        for (name, group) in &self.document.security_groups {
            if group.is_default || name == "default" {
                // AWS makes it; its rules cannot be replaced by a template.
                let member = [SecurityGroupRule { protocol: None, port: None, peer: name.clone() }];
                if !(group.ingress == member || group.ingress.is_empty()) || group.egress.is_some() {
                    self.leave_out("securityGroups", name, "");
                }
                self.names.given.remove(&["securityGroup/", name].concat());
                continue;
            }
            let Some(id) = self.id("securityGroup", name) else { continue };
            let vpc_name = group.vpc.clone().or_else(|| self.only_vpc.clone());
            let mut inline = [Vec::new(), Vec::new()];
            let directions = [
                (&group.ingress, "Ingress", "Source"),
                (group.egress.as_ref().unwrap_or(&NONE), "Egress", "Destination"),
            ];
            for ((rules, direction, side), inline) in directions.into_iter().zip(&mut inline) {
                for (position, rule) in rules.iter().enumerate() {
                    let Some((properties, is_of_group)) = self.rule(rule, side, vpc_name.as_deref()) else {
                        let place = ["/", &direction.to_lowercase(), "/", &position.to_string()].concat();
                        self.leave_out("securityGroups", name, &place);
                        continue;
                    };
                    if !is_of_group {
                        inline.push(Value::Object(properties));
                        continue;
                    }
                    // Groups that name each other would be a circle inside the groups themselves.
                    let mut properties = properties;
                    properties.insert("GroupId".into(), attribute(&id, "GroupId"));
                    let part = self.names.fresh(&[&id, direction, &(position + 1).to_string()].concat(), "rule");
                    let of_type = ["AWS::EC2::SecurityGroup", direction].concat();
                    self.add(&part, &of_type, Value::Object(properties));
                }
            }
            let [ingress, mut egress] = inline;
            if group.egress.as_ref().is_some_and(|rules| rules.is_empty()) {
                // A rule that matches nothing takes the place of the one that AWS adds, which allows everything.
                egress.push(
                    json!({ "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": "255.255.255.255/32" }),
                );
            }
            let list = |rules: Vec<Value>| if rules.is_empty() { Value::Null } else { Value::Array(rules) };
            let properties = json!({
                "GroupDescription": name,
                "VpcId": self.vpc(vpc_name.as_deref()),
                "SecurityGroupIngress": list(ingress),
                "SecurityGroupEgress": list(egress),
            });
            self.add(&id, "AWS::EC2::SecurityGroup", properties);
        }
    }

    /// A rule, and whether its peer is a group.
    fn rule(&self, rule: &SecurityGroupRule, side: &str, vpc: Option<&str>) -> Option<(Map<String, Value>, bool)> {
        let mut properties = Map::new();
        let (protocol, ports) = protocol_and_ports(rule.protocol.as_deref(), rule.port.as_ref());
        properties.insert("IpProtocol".into(), protocol.into());
        if let Some((from, to)) = ports {
            properties.insert("FromPort".into(), from.into());
            properties.insert("ToPort".into(), to.into());
        }
        let peer = rule.peer.as_str();
        let mut is_of_group = false;
        if peer.contains(':') && peer.contains('/') {
            properties.insert("CidrIpv6".into(), peer.into());
        } else if peer.contains('/') && peer.starts_with(|first: char| first.is_ascii_digit()) {
            properties.insert("CidrIp".into(), peer.into());
        } else if let Some(list) = self.prefix_list(peer) {
            properties.insert([side, "PrefixListId"].concat(), list);
        } else {
            let name = peer.strip_prefix("securityGroup/").unwrap_or(peer);
            properties.insert([side, "SecurityGroupId"].concat(), self.group(name, vpc)?);
            is_of_group = true;
        }
        Some((properties, is_of_group))
    }

    fn network_acls(&mut self) {
        let named: Vec<&String> = self.document.network_acls.values().flat_map(|acl| &acl.subnets).collect();
        for (name, acl) in &self.document.network_acls {
            let Some(id) = self.id("networkAcl", name) else { continue };
            let mut subnets = acl.subnets.clone();
            if acl.is_default {
                subnets.extend(self.others(acl.vpc.as_deref(), &named));
            }
            let by_subnet = subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
            let vpc = self.vpc(acl.vpc.as_deref().or(by_subnet.as_deref()));
            self.add(&id, "AWS::EC2::NetworkAcl", json!({ "VpcId": vpc }));
            for subnet in &subnets {
                let Some(subnet) = self.id("subnet", subnet) else {
                    self.leave_out("networkAcls", name, "/subnets");
                    continue;
                };
                let part = self.names.fresh(&[&subnet, "Acl"].concat(), "association");
                let properties = json!({ "SubnetId": reference(&subnet), "NetworkAclId": reference(&id) });
                self.add(&part, "AWS::EC2::SubnetNetworkAclAssociation", properties);
            }
            for (rules, is_egress) in [(&acl.ingress, false), (&acl.egress, true)] {
                for rule in rules {
                    let word = if is_egress { "Out" } else { "In" };
                    let part = self.names.fresh(&[&id, word, &rule.rule_number.to_string()].concat(), "rule");
                    self.add(&part, "AWS::EC2::NetworkAclEntry", acl_entry(&id, rule, is_egress));
                }
            }
        }
    }

    fn vpc_endpoints(&mut self) {
        for (name, endpoint) in &self.document.vpc_endpoints {
            let Some(id) = self.id("vpcEndpoint", name) else { continue };
            let subnets = self.subnet_references("vpcEndpoints", name, &endpoint.subnets);
            let mut tables = Vec::new();
            for table in &endpoint.route_tables {
                match self.id("routeTable", table) {
                    Some(table) => tables.push(reference(&table)),
                    None => self.leave_out("vpcEndpoints", name, "/routeTables"),
                }
            }
            let vpc_name = endpoint.vpc.clone().or_else(|| {
                endpoint.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet)).or_else(|| self.only_vpc.clone())
            });
            let groups = self.groups("vpcEndpoints", name, &endpoint.security_groups, vpc_name.as_deref());
            let is_interface = endpoint.r#type.as_deref() == Some("Interface");
            let service = match endpoint.service.contains('.') {
                true => Value::from(endpoint.service.as_str()),
                false => {
                    let service = ["com.amazonaws.${AWS::Region}.", &endpoint.service].concat();
                    json!({ "Fn::Sub": service })
                }
            };
            let inbound_only = endpoint.private_dns_only_for_inbound_resolver_endpoint.map(|only| {
                let word = if only { "OnlyInboundResolver" } else { "AllResolvers" };
                json!({ "PrivateDnsOnlyForInboundResolverEndpoint": word })
            });
            let properties = json!({
                "VpcId": self.vpc(vpc_name.as_deref()),
                "VpcEndpointType": endpoint.r#type,
                "ServiceName": service,
                "RouteTableIds": if tables.is_empty() { Value::Null } else { Value::Array(tables) },
                "SubnetIds": subnets,
                "SecurityGroupIds": groups,
                "PrivateDnsEnabled": is_interface.then(|| endpoint.private_dns_enabled.unwrap_or(true)),
                "DnsOptions": inbound_only.filter(|_| is_interface),
                "IpAddressType": endpoint.ip_address_type,
                "PolicyDocument": endpoint.policy,
            });
            self.add(&id, "AWS::EC2::VPCEndpoint", properties);
            let is_other = endpoint.r#type.as_deref() == Some("GatewayLoadBalancer");
            if endpoint.state.is_some() || !endpoint.private_ips.is_empty() || is_other {
                self.leave_out("vpcEndpoints", name, "");
            }
        }
    }

    fn surroundings(&mut self) {
        for (name, list) in &self.document.prefix_lists {
            let is_ipv6 = list.entries.iter().any(|entry| entry.contains(':'));
            if self.prefix_list(name).is_none() || is_ipv6 && list.entries.iter().any(|entry| !entry.contains(':')) {
                self.leave_out("prefixLists", name, "");
                continue;
            }
            let Some(id) = self.id("prefixList", name) else { continue };
            let entries: Vec<Value> = list.entries.iter().map(|entry| json!({ "Cidr": entry })).collect();
            let properties = json!({
                "PrefixListName": name,
                "AddressFamily": if is_ipv6 { "IPv6" } else { "IPv4" },
                "MaxEntries": list.entries.len(),
                "Entries": entries,
            });
            self.add(&id, "AWS::EC2::PrefixList", properties);
        }
        for (name, zone) in &self.document.private_hosted_zones {
            let Some(id) = self.id("privateHostedZone", name) else { continue };
            let region = reference("AWS::Region");
            let vpcs: Vec<Value> = match zone.vpcs.is_empty() {
                true => vec![self.vpc(None)],
                false => zone.vpcs.iter().map(|vpc| self.vpc(Some(vpc))).collect(),
            };
            let vpcs: Vec<Value> = vpcs.into_iter().map(|vpc| json!({ "VPCId": vpc, "VPCRegion": region })).collect();
            self.add(&id, "AWS::Route53::HostedZone", json!({ "Name": zone.domain, "VPCs": vpcs }));
            for (record, values) in &zone.records {
                let of_type = match values.first().map(|value| value.parse::<std::net::IpAddr>()) {
                    Some(Ok(address)) if address.is_ipv4() => "A",
                    Some(Ok(_)) => "AAAA",
                    _ => "CNAME",
                };
                let full = if record == "@" { zone.domain.clone() } else { [record, ".", &zone.domain].concat() };
                let part = self.names.fresh(&[&id, "Record"].concat(), "record");
                let properties = json!({
                    "HostedZoneId": reference(&id), "Name": full, "Type": of_type, "TTL": "60",
                    "ResourceRecords": values,
                });
                self.add(&part, "AWS::Route53::RecordSet", properties);
            }
        }
        if let Some(settings) = &self.document.vpc_block_public_access {
            if let Some(mode) = settings.internet_gateway_block_mode.as_ref().filter(|mode| *mode != "off") {
                let properties = json!({ "InternetGatewayBlockMode": mode });
                let id = self.names.fresh("BlockPublicAccess", "options");
                self.add(&id, "AWS::EC2::VPCBlockPublicAccessOptions", properties);
            }
            for (position, exclusion) in settings.exclusions.iter().enumerate() {
                if exclusion.state.is_some() {
                    self.left_out.push(["/vpcBlockPublicAccess/exclusions/", &position.to_string()].concat());
                    continue;
                }
                let vpc = exclusion.vpc.as_ref().and_then(|vpc| self.id("vpc", vpc));
                let subnet = exclusion.subnet.as_ref().and_then(|subnet| self.id("subnet", subnet));
                let properties = json!({
                    "InternetGatewayExclusionMode": exclusion.internet_gateway_exclusion_mode,
                    "VpcId": vpc.as_deref().map(reference),
                    "SubnetId": subnet.as_deref().map(reference),
                });
                let id = self.names.fresh("Exclusion", "blockPublicAccess");
                self.add(&id, "AWS::EC2::VPCBlockPublicAccessExclusion", properties);
            }
        }
        for (name, bucket) in &self.document.buckets {
            let Some(id) = self.id("bucket", name) else { continue };
            // Names of buckets are taken all over the world, so that AWS makes one up.
            self.add(&id, "AWS::S3::Bucket", Value::Null);
            if let Some(policy) = &bucket.policy {
                let part = self.names.fresh(&[&id, "Policy"].concat(), "bucket");
                let properties = json!({ "Bucket": reference(&id), "PolicyDocument": policy });
                self.add(&part, "AWS::S3::BucketPolicy", properties);
            }
            if bucket.region.is_some() && bucket.region != self.document.region {
                self.leave_out("buckets", name, "/region");
            }
        }
    }

    fn workloads(&mut self) {
        let mut role = None;
        for (name, function) in &self.document.functions {
            let Some(id) = self.id("function", name) else { continue };
            let role = role.get_or_insert_with(|| self.names.fresh("FunctionRole", "role")).clone();
            let subnets = self.subnet_references("functions", name, &function.subnets);
            let vpc = function.subnets.first().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("functions", name, &function.security_groups, vpc.as_deref());
            let settings = (!function.subnets.is_empty()).then(|| {
                json!({
                    "SubnetIds": subnets,
                    "SecurityGroupIds": groups,
                    "Ipv6AllowedForDualStack": function.ipv6_allowed_for_dual_stack,
                })
            });
            let is_node = function.runtime.as_ref().is_some_and(|runtime| runtime.starts_with("nodejs"));
            let code = match is_node {
                true => "exports.handler = async () => {};",
                false => "def handler(event, context):\n    pass\n",
            };
            let runtime = function.runtime.as_deref().filter(|runtime| is_node || runtime.starts_with("python"));
            if function.runtime.is_some() && runtime.is_none() {
                self.leave_out("functions", name, "/runtime");
            }
            let properties = json!({
                "Runtime": runtime.unwrap_or("python3.13"),
                "Handler": "index.handler",
                "Code": { "ZipFile": code },
                "Role": attribute(&role, "Arn"),
                "Timeout": function.timeout.unwrap_or(3),
                "VpcConfig": settings,
            });
            self.add(&id, "AWS::Lambda::Function", properties);
            let has_more = function.state.is_some()
                || function.last_update_status.is_some()
                || !function.elastic_ips.is_empty()
                || function.client.is_some();
            if has_more {
                self.leave_out("functions", name, "");
            }
        }
        if let Some(role) = role {
            let trust = json!({ "Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" } }] });
            let managed = json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole" });
            let properties = json!({ "AssumeRolePolicyDocument": trust, "ManagedPolicyArns": [managed] });
            self.add(&role, "AWS::IAM::Role", properties);
        }
        for (name, interface) in &self.document.network_interfaces {
            let Some(id) = self.id("networkInterface", name) else { continue };
            let subnet = interface.subnet.as_ref().and_then(|subnet| self.id("subnet", subnet));
            let vpc = interface.subnet.as_ref().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("networkInterfaces", name, &interface.security_groups, vpc.as_deref());
            let properties = json!({
                "SubnetId": subnet.as_deref().map(reference),
                "GroupSet": groups,
                "SourceDestCheck": interface.source_dest_check,
                "PrivateIpAddress": interface.private_ip,
            });
            self.add(&id, "AWS::EC2::NetworkInterface", properties);
            // What uses it is not in the document.
            self.leave_out("networkInterfaces", name, "");
        }
        for (name, instance) in &self.document.instances {
            let Some(id) = self.id("instance", name) else { continue };
            let subnet = instance.subnet.as_ref().and_then(|subnet| self.id("subnet", subnet));
            let vpc = instance.subnet.as_ref().and_then(|subnet| self.vpc_of_subnet(subnet));
            let groups = self.groups("instances", name, &instance.security_groups, vpc.as_deref());
            let image = "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}";
            let properties = json!({
                "ImageId": image,
                "InstanceType": "t3.micro",
                "SubnetId": subnet.as_deref().map(reference),
                "SecurityGroupIds": groups,
                "SourceDestCheck": instance.source_dest_check,
                "PrivateIpAddress": instance.private_ip,
            });
            self.add(&id, "AWS::EC2::Instance", properties);
            if instance.public_ip.is_some() {
                let part = self.names.fresh(&[&id, "Address"].concat(), "instance");
                self.add(&part, "AWS::EC2::EIP", json!({ "Domain": "vpc", "InstanceId": reference(&id) }));
            }
            let has_more = instance.state.is_some()
                || instance.forwards.is_some()
                || instance.listens.is_some()
                || !instance.network_interfaces.is_empty()
                || !instance.ipv6_addresses.is_empty();
            if has_more {
                self.leave_out("instances", name, "");
            }
        }
    }

    /// Notes the sections that a template gets nothing of.
    fn note_the_rest(&mut self) {
        let document = self.document;
        let opaque = [
            ("transitGateways", &document.transit_gateways),
            ("vpcPeeringConnections", &document.vpc_peering_connections),
            ("vpnGateways", &document.vpn_gateways),
            ("carrierGateways", &document.carrier_gateways),
            ("localGateways", &document.local_gateways),
            ("coreNetworks", &document.core_networks),
        ];
        let names = opaque.into_iter().flat_map(|(section, things)| things.keys().map(move |name| (section, name)));
        let tasks = document.tasks.keys().map(|name| ("tasks", name));
        let projects = document.code_build_projects.keys().map(|name| ("codeBuildProjects", name));
        let hosts = document.internet_hosts.keys().map(|name| ("internetHosts", name));
        for (section, name) in names.chain(tasks).chain(projects).chain(hosts) {
            self.leave_out(section, name, "");
        }
        self.left_out.extend(document.unknown_sections.iter().map(|_| "/unknownSections".to_owned()));
    }
}

static NONE: Vec<SecurityGroupRule> = Vec::new();

/// A protocol as CloudFormation writes it, and ports, for ICMP type and code.
fn protocol_and_ports(protocol: Option<&str>, port: Option<&PortText>) -> (String, Option<(i64, i64)>) {
    let protocol = protocol.unwrap_or(if port.is_some() { "tcp" } else { "all" });
    let (from, to) = match port {
        Some(port) => match port.0.split_once('-') {
            Some((from, to)) => (from.trim().parse().ok(), to.trim().parse().ok()),
            None => (port.0.trim().parse().ok(), port.0.trim().parse().ok()),
        },
        None => (None, None),
    };
    match protocol {
        "all" | "-1" => ("-1".to_owned(), None),
        "icmp" | "icmpv6" => (protocol.to_owned(), Some((from.unwrap_or(-1), -1))),
        "tcp" | "udp" => (protocol.to_owned(), Some((from.unwrap_or(0), to.unwrap_or(65535)))),
        other => (other.to_owned(), None),
    }
}

fn acl_entry(id: &str, rule: &NetworkAclRule, is_egress: bool) -> Value {
    let (protocol, ports) = protocol_and_ports(rule.protocol.as_deref(), rule.port.as_ref());
    let number = match protocol.as_str() {
        "tcp" => "6",
        "udp" => "17",
        "icmp" => "1",
        "icmpv6" => "58",
        other => other,
    };
    let is_icmp = matches!(protocol.as_str(), "icmp" | "icmpv6");
    let range = ports.filter(|_| !is_icmp).map(|(from, to)| json!({ "From": from, "To": to }));
    let icmp = ports.filter(|_| is_icmp).map(|(of_type, code)| json!({ "Type": of_type, "Code": code }));
    let of = if rule.cidr.contains(':') { "Ipv6CidrBlock" } else { "CidrBlock" };
    let mut entry = json!({
        "NetworkAclId": reference(id),
        "RuleNumber": rule.rule_number,
        "Egress": is_egress,
        "RuleAction": rule.action,
        "Protocol": number.parse::<i64>().unwrap_or(-1),
        "PortRange": range,
        "Icmp": icmp,
    });
    if let Value::Object(fields) = &mut entry {
        fields.insert(of.into(), rule.cidr.as_str().into());
    }
    entry
}
