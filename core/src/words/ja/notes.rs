//! Assumptions, what would settle an open answer, and problems of a question, in Japanese.

use super::{joined, list, mention};
use crate::analysis::Assumption;
use crate::component::ComponentKind;
use crate::fact::Missing;
use crate::query::Sdk;
use crate::words::service_name;

pub(super) fn assumption(assumption: &Assumption) -> String {
    if !assumption.is_worded() {
        return String::new();
    }
    match assumption {
        Assumption::Region(region) => joined!("ドキュメントにリージョンがないため、", region, " と仮定しています。"),
        Assumption::Sdk(sdk) => {
            let name = match sdk {
                Sdk::Python => "Python 用の boto3",
                Sdk::Javascript => "AWS SDK for JavaScript v3",
                Sdk::Java => "AWS SDK for Java 2.x",
            };
            joined!("コードが使う SDK が分からないため、", name, "と仮定しています。")
        }
        Assumption::IdentityPolicies => "ロールのポリシーがリクエストを許可すると仮定しています。".into(),
        Assumption::BucketPolicy(bucket) => {
            joined!(&bucket.name, "のバケットポリシーがリクエストを許可すると仮定しています。")
        }
        Assumption::ObjectOwner(bucket) => joined!(
            &bucket.name,
            " ではアクセスコントロールリスト (ACL) が有効です。オブジェクトはバケットのアカウントが所有すると仮定しています。",
        ),
        Assumption::AccessPointPolicy(point) => {
            joined!("アクセスポイント ", &point.name, " のポリシーがリクエストを許可すると仮定しています。")
        }
        Assumption::EndpointPolicy(endpoint) => {
            joined!("エンドポイント ", &endpoint.name, " のポリシーがリクエストを許可すると仮定しています。")
        }
        Assumption::NoOtherGrant(component) => joined!(
            &mention(component),
            "のポリシーが与えられていないため、ロールのポリシーにない権限を与えるものはないと仮定しています。",
        ),
        Assumption::ResourcePolicy(service) => joined!(
            service_name(&service.name),
            " のリソースにポリシーがある場合は、リクエストを許可すると仮定しています。",
        ),
        Assumption::KeyPolicy(key) if key.kind == ComponentKind::Service => {
            "KMS キーのキーポリシーがキーの使用を許可すると仮定しています。".into()
        }
        Assumption::KeyPolicy(key) => joined!(&key.name, " のキーポリシーがキーの使用を許可すると仮定しています。"),
        Assumption::OrganizationPolicies => {
            "組織のポリシーが与えられていないため、リクエストを拒否するものはないと仮定しています。".into()
        }
        Assumption::BundledRanges { service, region, date } => {
            let place = if region.is_empty() { String::new() } else { joined!(region, " の ") };
            joined!(&place, service_name(service), " のアドレスには、AWS が ", date, " に公開した範囲を使っています。",)
        }
        Assumption::InternetHost(host) => {
            joined!(host, "はパブリック IPv4 アドレスを持ち、応答すると仮定しています。")
        }
        Assumption::Listening { component, port } => {
            joined!(&mention(component), "のポート ", &port.to_string(), " で待ち受けがあると仮定しています。")
        }
        Assumption::GuestForwards(component) => {
            joined!(&mention(component), "のゲスト OS は、NAT インスタンスとして転送と変換を行うと仮定しています。")
        }
        Assumption::CustomDns(servers) => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            joined!("DNS サーバー ", &list(&servers), "はパブリック DNS と同じ答えを返すと仮定しています。")
        }
        Assumption::NoBlockPublicAccess => {
            "VPC ブロックパブリックアクセスの設定が与えられていないため、オフと仮定しています。".into()
        }
        Assumption::NoPrivateHostedZones => {
            "プライベートホストゾーンが与えられていないため、応答するゾーンはないと仮定しています。".into()
        }
        Assumption::NoResolverRules => {
            "Resolver ルールと DNS Firewall ルールが与えられていないため、この名前に作用するルールはないと仮定しています。".into()
        }
        Assumption::DnsHostnamesFalse(vpc) => joined!(
            "VPC ",
            &vpc.name,
            " の enableDnsHostnames は false です。AWS はエンドポイントを使う場合に true を求めていますが、パブリックな名前は false でも解決されます。",
        ),
        Assumption::FragileElasticIp(component) => joined!(
            &mention(component),
            "のネットワークインターフェイスには、手動で Elastic IP アドレスが関連付けられています。AWS のサポート対象外であり、AWS がインターフェイスを置き換えると失われます。",
        ),
        Assumption::RegionalNatGatewayCrossesZones(gateway) => joined!(
            "NAT ゲートウェイ ",
            &gateway.name,
            " は、まだ拡張していないアベイラビリティーゾーンにも、別のゾーンから対応すると仮定しています。",
        ),
        Assumption::PrimaryInterface(component) => {
            joined!(&mention(component), "の通信はプライマリネットワークインターフェイスを使うと仮定しています。")
        }
        Assumption::LastUpdateFailed { component, reason } => {
            let reason = if reason.is_empty() { String::new() } else { joined!("（", reason, "）") };
            joined!(&mention(component), "の前回の更新は失敗しており", &reason, "、以前の設定のまま実行されています。",)
        }
        Assumption::IdleConnections(component) => {
            joined!(&mention(component), "を通る接続は、350 秒間アイドルになると、次に使うときにリセットされます。")
        }
        Assumption::DefaultTimeout(seconds) => joined!(
            "ドキュメントに関数のタイムアウトがないため、Lambda のデフォルトの ",
            &seconds.to_string(),
            " 秒と仮定しています。",
        ),
        Assumption::PathsLeftOut { listed, all } => joined!(
            "トラフィックは ",
            &all.to_string(),
            " 通りに分かれ、この回答にはそのうち ",
            &listed.to_string(),
            " 通りを載せています。判定と理由はすべてを対象としています。",
        ),
    }
}

