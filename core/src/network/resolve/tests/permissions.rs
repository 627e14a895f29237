//! Roles, policies, accounts and keys.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::{network, resolved};
use crate::network::{Network, Organization, PolicySet, Role};
use crate::policy::Truth;

const ALLOW: &str = "{ Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }] }";

fn role<'a>(network: &'a Network, name: &str) -> &'a Role {
    network.roles.iter().map(|(_, role)| role).find(|role| role.component.name == name).unwrap()
}

fn role_of<'a>(network: &'a Network, function: &str) -> &'a Role {
    let (_, workload) = network.workloads.iter().find(|(_, workload)| workload.component.name == function).unwrap();
    network.roles.get(workload.role.unwrap())
}

/// Names of a role's policies, with a question mark behind one that is not known.
fn policies(role: &Role) -> Option<Vec<String>> {
    let PolicySet::Given(policies) = &role.identity else { return None };
    let name = |readable: bool, name: &str| if readable { name.to_owned() } else { format!("{name}?") };
    Some(policies.iter().map(|policy| name(policy.is_readable, &policy.name)).collect())
}

#[test]
fn a_role_without_policies_is_not_one_of_which_they_are_not_known() {
    let network = network(&format!(
        "account: '111122223333'\nfunctions: {{ a: {{ role: known }}, b: {{ role: none-at-all }}, c: {{ role: name-only }} }}\n\
         roles: {{ known: {{ path: /service-role/, policies: {{ read: {ALLOW} }} }}, none-at-all: {{ policies: {{}} }}, name-only: {{}} }}"
    ));
    assert_eq!(policies(role_of(&network, "a")), Some(vec!["read".to_owned()]));
    assert_eq!(policies(role_of(&network, "b")), Some(Vec::new()));
    assert_eq!(policies(role_of(&network, "c")), None);
    assert_eq!(role(&network, "known").arn().unwrap(), "arn:aws:iam::111122223333:role/service-role/known");
}

#[test]
fn managed_policies_are_found_by_key_and_by_arn() {
    let network = network(&format!(
        "managedPolicies: {{ ReadPhotos: {{ policy: {ALLOW} }}, Other: {{ arn: 'arn:aws:iam::111122223333:policy/x/Renamed', policy: {ALLOW} }} }}\n\
         roles: {{ r: {{ managedPolicies: [ReadPhotos, 'arn:aws:iam::111122223333:policy/ReadPhotos', \
         'arn:aws:iam::111122223333:policy/x/Renamed', 'arn:aws:iam::111122223333:policy/Missing'], permissionsBoundary: Other }} }}"
    ));
    let names = ["ReadPhotos", "ReadPhotos", "Other", "arn:aws:iam::111122223333:policy/Missing?"];
    assert_eq!(policies(role(&network, "r")).unwrap(), names);
    assert_eq!(role(&network, "r").boundary.as_ref().unwrap().name, "Other");
}

#[test]
fn a_role_that_is_known_in_part_may_have_more() {
    let network = network(&format!("unknownSections: [roles/r]\nroles: {{ r: {{ policies: {{ read: {ALLOW} }} }} }}"));
    assert_eq!(policies(role(&network, "r")).unwrap(), ["read", "r?"]);
    assert!(!role(&network, "r").boundary.as_ref().unwrap().is_readable);
}

#[test]
fn a_function_names_its_role_by_arn_too() {
    let network = network(&format!(
        "functions: {{ a: {{ role: 'arn:aws:iam::111122223333:role/fn' }}, b: {{ role: 'arn:aws:iam::111122223333:role/service-role/other' }} }}\n\
         roles: {{ fn: {{ policies: {{ read: {ALLOW} }} }} }}"
    ));
    assert_eq!(policies(role_of(&network, "a")), Some(vec!["read".to_owned()]));
    assert_eq!(role_of(&network, "a").account.as_deref(), Some("111122223333"));
    assert_eq!(role_of(&network, "b").path_and_name, "service-role/other");
    assert_eq!(role_of(&network, "b").identity, PolicySet::NotGiven);
}

#[test]
fn names_and_accounts_that_are_none_are_reported() {
    let (_, problems) = resolved(
        "account: '1234'\nfunctions: { a: { role: exectuion } }\nroles: { execution: { managedPolicies: [Raed] } }\n\
         managedPolicies: { Read: { policy: { Statement: [{ Effect: Allow, Action: '*', Resource: '*', Principal: '*' }] } } }\n\
         accounts: { x: {} }\nbuckets: { b: { kmsKey: missing, objectOwnership: bucketownerenforced, policy: { Statement: { Effect: Alow } } } }",
    );
    let mut found: Vec<String> =
        problems.iter().map(|problem| format!("{} {}", problem.pointer, problem.kind.code())).collect();
    found.sort();
    let expected = [
        "/account badAccount",
        "/accounts/x badAccount",
        "/buckets/b/kmsKey danglingReference",
        "/buckets/b/policy/Statement missingField",
        "/buckets/b/policy/Statement missingField",
        "/buckets/b/policy/Statement missingField",
        "/buckets/b/policy/Statement/Effect unknownWord",
        "/functions/a/role danglingReference",
        "/managedPolicies/Read/policy/Statement/0/Principal badPolicy",
        "/roles/execution/managedPolicies/0 danglingReference",
    ];
    assert_eq!(found, expected);
}

#[test]
fn accounts_say_what_their_organization_allows() {
    let network = network(&format!(
        "accounts:\n  '111122223333':\n    organizationId: o-a1b2c3d4e5\n    publicAccessBlock: {{ restrictPublicBuckets: true }}\n    organizationLevels:\n    \
         - {{ name: root, serviceControlPolicies: {{ FullAWSAccess: {ALLOW} }} }}\n    - {{ name: ou }}\n  '444455556666': {{ organizationId: none }}"
    ));
    let [one, two] = network.accounts.as_slice() else { panic!("two accounts") };
    assert_eq!(one.organization, Organization::Id("o-a1b2c3d4e5".to_owned()));
    assert_eq!((one.restrict_public_buckets, one.levels.len()), (Truth::Yes, 2));
    assert!(one.levels[0].service_control_policies.is_given() && !one.levels[1].service_control_policies.is_given());
    assert_eq!((two.organization.clone(), two.restrict_public_buckets), (Organization::None, Truth::Unknown));
}
