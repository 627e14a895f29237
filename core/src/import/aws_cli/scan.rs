//! Finds the answers in files, whatever they are wrapped in, and reads their items.

use std::collections::BTreeSet;

use serde::de::DeserializeSeed;
use serde_json::value::RawValue;

use super::answers::{
    AccessPoint, BlockPublicAccessStates, BooleanValue, CapacityProvider, Encryption, Function, KeyMetadata,
    ManagedPolicy, PolicyVersion, PublicAccessBlock, Role, RolePolicy,
};
use super::kind::{Found, ListKind, Lists, unused_call};
use super::reader::{Flaw, ItemReader, Place, WholeReader};
use super::scalar::{List, Text, Unread};
use super::shallow::{CollectedCall, Shallow};
use crate::import::problem::{ImportProblem, ImportProblemKind, OtherFormat};
use crate::import::text::{offset_of, words_of};

/// How deep answers may be wrapped: by account, by Region, by command.
const DEEPEST_WRAPPER: usize = 4;

/// Everything that the files hold.
#[derive(Debug, Default)]
pub(super) struct Findings<'a> {
    pub(super) lists: Lists<'a>,
    /// The DNS attributes of VPCs.
    pub(super) dns_attributes: Vec<DnsAttribute<'a>>,
    /// The mode of VPC Block Public Access, where an answer gives it.
    pub(super) block_mode: Option<Found<Text<'a>>>,
    /// Regions of buckets, as far as the bucket is named.
    pub(super) bucket_locations: Vec<Named<'a>>,
    /// Bucket policies.
    pub(super) bucket_policies: Vec<Named<'a>>,
    /// Buckets that AWS says have no policy, and those of which it says that nothing blocks public access.
    pub(super) without_policy: Vec<Named<'a>>,
    pub(super) public_access_blocks: Vec<(Named<'a>, PublicAccessBlock)>,
    /// Those of whole accounts.
    pub(super) account_blocks: Vec<(Named<'a>, PublicAccessBlock)>,
    /// The accounts whose identities made the calls.
    pub(super) callers: BTreeSet<String>,
    /// The keys of buckets, as their settings name them.
    pub(super) bucket_keys: Vec<Named<'a>>,
    /// Access points.
    pub(super) access_points: Vec<(Named<'a>, AccessPoint<'a>)>,
    /// Their policies.
    pub(super) access_point_policies: Vec<Named<'a>>,
    /// Access points that AWS says have no policy.
    pub(super) access_points_without_policy: Vec<Named<'a>>,
    /// Policies of KMS keys.
    pub(super) key_policies: Vec<Named<'a>>,
    /// KMS keys, each with what it was asked for by.
    pub(super) keys: Vec<(Named<'a>, KeyMetadata<'a>)>,
    /// Inline policies of roles.
    pub(super) role_policies: Vec<Found<RolePolicy<'a>>>,
    /// The names of all inline policies of one role each.
    pub(super) role_policy_names: Vec<(Named<'a>, Vec<Text<'a>>)>,
    /// Managed policies that are attached to one role each.
    pub(super) attached_policies: Vec<Group<'a>>,
    /// Versions of managed policies.
    pub(super) policy_versions: Vec<(Named<'a>, PolicyVersion<'a>)>,
    /// Entries of one prefix list each.
    pub(super) prefix_list_entries: Vec<Group<'a>>,
    /// Records of one hosted zone each.
    pub(super) record_sets: Vec<Group<'a>>,
    /// Rules of one rule group of DNS Firewall each.
    pub(super) firewall_rules: Vec<Group<'a>>,
    /// The domains of one list of DNS Firewall each.
    pub(super) firewall_domains: Vec<(Named<'a>, Vec<Text<'a>>)>,
    /// Hosted zones of one VPC each.
    pub(super) hosted_zones: Vec<Group<'a>>,
    /// Kinds of list of which an answer was read whole.
    pub(super) covered: BTreeSet<ListKind>,
    /// Kinds of list of which something is missing.
    pub(super) incomplete: BTreeSet<ListKind>,
    /// Calls whose answers do not matter here.
    pub(super) unused: BTreeSet<&'static str>,
    /// Whether an answer about single functions was read.
    pub(super) has_functions: bool,
    pub(super) problems: Vec<ImportProblem>,
}

/// One of the two DNS attributes of a VPC.
#[derive(Debug)]
pub(super) struct DnsAttribute<'a> {
    pub(super) vpc: Text<'a>,
    pub(super) attribute: DnsAttributeName,
    pub(super) value: bool,
}