pub(super) fn settle(missing: &Missing) -> String {
    if !missing.is_worded() {
        return String::new();
    }
    match missing {
        Missing::Section(section) => joined!("入力に ", section, " を追加してください。"),
        Missing::Resource(name) => joined!("入力に ", name, " を追加するか、名前を修正してください。"),
        Missing::Link(component) => joined!(
            &mention(component),
            "の先は手作業で確認してください。ネットワーク間の接続はまだモデル化されていません。",
        ),
        Missing::OwnerOfAddress(address) => joined!(
            "アドレス ",
            &address.to_string(),
            " を持つインスタンスまたはネットワークインターフェイスを追加してください。",
        ),
        Missing::AddressesOfHost(host) => joined!("internetHosts に ", host, " とそのアドレスを追加してください。"),
        Missing::ClientOption(option) => joined!("client にオプション ", option, " を指定してください。"),
        Missing::DnsAnswer(name) => joined!(
            "DNS サーバーに ",
            name,
            " を問い合わせ、その答えをプライベートホストゾーンとして追加してください。",
        ),
        Missing::DnsFirewall { host, .. } => joined!(
            "VPC のリゾルバーに ",
            host,
            " を問い合わせて確認するか、この名前を許可してリダイレクトチェーンを信頼するルールを先頭に置いてください。",
        ),
        Missing::ResolverRule { host, .. } => joined!(
            "VPC のリゾルバーに ",
            host,
            " を問い合わせ、通常のアドレスが返る場合は、この名前にタイプ SYSTEM の Resolver ルールを追加してください。",
        ),
        Missing::Guest(component) => {
            joined!(&mention(component), "の forwards に nat、forward、none のいずれかを指定してください。")
        }
        Missing::Operation(component) => {
            joined!(&mention(component), "にポリシーがあるため、リクエストのオペレーションを指定してください。")
        }
        Missing::Permission { needs, .. } => needs.first().map(super::permissions::need).unwrap_or_default(),
        Missing::PrefixListChoice(_) => {
            "両方のプレフィックスリストを同じターゲットに向けるか、一方からそのブロックを除いてください。".into()
        }
        Missing::PrefixListEntries(component) => joined!(&mention(component), "のエントリを追加してください。"),
        Missing::Component(component) => joined!(&mention(component), "の情報をすべて記述してください。"),
        Missing::ApiKind(host) => {
            joined!(host, "の API がプライベートかどうかを確認してください。パブリックであれば 403 が返ります。")
        }
        Missing::Unreadable(pointer) => joined!(pointer, " を診断のとおりに修正してください。"),
        Missing::TooManyParts => "1 つのアドレスとポートに絞って確認してください。".into(),
    }
}
