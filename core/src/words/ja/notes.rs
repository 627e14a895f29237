//! Assumptions, what would settle an open answer, and problems of a question, in Japanese.

use super::{list, mention, spaced};
use crate::analysis::{Assumption, QueryProblem};
use crate::fact::Missing;
use crate::query::Sdk;

pub(super) fn assumption(assumption: &Assumption) -> String {
    match assumption {
        Assumption::Region(region) => ["ドキュメントにリージョンがないため、", region, " と仮定しています。"].concat(),
        Assumption::Sdk(sdk) => {
            let name = match sdk {
                Sdk::Python => "Python 用の boto3",
                Sdk::Javascript => "AWS SDK for JavaScript v3",
                Sdk::Java => "AWS SDK for Java 2.x",
            };
            ["コードが使う SDK が分からないため、", &spaced(name), "と仮定しています。"].concat()
        }
        Assumption::IdentityPolicies => "ロールのポリシーがリクエストを許可すると仮定しています。".into(),
        Assumption::BucketPolicy(bucket) => {
            [&spaced(&bucket.name), "のバケットポリシーがリクエストを許可すると仮定しています。"].concat()
        }
        Assumption::EndpointPolicy(endpoint) => {
            ["エンドポイント ", &endpoint.name, " のポリシーがリクエストを許可すると仮定しています。"].concat()
        }
        Assumption::BundledRanges { service, region, date } => {
            let place = if region.is_empty() { String::new() } else { [region, " の "].concat() };
            [&place, service, " のアドレスには、AWS が ", date, " に公開した範囲を使っています。"].concat()
        }
        Assumption::InternetHost(host) => {
            [&spaced(host), "はパブリック IPv4 アドレスを持ち、応答すると仮定しています。"].concat()
        }
        Assumption::Listening { component, port } => {
            [&mention(component), "のポート ", &port.to_string(), " で待ち受けがあると仮定しています。"].concat()
        }
        Assumption::GuestForwards(component) => {
            [&mention(component), "のゲスト OS は、NAT インスタンスとして転送と変換を行うと仮定しています。"].concat()
        }
        Assumption::CustomDns(servers) => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            ["DNS サーバー ", &spaced(&list(&servers)), "はパブリック DNS と同じ答えを返すと仮定しています。"].concat()
        }
        Assumption::DnsHostnamesFalse(vpc) => [
            "VPC ",
            &vpc.name,
            " の enableDnsHostnames は false です。AWS はエンドポイントを使う場合に true を求めていますが、パブリックな名前は false でも解決されます。",
        ]
        .concat(),
        Assumption::FragileElasticIp(component) => [
            &mention(component),
            "のネットワークインターフェイスには、手動で Elastic IP アドレスが関連付けられています。AWS のサポート対象外であり、AWS がインターフェイスを置き換えると失われます。",
        ]
        .concat(),
        Assumption::RegionalNatGatewayCrossesZones(gateway) => [
            "NAT ゲートウェイ ",
            &gateway.name,
            " は、まだ拡張していないアベイラビリティーゾーンにも、別のゾーンから対応すると仮定しています。",
        ]
        .concat(),
        Assumption::PrimaryInterface(component) => {
            [&mention(component), "の通信はプライマリネットワークインターフェイスを使うと仮定しています。"].concat()
        }
        Assumption::LastUpdateFailed { component, reason } => {
            let reason = if reason.is_empty() { String::new() } else { ["（", reason, "）"].concat() };
            [&mention(component), "の前回の更新は失敗しており", &reason, "、以前の設定のまま実行されています。"].concat()
        }
        Assumption::IdleConnections(component) => {
            [&mention(component), "を通る接続は、350 秒間アイドルになると、次に使うときにリセットされます。"].concat()
        }
        Assumption::DefaultTimeout(seconds) => [
            "ドキュメントに関数のタイムアウトがないため、Lambda のデフォルトの ",
            &seconds.to_string(),
            " 秒と仮定しています。",
        ]
        .concat(),
    }
}

pub(super) fn settle(missing: &Missing) -> String {
    match missing {
        Missing::Section(section) => ["入力に ", section, " を追加してください。"].concat(),
        Missing::Resource(name) => ["入力に ", name, " を追加するか、名前を修正してください。"].concat(),
        Missing::Link(component) => {
            [&mention(component), "の先は手作業で確認してください。ネットワーク間の接続はまだモデル化されていません。"]
                .concat()
        }
        Missing::OwnerOfAddress(address) => [
            "アドレス ",
            &address.to_string(),
            " を持つインスタンスまたはネットワークインターフェイスを追加してください。",
        ]
        .concat(),
        Missing::AddressesOfHost(host) => ["internetHosts に ", host, " とそのアドレスを追加してください。"].concat(),
        Missing::ClientOption(option) => ["client にオプション ", option, " を指定してください。"].concat(),
        Missing::DnsAnswer(name) => {
            ["DNS サーバーに ", name, " を問い合わせ、その答えをプライベートホストゾーンとして追加してください。"]
                .concat()
        }
        Missing::Guest(component) => {
            [&mention(component), "の forwards に nat、forward、none のいずれかを指定してください。"].concat()
        }
        Missing::Policy(component) => [&mention(component), "のポリシーを確認してください。"].concat(),
        Missing::PrefixListChoice(_) => {
            "両方のプレフィックスリストを同じターゲットに向けるか、一方からそのブロックを除いてください。".into()
        }
        Missing::PrefixListEntries(component) => [&mention(component), "のエントリを追加してください。"].concat(),
        Missing::Component(component) => [&mention(component), "の情報をすべて記述してください。"].concat(),
        Missing::ApiKind(host) => {
            [&spaced(host), "の API がプライベートかどうかを確認してください。パブリックであれば 403 が返ります。"]
                .concat()
        }
        Missing::TooManyParts => "1 つのアドレスとポートに絞って確認してください。".into(),
    }
}

pub(super) fn query_problem(problem: &QueryProblem) -> String {
    match problem {
        QueryProblem::NoSuchWorkload { name, nearest } => match nearest.as_slice() {
            [] => ["「", name, "」という名前の送信元はありません。"].concat(),
            near => ["「", name, "」という名前の送信元はありません。近い名前: ", &list(near)].concat(),
        },
        QueryProblem::AmbiguousName { name, candidates } => {
            ["「", name, "」は ", &spaced(&list(candidates)), "のいずれかです。どれかを指定してください。"].concat()
        }
        QueryProblem::BadDestination { text } => [
            "「",
            text,
            "」は送信先として解釈できません。s3://bucket、https://host、ADDRESS:PORT、service/NAME、またはワークロードの名前を指定してください。",
        ]
        .concat(),
        QueryProblem::BadProtocol { text } => {
            ["「", text, "」はプロトコルではありません。tcp、udp、icmp のいずれかを指定してください。"].concat()
        }
        QueryProblem::NoSuchBucket { name } => {
            ["ドキュメントにバケット「", name, "」がないため、ドキュメントのリージョンにあると仮定しています。"].concat()
        }
        QueryProblem::NoPort => "ポートの指定がなく、この送信先には既定のポートがありません。".into(),
    }
}
