//! What is measured.

use std::fmt::Write as _;

/// A Lambda function behind an internet gateway only: the case that the project began with.
pub(crate) const ARTICLE: &str = r#"{
  "region": "us-east-1",
  "vpcs": { "main": { "cidr": "10.0.0.0/16" } },
  "subnets": { "public": { "cidr": "10.0.0.0/24" } },
  "internetGateways": { "igw": {} },
  "routeTables": { "public-routes": { "subnets": ["public"], "routes": [{ "destination": "0.0.0.0/0", "target": "igw" }] } },
  "securityGroups": { "function-group": {} },
  "functions": {
    "thumbnailer": { "subnets": ["public"], "securityGroups": ["function-group"], "timeout": 30, "runtime": "python3.13" }
  },
  "buckets": { "photos": {} }
}"#;

/// 1,000 subnets, 200 tables of 500 routes, 500 groups of 60 rules; the function goes through a NAT gateway.
pub(crate) fn large_vpc() -> String {
    let mut text = String::from(
        r#"{ "region": "us-east-1", "vpcs": { "main": { "cidr": "10.0.0.0/16" } }, "internetGateways": { "igw": {} },
"natGateways": { "nat": { "subnet": "subnet-0", "elasticIps": ["203.0.113.10"] } }, "buckets": { "photos": {} },
"vpcPeeringConnections": { "pcx": {} },
"functions": { "thumbnailer": { "subnets": ["subnet-5", "subnet-6", "subnet-7"],
  "securityGroups": ["group-0", "group-1", "group-2", "group-3", "group-4"], "timeout": 30, "runtime": "python3.13" } },
"subnets": {"#,
    );
    let list = |text: &mut String, count: u32, item: &dyn Fn(&mut String, u32)| {
        for index in 0..count {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            item(text, index);
        }
    };
    list(&mut text, 1_000, &|text, index| {
        let _ = write!(text, r#""subnet-{index}": {{ "cidr": "10.0.{}.{}/26" }}"#, index / 4, index % 4 * 64);
    });
    text.push_str("},\n\"routeTables\": {");
    list(&mut text, 200, &|text, index| {
        let subnets: Vec<String> = (0..5).map(|offset| format!("\"subnet-{}\"", index * 5 + offset)).collect();
        let target = if index == 0 { "igw" } else { "nat" };
        let _ = write!(
            text,
            r#""table-{index}": {{ "subnets": [{}], "routes": [{{ "destination": "0.0.0.0/0", "target": "{target}" }}"#,
            subnets.join(", ")
        );
        for route in 0..499 {
            let _ = write!(
                text,
                r#", {{ "destination": "172.{}.{}.0/24", "target": "pcx" }}"#,
                16 + route / 250,
                route % 250
            );
        }
        text.push_str("] }");
    });
    text.push_str("},\n\"securityGroups\": {");
    list(&mut text, 500, &|text, index| {
        let rule = |rule: u32| {
            format!(
                r#"{{ "protocol": "tcp", "port": "{}", "peer": "10.{}.{}.0/24" }}"#,
                1_000 + rule * 10,
                index % 200,
                rule
            )
        };
        let ingress: Vec<String> = (0..30).map(rule).collect();
        let egress: Vec<String> = (30..59).map(rule).collect();
        let _ = write!(
            text,
            r#""group-{index}": {{ "ingress": [{}], "egress": [{}, {{ "protocol": "tcp", "port": 443, "peer": "0.0.0.0/0" }}] }}"#,
            ingress.join(", "),
            egress.join(", ")
        );
    });
    text.push_str("}\n}\n");
    text
}

/// The same without the way out: its NAT gateway is in a private subnet.
pub(crate) fn failing_large_vpc() -> String {
    large_vpc().replacen(r#""subnet": "subnet-0""#, r#""subnet": "subnet-999""#, 1)
}

/// A function that goes through a NAT gateway, and routes that make the template that large.
pub(crate) fn template(size: usize) -> String {
    let mut text = String::from(TEMPLATE);
    let mut index = 0_u32;
    while text.len() < size {
        let _ = write!(
            text,
            ",\n    \"Route{index}\": {{\n      \"Type\": \"AWS::EC2::Route\",\n      \"Properties\": {{ \"RouteTableId\": {{ \"Ref\": \"Table\" }}, \
             \"DestinationCidrBlock\": \"172.{}.{}.{}/32\", \"NatGatewayId\": {{ \"Ref\": \"Nat\" }} }}\n    }}",
            16 + index / 65_536,
            index / 256 % 256,
            index % 256
        );
        index += 1;
    }
    text.push_str("\n  }\n}\n");
    text
}

/// The same in YAML, with the short forms of functions.
pub(crate) fn yaml_template(size: usize) -> String {
    let mut text = String::from(YAML_TEMPLATE);
    let mut index = 0_u32;
    while text.len() < size {
        let _ = write!(
            text,
            "  Route{index}:\n    Type: AWS::EC2::Route\n    Properties:\n      RouteTableId: !Ref Table\n      \
             DestinationCidrBlock: 172.{}.{}.{}/32\n      NatGatewayId: !Ref Nat\n",
            16 + index / 65_536,
            index / 256 % 256,
            index % 256
        );
        index += 1;
    }
    text
}

/// A plan with as many routes, whose table is known only after apply.
pub(crate) fn plan(size: usize) -> String {
    let mut planned = String::new();
    let mut changes = String::new();
    let mut add = |of_type: &str, name: &str, values: &str, unknown: &str| {
        let separator = if planned.is_empty() { "" } else { ",\n" };
        let provider = "registry.example/hashicorp/aws";
        let head = format!(
            r#""address": "{of_type}.{name}", "mode": "managed", "type": "{of_type}", "name": "{}", "provider_name": "{provider}""#,
            name.split('[').next().unwrap_or(name)
        );
        let _ = write!(planned, r#"{separator}{{ {head}, "values": {{ {values} }} }}"#);
        let _ = write!(
            changes,
            r#"{separator}{{ {head}, "change": {{ "actions": ["create"], "after": {{ {values} }}, "after_unknown": {{ "id": true{unknown} }} }} }}"#
        );
        planned.len() + changes.len()
    };
    add("aws_vpc", "main", r#""cidr_block": "10.0.0.0/16""#, "");
    add("aws_subnet", "private", r#""cidr_block": "10.0.1.0/24""#, r#", "vpc_id": true"#);
    add("aws_subnet", "public", r#""cidr_block": "10.0.2.0/24""#, r#", "vpc_id": true"#);
    add("aws_internet_gateway", "main", "", r#", "vpc_id": true"#);
    add("aws_eip", "nat", "", "");
    add("aws_nat_gateway", "main", "", r#", "subnet_id": true, "allocation_id": true"#);
    add("aws_route_table", "private", "", r#", "vpc_id": true"#);
    add("aws_route_table", "public", "", r#", "vpc_id": true"#);
    add("aws_route_table_association", "private", "", r#", "subnet_id": true, "route_table_id": true"#);
    add("aws_route_table_association", "public", "", r#", "subnet_id": true, "route_table_id": true"#);
    add(
        "aws_route",
        "private",
        r#""destination_cidr_block": "0.0.0.0/0""#,
        r#", "route_table_id": true, "nat_gateway_id": true"#,
    );
    add(
        "aws_route",
        "public",
        r#""destination_cidr_block": "0.0.0.0/0""#,
        r#", "route_table_id": true, "gateway_id": true"#,
    );
    add(
        "aws_security_group",
        "fn",
        r#""egress": [{ "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"] }]"#,
        r#", "vpc_id": true"#,
    );
    add("aws_s3_bucket", "photos", r#""bucket": "photos""#, "");
    add(
        "aws_lambda_function",
        "fn",
        r#""timeout": 30, "vpc_config": [{ "subnet_ids": [null], "security_group_ids": [null] }]"#,
        r#", "vpc_config": [{ "subnet_ids": [true], "security_group_ids": [true] }]"#,
    );
    let mut index = 0_u32;
    loop {
        let values = format!(
            r#""destination_cidr_block": "172.{}.{}.{}/32""#,
            16 + index / 65_536,
            index / 256 % 256,
            index % 256
        );
        let name = format!("more[{index}]");
        let unknown = r#", "route_table_id": true, "nat_gateway_id": true"#;
        index += 1;
        if add("aws_route", &name, &values, unknown) >= size {
            break;
        }
    }
    format!(
        r#"{{ "format_version": "1.2", "planned_values": {{ "root_module": {{ "resources": [{planned}] }} }},
"resource_changes": [{changes}], "configuration": {{ "root_module": {{ "resources": [{CONFIGURATION}] }} }} }}"#
    )
}

const TEMPLATE: &str = r#"{
  "Resources": {
    "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { "CidrBlock": "10.0.0.0/16" } },
    "Private": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.1.0/24" } },
    "Public": { "Type": "AWS::EC2::Subnet", "Properties": { "VpcId": { "Ref": "Vpc" }, "CidrBlock": "10.0.2.0/24" } },
    "Gateway": { "Type": "AWS::EC2::InternetGateway" },
    "Attachment": { "Type": "AWS::EC2::VPCGatewayAttachment", "Properties": { "VpcId": { "Ref": "Vpc" }, "InternetGatewayId": { "Ref": "Gateway" } } },
    "Address": { "Type": "AWS::EC2::EIP" },
    "Nat": { "Type": "AWS::EC2::NatGateway", "Properties": { "SubnetId": { "Ref": "Public" }, "AllocationId": { "Fn::GetAtt": ["Address", "AllocationId"] } } },
    "Table": { "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "Vpc" } } },
    "PublicTable": { "Type": "AWS::EC2::RouteTable", "Properties": { "VpcId": { "Ref": "Vpc" } } },
    "Association": { "Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": { "SubnetId": { "Ref": "Private" }, "RouteTableId": { "Ref": "Table" } } },
    "PublicAssociation": { "Type": "AWS::EC2::SubnetRouteTableAssociation", "Properties": { "SubnetId": { "Ref": "Public" }, "RouteTableId": { "Ref": "PublicTable" } } },
    "Default": { "Type": "AWS::EC2::Route", "Properties": { "RouteTableId": { "Ref": "Table" }, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": { "Ref": "Nat" } } },
    "PublicDefault": { "Type": "AWS::EC2::Route", "Properties": { "RouteTableId": { "Ref": "PublicTable" }, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": { "Ref": "Gateway" } } },
    "Group": { "Type": "AWS::EC2::SecurityGroup", "Properties": { "VpcId": { "Ref": "Vpc" } } },
    "Photos": { "Type": "AWS::S3::Bucket" },
    "Function": { "Type": "AWS::Lambda::Function", "Properties": { "VpcConfig": { "SubnetIds": [{ "Ref": "Private" }], "SecurityGroupIds": [{ "Ref": "Group" }] } } }"#;

const YAML_TEMPLATE: &str = "Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24 } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Address: { Type: AWS::EC2::EIP }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PublicTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref Table } }
  PublicAssociation: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicTable } }
  Default: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
  PublicDefault: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc } }
  Photos: { Type: AWS::S3::Bucket }
  Function: { Type: AWS::Lambda::Function, Properties: { VpcConfig: { SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref Group] } } }
";

/// What the plan's resources refer to.
const CONFIGURATION: &str = r#"
{ "address": "aws_subnet.private", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_subnet.public", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_internet_gateway.main", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_nat_gateway.main", "expressions": { "subnet_id": { "references": ["aws_subnet.public.id", "aws_subnet.public"] }, "allocation_id": { "references": ["aws_eip.nat.id", "aws_eip.nat"] } } },
{ "address": "aws_route_table.private", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_route_table.public", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_route_table_association.private", "expressions": { "subnet_id": { "references": ["aws_subnet.private.id", "aws_subnet.private"] }, "route_table_id": { "references": ["aws_route_table.private.id", "aws_route_table.private"] } } },
{ "address": "aws_route_table_association.public", "expressions": { "subnet_id": { "references": ["aws_subnet.public.id", "aws_subnet.public"] }, "route_table_id": { "references": ["aws_route_table.public.id", "aws_route_table.public"] } } },
{ "address": "aws_route.private", "expressions": { "route_table_id": { "references": ["aws_route_table.private.id", "aws_route_table.private"] }, "nat_gateway_id": { "references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"] } } },
{ "address": "aws_route.public", "expressions": { "route_table_id": { "references": ["aws_route_table.public.id", "aws_route_table.public"] }, "gateway_id": { "references": ["aws_internet_gateway.main.id", "aws_internet_gateway.main"] } } },
{ "address": "aws_route.more", "expressions": { "route_table_id": { "references": ["aws_route_table.private.id", "aws_route_table.private"] }, "nat_gateway_id": { "references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"] } } },
{ "address": "aws_security_group.fn", "expressions": { "vpc_id": { "references": ["aws_vpc.main.id", "aws_vpc.main"] } } },
{ "address": "aws_lambda_function.fn", "expressions": { "vpc_config": [{ "subnet_ids": { "references": ["aws_subnet.private.id", "aws_subnet.private"] }, "security_group_ids": { "references": ["aws_security_group.fn.id", "aws_security_group.fn"] } }] } }"#;
