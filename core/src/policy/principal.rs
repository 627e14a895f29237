//! `Principal` and `NotPrincipal`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::LayerKind;
use super::context::Caller;
use super::truth::{Need, Needs, Truth};
use crate::network::is_account;
use crate::problem::FlawKind;

/// A principal that a statement names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Principal {
    /// A principal under `AWS`, as written.
    Aws(String),
    /// An account by its canonical user id.
    CanonicalUser,
    /// A service or an identity provider: never a session of a role.
    Other,
    /// AWS does not accept it, or it is not given.
    Open(Need),
}

/// What the text of a principal under `AWS` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form<'t> {
    /// `*`.
    Everyone,
    /// An account, as twelve digits or by its root.
    Account { partition: Option<&'t str>, account: &'t str },
    /// A role by its ARN; path and name.
    Role { partition: &'t str, account: &'t str, role: &'t str },
    /// A session of a role.
    Session { partition: &'t str, account: &'t str, role: &'t str, session: &'t str },
    /// A user, a role that is deleted: never a session of a role.
    Other,
}

/// How directly a statement names the caller, which decides whether permissions boundary and session policy limit what it
/// grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By its account, which delegates to the account's own policies.
    Account,
    /// By its role.
    Role,
    /// By its session.
    Session,
    /// As everyone.
    Everyone,
}

/// For each of these, whether the caller is named so: by one bit for whether it may be, and one for whether it is, so
/// that three-valued logic is that of bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named(u8);

impl Named {
    /// The bits that say whether it may be.
    const MAY: u8 = 0b0101_0101;

    pub(super) const NOT: Named = Named(0);
    pub(super) const ALL: Named = Named(0b1111_1111);

    pub(super) fn new(naming: Naming, truth: Truth) -> Named {
        Named(bits(truth) << (2 * naming as u8))
    }

    pub(super) fn get(self, naming: Naming) -> Truth {
        match self.0 >> (2 * naming as u8) & 0b11 {
            0 => Truth::No,
            1 => Truth::Unknown,
            _ => Truth::Yes,
        }
    }

