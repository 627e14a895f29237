//! The words of the picture that are not in the answer.

use super::Language;
use crate::component::ComponentKind;
use crate::network::VpcEndpointKind;
use crate::svg::FrameKind;

/// What a frame is around.
pub(crate) fn frame(kind: FrameKind, language: Language) -> &'static str {
    match (kind, language) {
        (FrameKind::Region, Language::English) => "Region",
        (FrameKind::Region, Language::Japanese) => "リージョン",
        (FrameKind::Vpc, _) => "VPC",
        (FrameKind::Zone, Language::English) => "Availability Zone",
        (FrameKind::Zone, Language::Japanese) => "アベイラビリティーゾーン",
        (FrameKind::Public, Language::English) => "public",
        (FrameKind::Public, Language::Japanese) => "パブリック",
        (FrameKind::Private, Language::English) => "private",
        (FrameKind::Private, Language::Japanese) => "プライベート",
        (FrameKind::Internet, Language::English) => "Internet",
        (FrameKind::Internet, Language::Japanese) => "インターネット",
    }
}

/// The kind of a component, as in a title.
pub(crate) fn kind(kind: ComponentKind, language: Language) -> &'static str {
    language.words().kind(kind)
}

/// The kind of an endpoint, as in a title.
pub(crate) fn endpoint(kind: VpcEndpointKind, language: Language) -> &'static str {
    language.words().endpoint_kind(kind)
}

/// How many routes are not shown.
pub(crate) fn more_routes(count: usize, language: Language) -> String {
    let count = count.to_string();
    match language {
        Language::English => ["and ", &count, " more"].concat(),
        Language::Japanese => ["ほか ", &count, " 件"].concat(),
    }
}

/// A function's time-out.
pub(crate) fn seconds(seconds: u32, language: Language) -> String {
    let seconds = seconds.to_string();
    match language {
        Language::English => [&seconds, " s"].concat(),
        Language::Japanese => [&seconds, " 秒"].concat(),
    }
}

/// A public address; `assigned` is one that AWS picks.
pub(crate) fn public_address(address: &str, language: Language) -> String {
    match (address, language) {
        ("assigned", Language::English) => "public address".to_owned(),
        ("assigned", Language::Japanese) => "パブリックアドレス".to_owned(),
        (address, _) => address.to_owned(),
    }
}

/// What the picture shows where nothing is asked.
pub(crate) fn diagram(language: Language) -> &'static str {
    match language {
        Language::English => "Diagram of the network",
        Language::Japanese => "ネットワーク構成図",
    }
}

/// That some paths are not drawn.
pub(crate) fn more_paths(count: usize, language: Language) -> String {
    let count = count.to_string();
    match language {
        Language::English => [&count, " more paths are not drawn."].concat(),
        Language::Japanese => ["ほか ", &count, " 本の経路は省略しています。"].concat(),
    }
}
