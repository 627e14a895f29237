//! Commands that change something.

use super::create::inbound_only;
use super::{Script, is_on, switch};
use crate::export::resource::{Kind, Resource, Term};
use crate::export::shell::{Command, Word};

impl Script<'_> {
    /// Changes settings of a resource; none where no command does.
    pub(super) fn update(&mut self, old: &Resource, new: &Resource, fields: &[&'static str]) -> Option<()> {
        match new.kind {
            Kind::Vpc => {
                let vpc = self.id(&new.key)?;
                // DNS names need the resolver: it comes first and goes last.
                let mut order =
                    [("EnableDnsSupport", "enable-dns-support"), ("EnableDnsHostnames", "enable-dns-hostnames")];
                if !is_on(new, "EnableDnsSupport") {
                    order.reverse();
                }
                for (_, option) in order.iter().filter(|(name, _)| fields.contains(name)).map(|pair| (pair.0, pair.1)) {
                    let name = if option == "enable-dns-support" { "EnableDnsSupport" } else { "EnableDnsHostnames" };
                    let command = Command::new("aws ec2 modify-vpc-attribute").option("--vpc-id", vpc.clone());
                    self.run(command.flag(&switch(option, is_on(new, name))));
                }
                Some(())
            }
            Kind::Subnet => {
                let subnet = self.id(&new.key)?;
                for (name, option) in
                    [("MapPublicIpOnLaunch", "map-public-ip-on-launch"), ("EnableDns64", "enable-dns64")]
                {
                    if fields.contains(&name) {
                        let command = Command::new("aws ec2 modify-subnet-attribute");
                        let command = command.option("--subnet-id", subnet.clone());
                        self.run(command.flag(&switch(option, is_on(new, name))));
                    }
                }
                Some(())
            }
            Kind::Route => {
                let command = self.route("aws ec2 replace-route", new, true)?;
                self.run(command);
                Some(())
            }
            Kind::SubnetRouteTableAssociation | Kind::GatewayRouteTableAssociation => {
                let table = self.setting(new, "RouteTableId")??;
                let association = self.association(new)?;
                let command = Command::new("aws ec2 replace-route-table-association");
                self.run(command.option("--association-id", association).option("--route-table-id", table));
                Some(())
            }
            Kind::NetworkAclAssociation => self.associate_acl(new),
            Kind::NetworkAclEntry => {
                let command = self.whole_entry(new, "aws ec2 replace-network-acl-entry")?;
                self.run(command);
                Some(())
            }
            Kind::DhcpOptionsAssociation => self.associate_options(new),
            Kind::VpcEndpoint => self.update_endpoint(old, new, fields),
            Kind::Function => self.update_function(new, fields),
            Kind::Instance => {
                let instance = self.id(&new.key)?;
                let command = || Command::new("aws ec2 modify-instance-attribute");
                if fields.contains(&"SecurityGroupIds") {
                    let groups = self.settings(new, "SecurityGroupIds").filter(|groups| !groups.is_empty())?;
                    self.run(command().option("--instance-id", instance.clone()).list("--groups", groups));
                }
                if fields.contains(&"SourceDestCheck") {
                    let checks = new.field("SourceDestCheck") != Some(&Term::Flag(false));
                    self.run(command().option("--instance-id", instance).flag(&switch("source-dest-check", checks)));
                }
                Some(())
            }
            Kind::NetworkInterface => {
                let interface = self.id(&new.key)?;
                let command = || Command::new("aws ec2 modify-network-interface-attribute");
                if fields.contains(&"GroupSet") {
                    let groups = self.settings(new, "GroupSet").filter(|groups| !groups.is_empty())?;
                    self.run(command().option("--network-interface-id", interface.clone()).list("--groups", groups));
                }
                if fields.contains(&"SourceDestCheck") {
                    let checks = new.field("SourceDestCheck") != Some(&Term::Flag(false));
                    let command = command().option("--network-interface-id", interface);
                    self.run(command.flag(&switch("source-dest-check", checks)));
                }
                Some(())
            }
            Kind::PrefixList => self.update_prefix_list(old, new),
            Kind::HostedZone => {
                if fields != ["VPCs"] {
                    return None;
                }
                let zone = self.id(&new.key)?;
                let (gone, come) = self.moved(old, new, "VPCs");
                for (vpcs, command) in [
                    (come, "aws route53 associate-vpc-with-hosted-zone"),
                    (gone, "aws route53 disassociate-vpc-from-hosted-zone"),
                ] {
                    for vpc in vpcs {
                        let vpc = self.zone_vpc(&vpc)?;
                        self.run(Command::new(command).option("--hosted-zone-id", zone.clone()).option("--vpc", vpc));
                    }
                }
                Some(())
            }
            Kind::RecordSet => {
                if fields.contains(&"Type") {
                    let command = self.record(old, "DELETE")?;
                    self.run(command);
                }
                let command = self.record(new, "UPSERT")?;
                self.run(command);
                Some(())
            }
            Kind::BlockPublicAccess => self.create(new),
            Kind::BucketPolicy => self.put_policy(new),
            Kind::RolePolicy => self.put_role_policy(new),
            Kind::ManagedPolicy => {
                let command = Command::new("aws iam create-policy-version")
                    .option("--policy-arn", self.id(&new.key)?)
                    .option("--policy-document", self.setting(new, "PolicyDocument")??)
                    .flag("--set-as-default");
                self.run(command);
                Some(())
            }
            Kind::KmsKey => {
                let command = Command::new("aws kms put-key-policy")
                    .option("--key-id", self.id(&new.key)?)
                    .with("--policy-name", "default")
                    .option("--policy", self.setting(new, "KeyPolicy")??);
                self.run(command);
                Some(())
            }
            Kind::AccessPoint => {
                let (is_policy, account) = (fields == ["Policy"], self.known.account_of_access_point(&new.key));
                let command = Command::new("aws s3control put-access-point-policy")
                    .option("--account-id", Word::value(account.filter(|_| is_policy)?))
                    .option("--name", self.id(&new.key)?)
                    .option("--policy", self.setting(new, "Policy")??);
                self.run(command);
                Some(())
            }
            // A description changes nothing in the network.
            Kind::SecurityGroup => Some(()),
            _ => None,
        }
    }

    /// The elements of a list that are gone, and those that came.
    fn moved(&self, old: &Resource, new: &Resource, name: &str) -> (Vec<Term>, Vec<Term>) {
        let list = |resource: &Resource| match resource.field(name) {
            Some(Term::List(terms)) => terms.clone(),
            _ => Vec::new(),
        };
        let (old, new) = (list(old), list(new));
        let only = |of: &[Term], other: &[Term]| of.iter().filter(|term| !other.contains(term)).cloned().collect();
        (only(&old, &new), only(&new, &old))
    }

    fn update_endpoint(&mut self, old: &Resource, new: &Resource, fields: &[&'static str]) -> Option<()> {
        let endpoint = self.id(&new.key)?;
        let mut command = Command::new("aws ec2 modify-vpc-endpoint").option("--vpc-endpoint-id", endpoint);
        for (name, option) in [
            ("RouteTableIds", "route-table-ids"),
            ("SubnetIds", "subnet-ids"),
            ("SecurityGroupIds", "security-group-ids"),
        ] {
            if !fields.contains(&name) {
                continue;
            }
            let (gone, come) = self.moved(old, new, name);
            let come = come.iter().map(|term| self.word(term)).collect::<Option<Vec<_>>>()?;
            // What is gone altogether has left the endpoint by itself, but it is there until the end.
            let gone = gone.iter().map(|term| self.old_word(term)).collect::<Option<Vec<_>>>()?;
            command = command.list(&["--add-", option].concat(), come).list(&["--remove-", option].concat(), gone);
        }
        if fields.contains(&"PrivateDnsEnabled") {
            command = command.flag(&switch("private-dns-enabled", is_on(new, "PrivateDnsEnabled")));
        }
        if fields.contains(&"PrivateDnsOnlyForInboundResolverEndpoint") {
            // Without the option it is what AWS does by default.
            let only = new.field("PrivateDnsOnlyForInboundResolverEndpoint") != Some(&Term::Flag(false));
            command = command.with("--dns-options", inbound_only(only));
        }
        if fields.contains(&"IpAddressType") {
            let of_type = self.setting(new, "IpAddressType")?.unwrap_or(Word::text("ipv4"));
            command = command.option("--ip-address-type", of_type);
        }
        if fields.contains(&"PolicyDocument") {
            command = match self.setting(new, "PolicyDocument")? {
                Some(policy) => command.option("--policy-document", policy),
                None => command.flag("--reset-policy"),
            };
        }
        self.run(command);
        Some(())
    }

    /// A reference to something that may go away.
    fn old_word(&mut self, term: &Term) -> Option<Word> {
        match term {
            Term::Of(key, _) if self.difference.after.get(key).is_none() => self.old_id(key),
            other => self.word(other),
        }
    }

    fn update_function(&mut self, new: &Resource, fields: &[&'static str]) -> Option<()> {
        if fields.contains(&"Runtime") {
            return None;
        }
        let name = self.id(&new.key)?;
        let mut command = Command::new("aws lambda update-function-configuration");
        command = command.option("--function-name", name.clone());
        if fields.contains(&"Timeout") {
            command = command.option("--timeout", self.setting(new, "Timeout")??);
        }
        if fields.contains(&"VpcConfig") {
            let Some(Term::Fields(settings)) = new.field("VpcConfig") else { return None };
            let setting = |name: &str| settings.iter().find(|(field, _)| *field == name).map(|(_, term)| term.clone());
            let none = || Term::List(Vec::new());
            let subnets = setting("SubnetIds").unwrap_or_else(none);
            let is_inside = subnets != none();
            let mut all =
                vec![("SubnetIds", subnets), ("SecurityGroupIds", setting("SecurityGroupIds").unwrap_or_else(none))];
            if is_inside {
                all.push(("Ipv6AllowedForDualStack", setting("Ipv6AllowedForDualStack").unwrap_or(false.into())));
            }
            command = command.option("--vpc-config", self.json(&Term::Fields(all))?);
        }
        self.run(command);
        self.run(Command::new("aws lambda wait function-updated").option("--function-name", name));
        Some(())
    }

    fn update_prefix_list(&mut self, old: &Resource, new: &Resource) -> Option<()> {
        if old.field("PrefixListName") != new.field("PrefixListName")
            || old.field("AddressFamily") != new.field("AddressFamily")
        {
            return None;
        }
        let list = self.id(&new.key)?;
        let variable = [&self.variable(&new.key), "_VERSION"].concat();
        let version = |script: &mut Self| {
            let describe = Command::new("aws ec2 describe-managed-prefix-lists");
            let describe = describe.option("--prefix-list-ids", list.clone());
            script.take(&variable, describe, "PrefixLists[0].Version");
        };
        let (gone, come) = self.moved(old, new, "Entries");
        let number = |resource: &Resource| match resource.field("MaxEntries") {
            Some(Term::Number(number)) => *number,
            _ => 0,
        };
        if number(new) > number(old) {
            // AWS changes size and entries in requests of their own.
            let command = Command::new("aws ec2 modify-managed-prefix-list");
            let size = Word::text(&number(new).to_string());
            self.run(command.option("--prefix-list-id", list.clone()).option("--max-entries", size));
        }
        version(self);
        let mut command = Command::new("aws ec2 modify-managed-prefix-list").option("--prefix-list-id", list.clone());
        command = command.option("--current-version", Word::variable(&variable));
        for (entries, option) in [(come, "--add-entries"), (gone, "--remove-entries")] {
            if !entries.is_empty() {
                command = command.option(option, self.json(&Term::List(entries))?);
            }
        }
        self.run(command);
        Some(())
    }
}