/// Which DNS attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DnsAttributeName {
    Support,
    Hostnames,
}

/// A text about something that the answer does not name.
#[derive(Debug)]
pub(super) struct Named<'a> {
    /// What it is about, where file or wrapper say so.
    pub(super) of: Option<String>,
    pub(super) text: Text<'a>,
    /// The value as it stands in the file; empty where it stands nowhere.
    pub(super) raw: &'a str,
    pub(super) file: usize,
}

/// Items about something that the answer does not name: a range of the list of all such items.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// What they are about, where the wrapper says so.
    pub(super) of: Option<&'a str>,
    /// The file, key or command that holds them, which may say it.
    pub(super) label: Option<&'a str>,
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) file: usize,
}

/// Scans one file.
pub(super) struct Scan<'a, 'f> {
    place: Place<'a>,
    findings: &'f mut Findings<'a>,
    problems: Vec<Flaw>,
    /// The calls that the file has answers of.
    pub(super) calls: BTreeSet<&'static str>,
}

/// What is known about a value from around it.
#[derive(Clone, Copy, Default)]
struct Context<'a> {
    /// The file, key or command that holds it.
    label: Option<&'a str>,
    /// What it is about, as the collection script says it.
    of: Option<&'a str>,
    depth: usize,
}

impl<'a> Context<'a> {
    fn inside(self, label: Option<&'a str>) -> Context<'a> {
        Context { label: label.or(self.label), of: self.of, depth: self.depth + 1 }
    }
}

impl<'a, 'f> Scan<'a, 'f> {
    pub(super) fn new(place: Place<'a>, findings: &'f mut Findings<'a>) -> Scan<'a, 'f> {
        Scan { place, findings, problems: Vec::new(), calls: BTreeSet::new() }
    }

    /// Reads the file: one JSON value, or several one after the other.
    pub(super) fn run(&mut self) {
        self.values();
        let problems = self.place.located(std::mem::take(&mut self.problems));
        self.findings.problems.extend(problems);
    }

    fn values(&mut self) {
        let mut parser = serde_json::Deserializer::from_str(self.place.text);
        while parser.end().is_err() {
            let problems_before = self.problems.len();
            let mut value = Shallow::default();
            let result = value.deserialize(&mut parser);
            // What stands before the damage still counts.
            self.value(&value, Context { label: Some(self.place.name), ..Context::default() });
            if let Err(error) = result {
                // What is cut off cannot be recognised, which is no second problem.
                self.forget_unrecognised(problems_before);
                let kind = if error.is_eof() {
                    ImportProblemKind::TruncatedFile
                } else {
                    ImportProblemKind::DamagedFile { detail: words_of(&error) }
                };
                self.report(kind, offset_of(self.place.text, &error));
                return;
            }
        }
    }

    fn raw(&mut self, raw: &'a RawValue, context: Context<'a>) -> bool {
        self.value(&Shallow::of(raw), context)
    }

    fn value(&mut self, value: &Shallow<'a>, context: Context<'a>) -> bool {
        if value.is_list { self.list_without_key(value, context) } else { self.object(value, context) }
    }

    /// Reads an object; tells whether it was anything known.
    fn object(&mut self, value: &Shallow<'a>, context: Context<'a>) -> bool {
        let entries = &value.entries;
        if context.depth == 0
            && let Some(format) = other_format(entries)
        {
            self.report_here(ImportProblemKind::WrongFormat { format });
            return true;
        }
        self.collected(&value.calls);
        let known = !value.calls.is_empty()
            || self.answer(entries, context)
            || self.single_item(entries)
            || self.unused(entries)
            || self.wrapper(entries, context);
        if !known {
            let offset = entries.first().map_or(0, |(_, raw)| self.offset(raw.get()));
            self.report(ImportProblemKind::NotRecognised, offset);
        }
        known
    }

    fn unused(&mut self, entries: &[(Text<'a>, &'a RawValue)]) -> bool {
        let Some(call) = entries.iter().find_map(|(key, _)| unused_call(key)) else { return false };
        self.calls.insert(call);
        self.findings.unused.insert(call);
        true
    }

