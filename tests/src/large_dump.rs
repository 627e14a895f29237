//! Made-up input of any size, the same at every run.

use std::fmt::Write as _;

/// A file of [`cli_dump`].
#[derive(Clone, Debug)]
pub struct GeneratedFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Output of the AWS CLI for one VPC, indented as the CLI prints it, of at least that many bytes in all.
///
/// Every two kilobytes or so there is one more subnet with its interfaces, every fourth subnet has a route table and
/// a security group of its own, and every sixteenth a function.
pub fn cli_dump(bytes: usize) -> Vec<GeneratedFile> {
    let mut lists = [
        List::new("describe-subnets.json", "Subnets"),
        List::new("describe-network-interfaces.json", "NetworkInterfaces"),
        List::new("describe-route-tables.json", "RouteTables"),
        List::new("describe-security-groups.json", "SecurityGroups"),
        List::new("lambda-list-functions.json", "Functions"),
    ];
    let mut unit = 0;
    while lists.iter().map(|list| list.text.len()).sum::<usize>() < bytes {
        let [subnets, interfaces, tables, groups, functions] = &mut lists;
        subnets.push(&subnet(unit));
        for interface in 0..2 {
            interfaces.push(&network_interface(unit, interface));
        }
        if unit % 4 == 0 {
            tables.push(&route_table(unit));
            groups.push(&security_group(unit));
        }
        if unit % 16 == 0 {
            functions.push(&function(unit));
        }
        unit += 1;
    }
    let mut files: Vec<GeneratedFile> = lists.into_iter().map(List::finish).collect();
    for (name, text) in FIXED {
        files.push(GeneratedFile { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() });
    }
    files
}

/// The small files, which do not grow.
const FIXED: &[(&str, &str)] = &[
    (
        "describe-vpcs.json",
        r#"{"Vpcs": [{"VpcId": "vpc-0a", "CidrBlock": "10.0.0.0/8", "IsDefault": false, "DhcpOptionsId": "default"}]}"#,
    ),
    ("describe-internet-gateways.json", r#"{"InternetGateways": []}"#),
    (
        "describe-nat-gateways.json",
        r#"{"NatGateways": [{"NatGatewayId": "nat-0a", "SubnetId": "subnet-00000000", "VpcId": "vpc-0a", "State": "available",
            "NatGatewayAddresses": [{"PublicIp": "198.51.100.1", "PrivateIp": "10.0.0.9"}]}]}"#,
    ),
    ("describe-network-acls.json", r#"{"NetworkAcls": []}"#),
    ("describe-vpc-endpoints.json", r#"{"VpcEndpoints": []}"#),
    ("describe-prefix-lists.json", r#"{"PrefixLists": []}"#),
    ("get-bucket-location.photos.json", r#"{"LocationConstraint": "eu-west-1"}"#),
];

/// An answer under construction.
struct List {
    name: &'static str,
    text: String,
    is_empty: bool,
}

impl List {
    fn new(name: &'static str, key: &str) -> List {
        List { name, text: format!("{{\n    \"{key}\": ["), is_empty: true }
    }

    /// Adds an item, indented by eight.
    fn push(&mut self, item: &str) {
        self.text.push_str(if self.is_empty { "\n" } else { ",\n" });
        self.is_empty = false;
        for (number, line) in item.lines().enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            self.text.push_str("        ");
            self.text.push_str(line);
        }
    }

    fn finish(mut self) -> GeneratedFile {
        self.text.push_str("\n    ]\n}\n");
        GeneratedFile { name: self.name.to_owned(), bytes: self.text.into_bytes() }
    }
}

/// The /28 block of a unit, by its first three bytes and the last one.
fn block(unit: usize) -> (usize, usize, usize) {
    (unit / 4096 % 256, unit / 16 % 256, unit % 16 * 16)
}

fn subnet(unit: usize) -> String {
    let (second, third, last) = block(unit);
    format!(
        r#"{{
    "AvailabilityZoneId": "euw1-az{zone}",
    "MapCustomerOwnedIpOnLaunch": false,
    "OwnerId": "123456789012",
    "AssignIpv6AddressOnCreation": false,
    "Ipv6CidrBlockAssociationSet": [],
    "Tags": [
        {{
            "Key": "Name",
            "Value": "private-{unit}"
        }}
    ],
    "SubnetArn": "arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-{unit:08x}",
    "EnableDns64": false,
    "Ipv6Native": false,
    "PrivateDnsNameOptionsOnLaunch": {{
        "HostnameType": "ip-name",
        "EnableResourceNameDnsARecord": false,
        "EnableResourceNameDnsAAAARecord": false
    }},
    "SubnetId": "subnet-{unit:08x}",
    "State": "available",
    "VpcId": "vpc-0a",
    "CidrBlock": "10.{second}.{third}.{last}/28",
    "AvailableIpAddressCount": 9,
    "AvailabilityZone": "eu-west-1{letter}",
    "DefaultForAz": false,
    "MapPublicIpOnLaunch": false
}}"#,
        zone = unit % 3 + 1,
        letter = ["a", "b", "c"].get(unit % 3).unwrap_or(&"a"),
    )
}

