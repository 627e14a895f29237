//! Commands that remove something.

use super::{Script, filter};
use crate::export::resource::{Kind, Origin, Resource};
use crate::export::shell::{Command, Word};

impl Script<'_> {
    /// Removes a resource, or says that it has to be done by hand.
    pub(super) fn delete(&mut self, old: &Resource) {
        if self.remove(old).is_none() && !self.left_out.contains(&old.place) {
            self.left_out.push(old.place.clone());
        }
    }

    fn remove(&mut self, old: &Resource) -> Option<()> {
        let simple = |command: &str, option: &'static str| Some((command.to_owned(), option));
        let plain = match old.kind {
            Kind::Subnet => simple("aws ec2 delete-subnet", "--subnet-id"),
            Kind::Vpc => simple("aws ec2 delete-vpc", "--vpc-id"),
            Kind::InternetGateway => simple("aws ec2 delete-internet-gateway", "--internet-gateway-id"),
            Kind::EgressOnlyInternetGateway => {
                simple("aws ec2 delete-egress-only-internet-gateway", "--egress-only-internet-gateway-id")
            }
            Kind::RouteTable => simple("aws ec2 delete-route-table", "--route-table-id"),
            Kind::SecurityGroup => simple("aws ec2 delete-security-group", "--group-id"),
            Kind::NetworkAcl => simple("aws ec2 delete-network-acl", "--network-acl-id"),
            Kind::VpcEndpoint => simple("aws ec2 delete-vpc-endpoints", "--vpc-endpoint-ids"),
            Kind::PrefixList => simple("aws ec2 delete-managed-prefix-list", "--prefix-list-id"),
            Kind::DhcpOptions => simple("aws ec2 delete-dhcp-options", "--dhcp-options-id"),
            Kind::HostedZone => simple("aws route53 delete-hosted-zone", "--id"),
            Kind::NetworkInterface => simple("aws ec2 delete-network-interface", "--network-interface-id"),
            Kind::Function if !self.is_replaced(old) => simple("aws lambda delete-function", "--function-name"),
            _ => None,
        };
        if let Some((command, option)) = plain {
            if self.is_replaced(old) && !can_be_made_anew(old.kind) {
                return None;
            }
            let id = self.old_id(&old.key)?;
            self.run(Command::new(&command).option(option, id));
            return Some(());
        }
        match old.kind {
            Kind::NatGateway => {
                let id = self.old_id(&old.key)?;
                let addresses = [&self.variable(&old.key), "_ADDRESSES"].concat();
                let has_address = old.field("AllocationId").is_some();
                if has_address {
                    let describe = Command::new("aws ec2 describe-nat-gateways");
                    let describe = describe.option("--nat-gateway-ids", id.clone());
                    self.take(&addresses, describe, "NatGateways[0].NatGatewayAddresses[].AllocationId");
                }
                self.run(Command::new("aws ec2 delete-nat-gateway").option("--nat-gateway-id", id.clone()));
                if has_address {
                    self.run(Command::new("aws ec2 wait nat-gateway-deleted").option("--nat-gateway-ids", id));
                    // An address without use costs as well.
                    self.text.push_str(
                        &[
                            "for ADDRESS in $",
                            &addresses,
                            "; do aws ec2 release-address --allocation-id \"$ADDRESS\"; done\n",
                        ]
                        .concat(),
                    );
                }
                Some(())
            }
            // It went with its gateway.
            Kind::ElasticIp if old.referred("InstanceId").is_none() => Some(()),
            Kind::ElasticIp => {
                let instance = self.old_id(old.referred("InstanceId")?)?;
                let variable = self.variable(&old.key);
                let describe = Command::new("aws ec2 describe-addresses");
                let describe = describe.option("--filters", filter("instance-id", instance));
                for (part, query) in [("", "Addresses[0].AllocationId"), ("_ASSOCIATION", "Addresses[0].AssociationId")]
                {
                    self.take(&[variable.as_str(), part].concat(), describe.clone(), query);
                }
                let association = Word::variable(&[variable.as_str(), "_ASSOCIATION"].concat());
                self.run(Command::new("aws ec2 disassociate-address").option("--association-id", association));
                self.run(Command::new("aws ec2 release-address").option("--allocation-id", Word::variable(&variable)));
                Some(())
            }
            Kind::GatewayAttachment => {
                let command = Command::new("aws ec2 detach-internet-gateway")
                    .option("--internet-gateway-id", self.old_id(old.referred("InternetGatewayId")?)?)
                    .option("--vpc-id", self.old_id(old.referred("VpcId")?)?);
                self.run(command);
                Some(())
            }
            Kind::Route => {
                let command = self.route("aws ec2 delete-route", old, false)?;
                self.run(command);
                Some(())
            }
            Kind::SecurityGroupIngress | Kind::SecurityGroupEgress => {
                let command = match old.kind {
                    Kind::SecurityGroupIngress => "aws ec2 revoke-security-group-ingress",
                    _ => "aws ec2 revoke-security-group-egress",
                };
                let group = self.setting(old, "GroupId")??;
                let permission = self.permission(old)?;
                self.run(Command::new(command).option("--group-id", group).option("--ip-permissions", permission));
                Some(())
            }
            Kind::NetworkAclEntry => {
                let command = self.entry(old, "aws ec2 delete-network-acl-entry")?;
                self.run(command);
                Some(())
            }
            Kind::SubnetRouteTableAssociation | Kind::GatewayRouteTableAssociation => {
                let association = self.association(old)?;
                self.run(Command::new("aws ec2 disassociate-route-table").option("--association-id", association));
                Some(())
            }
            Kind::NetworkAclAssociation => self.back_to_default_acl(old),
            Kind::DhcpOptionsAssociation => {
                let vpc = self.setting(old, "VpcId")??;
                let command = Command::new("aws ec2 associate-dhcp-options").with("--dhcp-options-id", "default");
                self.run(command.option("--vpc-id", vpc));
                Some(())
            }
            Kind::RecordSet => {
                let command = self.record(old, "DELETE")?;
                self.run(command);
                Some(())
            }
            Kind::BlockPublicAccess => {
                let command = Command::new("aws ec2 modify-vpc-block-public-access-options");
                self.run(command.with("--internet-gateway-block-mode", "off"));
                Some(())
            }
            Kind::RolePolicy => {
                let command = Command::new("aws iam delete-role-policy")
                    .option("--role-name", self.old_id(&old.owner)?)
                    .option("--policy-name", self.setting(old, "PolicyName")??);
                self.run(command);
                Some(())
            }
            Kind::RolePolicyAttachment => {
                let command = Command::new("aws iam detach-role-policy")
                    .option("--role-name", self.old_id(&old.owner)?)
                    .option("--policy-arn", self.setting(old, "PolicyArn")??);
                self.run(command);
                Some(())
            }
            Kind::BucketPolicy => {
                let bucket = self.setting(old, "Bucket")??;
                self.run(Command::new("aws s3api delete-bucket-policy").option("--bucket", bucket));
                Some(())
            }
            // What holds data or runs is not thrown away by a script, and an exclusion's id is in no document.
            _ => None,
        }
    }

    fn is_replaced(&self, old: &Resource) -> bool {
        self.difference.replaced.iter().any(|(replaced, _)| replaced.key == old.key)
    }

    /// A subnet without association of its own has the VPC's default network ACL.
    fn back_to_default_acl(&mut self, old: &Resource) -> Option<()> {
        let implied = self.difference.after.get(&old.key).filter(|one| one.origin == Origin::Implied);
        let acl = match implied.and_then(|one| one.referred("NetworkAclId")) {
            Some(acl) => self.id(acl)?,
            None => {
                let subnet = old.referred("SubnetId")?;
                let vpc = self.difference.before.get(subnet)?.referred("VpcId")?.to_owned();
                let id = self.id(&vpc)?;
                let describe = Command::new("aws ec2 describe-network-acls")
                    .list("--filters", vec![filter("vpc-id", id), Word::text("Name=default,Values=true")]);
                let variable = [&self.variable(&vpc), "_DEFAULT_ACL"].concat();
                self.look_up(variable, describe, "NetworkAcls[0].NetworkAclId")?
            }
        };
        let association = self.association(old)?;
        let command = Command::new("aws ec2 replace-network-acl-association");
        self.run(command.option("--association-id", association).option("--network-acl-id", acl));
        Some(())
    }
}

/// What another one can take the place of without loss.
fn can_be_made_anew(kind: Kind) -> bool {
    matches!(kind, Kind::VpcEndpoint | Kind::DhcpOptions | Kind::EgressOnlyInternetGateway)
}
