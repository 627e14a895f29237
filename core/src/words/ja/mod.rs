//! Japanese.

#[cfg(feature = "english")]
mod codes;
mod facts;
mod notes;
mod permissions;
#[cfg(feature = "whole")]
mod whole;

use super::{About, Permissions, Words};
use crate::analysis::{Assumption, Symptom, SymptomKind};
use crate::answer::Layer;
use crate::check::Unmet;
use crate::component::{Component, ComponentKind, PUBLIC_RESOLVER};
use crate::fact::{Action, Fact, Missing};
use crate::network::VpcEndpointKind;
use crate::texts::{VALUE, cat};
use crate::verdict::Verdict;
use crate::words::traffic::Part;

#[cfg(feature = "english")]
pub(super) use codes::meaning;

pub(super) struct Japanese;

impl Words for Japanese {
    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Succeeds => "到達",
            Verdict::TimesOut => "タイムアウト",
            Verdict::Intermittent => "断続的に失敗",
            Verdict::NameNotResolved => "名前解決に失敗",
            Verdict::Refused => "接続拒否",
            Verdict::AccessDenied => "アクセス拒否",
            Verdict::Redirected => "リダイレクト",
            Verdict::NeverStarts => "起動しない",
            Verdict::Undetermined => "判定できない",
        }
    }

    fn action(&self, action: Action) -> &'static str {
        match action {
            Action::Starts => "開始",
            Action::Resolves => "名前解決",
            Action::Allows => "許可",
            Action::Routes => "ルーティング",
            Action::Translates => "変換",
            Action::Forwards => "転送",
            Action::Answers => "応答",
            Action::Redirects => "リダイレクト",
            Action::Refuses => "拒否",
            Action::Drops => "破棄",
            Action::Unknown => "不明",
        }
    }

    fn deed(&self, fact: &Fact) -> Option<&'static str> {
        match fact {
            Fact::NotStarted { .. } | Fact::OutOfAddresses { .. } | Fact::CannotCreateInterfaces { .. } => {
                Some("実行なし")
            }
            Fact::NoNameNeeded => Some("問い合わせなし"),
            Fact::DnsSupportDisabled { .. }
            | Fact::DnsServersUnreachable { .. }
            | Fact::ZoneHasNoRecord { .. }
            | Fact::DnsFirewallBlocks { .. } => Some("名前解決に失敗"),
            Fact::NoAddressOfFamily { .. } | Fact::WorkloadLacksFamily { .. } => Some("接続不可"),
            _ => None,
        }
    }

    fn layer(&self, layer: Layer, permissions: Permissions) -> &'static str {
        match layer {
            Layer::None => match permissions {
                Permissions::Assumed => "ネットワークは到達（権限は許可されていると仮定）",
                Permissions::Allow => "ネットワークは到達、権限も許可",
                Permissions::Deny | Permissions::NotAsked => "ネットワークは到達",
            },
            Layer::Network if permissions == Permissions::Deny => "原因はネットワーク（権限も不足）",
            Layer::Network => "原因はネットワーク（権限ではない）",
            Layer::Name => "原因は名前解決（権限ではない）",
            Layer::Permissions => "原因は権限（ネットワークではない）",
            Layer::Service => "ネットワークは到達（相手の応答が異なる）",
            Layer::Start => "コードが実行されない",
            Layer::NotKnown => "情報が不足",
        }
    }

    fn kind(&self, kind: ComponentKind) -> &'static str {
        match kind {
            ComponentKind::Vpc => "VPC",
            ComponentKind::Subnet => "サブネット",
            ComponentKind::RouteTable => "ルートテーブル",
            ComponentKind::InternetGateway => "インターネットゲートウェイ",
            ComponentKind::EgressOnlyInternetGateway => "Egress-Only インターネットゲートウェイ",
            ComponentKind::NatGateway => "NAT ゲートウェイ",
            ComponentKind::VpcEndpoint => "VPC エンドポイント",
            ComponentKind::SecurityGroup => "セキュリティグループ",
            ComponentKind::NetworkAcl => "ネットワーク ACL",
            ComponentKind::PrefixList => "プレフィックスリスト",
            ComponentKind::DhcpOptions => "DHCP オプションセット",
            ComponentKind::PrivateHostedZone => "プライベートホストゾーン",
            ComponentKind::VpcBlockPublicAccess => "VPC ブロックパブリックアクセス",
            ComponentKind::Function => "Lambda 関数",
            ComponentKind::Instance => "EC2 インスタンス",
            ComponentKind::Task => "ECS タスク",
            ComponentKind::CodeBuildProject => "CodeBuild プロジェクト",
            ComponentKind::NetworkInterface => "ネットワークインターフェイス",
            ComponentKind::Bucket => "S3 バケット",
            ComponentKind::AccessPoint => "アクセスポイント",
            ComponentKind::InternetHost => "インターネット上のホスト",
            ComponentKind::Role => "ロール",
            ComponentKind::ManagedPolicy => "管理ポリシー",
            ComponentKind::Account => "アカウント",
            ComponentKind::KmsKey => "KMS キー",
            ComponentKind::TransitGateway => "Transit Gateway",
            ComponentKind::VpcPeeringConnection => "VPC ピアリング接続",
            ComponentKind::VpnGateway => "仮想プライベートゲートウェイ",
            ComponentKind::CarrierGateway => "キャリアゲートウェイ",
            ComponentKind::LocalGateway => "ローカルゲートウェイ",
            ComponentKind::CoreNetwork => "コアネットワーク",
            ComponentKind::Service => "AWS サービス",
            ComponentKind::Internet => "ホスト",
            ComponentKind::Resolver => "Amazon DNS サーバー",
            ComponentKind::Address => "アドレス",
        }
    }

    fn endpoint_kind(&self, kind: VpcEndpointKind) -> &'static str {
        match kind {
            VpcEndpointKind::Gateway => "ゲートウェイエンドポイント",
            VpcEndpointKind::Interface => "インターフェイスエンドポイント",
            VpcEndpointKind::GatewayLoadBalancer => "Gateway Load Balancer エンドポイント",
        }
    }

    fn title(&self, component: &Component, endpoint: Option<VpcEndpointKind>) -> String {
        let kind = endpoint.map_or_else(|| self.kind(component.kind), |kind| self.endpoint_kind(kind));
        if component.name.is_empty() || component.kind == ComponentKind::VpcBlockPublicAccess {
            kind.into()
        } else if component.kind == ComponentKind::Resolver && component.name == PUBLIC_RESOLVER {
            "パブリック DNS".into()
        } else if component.kind == ComponentKind::Resolver {
            joined!("VPC ", &component.name, " の ", kind)
        } else {
            joined!(kind, " ", &component.name)
        }
    }

    fn in_region(&self, name: &str, region: &str) -> String {
        joined!(region, " の ", name)
    }

    fn mention(&self, component: &Component) -> String {
        self.title(component, None)
    }

    fn says(&self, about: &About<'_>) -> String {
        let clause = facts::clause(about);
        joined!(&clause.stem, clause.polite, &clause.note, "。")
    }

    fn blocks(&self, about: &About<'_>) -> String {
        let clause = facts::clause(about);
        joined!(&clause.stem, clause.plain, &clause.note, "ため、", &about.who, clause.act)
    }

    fn summary_blocked(&self, blocker: &str, more: usize) -> String {
        joined!(blocker, "。", &more_blockers(more))
    }

    fn then(&self, first: &str, second: &str) -> String {
        joined!(first, second)
    }

    fn summary_arrives(&self, carriers: &[String], to: &str, outside_vpc: bool) -> String {
        if outside_vpc {
            return joined!(
                "関数は VPC に接続されていないため、パケットは Lambda 自身のネットワークを通って ",
                to,
                "に到達し、応答も戻ります。",
            );
        }
        let through =
            if carriers.is_empty() { String::new() } else { joined!(&list_of_both(carriers), "を通って") };
        joined!("パケットは", &through, to, "に到達し、応答も戻ります。")
    }

    fn summary_by_subnet(
        &self,
        from: &[&str],
        carriers: &[String],
        not_from: &[&str],
        blocker: &str,
        more: usize,
    ) -> String {
        let through =
            if carriers.is_empty() { String::new() } else { joined!("、", &list_of_both(carriers), "を通って") };
        joined!(
            &list(from),
            "からは",
            &through,
            "到達します。",
            &list(not_from),
            "からは、",
            blocker,
            "。",
            &more_blockers(more),
        )
    }

    fn summary_by_part(&self, part: Option<&str>, blocker: &str, more: usize) -> String {
        let which = match part {
            Some(part) => joined!(part, "の場合は"),
            None => "一部のトラフィックでは".into(),
        };
        joined!(&which, "、", blocker, "。それ以外は到達します。", &more_blockers(more))
    }

    fn summary_unknown(&self) -> String {
        "ドキュメントの内容だけでは判定できません。".into()
    }

    fn part(&self, part: &Part) -> String {
        match part {
            Part::SourcePorts(ports) => joined!("送信元ポート ", ports),
            Part::Destination(addresses) => joined!("送信先 ", addresses),
            Part::DestinationPorts(ports) => joined!("送信先ポート ", ports),
            Part::Source(addresses) => joined!("送信元 ", addresses),
        }
    }

    fn more(&self, count: usize) -> String {
        joined!(" ほか ", &count.to_string(), " 件")
    }

    fn assumption(&self, assumption: &Assumption) -> String {
        notes::assumption(assumption)
    }

    fn settle(&self, missing: &Missing) -> String {
        notes::settle(missing)
    }

    fn settle_reflection(&self, address: std::net::IpAddr) -> String {
        cat!("代わりに ", &address.to_string(), " に対応するプライベートアドレスへの到達性を確認してください。")
    }

    fn unmet(&self, unmet: &Unmet<'_>) -> String {
        match unmet {
            Unmet::Because(code) => joined!("原因に ", code.as_str(), " が含まれていません。"),
            Unmet::Carrier(name) => joined!(name, "がトラフィックを運んでいません。"),
            Unmet::Sense => "質問そのものに答えられません。".into(),
        }
    }

    fn symptom(&self, symptom: &Symptom, is_function: bool, several_subnets: bool) -> String {
        let seconds = symptom.seconds.map(duration);
        match symptom.kind {
            SymptomKind::None if is_function => {
                "タイムアウトの行は出ません。所要時間はコード自身によるものです。".into()
            }
            SymptomKind::None => "呼び出しは正常に戻ります。".into(),
            SymptomKind::FunctionTimeout => match seconds {
                Some(seconds) => joined!("関数は、タイムアウトの ", &seconds, "で打ち切られるまで待ち続けます。"),
                None => "関数は、タイムアウトで打ち切られるまで待ち続けます。".into(),
            },
            SymptomKind::SdkError => match seconds {
                Some(seconds) => joined!("クライアントが約 ", &seconds, "で接続を断念し、エラーになります。"),
                None => "クライアントが接続を断念し、エラーになります。".into(),
            },
            SymptomKind::ErrorAtOnce => "エラーがすぐに返るため、タイムアウトを待つことはありません。".into(),
            SymptomKind::NeverRuns if is_function => "コードは実行されないため、ログも出力されません。".into(),
            SymptomKind::NeverRuns => "実行されていないため、何も送信されません。".into(),
            SymptomKind::Sometimes if is_function && several_subnets => {
                "このように終わる実行もあれば、正常に終わる実行もあります。サブネットは実行環境ごとに Lambda が選びます。".into()
            }
            SymptomKind::Sometimes => "このように終わる実行もあれば、正常に終わる実行もあります。".into(),
            SymptomKind::NotKnown => "何が表示されるかは、ここで不明な点によって変わります。".into(),
        }
    }
}

