"""Makes stacks in an emulated AWS account, and lets the real AWS CLI collect them: `account.py TEMPLATES... OUT COLLECT`.

Each template becomes a stack in moto, which runs inside this process. COLLECT, the script that
`vpcreach collect-script` prints, is then run once for each stack. OUT gets `NAME.template.json`, `NAME.dump.json`
and `stacks.json`, which has the physical id of each logical one and says what moto had to be helped with.

moto differs from AWS. What it does not make from templates is made here by the calls of AWS's API, resource type by
resource type; a type that neither moto nor this file makes is an error, so that nothing is left out in silence.
"""

import ast
import concurrent.futures
import ipaddress
import json
import logging
import os
import pathlib
import subprocess
import sys

import boto3
import moto.server
import yaml

REGION = "eu-west-1"
# moto's only account.
ACCOUNT = "123456789012"
# Clients put the account before the host of S3 Control, so that moto gets these calls as their proxy.
S3_CONTROL = f"http://s3-control.{REGION}.amazonaws.com"

# What moto makes of templates as AWS does.
MADE_BY_MOTO = {
    "AWS::EC2::EIP",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::NatGateway",
    "AWS::EC2::RouteTable",
    "AWS::EC2::VPC",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::IAM::Policy",
    "AWS::Lambda::Function",
    "AWS::S3::Bucket",
}


class Account:
    def __init__(self, endpoint):
        self.clients = {
            name: boto3.client(name, region_name=REGION, endpoint_url=endpoint)
            for name in ("cloudformation", "ec2", "iam", "s3", "ssm")
        }
        control = self.clients["s3control"] = boto3.client("s3control", region_name=REGION, endpoint_url=S3_CONTROL)
        settings = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        control.put_public_access_block(
            AccountId=ACCOUNT, PublicAccessBlockConfiguration={setting: True for setting in settings}
        )
        # The version of the CDK's bootstrap stack, which its templates ask for.
        self.clients["ssm"].put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Type="String", Value="30")

    def stack(self, name, template):
        """Makes a stack; returns its physical ids, and what moto was helped with."""
        stack = Stack(self.clients, template)
        kept = json.loads(json.dumps(template))
        for logical, resource in template["Resources"].items():
            if Stack.is_left_to_us(resource):
                del kept["Resources"][logical]
        for logical, resource in kept["Resources"].items():
            left = template["Resources"].keys() - kept["Resources"].keys()
            after = resource.get("DependsOn", [])
            after = [after] if isinstance(after, str) else after
            resource["DependsOn"] = [other for other in after if other not in left]
            if resource["Type"] == "AWS::EC2::Subnet":
                resource["Properties"].pop("Ipv6CidrBlock", None)
                resource["Properties"].pop("AssignIpv6AddressOnCreation", None)
        cloudformation = self.clients["cloudformation"]
        cloudformation.create_stack(
            StackName=name, TemplateBody=json.dumps(kept), Capabilities=["CAPABILITY_IAM"]
        )
        status = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        if status != "CREATE_COMPLETE":
            raise SystemExit(f"{name}: {status}")
        for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=name):
            for made in page["StackResourceSummaries"]:
                stack.ids[made["LogicalResourceId"]] = made["PhysicalResourceId"]
        stack.finish()
        missing = sorted(template["Resources"].keys() - stack.ids.keys())
        if missing:
            raise SystemExit(f"{name}: neither moto nor this script made {', '.join(missing)}")
        return {"ids": stack.ids, "helped": sorted(stack.helped)}