fn network_interface(unit: usize, number: usize) -> String {
    let (second, third, last) = block(unit);
    let address = format!("10.{second}.{third}.{}", last + 5 + number);
    format!(
        r#"{{
    "Attachment": {{
        "AttachmentId": "ela-attach-{unit:08x}{number}",
        "DeleteOnTermination": false,
        "DeviceIndex": 1,
        "InstanceOwnerId": "amazon-aws",
        "Status": "attached"
    }},
    "AvailabilityZone": "eu-west-1a",
    "Description": "AWS Lambda VPC ENI-function-{unit}",
    "Groups": [
        {{
            "GroupName": "function-{group}",
            "GroupId": "sg-{group:08x}"
        }}
    ],
    "InterfaceType": "lambda",
    "Ipv6Addresses": [],
    "MacAddress": "02:00:00:00:00:01",
    "NetworkInterfaceId": "eni-{unit:08x}{number}",
    "OwnerId": "123456789012",
    "PrivateDnsName": "ip-10-0-0-1.eu-west-1.compute.internal",
    "PrivateIpAddress": "{address}",
    "PrivateIpAddresses": [
        {{
            "Primary": true,
            "PrivateDnsName": "ip-10-0-0-1.eu-west-1.compute.internal",
            "PrivateIpAddress": "{address}"
        }}
    ],
    "RequesterId": "AROAEXAMPLE:123456789012",
    "RequesterManaged": true,
    "SourceDestCheck": true,
    "Status": "in-use",
    "SubnetId": "subnet-{unit:08x}",
    "TagSet": [],
    "VpcId": "vpc-0a"
}}"#,
        group = unit / 4 * 4,
    )
}

fn route_table(unit: usize) -> String {
    let mut routes = String::from(
        r#"        {
            "DestinationCidrBlock": "10.0.0.0/8",
            "GatewayId": "local",
            "Origin": "CreateRouteTable",
            "State": "active"
        }"#,
    );
    for route in 0..8 {
        let destination =
            if route == 0 { "0.0.0.0/0".to_owned() } else { format!("172.{}.{route}.0/24", 16 + unit % 16) };
        // Writing to a text cannot fail.
        let _ = write!(
            routes,
            r#",
        {{
            "DestinationCidrBlock": "{destination}",
            "NatGatewayId": "nat-0a",
            "Origin": "CreateRoute",
            "State": "active"
        }}"#
        );
    }
    let mut associations = Vec::new();
    for subnet in unit..unit + 4 {
        associations.push(format!(
            r#"        {{
            "Main": false,
            "RouteTableAssociationId": "rtbassoc-{subnet:08x}",
            "RouteTableId": "rtb-{unit:08x}",
            "SubnetId": "subnet-{subnet:08x}",
            "AssociationState": {{
                "State": "associated"
            }}
        }}"#
        ));
    }
    format!(
        r#"{{
    "Associations": [
{associations}
    ],
    "PropagatingVgws": [],
    "RouteTableId": "rtb-{unit:08x}",
    "Routes": [
{routes}
    ],
    "Tags": [],
    "VpcId": "vpc-0a",
    "OwnerId": "123456789012"
}}"#,
        associations = associations.join(",\n"),
    )
}

fn security_group(unit: usize) -> String {
    let mut permissions = Vec::new();
    for rule in 0..6 {
        permissions.push(format!(
            r#"        {{
            "IpProtocol": "tcp",
            "FromPort": {port},
            "ToPort": {port},
            "UserIdGroupPairs": [],
            "IpRanges": [
                {{
                    "Description": "partner \"{rule}\"",
                    "CidrIp": "192.0.2.{rule}/32"
                }}
            ],
            "Ipv6Ranges": [],
            "PrefixListIds": []
        }}"#,
            port = 8000 + rule,
        ));
    }
    format!(
        r#"{{
    "GroupId": "sg-{unit:08x}",
    "IpPermissionsEgress": [
        {{
            "IpProtocol": "-1",
            "UserIdGroupPairs": [],
            "IpRanges": [
                {{
                    "CidrIp": "0.0.0.0/0"
                }}
            ],
            "Ipv6Ranges": [],
            "PrefixListIds": []
        }}
    ],
    "Tags": [],
    "VpcId": "vpc-0a",
    "SecurityGroupArn": "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-{unit:08x}",
    "OwnerId": "123456789012",
    "GroupName": "function-{unit}",
    "Description": "Functions of team {unit}",
    "IpPermissions": [
{permissions}
    ]
}}"#,
        permissions = permissions.join(",\n"),
    )
}

fn function(unit: usize) -> String {
    format!(
        r#"{{
    "FunctionName": "function-{unit}",
    "FunctionArn": "arn:aws:lambda:eu-west-1:123456789012:function:function-{unit}",
    "Runtime": "python3.13",
    "Role": "arn:aws:iam::123456789012:role/function-{unit}",
    "Handler": "app.handler",
    "CodeSize": 136,
    "Description": "",
    "Timeout": 30,
    "MemorySize": 128,
    "LastModified": "2026-01-01T00:00:00.000+0000",
    "Version": "$LATEST",
    "VpcConfig": {{
        "SubnetIds": [
            "subnet-{unit:08x}"
        ],
        "SecurityGroupIds": [
            "sg-{unit:08x}"
        ],
        "VpcId": "vpc-0a",
        "Ipv6AllowedForDualStack": false
    }},
    "PackageType": "Zip",
    "Architectures": [
        "x86_64"
    ]
}}"#
    )
}