    /// What the collection script wrote.
    fn collected(&mut self, calls: &[&'a RawValue]) {
        for raw in calls {
            let Ok(call) = serde_json::from_str::<CollectedCall<'a>>(raw.get()) else { continue };
            if let Some(error) = call.error.owned() {
                if self.is_answer(&call, &error) {
                    continue;
                }
                self.report_here(ImportProblemKind::FailedCall { call: call.call.0.into_owned(), error });
            } else if let Some(answer) = call.answer {
                let borrowed = |text: Text<'a>| match text.0 {
                    std::borrow::Cow::Borrowed(text) if !text.is_empty() => Some(text),
                    _ => None,
                };
                let context = Context { label: borrowed(call.call), of: borrowed(call.of), depth: 1 };
                self.raw(answer, context);
            }
        }
    }

    /// Whether an error is the answer: that there is nothing of the kind.
    fn is_answer(&mut self, call: &CollectedCall<'a>, error: &str) -> bool {
        let named = |of: &Text<'a>| Named { of: of.owned(), text: Text::default(), raw: "", file: self.place.file };
        if error.contains("NoSuchBucketPolicy") {
            self.findings.without_policy.push(named(&call.of));
            self.calls.insert("s3api get-bucket-policy");
        } else if error.contains("NoSuchAccessPointPolicy") {
            self.findings.access_points_without_policy.push(named(&call.of));
            self.calls.insert("s3control get-access-point-policy");
        } else if error.contains("NoSuchPublicAccessBlockConfiguration") {
            let block = PublicAccessBlock {
                block_public_acls: Some(false),
                ignore_public_acls: Some(false),
                block_public_policy: Some(false),
                restrict_public_buckets: Some(false),
            };
            self.public_access_block(named(&call.of), block, is_of_account(Some(&call.call)));
        } else if error.contains("ServerSideEncryptionConfigurationNotFoundError") {
            self.calls.insert("s3api get-bucket-encryption");
        } else {
            return false;
        }
        true
    }

    /// Block Public Access of a bucket or of a whole account, whose answers look alike; tells the call.
    fn public_access_block(&mut self, named: Named<'a>, block: PublicAccessBlock, is_of_account: bool) -> &'static str {
        let (blocks, call) = match is_of_account {
            true => (&mut self.findings.account_blocks, "s3control get-public-access-block"),
            false => (&mut self.findings.public_access_blocks, "s3api get-public-access-block"),
        };
        blocks.push((named, block));
        self.calls.insert(call);
        call
    }

    /// What an answer is about, by the collection script or the name of its file.
    fn named(&self, context: Context<'a>, command: &str, raw: &'a RawValue) -> Named<'a> {
        let of = context.of.map(str::to_owned).or_else(|| about_label(context.label, command));
        Named { of, text: Text::default(), raw: raw.get(), file: self.place.file }
    }

    /// Reads the keys that answers have; tells whether there was one.
    fn answer(&mut self, entries: &[(Text<'a>, &'a RawValue)], context: Context<'a>) -> bool {
        let has = |name: &str| entries.iter().any(|(key, _)| &**key == name);
        let is_cut = entries.iter().any(|(key, raw)| {
            matches!(&**key, "NextToken" | "NextMarker" | "ContinuationToken" | "IsTruncated")
                && !matches!(raw.get(), "null" | "\"\"" | "false")
        });
        // These have lists of names that mean something else elsewhere.
        if has("FunctionName") && (has("Role") || has("FunctionArn")) || has("LoadBalancers") {
            return false;
        }
        if has("AccessPointArn") && has("Bucket") {
            return self.access_point(entries, context);
        }
        let mut known = false;
        for (key, raw) in entries {
            if let Some(kind) = ListKind::of_key(key)
                && raw.get().starts_with('[')
            {
                known |= self.list(kind, raw, context);
                if is_cut {
                    self.findings.incomplete.insert(kind);
                    self.report(ImportProblemKind::CutAnswer { call: kind.call() }, self.offset(raw.get()));
                }
                continue;
            }
            known |= self.single_value(key, raw, entries, context);
        }
        known
    }

