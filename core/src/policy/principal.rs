//! `Principal` and `NotPrincipal`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::LayerKind;
use super::context::Caller;
use super::truth::{Need, Needs, Truth};
use crate::network::is_account;

/// A principal that a statement names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Principal {
    /// `*`.
    Everyone,
    /// An account, as twelve digits or by its root.
    Account { partition: Option<String>, account: String },
    /// A role by its ARN; path and name.
    Role { partition: String, account: String, role: String },
    /// A session of a role.
    Session { partition: String, account: String, role: String, session: String },
    /// An account by its canonical user id.
    CanonicalUser,
    /// A user, a service, an identity provider, a role that is deleted: never a session of a role.
    Other,
    /// AWS does not accept it, or it is not given.
    Open(Need),
}

/// How directly a statement names the caller, which decides whether permissions boundary and session policy limit
/// what it grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Its account, which delegates to the account's own policies.
    Account,
    /// Its role.
    Role,
    /// Its session, or everyone.
    SessionOrEveryone,
}

/// For each strength, whether the caller is named with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) account: Truth,
    pub(super) role: Truth,
    pub(super) session: Truth,
    pub(super) everyone: Truth,
}

impl Named {
    pub(super) const NOT: Named =
        Named { account: Truth::No, role: Truth::No, session: Truth::No, everyone: Truth::No };

    pub(super) fn at_all(self) -> Truth {
        self.account.or(self.role).or(self.session).or(self.everyone)
    }

    /// Every strength at most as true as that.
    pub(super) fn and(self, truth: Truth) -> Named {
        Named {
            account: self.account.and(truth),
            role: self.role.and(truth),
            session: self.session.and(truth),
            everyone: self.everyone.and(truth),
        }
    }

    pub(super) fn or(self, other: Named) -> Named {
        Named {
            account: self.account.or(other.account),
            role: self.role.or(other.role),
            session: self.session.or(other.session),
            everyone: self.everyone.or(other.everyone),
        }
    }

    pub(super) fn with(self, strength: Strength) -> Truth {
        match strength {
            Strength::Account => self.account,
            Strength::Role => self.role,
            Strength::SessionOrEveryone => self.session.or(self.everyone),
        }
    }
}

/// What is wrong with the text of a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadPrincipal {
    /// A wildcard beside other characters.
    Wildcard,
    /// Neither account, ARN nor unique id.
    Form,
}

impl Principal {
    /// A principal under `AWS`.
    pub(super) fn read(text: &str) -> Result<Principal, BadPrincipal> {
        if text == "*" {
            return Ok(Principal::Everyone);
        }
        if is_account(text) {
            return Ok(Principal::Account { partition: None, account: text.to_owned() });
        }
        if text.contains(['*', '?']) {
            return Err(BadPrincipal::Wildcard);
        }
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().unwrap_or_default();
        if next() != "arn" {
            // The unique id that is left of a deleted role or user.
            let is_id = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return if is_id { Ok(Principal::Other) } else { Err(BadPrincipal::Form) };
        }
        let (partition, service, _, account, resource) = (next(), next(), next(), next(), next());
        let (partition, account) = (partition.to_owned(), account.to_owned());
        Ok(match (service, resource.split_once('/')) {
            ("iam", None) if resource == "root" && is_account(&account) => {
                Principal::Account { partition: Some(partition), account }
            }
            ("iam", Some(("role", role))) if is_account(&account) => {
                Principal::Role { partition, account, role: role.to_owned() }
            }
            ("sts", Some(("assumed-role", rest))) if is_account(&account) => {
                let (role, session) = rest.split_once('/').ok_or(BadPrincipal::Form)?;
                Principal::Session { partition, account, role: role.to_owned(), session: session.to_owned() }
            }
            ("iam" | "sts", Some(_)) => Principal::Other,
            _ => return Err(BadPrincipal::Form),
        })
    }

    /// Whether it is fixed: neither everyone nor unknown.
    pub(super) fn is_fixed(&self) -> bool {
        !matches!(self, Principal::Everyone | Principal::Open(_))
    }

