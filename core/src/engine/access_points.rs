//! What an access point changes about a request: the keys that it gives, and what stays open behind it.

use crate::network::AccessPoint;
use crate::policy::{Block, ContextKeys, Decision, Layer, LayerKind, Need, Needs, Outcome, RequestContext};

use super::operations::Call;

/// What only a request through an access point has
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html>).
pub(super) fn access_point_keys(point: Option<&AccessPoint>, keys: &mut ContextKeys) {
    let Some(point) = point else {
        return keys.set_absent("s3:DataAccessPointArn s3:DataAccessPointAccount s3:AccessPointNetworkOrigin");
    };
    if let (Some(arn), Some(owner)) = (point.arn(), &point.account) {
        keys.set_text("s3:DataAccessPointArn", &arn);
        keys.set_text("s3:DataAccessPointAccount", owner);
    }
    keys.set_text("s3:AccessPointNetworkOrigin", point.network_origin());
}

/// Where the VPC of an access point is not known, that is asked for, and no policy.
pub(super) fn ask_for_origin(call: &Call<'_>, decision: &mut Decision) {
    let Some(unknown) = call.origin().iter().find(|policy| !policy.is_readable) else { return };
    let mut needs = Needs::new();
    for need in decision.needs.iter() {
        let is_it = *need == Need::Piece(unknown.pointer.clone());
        needs.insert(if is_it { Need::NotGiven(unknown.pointer.clone()) } else { need.clone() });
    }
    decision.needs = needs;
}

/// Through an access point, the caller's own policies certainly have to name the access point. Whether they have to name
/// the bucket as well, where the bucket's policy lets the request in, is documented nowhere.
pub(super) fn open_behind_access_point(
    call: &Call<'_>,
    request: &RequestContext<'_>,
    layers: &[Layer<'_>],
    decision: &mut Decision,
) {
    let is_behind = call.access_point.is_some() && call.kind == LayerKind::Bucket;
    let is_of_caller = |block: &Block| {
        let is_silent = !block.is_explicit();
        let kinds =
            [LayerKind::Identity, LayerKind::PermissionsBoundary, LayerKind::Session, LayerKind::ServiceControl];
        is_silent && kinds.contains(&block.kind)
    };
    let lets_in = |layer: &Layer<'_>| layer.kind == LayerKind::Bucket;
    let is_let_in = decision.grants.iter().any(|grant| layers.get(grant.layer).is_some_and(lets_in));
    if !is_behind
        || !is_let_in
        || decision.outcome != Outcome::ImplicitDeny
        || !decision.blocks.iter().all(is_of_caller)
    {
        return;
    }
    let nearest = decision.blocks.iter().filter_map(|block| block.nearest.as_ref());
    decision.open = nearest.map(|near| near.statement).collect();
    decision.needs = Needs::from([Need::BucketOfAccessPoint(request.resource.text.clone())]);
    decision.outcome = Outcome::Unknown;
}