    /// Reads the keys of answers that hold no list.
    fn single_value(
        &mut self,
        key: &str,
        raw: &'a RawValue,
        entries: &[(Text<'a>, &'a RawValue)],
        context: Context<'a>,
    ) -> bool {
        let call = match key {
            "EnableDnsSupport" | "EnableDnsHostnames" => {
                let vpc = entries.iter().find(|(key, _)| &**key == "VpcId").and_then(|(_, vpc)| text_of(vpc));
                let value: Option<BooleanValue> = serde_json::from_str(raw.get()).ok();
                let (Some(vpc), Some(value)) = (vpc, value.and_then(|value| value.value)) else { return false };
                let attribute =
                    if key == "EnableDnsSupport" { DnsAttributeName::Support } else { DnsAttributeName::Hostnames };
                self.findings.dns_attributes.push(DnsAttribute { vpc, attribute, value });
                "ec2 describe-vpc-attribute"
            }
            "VpcBlockPublicAccessOptions" => {
                let Ok(options) = serde_json::from_str::<BlockPublicAccessStates<'a>>(raw.get()) else { return false };
                let item = options.internet_gateway_block_mode;
                self.findings.block_mode = Some(Found { item, file: self.place.file });
                "ec2 describe-vpc-block-public-access-options"
            }
            "Account" => {
                let has_arn = entries.iter().any(|(key, _)| &**key == "Arn");
                let Some(account) = text_of(raw).and_then(|text| text.owned()).filter(|_| has_arn) else {
                    return false;
                };
                self.findings.callers.insert(account);
                "sts get-caller-identity"
            }
            "Configuration" => {
                if !self.function(raw) {
                    return false;
                }
                "lambda get-function"
            }
            "CapacityProvider" => {
                let Ok(item) = serde_json::from_str::<CapacityProvider<'a>>(raw.get()) else { return false };
                self.findings.lists.capacity_providers.push(Found { item, file: self.place.file });
                "lambda get-capacity-provider"
            }
            "LocationConstraint" => {
                let call = "s3api get-bucket-location";
                let Some(text) = text_of(raw) else { return false };
                let named = self.named(context, "get-bucket-location", raw);
                self.findings.bucket_locations.push(Named { text, ..named });
                call
            }
            "Role" if raw.get().starts_with('{') => {
                let Ok(item) = serde_json::from_str::<Role<'a>>(raw.get()) else { return false };
                self.findings.lists.roles.push(Found { item, file: self.place.file });
                "iam get-role"
            }
            "PolicyDocument" => {
                let text =
                    |name: &str| entries.iter().find(|(key, _)| &**key == name).and_then(|(_, raw)| text_of(raw));
                let (Some(role_name), Some(policy_name)) = (text("RoleName"), text("PolicyName")) else { return false };
                let item = RolePolicy { role_name, policy_name, policy_document: Unread(raw.get()) };
                self.findings.role_policies.push(Found { item, file: self.place.file });
                "iam get-role-policy"
            }
            "PolicyNames" => {
                let call = "iam list-role-policies";
                let Ok(List(names)) = serde_json::from_str::<List<Text<'a>>>(raw.get()) else { return false };
                self.findings.role_policy_names.push((self.named(context, "list-role-policies", raw), names));
                call
            }
            "Domains" if is_of_firewall(context) => {
                let call = "route53resolver list-firewall-domains";
                let Ok(List(domains)) = serde_json::from_str::<List<Text<'a>>>(raw.get()) else { return false };
                let has_more = |(key, raw): &(Text<'a>, &RawValue)| &**key == "NextToken" && raw.get().len() > 4;
                if entries.iter().any(has_more) {
                    self.report(ImportProblemKind::CutAnswer { call }, self.offset(raw.get()));
                } else {
                    self.findings.firewall_domains.push((self.named(context, "list-firewall-domains", raw), domains));
                }
                call
            }
            "Policy" if raw.get().starts_with('{') => {
                let Ok(item) = serde_json::from_str::<ManagedPolicy<'a>>(raw.get()) else { return false };
                self.findings.lists.managed_policies.push(Found { item, file: self.place.file });
                "iam get-policy"
            }
            "PolicyVersion" => {
                let Ok(version) = serde_json::from_str::<PolicyVersion<'a>>(raw.get()) else { return false };
                self.findings.policy_versions.push((self.named(context, "get-policy-version", raw), version));
                "iam get-policy-version"
            }
            "PublicAccessBlockConfiguration" => {
                let Ok(block) = serde_json::from_str::<PublicAccessBlock>(raw.get()) else { return false };
                let named = self.named(context, "get-public-access-block", raw);
                self.public_access_block(named, block, is_of_account(context.label))
            }
            "ServerSideEncryptionConfiguration" => {
                let Ok(encryption) = serde_json::from_str::<Encryption<'a>>(raw.get()) else { return false };
                let rules = encryption.rules.0.into_iter();
                for rule in rules.filter_map(|rule| rule.apply_server_side_encryption_by_default) {
                    if rule.kms_master_key_id.given().is_some() {
                        let named = self.named(context, "get-bucket-encryption", raw);
                        self.findings.bucket_keys.push(Named { text: rule.kms_master_key_id, ..named });
                    }
                }
                "s3api get-bucket-encryption"
            }
            "AccessPointList" => {
                let Ok(List(points)) = serde_json::from_str::<List<&'a RawValue>>(raw.get()) else { return false };
                for raw in points {
                    let Ok(point) = serde_json::from_str::<AccessPoint<'a>>(raw.get()) else { continue };
                    self.findings.access_points.push((self.named(context, "list-access-points", raw), point));
                }
                "s3control list-access-points"
            }
            "KeyMetadata" => {
                let Ok(key) = serde_json::from_str::<KeyMetadata<'a>>(raw.get()) else { return false };
                self.findings.keys.push((self.named(context, "describe-key", raw), key));
                "kms describe-key"
            }
            "Policy" if is_of_access_point(context) => {
                let Some(text) = text_of(raw).filter(|text| text.given().is_some()) else { return false };
                let named = self.named(context, "get-access-point-policy", raw);
                self.findings.access_point_policies.push(Named { text, ..named });
                "s3control get-access-point-policy"
            }
            "Policy" if is_of_key(entries, context) => {
                let Some(text) = text_of(raw).filter(|text| text.given().is_some()) else { return false };
                let named = self.named(context, "get-key-policy", raw);
                self.findings.key_policies.push(Named { text, ..named });
                "kms get-key-policy"
            }
            "Policy" => {
                let call = "s3api get-bucket-policy";
                let Some(text) = text_of(raw).filter(|text| text.given().is_some()) else { return false };
                let named = self.named(context, "get-bucket-policy", raw);
                self.findings.bucket_policies.push(Named { text, ..named });
                call
            }
            _ => return false,
        };
        self.calls.insert(call);
        true
    }

    /// Reads an object that is itself an item, such as a function or what `--query 'Subnets[0]'` gives.
    fn single_item(&mut self, entries: &[(Text<'a>, &'a RawValue)]) -> bool {
        let keys: Vec<&str> = entries.iter().map(|(key, _)| &**key).collect();
        let Some(kind) = ListKind::of_item(&keys) else { return false };
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return false };
        let Some(object) = self.object_around(first.1, last.1) else { return false };
        if kind == ListKind::Functions {
            self.calls.insert("lambda get-function-configuration");
            if let Ok(raw) = serde_json::from_str::<&'a RawValue>(object) {
                return self.function(raw);
            }
            return false;
        }
        self.calls.insert(kind.call());
        // One item says nothing about the others.
        self.findings.incomplete.insert(kind);
        let mut reader = ItemReader::new(self.place, kind, Vec::new());
        if let Ok(raw) = serde_json::from_str::<&'a RawValue>(object) {
            reader.items.push(raw);
        }
        self.findings.lists.read(kind, &mut reader);
        self.problems.extend(reader.problems);
        true
    }

    /// Reads the answer about one access point, which has a block of public access of its own.
    fn access_point(&mut self, entries: &[(Text<'a>, &'a RawValue)], context: Context<'a>) -> bool {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return false };
        let Some(object) = self.object_around(first.1, last.1) else { return false };
        let Ok(raw) = serde_json::from_str::<&'a RawValue>(object) else { return false };
        let Ok(point) = serde_json::from_str::<AccessPoint<'a>>(object) else { return false };
        self.findings.access_points.push((self.named(context, "get-access-point", raw), point));
        self.calls.insert("s3control get-access-point");
        true
    }

    /// The text of the object whose first and last values are given.
    fn object_around(&self, first: &'a RawValue, last: &'a RawValue) -> Option<&'a str> {
        let start = self.place.text.get(..self.offset(first.get()))?.rfind('{')?;
        let behind = self.offset(last.get()) + last.get().len();
        let end = behind + self.place.text.get(behind..)?.find('}')? + 1;
        self.place.text.get(start..end)
    }

    fn function(&mut self, raw: &'a RawValue) -> bool {
        match serde_json::from_str::<Function<'a>>(raw.get()) {
            Ok(item) if item.function_name.given().is_some() => {
                self.findings.has_functions = true;
                self.findings.lists.functions.push(Found { item, file: self.place.file });
                true
            }
            Ok(_) => false,
            Err(error) => {
                let offset = self.offset(raw.get()) + offset_of(raw.get(), &error);
                self.report(ImportProblemKind::WrongShape { list: "FunctionName", detail: words_of(&error) }, offset);
                true
            }
        }
    }

    /// Reads an object whose keys are commands, file names, accounts or Regions.
    fn wrapper(&mut self, entries: &[(Text<'a>, &'a RawValue)], context: Context<'a>) -> bool {
        if context.depth >= DEEPEST_WRAPPER {
            return false;
        }
        let problems_before = self.problems.len();
        let mut known = false;
        for (key, raw) in entries {
            let label = match &key.0 {
                std::borrow::Cow::Borrowed(key) => Some(*key),
                std::borrow::Cow::Owned(_) => None,
            };
            if raw.get().starts_with('[') {
                if ListKind::of_label(key).is_some() {
                    known |= self.raw(raw, context.inside(label));
                }
            } else if raw.get().starts_with('{') && &**key != "ResponseMetadata" {
                let problems_before = self.problems.len();
                let is_answer = self.raw(raw, context.inside(label));
                known |= is_answer;
                if !is_answer && is_flat(raw) {
                    // A note beside the answers, such as who made them.
                    self.forget_unrecognised(problems_before);
                }
            }
        }
        if !known {
            // It is no wrapper at all, so what its parts are does not matter.
            self.forget_unrecognised(problems_before);
        }
        known
    }

    fn forget_unrecognised(&mut self, first: usize) {
        let problems = self.problems.split_off(first);
        let keep = |problem: &Flaw| problem.kind != ImportProblemKind::NotRecognised;
        self.problems.extend(problems.into_iter().filter(keep));
    }

    /// Reads a list that stands alone: answers, items cut out with `--query`, or lists of them.
    fn list_without_key(&mut self, value: &Shallow<'a>, context: Context<'a>) -> bool {
        let head = value.items.first().map(|first| Shallow::of(first)).unwrap_or_default();
        let keys: Vec<&str> = head.entries.iter().map(|(key, _)| &**key).collect();
        let by_label = || context.label.and_then(ListKind::of_label).filter(|_| !head.is_list);
        if let Some(kind) = ListKind::of_item(&keys).or_else(by_label) {
            self.calls.insert(kind.call());
            self.findings.covered.insert(kind);
            let mut reader = ItemReader::new(self.place, kind, value.items.clone());
            self.findings.lists.read(kind, &mut reader);
            self.note_group(kind, reader.range, context);
            self.note_broken(kind, reader.problems);
            return true;
        }
        let problems_before = self.problems.len();
        let mut known = false;
        if (head.is_list || !keys.is_empty()) && context.depth < DEEPEST_WRAPPER {
            for raw in &value.items {
                if raw.get().starts_with(['{', '[']) {
                    known |= self.raw(raw, context.inside(None));
                }
            }
        }
        if !known && context.depth == 0 && self.problems.len() == problems_before {
            self.report_here(ImportProblemKind::NotRecognised);
        }
        known
    }

    /// Reads a list of items; false where the list is of something else.
    fn list(&mut self, kind: ListKind, raw: &'a RawValue, context: Context<'a>) -> bool {
        let inner = raw.get().get(1..).unwrap_or_default().trim_start();
        if !inner.starts_with(['{', ']']) {
            return false;
        }
        self.calls.insert(kind.call());
        self.findings.covered.insert(kind);
        let mut reader = WholeReader { place: self.place, kind, raw, range: (0, 0), problems: Vec::new() };
        self.findings.lists.read(kind, &mut reader);
        self.note_group(kind, reader.range, context);
        self.note_broken(kind, reader.problems);
        true
    }

    /// Remembers which items came together, for answers that do not say what they are about.
    fn note_group(&mut self, kind: ListKind, (first, end): (usize, usize), context: Context<'a>) {
        let group = Group { of: context.of, label: context.label, first, end, file: self.place.file };
        match kind {
            ListKind::PrefixListEntries => self.findings.prefix_list_entries.push(group),
            ListKind::ResourceRecordSets => self.findings.record_sets.push(group),
            ListKind::HostedZones => self.findings.hosted_zones.push(group),
            ListKind::FirewallRules => self.findings.firewall_rules.push(group),
            ListKind::AttachedPolicies => self.findings.attached_policies.push(group),
            _ => {}
        }
    }

    fn note_broken(&mut self, kind: ListKind, problems: Vec<Flaw>) {
        if !problems.is_empty() {
            self.findings.incomplete.insert(kind);
        }
        self.problems.extend(problems);
    }

    fn offset(&self, part: &'a str) -> usize {
        self.place.offset(part)
    }

    fn report(&mut self, kind: ImportProblemKind, offset: usize) {
        self.problems.push(Flaw { kind, offset: Some(offset) });
    }

    fn report_here(&mut self, kind: ImportProblemKind) {
        self.problems.push(Flaw { kind, offset: None });
    }
}