/// `30 秒`, `24 分`: minutes where seconds would feign precision.
fn duration(seconds: u32) -> String {
    if seconds > 900 {
        joined!(&(seconds.saturating_add(30) / 60).to_string(), " 分")
    } else {
        joined!(&seconds.to_string(), " 秒")
    }
}

fn more_blockers(more: usize) -> String {
    match more {
        0 => String::new(),
        more => joined!("ほかに ", &more.to_string(), " 件の原因があります。"),
    }
}

/// `a、b、c`.
fn list<T: AsRef<str>>(items: &[T]) -> String {
    crate::texts::joined(items, "、")
}

/// `a`, `a と b`, `a、b と c`: what is used together.
fn list_of_both(items: &[String]) -> String {
    match items {
        [first @ .., last] if !first.is_empty() => joined!(&list(first), "と", last),
        _ => list(items),
    }
}

/// A template with its values, with a space where Latin letters and Japanese meet at a seam. Inside a value nothing
/// changes, since it may be a name that somebody gave.
pub(in crate::words) fn seamed(template: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut values = values.iter();
    for words in template.split(VALUE) {
        for part in [words, values.next().copied().unwrap_or_default()] {
            if let (Some(last), Some(first)) = (text.chars().last(), part.chars().next())
                && ((is_latin(last) && is_japanese(first)) || (is_japanese(last) && is_latin(first)))
            {
                text.push(' ');
            }
            text.push_str(part);
        }
    }
    text
}

/// Words and values as one text, joined as Japanese is.
macro_rules! joined {
    ($($piece:tt)*) => {{
        use $crate::words::ja::seamed;
        $crate::texts::cat!(@seamed: $($piece)*)
    }};
}
pub(in crate::words) use joined;

fn is_latin(letter: char) -> bool {
    letter.is_ascii_graphic()
}

/// Kana and kanji; punctuation brings its own space.
fn is_japanese(letter: char) -> bool {
    matches!(letter, '々' | '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// A component inside a sentence.
fn mention(component: &Component) -> String {
    Japanese.title(component, None)
}
