//! Every decision in Japanese.

use super::{Japanese, joined, list, mention, permissions};
use crate::analysis::{Direction, Protocol, Traffic};
use crate::component::Component;
use crate::fact::{DnsDoubt, Fact, FilterDirection, Missing, PrivateRange};
use crate::network::{InterfaceRole, PrivateDns};
use crate::policy::LayerKind;
use crate::query::Family;
use crate::words::About;
use crate::words::detail::aws_state;
use crate::words::traffic::{addresses, port_ranges, service};

/// Why, with both endings of its verb, and what the component does.
pub(super) struct Clause {
    /// The reason up to its verb.
    pub(super) stem: String,
    /// The verb before `ため、`.
    pub(super) plain: &'static str,
    /// The verb at the end of a sentence.
    pub(super) polite: &'static str,
    /// What stands in brackets behind the verb.
    pub(super) note: String,
    /// What stands behind the component's title, as far as it stops what would have arrived.
    pub(super) act: &'static str,
}

/// A reason up to its verb, and the two endings.
type Reason = (String, &'static str, &'static str);

const ARU: (&str, &str) = ("ある", "あります");
const NAI: (&str, &str) = ("ない", "ありません");
const IRU: (&str, &str) = ("いる", "います");
const INAI: (&str, &str) = ("いない", "いません");
const DEARU: (&str, &str) = ("である", "です");
const SURU: (&str, &str) = ("する", "します");
const SHINAI: (&str, &str) = ("しない", "しません");
const MOTANAI: (&str, &str) = ("持たない", "持ちません");

/// The decision as reason and act.
pub(super) fn clause(about: &About<'_>) -> Clause {
    let (stem, plain, polite) = reason(about);
    Clause { stem, plain, polite, note: note(about.fact), act: act(about) }
}

fn end(stem: String, (plain, polite): (&'static str, &'static str)) -> Reason {
    (stem, plain, polite)
}

