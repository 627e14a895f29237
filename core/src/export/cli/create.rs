//! Commands that make something.

use super::{Script, is_on, switch};
use crate::export::resource::{Kind, Origin, Resource, Term};
use crate::export::shell::{Command, Word};

impl Script<'_> {
    /// Makes a resource; none where no command does.
    pub(super) fn create(&mut self, new: &Resource) -> Option<()> {
        let variable = self.variable(&new.key);
        match new.kind {
            Kind::Vpc => self.create_vpc(new, &variable),
            Kind::Subnet => self.create_subnet(new, &variable),
            Kind::VpcCidrBlock => {
                let vpc = self.setting(new, "VpcId")??;
                let block = self.setting(new, "CidrBlock")?;
                let command = Command::new("aws ec2 associate-vpc-cidr-block").option("--vpc-id", vpc);
                self.run(match block {
                    Some(block) => command.option("--cidr-block", block),
                    None => command.flag("--amazon-provided-ipv6-cidr-block"),
                });
                Some(())
            }
            Kind::DhcpOptions => {
                let servers = new.field("DomainNameServers")?.clone();
                let settings =
                    Term::List(vec![Term::Fields(vec![("Key", "domain-name-servers".into()), ("Values", servers)])]);
                let command =
                    Command::new("aws ec2 create-dhcp-options").option("--dhcp-configurations", self.json(&settings)?);
                self.take(&variable, command, "DhcpOptions.DhcpOptionsId");
                Some(())
            }
            Kind::DhcpOptionsAssociation => self.associate_options(new),
            Kind::InternetGateway => {
                let command = Command::new("aws ec2 create-internet-gateway");
                self.take(&variable, command, "InternetGateway.InternetGatewayId");
                Some(())
            }
            Kind::GatewayAttachment => {
                let command = Command::new("aws ec2 attach-internet-gateway")
                    .option("--internet-gateway-id", self.setting(new, "InternetGatewayId")??)
                    .option("--vpc-id", self.setting(new, "VpcId")??);
                self.run(command);
                Some(())
            }
            Kind::EgressOnlyInternetGateway => {
                let command = Command::new("aws ec2 create-egress-only-internet-gateway")
                    .option("--vpc-id", self.setting(new, "VpcId")??);
                self.take(&variable, command, "EgressOnlyInternetGateway.EgressOnlyInternetGatewayId");
                Some(())
            }
            Kind::ElasticIp => {
                let command = Command::new("aws ec2 allocate-address").with("--domain", "vpc");
                self.take(&variable, command, "AllocationId");
                if let Some(instance) = self.setting(new, "InstanceId")? {
                    let command = Command::new("aws ec2 associate-address")
                        .option("--allocation-id", Word::variable(&variable))
                        .option("--instance-id", instance);
                    self.run(command);
                }
                Some(())
            }
            Kind::NatGateway => {
                let command = Command::new("aws ec2 create-nat-gateway")
                    .maybe("--subnet-id", self.setting(new, "SubnetId")?)
                    .maybe("--vpc-id", self.setting(new, "VpcId")?)
                    .maybe("--availability-mode", self.setting(new, "AvailabilityMode")?)
                    .maybe("--connectivity-type", self.setting(new, "ConnectivityType")?)
                    .maybe("--allocation-id", self.setting(new, "AllocationId")?)
                    .maybe("--private-ip-address", self.setting(new, "PrivateIpAddress")?);
                self.take(&variable, command, "NatGateway.NatGatewayId");
                let wait = Command::new("aws ec2 wait nat-gateway-available");
                self.run(wait.option("--nat-gateway-ids", Word::variable(&variable)));
                Some(())
            }
            Kind::RouteTable => {
                let command =
                    Command::new("aws ec2 create-route-table").option("--vpc-id", self.setting(new, "VpcId")??);
                self.take(&variable, command, "RouteTable.RouteTableId");
                Some(())
            }
            Kind::SubnetRouteTableAssociation | Kind::GatewayRouteTableAssociation => {
                let command = Command::new("aws ec2 associate-route-table")
                    .option("--route-table-id", self.setting(new, "RouteTableId")??)
                    .maybe("--subnet-id", self.setting(new, "SubnetId")?)
                    .maybe("--gateway-id", self.setting(new, "GatewayId")?);
                self.run(command);
                Some(())
            }
            Kind::Route => {
                let command = self.route("aws ec2 create-route", new, true)?;
                self.run(command);
                Some(())
            }
            Kind::SecurityGroup => self.create_group(new, &variable),
            Kind::SecurityGroupIngress | Kind::SecurityGroupEgress => {
                let command = match new.kind {
                    Kind::SecurityGroupIngress => "aws ec2 authorize-security-group-ingress",
                    _ => "aws ec2 authorize-security-group-egress",
                };
                let group = self.setting(new, "GroupId")??;
                let permission = self.permission(new)?;
                self.run(Command::new(command).option("--group-id", group).option("--ip-permissions", permission));
                Some(())
            }
            Kind::NetworkAcl => {
                let command =
                    Command::new("aws ec2 create-network-acl").option("--vpc-id", self.setting(new, "VpcId")??);
                self.take(&variable, command, "NetworkAcl.NetworkAclId");
                Some(())
            }
            Kind::NetworkAclEntry => {
                let command = self.whole_entry(new, "aws ec2 create-network-acl-entry")?;
                self.run(command);
                Some(())
            }
            Kind::NetworkAclAssociation => self.associate_acl(new),
            Kind::VpcEndpoint => self.create_endpoint(new, &variable),
            Kind::PrefixList => {
                let command = Command::new("aws ec2 create-managed-prefix-list")
                    .option("--prefix-list-name", self.setting(new, "PrefixListName")??)
                    .option("--address-family", self.setting(new, "AddressFamily")??)
                    .option("--max-entries", self.setting(new, "MaxEntries")??)
                    .option("--entries", self.setting(new, "Entries")??);
                self.take(&variable, command, "PrefixList.PrefixListId");
                Some(())
            }
            Kind::HostedZone => self.create_zone(new, &variable),
            Kind::RecordSet => {
                let command = self.record(new, "UPSERT")?;
                self.run(command);
                Some(())
            }
            Kind::BlockPublicAccess => {
                let mode = self.setting(new, "InternetGatewayBlockMode")??;
                let command = Command::new("aws ec2 modify-vpc-block-public-access-options");
                self.run(command.option("--internet-gateway-block-mode", mode));
                Some(())
            }
            Kind::BlockPublicAccessExclusion => {
                let command = Command::new("aws ec2 create-vpc-block-public-access-exclusion")
                    .maybe("--vpc-id", self.setting(new, "VpcId")?)
                    .maybe("--subnet-id", self.setting(new, "SubnetId")?)
                    .maybe("--internet-gateway-exclusion-mode", self.setting(new, "InternetGatewayExclusionMode")?);
                self.run(command);
                Some(())
            }
            Kind::BucketPolicy => self.put_policy(new),
            // The account, which the command needs, is the caller's own.
            Kind::AccessPoint => None,
            Kind::RolePolicy => self.put_role_policy(new),
            Kind::RolePolicyAttachment => {
                let command = Command::new("aws iam attach-role-policy")
                    .option("--role-name", self.setting(new, "RoleName")??)
                    .option("--policy-arn", self.setting(new, "PolicyArn")??);
                self.run(command);
                Some(())
            }
            Kind::Instance => self.create_instance(new, &variable),
            Kind::NetworkInterface => {
                let command = Command::new("aws ec2 create-network-interface")
                    .option("--subnet-id", self.setting(new, "SubnetId")??)
                    .list("--groups", self.settings(new, "GroupSet")?)
                    .maybe("--private-ip-address", self.setting(new, "PrivateIpAddress")?);
                self.take(&variable, command, "NetworkInterface.NetworkInterfaceId");
                if new.field("SourceDestCheck") == Some(&Term::Flag(false)) {
                    let command = Command::new("aws ec2 modify-network-interface-attribute");
                    let command = command.option("--network-interface-id", Word::variable(&variable));
                    self.run(command.flag("--no-source-dest-check"));
                }
                Some(())
            }
            // Nobody but the person knows what a function's code is, and what a bucket may be called.
            Kind::Function | Kind::Bucket => None,
            Kind::Role | Kind::DefaultSecurityGroup => Some(()),
            // Who may assume a role and who manages a key is not in the document.
            Kind::ExistingRole | Kind::ManagedPolicy | Kind::KmsKey => None,
        }
    }

    fn create_vpc(&mut self, new: &Resource, variable: &str) -> Option<()> {
        let command = Command::new("aws ec2 create-vpc").option("--cidr-block", self.setting(new, "CidrBlock")??);
        self.take(variable, command, "Vpc.VpcId");
        for (name, option, default) in
            [("EnableDnsSupport", "enable-dns-support", true), ("EnableDnsHostnames", "enable-dns-hostnames", false)]
        {
            if is_on(new, name) != default {
                let command = Command::new("aws ec2 modify-vpc-attribute").option("--vpc-id", Word::variable(variable));
                self.run(command.flag(&switch(option, !default)));
            }
        }
        Some(())
    }

    fn create_subnet(&mut self, new: &Resource, variable: &str) -> Option<()> {
        let native = is_on(new, "Ipv6Native");
        let mut command = Command::new("aws ec2 create-subnet")
            .option("--vpc-id", self.setting(new, "VpcId")??)
            .maybe("--cidr-block", self.setting(new, "CidrBlock")?)
            .maybe("--ipv6-cidr-block", self.setting(new, "Ipv6CidrBlock")?)
            .maybe("--availability-zone", self.setting(new, "AvailabilityZone")?);
        if native {
            command = command.flag("--ipv6-native");
        }
        self.take(variable, command, "Subnet.SubnetId");
        for (name, option) in [("MapPublicIpOnLaunch", "map-public-ip-on-launch"), ("EnableDns64", "enable-dns64")] {
            if is_on(new, name) {
                let command = Command::new("aws ec2 modify-subnet-attribute");
                self.run(command.option("--subnet-id", Word::variable(variable)).flag(&switch(option, true)));
            }
        }
        Some(())
    }

    fn create_group(&mut self, new: &Resource, variable: &str) -> Option<()> {
        let description = new.text("GroupDescription")?;
        // AWS refuses names that look like its ids.
        let name = match description.starts_with("sg-") {
            true => ["group-", description].concat(),
            false => description.to_owned(),
        };
        let vpc = self.setting(new, "VpcId")??;
        let command = Command::new("aws ec2 create-security-group")
            .option("--group-name", Word::value(&name))
            .option("--description", Word::value(description))
            .option("--vpc-id", vpc);
        self.take(variable, command, "GroupId");
        let after = self.difference.after;
        let stays_open = after
            .resources
            .iter()
            .any(|rule| rule.owner == new.key && rule.kind == Kind::SecurityGroupEgress && is_open(rule));
        if !stays_open {
            // AWS lets a new group send everything everywhere.
            let vpc = new.referred("VpcId")?;
            let has_ipv6 = after.get(&[vpc, "#ipv6Block"].concat()).is_some();
            let mut fields = vec![
                ("IpProtocol", Term::from("-1")),
                ("IpRanges", Term::List(vec![Term::Fields(vec![("CidrIp", "0.0.0.0/0".into())])])),
            ];
            if has_ipv6 {
                fields.push(("Ipv6Ranges", Term::List(vec![Term::Fields(vec![("CidrIpv6", "::/0".into())])])));
            }
            let permission = self.json(&Term::List(vec![Term::Fields(fields)]))?;
            let command = Command::new("aws ec2 revoke-security-group-egress");
            let command = command.option("--group-id", Word::variable(variable));
            self.run(command.option("--ip-permissions", permission));
        }
        Some(())
    }

    fn create_endpoint(&mut self, new: &Resource, variable: &str) -> Option<()> {
        let mut command = Command::new("aws ec2 create-vpc-endpoint")
            .option("--vpc-id", self.setting(new, "VpcId")??)
            .option("--vpc-endpoint-type", self.setting(new, "VpcEndpointType")??)
            .option("--service-name", self.setting(new, "ServiceName")??)
            .list("--route-table-ids", self.settings(new, "RouteTableIds")?)
            .list("--subnet-ids", self.settings(new, "SubnetIds")?)
            .list("--security-group-ids", self.settings(new, "SecurityGroupIds")?)
            .maybe("--ip-address-type", self.setting(new, "IpAddressType")?)
            .maybe("--policy-document", self.setting(new, "PolicyDocument")?);
        if let Some(Term::Flag(enabled)) = new.field("PrivateDnsEnabled") {
            command = command.flag(&switch("private-dns-enabled", *enabled));
        }
        if let Some(Term::Flag(only)) = new.field("PrivateDnsOnlyForInboundResolverEndpoint") {
            command = command.with("--dns-options", inbound_only(*only));
        }
        self.take(variable, command, "VpcEndpoint.VpcEndpointId");
        Some(())
    }

    fn create_zone(&mut self, new: &Resource, variable: &str) -> Option<()> {
        let Some(Term::List(vpcs)) = new.field("VPCs") else { return None };
        let (first, others) = vpcs.split_first()?;
        let vpc = self.zone_vpc(first)?;
        let command = Command::new("aws route53 create-hosted-zone")
            .option("--name", self.setting(new, "Name")??)
            .option("--vpc", vpc)
            .option("--caller-reference", Word::joined([Word::text("vpcreach-"), Word::variable("NOW")]));
        self.text.push_str("NOW=$(date +%s)\n");
        self.take(variable, command, "HostedZone.Id");
        for vpc in others {
            let vpc = self.zone_vpc(vpc)?;
            let command = Command::new("aws route53 associate-vpc-with-hosted-zone");
            self.run(command.option("--hosted-zone-id", Word::variable(variable)).option("--vpc", vpc));
        }
        Some(())
    }

    /// A VPC as Route 53 takes it.
    pub(super) fn zone_vpc(&mut self, term: &Term) -> Option<Word> {
        let Term::Fields(fields) = term else { return None };
        let (_, vpc) = fields.first()?;
        let region = self.region_word();
        Some(Word::joined([Word::text("VPCRegion="), region, Word::text(",VPCId="), self.word(vpc)?]))
    }

    fn create_instance(&mut self, new: &Resource, variable: &str) -> Option<()> {
        const IMAGE: &str = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
        let command = Command::new("aws ec2 run-instances")
            .with("--image-id", IMAGE)
            .option("--instance-type", self.setting(new, "InstanceType")??)
            .maybe("--subnet-id", self.setting(new, "SubnetId")?)
            .list("--security-group-ids", self.settings(new, "SecurityGroupIds")?)
            .maybe("--private-ip-address", self.setting(new, "PrivateIpAddress")?);
        self.take(variable, command, "Instances[0].InstanceId");
        let wait = Command::new("aws ec2 wait instance-running");
        self.run(wait.option("--instance-ids", Word::variable(variable)));
        if new.field("SourceDestCheck") == Some(&Term::Flag(false)) {
            let command = Command::new("aws ec2 modify-instance-attribute");
            let command = command.option("--instance-id", Word::variable(variable));
            self.run(command.flag("--no-source-dest-check"));
        }
        Some(())
    }

    pub(super) fn associate_options(&mut self, new: &Resource) -> Option<()> {
        let command = Command::new("aws ec2 associate-dhcp-options")
            .option("--dhcp-options-id", self.setting(new, "DhcpOptionsId")??)
            .option("--vpc-id", self.setting(new, "VpcId")??);
        self.run(command);
        Some(())
    }

    /// A subnet always has a network ACL, so that another one takes its place.
    pub(super) fn associate_acl(&mut self, new: &Resource) -> Option<()> {
        let acl = self.setting(new, "NetworkAclId")??;
        let association = self.association(new)?;
        let command = Command::new("aws ec2 replace-network-acl-association");
        self.run(command.option("--association-id", association).option("--network-acl-id", acl));
        Some(())
    }

    pub(super) fn put_role_policy(&mut self, policy: &Resource) -> Option<()> {
        let command = Command::new("aws iam put-role-policy")
            .option("--role-name", self.setting(policy, "RoleName")??)
            .option("--policy-name", self.setting(policy, "PolicyName")??)
            .option("--policy-document", self.setting(policy, "PolicyDocument")??);
        self.run(command);
        Some(())
    }

    pub(super) fn put_policy(&mut self, policy: &Resource) -> Option<()> {
        let command = Command::new("aws s3api put-bucket-policy")
            .option("--bucket", self.setting(policy, "Bucket")??)
            .option("--policy", self.setting(policy, "PolicyDocument")??);
        self.run(command);
        Some(())
    }
}

/// Whether it is the rule that AWS gives a new group.
fn is_open(rule: &Resource) -> bool {
    let is_everything = rule.text("IpProtocol") == Some("-1") && rule.text("CidrIp") == Some("0.0.0.0/0");
    rule.origin == Origin::OfAws || is_everything
}

pub(super) fn inbound_only(only: bool) -> &'static str {
    match only {
        true => "PrivateDnsOnlyForInboundResolverEndpoint=true",
        false => "PrivateDnsOnlyForInboundResolverEndpoint=false",
    }
}