    pub(super) fn at_all(self) -> Truth {
        if self.0 & !Named::MAY != 0 {
            Truth::Yes
        } else if self != Named::NOT {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    /// Whether some way to be named is not known.
    fn is_doubtful(self) -> bool {
        self.0 & Named::MAY & !(self.0 >> 1) != 0
    }

    /// Every way at most as true as that.
    pub(super) fn and(self, truth: Truth) -> Named {
        Named(self.0 & (bits(truth) * Named::MAY))
    }

    pub(super) fn or(self, other: Named) -> Named {
        Named(self.0 | other.0)
    }
}

fn bits(truth: Truth) -> u8 {
    match truth {
        Truth::No => 0b00,
        Truth::Unknown => 0b01,
        Truth::Yes => 0b11,
    }
}

impl<'t> Form<'t> {
    /// What a text stands for, or what is wrong with it.
    pub(super) fn read(text: &'t str) -> Result<Form<'t>, FlawKind> {
        if text == "*" {
            return Ok(Form::Everyone);
        }
        if is_account(text) {
            return Ok(Form::Account { partition: None, account: text });
        }
        if text.bytes().any(|byte| matches!(byte, b'*' | b'?')) {
            return Err(FlawKind::PrincipalWildcard);
        }
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().unwrap_or_default();
        if next() != "arn" {
            // The unique id that is left of a deleted role or user.
            let is_id = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return if is_id { Ok(Form::Other) } else { Err(FlawKind::BadPrincipal) };
        }
        let (partition, service, _, account, resource) = (next(), next(), next(), next(), next());
        Ok(match (service, resource.split_once('/')) {
            ("iam", None) if resource == "root" && is_account(account) => {
                Form::Account { partition: Some(partition), account }
            }
            ("iam", Some(("role", role))) if is_account(account) => Form::Role { partition, account, role },
            ("sts", Some(("assumed-role", rest))) if is_account(account) => {
                let (role, session) = rest.split_once('/').ok_or(FlawKind::BadPrincipal)?;
                Form::Session { partition, account, role, session }
            }
            ("iam" | "sts", Some(_)) => Form::Other,
            _ => return Err(FlawKind::BadPrincipal),
        })
    }
}

impl Principal {
    /// What it stands for, where it is one under `AWS` that can be read.
    fn form(&self) -> Option<Form<'_>> {
        if let Principal::Aws(text) = self { Form::read(text).ok() } else { None }
    }

    /// Whether it is everyone.
    pub(super) fn is_everyone(&self) -> bool {
        self.form() == Some(Form::Everyone)
    }

    /// Whether it is fixed: neither everyone nor unknown.
    pub(super) fn is_fixed(&self) -> bool {
        !self.is_everyone() && !matches!(self, Principal::Open(_))
    }

    fn names(&self, caller: &Caller<'_>, gateway_endpoint: bool, needs: &mut Needs) -> Named {
        let mut own = Needs::new();
        let named = match (self, self.form()) {
            (_, Some(Form::Everyone)) => Named::new(Naming::Everyone, Truth::Yes),
            (_, Some(Form::Account { partition, account })) => {
                // In the policy of a gateway endpoint this is the account's root user alone.
                if gateway_endpoint || partition.is_some_and(|partition| partition != caller.partition) {
                    return Named::NOT;
                }
                Named::new(Naming::Account, is(caller.account, account, Need::CallerAccount, &mut own))
            }
            (_, Some(Form::Role { partition, account, role })) if partition == caller.partition => {
                let truth = is(caller.role, role, Need::Role, &mut own);
                let truth = truth.and(is(caller.account, account, Need::CallerAccount, &mut own));
                Named::new(Naming::Role, truth)
            }
            (_, Some(Form::Session { partition, account, role, session })) if partition == caller.partition => {
                let truth = is(caller.role_name(), role, Need::Role, &mut own);
                let truth = truth.and(is(caller.account, account, Need::CallerAccount, &mut own));
                let truth = truth.and(is(caller.session, session, Need::SessionName, &mut own));
                Named::new(Naming::Session, truth)
            }
            (Principal::CanonicalUser, _) => {
                own.insert(Need::CanonicalUser);
                Named::new(Naming::Account, Truth::Unknown)
            }
            (Principal::Open(need), _) => {
                own.insert(need.clone());
                Named::new(Naming::Everyone, Truth::Unknown)
            }
            _ => Named::NOT,
        };
        if named.is_doubtful() {
            needs.append(own);
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
        caller: &Caller<'_>,
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
            if named.is_doubtful() && named.get(Naming::Everyone) != Truth::Yes {
                needs.append(own);
            }
            return named;
        }
        let exempt = self.exempts(named, caller, denies, has_boundary, &mut own);
        if exempt == Truth::Unknown {
            needs.append(own);
        }
        Named::new(Naming::Everyone, !exempt)
    }

    /// Whether `NotPrincipal` leaves the caller out.
    fn exempts(&self, named: Named, caller: &Caller<'_>, denies: bool, has_boundary: bool, needs: &mut Needs) -> Truth {
        if !denies {
            return named.at_all();
        }
        // With a permissions boundary such a statement denies whatever it lists.
        if has_boundary || named.at_all() == Truth::No {
            return Truth::No;
        }
        if named.get(Naming::Everyone) == Truth::Yes {
            return Truth::Yes;
        }
        // IAM may look at the account first, then the role, then the session, so all of them must be listed.
        let of_the_role = |principal: &Principal| matches!(principal.form(), Some(Form::Session { role, .. }) if caller.role_name().is_none_or(|name| name == role));
        let session = if self.listed.iter().any(of_the_role) { named.get(Naming::Session) } else { Truth::Yes };
        if named.get(Naming::Account).and(named.get(Naming::Role)).and(session) == Truth::Yes {
            return Truth::Yes;
        }
        needs.insert(Need::NotPrincipal);
        Truth::Unknown
    }
}