fn act(about: &About<'_>) -> &'static str {
    match about.fact {
        Fact::NotStarted { is_function: true, .. }
        | Fact::OutOfAddresses { .. }
        | Fact::CannotCreateInterfaces { .. } => "は実行されません",
        Fact::PolicyDenies(_) => "がリクエストを拒否します",
        Fact::NotStarted { is_function: false, .. } => "は何も送信しません",
        Fact::DnsSupportDisabled { .. } => "は名前を解決しません",
        Fact::DnsServersUnreachable { .. } => "では名前を解決できません",
        Fact::ZoneHasNoRecord { .. } => "がその名前を隠しています",
        Fact::DnsFirewallBlocks { .. } => "がその名前をブロックします",
        Fact::NoAddressOfFamily { .. } | Fact::WorkloadLacksFamily { .. } => "は接続できません",
        Fact::NameNotCovered { .. } | Fact::PrivateDnsNotInEffect { .. } => "はその名前を引き受けません",
        Fact::PublicApiCaptured { .. } | Fact::CopyRefused { .. } => "は 403 を返します",
        Fact::ListNotSupported => "は 400 を返します",
        Fact::EndpointNotAssociated { .. } | Fact::EndpointRouteBeaten { .. } => {
            "はパケットをエンドポイントに送りません"
        }
        Fact::RoutingLoop => "でパケットが循環します",
        Fact::RedirectsToRegion { .. } => "はリダイレクトを返します",
        Fact::PortNotListening { .. } => "は接続を拒否します",
        Fact::InternetGatewayReflection { .. } | Fact::NotKnown(_) => "から先は判定できません",
        _ => match about.direction {
            Direction::Forward => "がパケットを破棄します",
            Direction::Reply => "が応答を破棄します",
        },
    }
}

fn reason(about: &About<'_>) -> Reason {
    if !about.fact.is_worded() {
        return end(joined!(), DEARU);
    }
    match about.fact {
        Fact::Starts { role } => end(
            joined!(match role {
                InterfaceRole::Function => "コードが実行され、このサブネットのネットワークインターフェイスから送信",
                InterfaceRole::Instance => "インスタンスがネットワークインターフェイスから送信",
                InterfaceRole::Task => "タスクがこのサブネットのネットワークインターフェイスから送信",
                InterfaceRole::CodeBuildProject => "ビルドがこのサブネットのネットワークインターフェイスから送信",
                InterfaceRole::Bare | InterfaceRole::NatGateway(_) | InterfaceRole::VpcEndpoint(_) => {
                    "ネットワークインターフェイスから送信"
                }
            }),
            SURU,
        ),
        Fact::StartsOutsideVpc => {
            end(joined!("関数は VPC に接続されておらず、インターネットに届く Lambda 自身のネットワークを使用"), SURU)
        }
        Fact::NotStarted { state, reason, .. } => not_started(state, reason.as_deref()),
        Fact::OutOfAddresses { names, .. } => {
            end(joined!("サブネット ", &list(names), "に、ネットワークインターフェイス用の空き IPv4 アドレスが"), NAI)
        }
        Fact::CannotCreateInterfaces { role, missing } => end(
            joined!(
                &mention(role),
                "が ",
                &list(missing),
                " を許可しておらず、Lambda がネットワークインターフェイスを作成でき",
            ),
            ("ない", "ません"),
        ),
        Fact::PolicyAllows { permission, statement } => match permissions::allows(permission, statement.as_ref()) {
            (stem, true) => end(joined!(&stem, "許可"), SURU),
            (stem, false) => end(joined!(&stem, "拒否"), SHINAI),
        },
        Fact::PolicyDenies(denial) if denial.permission.layer == LayerKind::BlockPublicAccess => {
            end(joined!("ポリシーがパブリックなので、S3 ブロックパブリックアクセスが別のアカウントを拒否"), SURU)
        }
        Fact::PolicyDenies(denial) if denial.is_of_origin() => {
            end(joined!(&permissions::origin(denial), "以外からのリクエストを拒否"), SURU)
        }
        Fact::PolicyDenies(denial) => match permissions::denies(denial) {
            (stem, true) => end(joined!(&stem), IRU),
            (stem, false) => end(joined!(&stem), NAI),
        },
        Fact::NoNameNeeded => end(joined!("送信先がアドレスなので、名前解決は不要"), DEARU),
        Fact::ResolvesPublicly { region, .. } if region.is_empty() => {
            end(joined!("名前はパブリックアドレスに解決"), ("される", "されます"))
        }
        Fact::ResolvesPublicly { region, .. } => {
            end(joined!("名前は ", region, " のパブリックアドレスに解決"), ("される", "されます"))
        }
        Fact::ResolvesToEndpoint { endpoint, .. } => {
            end(joined!("名前はエンドポイント", &endpoint.name, "のプライベートアドレスに解決"), ("される", "されます"))
        }
        Fact::ResolvesInZone { zone, .. } => end(joined!(&mention(zone), "にレコードが"), ARU),
        Fact::AsksDnsServer { server } => end(
            joined!("DHCP オプションの DNS サーバー ", &server.to_string(), " に、ほかのホストと同じ経路で問い合わせ"),
            ("る", "ます"),
        ),
        Fact::DnsSupportDisabled { .. } => end(joined!("VPC の enableDnsSupport が false に設定されて"), IRU),
        Fact::DnsServersUnreachable { servers } => {
            let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
            end(
                joined!(
                    "DHCP オプションの DNS サーバー（",
                    &crate::texts::joined(&servers, "、"),
                    "）にパケットが到達"
                ),
                SHINAI,
            )
        }
        Fact::ZoneHasNoRecord { host, .. } => end(
            joined!(
                "このゾーンは",
                host,
                "を対象としますが、そのレコードがなく、パブリック DNS への問い合わせも行われ"
            ),
            ("ない", "ません"),
        ),
        Fact::DnsFirewallBlocks { host, rule, response } => {
            end(joined!(&dns_firewall_rule(*rule), "が ", host, " をブロックし、", response, " を返"), ("す", "します"))
        }
        Fact::NoAddressOfFamily { host, family } => {
            end(joined!(host, " には、ワークロードが使える唯一の種類である ", family_name(*family), " アドレスが"), NAI)
        }
        Fact::WorkloadLacksFamily { family } => end(
            joined!(
                "送信先は ",
                family_name(*family),
                " ですが、ワークロードには ",
                family_name(*family),
                " アドレスが"
            ),
            NAI,
        ),
        Fact::NameNotCovered { host, endpoint } => {
            end(joined!(&private_dns(about, endpoint), "は ", host, " を対象として"), INAI)
        }
        Fact::PrivateDnsNotInEffect { endpoint, why } => {
            let dns = joined!(&private_dns(about, endpoint), "は");
            match why {
                PrivateDns::InboundResolverOnly => end(
                    joined!(&dns, "インバウンド Resolver エンドポイント専用で、VPC 内では有効で"),
                    ("ない", "はありません"),
                ),
                PrivateDns::WithoutEffect => end(
                    joined!(&dns, " enableDnsSupport と enableDnsHostnames の両方を必要としますが、一方が false "),
                    DEARU,
                ),
                PrivateDns::Off | PrivateDns::On => end(joined!(&dns, "無効"), DEARU),
            }
        }
        Fact::PublicApiCaptured { endpoint, .. } => end(
            joined!(
                &endpoint.name,
                "のプライベート DNS がリージョン内のすべての execute-api の名前を引き受けますが、この名前の API はパブリック",
            ),
            DEARU,
        ),
        Fact::SecurityGroupAllows { direction, .. } => {
            end(joined!(flow(*direction), "ルールが許可します。応答にルールは必要"), ("ない", "ありません"))
        }
        Fact::SecurityGroupHasNoRules { direction, groups } => {
            end(joined!(&whose(groups), flow(*direction), "ルールが 1 つも"), NAI)
        }
        Fact::SecurityGroupMismatch { direction, groups } => {
            end(joined!(&whose(groups), &wanted(about, *direction), "を許可する", flow(*direction), "ルールが"), NAI)
        }
        Fact::NetworkAclRule { direction, allow, number, .. } => end(
            joined!(
                flow(*direction),
                "ルール ",
                &number.to_string(),
                " が",
                &packet(about),
                "を",
                if *allow { "許可" } else { "拒否" },
            ),
            SURU,
        ),
        Fact::NetworkAclNoMatch { direction } => {
            end(joined!(&packet(about), "に一致する", flow(*direction), "ルールがなく、ルール * が拒否"), SURU)
        }
        Fact::NotInVpc => end(joined!("送信先は、接続していない VPC のプライベートアドレス"), DEARU),
        Fact::SameSubnet => end(
            joined!("両端が同じサブネットにあり、ルートテーブルもネットワーク ACL も適用"),
            ("されない", "されません"),
        ),
        Fact::RouteSelected { destination, local: true, .. } => {
            end(joined!("ローカルルート ", destination, " により、パケットは VPC 内にとどま"), ("る", "ります"))
        }
        Fact::RouteSelected { destination, target, local: false } => {
            end(joined!("最長一致でルート ", destination, " → ", target, " が選択"), ("される", "されます"))
        }
        Fact::NoRoute => end(joined!(&about.far_end, "へのルートが"), NAI),
        Fact::RouteBlackhole { destination, target } => end(
            joined!(
                "ルート ",
                destination,
                " → ",
                target,
                " がブラックホール（ターゲットが存在しない状態）で、ほかのルートには切り替わら",
            ),
            ("ない", "ません"),
        ),
        Fact::ReplyTakesAnotherWay { target } => end(
            joined!("応答は ", target, " にルーティングされ、往復の両方を処理すべきコンポーネントを通ら"),
            ("ない", "ません"),
        ),
        Fact::AddressInNoSubnet { address } => end(
            joined!(
                "アドレス ",
                &address.to_string(),
                " は VPC の CIDR ブロックに含まれますが、どのサブネットにも属して"
            ),
            INAI,
        ),
        Fact::EndpointNotAssociated { endpoint, table } => end(
            joined!(
                "エンドポイント ",
                &endpoint.name,
                " は関連付けたルートテーブルでのみ有効ですが、",
                table,
                "は関連付けられて",
            ),
            INAI,
        ),
        Fact::EndpointRouteBeaten { endpoint, destination, by_prefix } => end(
            joined!(
                "ルート ",
                destination,
                if *by_prefix {
                    " はプレフィックスが長く、"
                } else {
                    " は同じプレフィックスでも優先順位が高く、"
                },
                "エンドポイント ",
                &endpoint.name,
                " のルートより優先",
            ),
            ("される", "されます"),
        ),
        Fact::RoutingLoop => end(joined!("ルートがパケットを元の場所に戻"), ("す", "します")),
        Fact::InternetGatewayForwards { family: Family::Ipv6, .. } => end(joined!("IPv6 は変換されずに通過"), SURU),
        Fact::InternetGatewayForwards { address, fragile, .. } => {
            let address = address.map_or_else(|| "パブリックアドレス".into(), |address| address.to_string());
            let warning =
                if *fragile { "（AWS がインターフェイスを置き換えると失われます）" } else { "" };
            end(joined!("送信元が", &address, warning, "に変換"), ("される", "されます"))
        }
        Fact::NoPublicAddress { role, owner } => match role {
            InterfaceRole::Function => end(
                joined!("Lambda のネットワークインターフェイスは、どのサブネットでもパブリック IPv4 アドレスを"),
                MOTANAI,
            ),
            InterfaceRole::CodeBuildProject => end(
                joined!("CodeBuild のネットワークインターフェイスは、どのサブネットでもパブリック IPv4 アドレスを"),
                MOTANAI,
            ),
            InterfaceRole::NatGateway(_) => end(joined!(&mention(owner), "は Elastic IP アドレスを"), MOTANAI),
            InterfaceRole::Task | InterfaceRole::Instance | InterfaceRole::Bare | InterfaceRole::VpcEndpoint(_) => {
                end(joined!(&mention(owner), "はパブリック IPv4 アドレスを"), MOTANAI)
            }
        },
        Fact::GatewayNotAttached => end(joined!("この VPC にアタッチされて"), INAI),
        Fact::PrivateDestination { range } => end(
            joined!(match range {
                PrivateRange::Rfc1918 => "RFC 1918 のプライベートアドレス宛ての通信は転送",
                PrivateRange::Rfc6598 => "100.64.0.0/10（RFC 6598）宛ての通信は転送",
            }),
            SHINAI,
        ),
        Fact::InternetGatewayReflection { address } => end(
            joined!(
                "パブリックアドレス ",
                &address.to_string(),
                " は同じ VPC のもので、代わりにプライベートアドレスへの経路を確認する必要が",
            ),
            ARU,
        ),
        Fact::PublicAccessBlocked { mode } => end(joined!("モードが", mode), DEARU),
        Fact::EgressOnlyForwards => end(joined!("IPv6 は外向きに通過し、内向きは応答だけが通過"), SURU),
        Fact::FamilyNotCarried { family } => end(joined!(family_name(*family), " を転送"), SHINAI),
        Fact::ProtocolNotCarried { protocol, gateway_endpoint: true } => end(
            joined!(
                "ゲートウェイエンドポイントは TCP と ICMP エコーだけを転送し、",
                &protocol.to_ascii_uppercase(),
                " は転送",
            ),
            SHINAI,
        ),
        Fact::ProtocolNotCarried { protocol, gateway_endpoint: false } => {
            end(joined!(&protocol.to_ascii_uppercase(), " を転送"), SHINAI)
        }
        Fact::BadState { state } => end(joined!("状態が", aws_state(state)), DEARU),
        Fact::NatGatewayTranslates { elastic_ip: Some(address) } => end(
            joined!("送信元がゲートウェイ自身のアドレス（インターネット上では ", &address.to_string(), "）に変換"),
            ("される", "されます"),
        ),
        Fact::NatGatewayTranslates { elastic_ip: None } => {
            end(joined!("送信元がゲートウェイ自身のプライベートアドレスに変換"), ("される", "されます"))
        }
        Fact::ZoneNotServed { availability_zone } => {
            end(joined!("アベイラビリティーゾーン ", availability_zone, " にアドレスを"), MOTANAI)
        }
        Fact::SourceDestCheck => end(
            joined!("送信元/送信先チェックが有効で、自身宛てでも自身発でもないパケットを受け付け"),
            ("ない", "ません"),
        ),
        Fact::NatInstanceTranslates => end(joined!("送信元がインスタンス自身のアドレスに変換"), ("される", "されます")),
        Fact::ApplianceForwards => end(joined!("パケットは変更されずに通過"), SURU),
        Fact::DoesNotForward => end(joined!("ほかのホストのパケットを転送"), SHINAI),
        Fact::GatewayEndpointForwards { .. } => {
            end(joined!("パケットはパブリックアドレスなしでサービスに転送"), ("される", "されます"))
        }
        Fact::InterfaceEndpointForwards { .. } => {
            end(joined!("リクエストは PrivateLink を通ってサービスに転送"), ("される", "されます"))
        }
        Fact::ServiceAnswers { region, bucket: Some(bucket), .. } => {
            end(joined!(bucket, "へのリクエストに ", region, " が応答"), SURU)
        }
        Fact::ServiceAnswers { region, bucket: None, .. } if region.is_empty() => end(joined!("サービスが応答"), SURU),
        Fact::ServiceAnswers { region, bucket: None, .. } => end(joined!(region, " のサービスが応答"), SURU),
        Fact::RedirectsToRegion { region, followed } => {
            let start = joined!("バケットは ", region, " にあり、S3 は 301 を返しますが、クライアントは");
            if *followed {
                end(
                    joined!("バケットは ", region, " にあり、S3 が 301 を返すと、クライアントはそこへ再度リクエスト"),
                    SURU,
                )
            } else {
                end(joined!(&start, "それに従"), ("わない", "いません"))
            }
        }
        Fact::CopyRefused { source_region } => end(
            joined!("コピー元は ", source_region, " にあり、S3 は VPC エンドポイント経由のリージョン間コピーを許可"),
            SHINAI,
        ),
        Fact::ListNotSupported => end(
            joined!("オブジェクト所有者が BucketOwnerEnforced（ACL 無効）で、S3 は ACL を設定するリクエストを許可"),
            SHINAI,
        ),
        Fact::InternetAnswers { .. } => end(joined!("ホストが応答"), SURU),
        Fact::InterfaceAnswers => end(joined!("パケットが到達し、応答を返"), ("す", "します")),
        Fact::PortNotListening { port } => end(joined!("ポート ", &port.to_string(), " で待ち受けるものが"), NAI),
        Fact::NotKnown(missing) => not_known(about, missing),
    }
}

/// State and reason code of a workload that does not run, where the sentence says what the code means.
fn note(fact: &Fact) -> String {
    match fact {
        Fact::NotStarted { state, reason: Some(reason), .. } if meaning(reason).is_some() => {
            joined!("（状態 ", state, "、理由コード ", reason, "）")
        }
        Fact::PolicyDenies(denial) => permissions::note(denial),
        _ => String::new(),
    }
}

fn not_started(state: &str, reason: Option<&str>) -> Reason {
    let Some(reason) = reason else { return end(joined!("状態が", state), DEARU) };
    match meaning(reason) {
        Some((stem, ending)) => end(joined!(stem), ending),
        None => end(joined!("状態が", state, "、理由コードが", reason), DEARU),
    }
}

/// What a reason code means (R7.17), up to the verb, and the verb's endings.
fn meaning(reason: &str) -> Option<(&'static str, (&'static str, &'static str))> {
    Some(match reason {
        "EniLimitExceeded" => ("ネットワークインターフェイスのクォータに達して", IRU),
        "InsufficientRolePermissions" => ("ロールにネットワークインターフェイスを作成する権限が", NAI),
        "SubnetOutOfIPAddresses" => ("サブネットに空き IPv4 アドレスが", NAI),
        "InvalidSubnet" => ("設定されたサブネットが無効", DEARU),
        "InvalidSecurityGroup" => ("設定されたセキュリティグループが無効", DEARU),
        "EC2RequestLimitExceeded" => ("ネットワークインターフェイスのリクエストが EC2 にスロットリングされて", IRU),
        "DisallowedByVpcEncryptionControl" => ("VPC 暗号化コントロールで許可されて", INAI),
        "Idle" => {
            ("アイドル状態が続いて Lambda がネットワークインターフェイスを回収しており、最初の呼び出しは失敗", SURU)
        }
        _ => return None,
    })
}

fn private_dns(about: &About<'_>, endpoint: &Component) -> String {
    if about.component == endpoint {
        "プライベート DNS ".into()
    } else {
        joined!("エンドポイント ", &endpoint.name, "のプライベート DNS ")
    }
}

/// The possessive of a component: `その` for the one that decides.
fn possessive(about: &About<'_>, component: &Component) -> String {
    if about.component == component { "その".into() } else { joined!(&mention(component), "の") }
}

/// A rule of DNS Firewall by its place in the order of evaluation.
fn dns_firewall_rule(position: usize) -> String {
    joined!("DNS Firewall の ", &(position + 1).to_string(), " 番目のルール")
}

fn not_known(about: &About<'_>, missing: &Missing) -> Reason {
    if !missing.is_worded() {
        return end(joined!(), DEARU);
    }
    match missing {
        Missing::Section(section) => end(joined!("入力に ", section, " が含まれて"), INAI),
        Missing::Resource(name) => end(joined!("入力は ", name, " の名前を挙げていますが、その内容が"), NAI),
        Missing::Link(component) => end(joined!(&possessive(about, component), "先はモデル化されて"), INAI),
        Missing::OwnerOfAddress(address) => end(joined!("アドレス ", &address.to_string(), " を持つものが入力に"), NAI),
        Missing::AddressesOfHost(host) => {
            end(joined!("アドレスによって扱いが異なりますが、", host, "のアドレスが入力に"), NAI)
        }
        Missing::ClientOption(option) => {
            end(joined!("クライアントによって動作が異なりますが、オプション ", option, " の指定が"), NAI)
        }
        Missing::DnsAnswer(name) => end(joined!("DNS サーバーが ", name, " に何と答えるかが入力に"), NAI),
        Missing::DnsFirewall { host, rule, why } => {
            let rule = dns_firewall_rule(*rule);
            match why {
                DnsDoubt::Override => end(joined!(&rule, "が ", host, " に別の名前を返"), ("す", "します")),
                DnsDoubt::Action => end(joined!(&rule, "が ", host, " をどう扱うかが入力に"), NAI),
                DnsDoubt::DomainList => {
                    end(joined!(&rule, "のドメインリストに ", host, " が含まれるかどうかがわかって"), INAI)
                }
                DnsDoubt::Alias => end(
                    joined!(
                        host,
                        " は",
                        &rule,
                        "が止める名前のエイリアスかもしれず、チェーンのすべての名前が検査の対象"
                    ),
                    DEARU,
                ),
                DnsDoubt::QueryType => {
                    end(joined!(&rule, "が ", host, " の IPv4 アドレスと IPv6 アドレスのクエリを別々に扱って"), IRU)
                }
            }
        }
        Missing::ResolverRule { host, domain: Some(domain), .. } => end(
            joined!(
                "Resolver ルール（ドメイン ",
                domain,
                "）が ",
                host,
                " を転送しますが、転送先のサーバーが何と答えるかがわかって",
            ),
            INAI,
        ),
        Missing::ResolverRule { host, domain: None, .. } => {
            end(joined!("ドメインが不明な Resolver ルールが ", host, " を転送する可能性が"), ARU)
        }
        Missing::Guest(component) => {
            end(joined!(&possessive(about, component), "ゲスト OS がパケットをどう扱うかが入力に"), NAI)
        }
        Missing::Operation(component) => end(
            joined!(&possessive(about, component), "ポリシーが拒否するかもしれませんが、何をリクエストするかが質問に"),
            NAI,
        ),
        Missing::Permission { permission, needs } => end(joined!(&permissions::open(permission, needs)), NAI),
        Missing::PrefixListChoice(_) => end(
            joined!(
                "2 つのプレフィックスリストが同じブロックを異なるターゲットに向けており、AWS がどちらを選ぶかは決まって"
            ),
            INAI,
        ),
        Missing::PrefixListEntries(component) => end(joined!(&mention(component), "のエントリが入力に"), NAI),
        Missing::Component(component) => end(joined!(&possessive(about, component), "情報が不足して"), IRU),
        Missing::ApiKind(host) => end(
            joined!(
                "プライベート DNS が ",
                host,
                " をプライベート API 専用のエンドポイントに向けますが、この API がプライベートかどうかが入力に",
            ),
            NAI,
        ),
        Missing::Unreadable(pointer) => end(joined!(pointer, " の記述を読み取れ"), NAI),
        Missing::TooManyParts => end(joined!("トラフィックの場合分けが多すぎ"), ("る", "ます")),
    }
}

fn whose(groups: &[String]) -> String {
    match groups {
        [] | [_] => String::new(),
        several => joined!(&list(several), "のいずれにも、"),
    }
}

fn flow(direction: FilterDirection) -> &'static str {
    match direction {
        FilterDirection::Ingress => "インバウンド",
        FilterDirection::Egress => "アウトバウンド",
    }
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    }
}

/// `S3 のアドレス宛ての TCP 443 `.
fn wanted(about: &About<'_>, direction: FilterDirection) -> String {
    let what = about.traffic.map_or_else(|| "通信".into(), service);
    match direction {
        FilterDirection::Egress => joined!(&about.far_end, "宛ての", &what),
        FilterDirection::Ingress => match about.traffic {
            Some(traffic) => joined!(&addresses(traffic.family, &traffic.source, &Japanese), "からの", &what),
            None => what,
        },
    }
}

/// What a network ACL looks at, with the spaces that it needs.
fn packet(about: &About<'_>) -> String {
    match (about.direction, about.traffic) {
        (Direction::Forward, Some(traffic)) => service(traffic),
        (Direction::Forward, None) => "パケット".into(),
        (Direction::Reply, traffic) => match traffic.and_then(ports_of_reply) {
            Some(ports) => joined!("ポート ", &ports, " 宛ての応答"),
            None => "応答".into(),
        },
    }
}

fn ports_of_reply(traffic: &Traffic) -> Option<String> {
    match traffic.protocol {
        Protocol::Icmp => None,
        Protocol::Tcp | Protocol::Udp => port_ranges(&traffic.destination_ports),
    }
}