    fn names(&self, caller: &Caller, gateway_endpoint: bool, needs: &mut Needs) -> Named {
        let mut named = Named::NOT;
        match self {
            Principal::Everyone => named.everyone = Truth::Yes,
            Principal::Account { partition, account } => {
                // In the policy of a gateway endpoint this is the account's root user alone.
                let in_partition = partition.as_ref().is_none_or(|partition| *partition == caller.partition);
                if !gateway_endpoint && in_partition {
                    named.account = is(caller.account.as_deref(), account, Need::CallerAccount, needs);
                }
            }
            Principal::Role { partition, account, role } => {
                if *partition == caller.partition {
                    named.role = both(
                        (caller.role.as_deref(), role, Need::Role),
                        (caller.account.as_deref(), account, Need::CallerAccount),
                        needs,
                    );
                }
            }
            Principal::Session { partition, account, role, session } => {
                if *partition == caller.partition {
                    let mut own = Needs::new();
                    let in_role = both(
                        (caller.role_name(), role, Need::Role),
                        (caller.account.as_deref(), account, Need::CallerAccount),
                        &mut own,
                    );
                    named.session = in_role.and(is(caller.session.as_deref(), session, Need::SessionName, &mut own));
                    if named.session == Truth::Unknown {
                        needs.append(&mut own);
                    }
                }
            }
            Principal::CanonicalUser => {
                needs.insert(Need::CanonicalUser);
                named.account = Truth::Unknown;
            }
            Principal::Other => {}
            Principal::Open(need) => {
                needs.insert(need.clone());
                named.everyone = Truth::Unknown;
            }
        }
        named
    }
}

/// Whether what is known is what is wanted.
fn is(known: Option<&str>, wanted: &str, need: Need, needs: &mut Needs) -> Truth {
    match known {
        Some(known) => (known == wanted).into(),
        None => {
            needs.insert(need);
            Truth::Unknown
        }
    }
}

fn both(one: (Option<&str>, &str, Need), two: (Option<&str>, &str, Need), needs: &mut Needs) -> Truth {
    let mut own = Needs::new();
    let truth = is(one.0, one.1, one.2, &mut own).and(is(two.0, two.1, two.2, &mut own));
    if truth == Truth::Unknown {
        needs.append(&mut own);
    }
    truth
}

/// The element of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Principals {
    pub(super) negated: bool,
    pub(super) listed: Vec<Principal>,
}

impl Principals {
    /// Whether and how the statement is about the caller.
    pub(super) fn name(
        &self,
        caller: &Caller,
        kind: LayerKind,
        denies: bool,
        has_boundary: bool,
        needs: &mut Needs,
    ) -> Named {
        let gateway = kind == LayerKind::GatewayEndpoint;
        let mut own = Needs::new();
        let mut named = Named::NOT;
        for principal in &self.listed {
            named = named.or(principal.names(caller, gateway, &mut own));
        }
        if !self.negated {
            let doubtful = [named.account, named.role, named.session, named.everyone].contains(&Truth::Unknown);
            if doubtful && named.everyone != Truth::Yes {
                needs.append(&mut own);
            }
            return named;
        }
        let exempt = self.exempts(named, caller, denies, has_boundary, &mut own);
        if exempt == Truth::Unknown {
            needs.append(&mut own);
        }
        Named { everyone: !exempt, ..Named::NOT }
    }

    /// Whether `NotPrincipal` leaves the caller out.
    fn exempts(&self, named: Named, caller: &Caller, denies: bool, has_boundary: bool, needs: &mut Needs) -> Truth {
        if !denies {
            return named.at_all();
        }
        // With a permissions boundary such a statement denies whatever it lists.
        if has_boundary || named.at_all() == Truth::No {
            return Truth::No;
        }
        if named.everyone == Truth::Yes {
            return Truth::Yes;
        }
        // IAM may look at the account first, then the role, then the session, so all of them must be listed.
        let of_the_role = |principal: &Principal| matches!(principal, Principal::Session { role, .. } if caller.role_name().is_none_or(|name| name == role));
        let session = if self.listed.iter().any(of_the_role) { named.session } else { Truth::Yes };
        if named.account.and(named.role).and(session) == Truth::Yes {
            return Truth::Yes;
        }
        needs.insert(Need::NotPrincipal);
        Truth::Unknown
    }
}