class Stack:
    """What moto does not make of a template, in the order in which it can be made."""

    def __init__(self, clients, template):
        self.ec2, self.iam, self.s3 = clients["ec2"], clients["iam"], clients["s3"]
        self.s3control = clients["s3control"]
        self.resources = template["Resources"]
        self.ids = {}
        self.helped = set()

    @staticmethod
    def is_left_to_us(resource):
        """Types that moto skips, and routes of IPv6, whose targets it skips."""
        return resource["Type"] in {
            "AWS::EC2::EgressOnlyInternetGateway",
            "AWS::EC2::NetworkAcl",
            "AWS::EC2::NetworkAclEntry",
            "AWS::EC2::SubnetNetworkAclAssociation",
            "AWS::EC2::VPCCidrBlock",
            "AWS::S3::AccessPoint",
            "AWS::S3::BucketPolicy",
        } or "DestinationIpv6CidrBlock" in resource.get("Properties", {})

    def finish(self):
        for make in (
            self.vpc_cidr_block,
            self.subnet,
            self.subnet_route_table_association,
            self.egress_only_internet_gateway,
            self.route,
            self.security_group,
            self.vpc_endpoint,
            self.network_acl,
            self.network_acl_entry,
            self.subnet_network_acl_association,
            self.role,
            self.bucket_policy,
            self.access_point,
        ):
            for logical, resource in self.resources.items():
                if resource["Type"].split("::")[-1].lower() == make.__name__.replace("_", ""):
                    make(logical, resource.get("Properties", {}))
        finished_here = {"Role", "Route", "SecurityGroup", "Subnet", "SubnetRouteTableAssociation", "VPCEndpoint"}
        for logical, resource in self.resources.items():
            kind = resource["Type"]
            is_finished = kind.split("::")[-1] in finished_here or self.is_left_to_us(resource)
            if kind not in MADE_BY_MOTO and not is_finished:
                raise SystemExit(f"{logical}: it is not known whether moto makes {kind} as AWS does")

    def value(self, value):
        """The value of a property; of the functions, those that the resources made here use."""
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if not isinstance(value, dict):
            return value
        match next(iter(value.items()), None):
            case ["Ref", "AWS::Region"]:
                return REGION
            case ["Ref", name]:
                return self.ids[name]
            case ["Fn::GetAtt", [name, "GroupId"]]:
                return self.ids[name]
            case ["Fn::GetAtt", [name, "Arn"]] if self.resources[name]["Type"] == "AWS::S3::Bucket":
                return f"arn:aws:s3:::{self.ids[name]}"
            case ["Fn::Join", [between, parts]]:
                return between.join(self.value(part) for part in parts)
        return {name: self.value(one) for name, one in value.items()}

    def vpc_cidr_block(self, logical, properties):
        vpc = self.value(properties["VpcId"])
        answer = self.ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
        self.ids[logical] = answer["Ipv6CidrBlockAssociation"]["AssociationId"]
        self.helped.add("VPCCidrBlock is skipped: associate-vpc-cidr-block")

    def subnet(self, logical, properties):
        if "Ipv6CidrBlock" not in properties:
            return
        # The CDK writes the block as the n-th of the VPC's: Fn::Select of Fn::Cidr.
        position = properties["Ipv6CidrBlock"]["Fn::Select"][0]
        vpc = self.ec2.describe_vpcs(VpcIds=[self.value(properties["VpcId"])])["Vpcs"][0]
        whole = ipaddress.IPv6Network(vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])
        block = list(whole.subnets(new_prefix=64))[position]
        subnet = self.ids[logical]
        self.ec2.associate_subnet_cidr_block(SubnetId=subnet, Ipv6CidrBlock=str(block))
        assign = bool(properties.get("AssignIpv6AddressOnCreation"))
        self.ec2.modify_subnet_attribute(SubnetId=subnet, AssignIpv6AddressOnCreation={"Value": assign})
        self.helped.add("Fn::Cidr is not understood: associate-subnet-cidr-block")

    def subnet_route_table_association(self, logical, properties):
        table, subnet = self.value(properties["RouteTableId"]), self.value(properties["SubnetId"])
        answer = self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        self.ids[logical] = answer["AssociationId"]
        self.helped.add("SubnetRouteTableAssociation associates nothing: associate-route-table")

    def egress_only_internet_gateway(self, logical, properties):
        answer = self.ec2.create_egress_only_internet_gateway(VpcId=self.value(properties["VpcId"]))
        self.ids[logical] = answer["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
        self.helped.add("EgressOnlyInternetGateway is skipped: create-egress-only-internet-gateway")

    def route(self, logical, properties):
        if "DestinationIpv6CidrBlock" not in properties:
            return
        self.ec2.create_route(**{name: self.value(value) for name, value in properties.items()})
        self.ids[logical] = logical
        self.helped.add("Route of IPv6 lacks its target: create-route")

    def security_group(self, logical, properties):
        if "SecurityGroupEgress" not in properties:
            return
        group = self.ids[logical]
        made = self.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissionsEgress"]
        self.ec2.revoke_security_group_egress(GroupId=group, IpPermissions=made)
        for rule in properties["SecurityGroupEgress"]:
            permission = {"IpProtocol": str(rule["IpProtocol"])}
            if "FromPort" in rule:
                permission |= {"FromPort": rule["FromPort"], "ToPort": rule["ToPort"]}
            if "CidrIp" in rule:
                permission["IpRanges"] = [{"CidrIp": rule["CidrIp"]}]
            elif "CidrIpv6" in rule:
                permission["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"]}]
            else:
                other = self.value(rule["DestinationSecurityGroupId"])
                permission["UserIdGroupPairs"] = [{"GroupId": other}]
            self.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[permission])
        self.helped.add("SecurityGroupEgress of a SecurityGroup is ignored: authorize-security-group-egress")

    def vpc_endpoint(self, logical, properties):
        if "PolicyDocument" not in properties:
            return
        endpoint = self.ids[logical]
        made = self.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"][0]["PolicyDocument"]
        policy = json.dumps(ast.literal_eval(made))
        self.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, PolicyDocument=policy)
        self.helped.add("PolicyDocument of a VPCEndpoint is no JSON: modify-vpc-endpoint")

    def network_acl(self, logical, properties):
        answer = self.ec2.create_network_acl(VpcId=self.value(properties["VpcId"]))
        self.ids[logical] = answer["NetworkAcl"]["NetworkAclId"]
        self.helped.add("NetworkAcl, its entries and its associations are skipped: create-network-acl")

    def network_acl_entry(self, logical, properties):
        entry = {name: self.value(value) for name, value in properties.items()}
        entry["Protocol"] = str(entry["Protocol"])
        entry.setdefault("Egress", False)
        self.ec2.create_network_acl_entry(**entry)
        self.ids[logical] = logical

    def subnet_network_acl_association(self, logical, properties):
        subnet = self.value(properties["SubnetId"])
        filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
        for acl in self.ec2.describe_network_acls(Filters=filters)["NetworkAcls"]:
            for association in acl["Associations"]:
                if association["SubnetId"] == subnet:
                    answer = self.ec2.replace_network_acl_association(
                        AssociationId=association["NetworkAclAssociationId"],
                        NetworkAclId=self.value(properties["NetworkAclId"]),
                    )
                    self.ids[logical] = answer["NewAssociationId"]

    def role(self, logical, properties):
        for policy in properties.get("Policies", []):
            document = json.dumps(self.value(policy["PolicyDocument"]))
            self.iam.put_role_policy(
                RoleName=self.ids[logical], PolicyName=policy["PolicyName"], PolicyDocument=document
            )
            self.helped.add("Policies of a Role are no JSON: put-role-policy")

    def bucket_policy(self, logical, properties):
        policy = json.dumps(self.value(properties["PolicyDocument"]))
        self.s3.put_bucket_policy(Bucket=self.value(properties["Bucket"]), Policy=policy)
        self.ids[logical] = logical
        self.helped.add("BucketPolicy is skipped: put-bucket-policy")


    def access_point(self, logical, properties):
        name, settings = properties["Name"], {}
        if "VpcConfiguration" in properties:
            settings["VpcConfiguration"] = self.value(properties["VpcConfiguration"])
        bucket = self.value(properties["Bucket"])
        self.s3control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=bucket, **settings)
        if "Policy" in properties:
            policy = json.dumps(self.value(properties["Policy"]))
            self.s3control.put_access_point_policy(AccountId=ACCOUNT, Name=name, Policy=policy)
        self.ids[logical] = name
        self.helped.add("AccessPoint is skipped: create-access-point")
        self.helped.add(f"every access point is in us-east-1: put into {REGION}")