/// The format of a root object with those keys, where it is not output of the AWS CLI.
fn other_format(entries: &[(Text<'_>, &RawValue)]) -> Option<OtherFormat> {
    let value = |name: &str| entries.iter().find(|(key, _)| &**key == name).map(|(_, raw)| raw.get());
    let is_object = |name: &str| value(name).is_some_and(|raw| raw.starts_with('{'));
    if value("AWSTemplateFormatVersion").is_some()
        || is_object("Resources") && value("Resources").is_some_and(|raw| raw.contains("::"))
    {
        Some(OtherFormat::CloudFormation)
    } else if ["format_version", "lineage", "test_state", "@level"].into_iter().any(|name| value(name).is_some()) {
        Some(OtherFormat::Terraform)
    } else if value("service").is_some() && is_object("provider") {
        Some(OtherFormat::Serverless)
    } else if value("configurationItems").is_some() || value("configurationItem").is_some() {
        Some(OtherFormat::AwsConfig)
    } else if value("TypeName").is_some() && is_object("ResourceDescription") {
        Some(OtherFormat::CloudControl)
    } else if DOCUMENT_SECTIONS.iter().any(|section| is_object(section)) {
        Some(OtherFormat::Document)
    } else {
        None
    }
}

/// Sections that only a document of vpcreach has as objects.
const DOCUMENT_SECTIONS: &[&str] =
    &["vpcs", "subnets", "routeTables", "functions", "buckets", "instances", "securityGroups", "internetGateways"];

/// Whether an object has neither objects nor lists inside.
fn is_flat(raw: &RawValue) -> bool {
    !raw.get().get(1..).unwrap_or_default().contains(['{', '['])
}

fn text_of<'a>(raw: &'a RawValue) -> Option<Text<'a>> {
    serde_json::from_str(raw.get()).ok()
}