def collect(script, name, template, ids, out):
    """Runs the script for the one VPC of a stack, with all of its functions and buckets."""
    arguments = []
    options = {"AWS::EC2::VPC": "--vpc", "AWS::Lambda::Function": "--function", "AWS::S3::Bucket": "--bucket"}
    for logical, resource in template["Resources"].items():
        if resource["Type"] in options:
            arguments += [options[resource["Type"]], ids[logical]]
    done = subprocess.run(
        ["sh", script, *arguments, "--output", out / f"{name}.dump.json"], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise SystemExit(f"{name}: {done.stderr}")
    dump = out / f"{name}.dump.json"
    text = dump.read_text()
    for before, behind in (("arn:aws:s3:", ":"), (".", ".amazonaws.com")):
        text = text.replace(f"{before}us-east-1{behind}", f"{before}{REGION}{behind}")
    dump.write_text(text)


def main():
    *paths, out, script = [pathlib.Path(argument) for argument in sys.argv[1:]]
    os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_REGION=REGION)
    for variable in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "HTTPS_PROXY", "http_proxy", "https_proxy", "no_proxy"):
        os.environ.pop(variable, None)
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    # The AWS CLI of the environment that this runs in.
    os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # Calls that moto does not know are answered with an error, which is no better the next time.
    os.environ["AWS_MAX_ATTEMPTS"] = "1"
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    out.mkdir(parents=True, exist_ok=True)
    server = moto.server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    os.environ["AWS_ENDPOINT_URL"] = os.environ["HTTP_PROXY"] = "http://{}:{}".format(*server.get_host_and_port())
    os.environ["AWS_ENDPOINT_URL_S3_CONTROL"] = S3_CONTROL
    os.environ["NO_PROXY"] = "127.0.0.1"
    account = Account(os.environ["AWS_ENDPOINT_URL"])
    templates = {path.name.split(".")[0]: yaml.safe_load(path.read_text()) for path in paths}
    stacks = {name: account.stack(name, template) for name, template in templates.items()}
    for name, template in templates.items():
        (out / f"{name}.template.json").write_text(json.dumps(template, indent=1))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(collect, script, name, templates[name], stacks[name]["ids"], out) for name in templates]
        for run in runs:
            run.result()
    (out / "stacks.json").write_text(json.dumps(stacks, indent=1))
    server.stop()


if __name__ == "__main__":
    main()