/// Whether a call or file is about Block Public Access of a whole account.
fn is_of_account(label: Option<&str>) -> bool {
    label.is_some_and(|label| label.contains("s3control"))
}

/// Whether a list of domains is one of DNS Firewall.
fn is_of_firewall(context: Context<'_>) -> bool {
    context.label.is_some_and(|label| label.contains("list-firewall-domains"))
}

/// Whether a policy is that of an access point, whose answer looks like that of a bucket.
fn is_of_access_point(context: Context<'_>) -> bool {
    context.label.is_some_and(|label| label.contains("get-access-point-policy"))
}

/// Whether a policy is that of a KMS key: its answer names it, that of a bucket's policy does not.
fn is_of_key(entries: &[(Text<'_>, &RawValue)], context: Context<'_>) -> bool {
    entries.iter().any(|(key, _)| &**key == "PolicyName")
        || context.label.is_some_and(|label| label.contains("get-key-policy"))
}

/// What a file or key names around the command, such as a bucket: `get-bucket-location.photos.json`, `photos.get-bucket-location`.
pub(super) fn about_label(label: Option<&str>, command: &str) -> Option<String> {
    let name = label?.rsplit(['/', '\\']).next()?;
    let name = [".json", ".yaml", ".yml", ".txt"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let name = name.strip_prefix("aws-").unwrap_or(name);
    let (before, behind) = name.split_once(command)?;
    let before = ["s3api-", "s3control-", "iam-", "kms-"]
        .iter()
        .find_map(|service| before.strip_suffix(service))
        .unwrap_or(before);
    let separators = ['.', '-', '_', ' '];
    let part = if behind.is_empty() { before } else { behind };
    let bucket = part.trim_matches(separators);
    (!bucket.is_empty()).then(|| bucket.to_owned())
}
