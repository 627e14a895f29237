//! Cures in Japanese.

use super::{Heading, dollars, leading, named};
use crate::component::Component;
use crate::repair::{Changed, CureKind, EffectKind, Group, Limit, PriceItem, WhyNone, Work};
use crate::verdict::Verdict;
use crate::words::{Words, ja::Japanese};

fn mention(component: &Component) -> String {
    Japanese.mention(component)
}

pub(super) fn title(groups: &[Group]) -> String {
    let mut parts = Vec::new();
    for (kind, what, detail) in leading(groups) {
        let named: Vec<String> = what.iter().map(|component| mention(component)).collect();
        let what = named.join("、");
        parts.push(match kind {
            CureKind::SecurityGroupRule => format!("{what} にルールを追加する"),
            CureKind::NetworkAclRule => format!("{what} にルールを追加する"),
            CureKind::RemoveSecurityGroupRule => format!("{what} からルールを削除する"),
            CureKind::RemoveRoute => format!("{what} からルートを削除する"),
            CureKind::DisassociateEndpoint => format!("{what} とルートテーブルの関連付けを解除する"),
            CureKind::DnsAttributes => format!("{what} の {detail} を有効にする"),
            CureKind::Dns64 => format!("{what} の DNS64 を有効にする"),
            CureKind::PrivateDns if detail == "off" => format!("{what} のプライベート DNS を無効にする"),
            CureKind::PrivateDns => format!("{what} のプライベート DNS を有効にする"),
            CureKind::AmazonDns => format!("{what} で AmazonProvidedDNS を使う"),
            CureKind::LeaveHostedZone => format!("VPC と {what} の関連付けを解除する"),
            CureKind::AllowName => format!("{what} の DNS Firewall で、ほかのルールより先に {detail} を許可する"),
            CureKind::HostNames if detail == "regional" => format!("{what} でリージョンのホスト名を使う"),
            CureKind::HostNames if detail == "dualStack" => {
                format!("{what} のクライアントのデュアルスタック設定を変更する")
            }
            CureKind::HostNames => format!("{what} のクライアントの設定 {detail} を変更する"),
            CureKind::ClientRegion => format!("{what} のクライアントのリージョンを {detail} にする"),
            CureKind::SourceDestCheck => format!("{what} の送信元/送信先チェックを無効にする"),
            CureKind::AttachGateway => format!("{what} を VPC {detail} にアタッチする"),
            CureKind::RouteToInternetGateway => format!("{what} へのルートを追加する"),
            CureKind::StartInstance => format!("{what} を起動する"),
            CureKind::BlockPublicAccess => format!("{what} を VPC ブロックパブリックアクセスから除外する ({detail})"),
            CureKind::NatGatewayZones => format!("{what} の対象アベイラビリティーゾーンを追加する"),
            CureKind::DropSubnet => format!("{what} のサブネットを、到達できるもの ({detail}) だけにする"),
            CureKind::AssociateEndpoint => format!("{what} をルートテーブルに関連付ける"),
            CureKind::CreateGatewayEndpoint => format!("{} のゲートウェイエンドポイントを作成する", service(detail)),
            CureKind::AttachManagedPolicy => format!("{what} に {detail} をアタッチする"),
            CureKind::PolicyCondition => format!("{what} のポリシーの条件に {detail} を追加する"),
            CureKind::IdentityPolicy => format!("{what} のポリシーで {detail} を許可する"),
            CureKind::EndpointPolicy => format!("{what} のエンドポイントポリシーで {detail} を許可する"),
            CureKind::BucketPolicy => format!("{what} のバケットポリシーでロールに {detail} を許可する"),
            CureKind::AccessPointPolicy => format!("{what} のアクセスポイントポリシーでロールに {detail} を許可する"),
            CureKind::KeyPolicy => format!("{what} のキーポリシーでロールに {detail} を許可する"),
            CureKind::NamedPrincipals => format!("{what} のパブリックなポリシーにプリンシパルを明記する"),
            CureKind::PermissionsBoundary => format!("{what} のアクセス許可の境界で {detail} を許可する"),
            CureKind::SessionPolicy => format!("{what} のセッションポリシーで {detail} を許可する"),
            CureKind::ServiceControlPolicy => {
                format!("{what} に {detail} を許可するよう、組織の管理者に依頼する")
            }
            CureKind::DenyException => format!("{what} の拒否ステートメントからロールを除外する"),
            CureKind::OtherSubnets => format!("{what} をサブネット {detail} に移す"),
            CureKind::AddSubnet => "空きアドレスのあるサブネットを追加する".to_owned(),
            CureKind::AttachFunction => format!("{what} を VPC にアタッチする"),
            CureKind::EgressOnlyInternetGateway => {
                "Egress-Only インターネットゲートウェイ経由で IPv6 を使う".to_owned()
            }
            CureKind::AllowIpv6 => format!("{what} で IPv6 を許可する"),
            CureKind::DetachFunction => format!("{what} を VPC からデタッチする"),
            CureKind::PublicAddress => format!("{what} にパブリック IPv4 アドレスを付ける"),
            CureKind::RouteToNatGateway => format!("{what} を経由させる"),
            CureKind::MoveNatGateway => format!("{what} をパブリックサブネットに作り直す"),
            CureKind::CreateInterfaceEndpoint => {
                format!("{} のインターフェイスエンドポイントを作成する", service(detail))
            }
            CureKind::CreateNatInstance => "NAT インスタンスを作成する".to_owned(),
            CureKind::CreateNatGateway => "NAT ゲートウェイを作成する".to_owned(),
        });
    }
    parts.join("。")
}

fn service(service: &str) -> &str {
    match service {
        "s3" => "S3",
        "s3express" => "S3 Express One Zone",
        "dynamodb" => "DynamoDB",
        other => other,
    }
}

pub(super) fn why_none(code: WhyNone) -> &'static str {
    match code {
        WhyNone::Succeeds => "到達しているため、直す必要はありません",
        WhyNone::AsExpected => {
            "ドキュメントの期待どおりに失敗しています。それでも直す場合は、ワークロードと送信先を指定してください"
        }
        WhyNone::MustStayClosed => "到達しないことが期待されていますが、到達しています",
        WhyNone::NothingCloses => {
            "到達しないことが期待されていますが、到達しています。ほかの期待を満たしたまま、期待どおりに経路を閉じられるルート、関連付け、ルールの削除は見つかりませんでした"
        }
        WhyNone::Undetermined => {
            "トラフィックがどうなるか判定できないため、変更の効果を証明できません。先に不明な点を解消してください"
        }
        WhyNone::Question => "質問そのものに答えられません",
        WhyNone::NotRunning => {
            "ワークロードが動いておらず、ネットワークを変更しても起動しません。状態と理由コードを確認してください"
        }
        WhyNone::Destination => "送信先が動いていないか、ポートで待ち受けていません。送信先の側で対処してください",
        WhyNone::NoSuchDestination => {
            "そのアドレスを持つものがドキュメントにないか、そこへの経路がモデル化されていません"
        }
        WhyNone::Request => "このリクエストはどの経路でも運ばれないか、許可されません。リクエストを変更してください",
        WhyNone::Permissions => {
            "ネットワークは到達していますが、権限で拒否されています。ドキュメントにあるポリシーの小さな変更では直せないため、拒否しているポリシーを見直してください"
        }
        WhyNone::NotSigned => {
            "リクエストに署名がなく、これを許可するポリシーは誰でも許可してしまいます。リクエストに署名してください"
        }
        WhyNone::RequestDenied => {
            "TLS や暗号化の指定がないなど、リクエストの送り方が拒否されています。拒否されない形でリクエストを送ってください"
        }
        WhyNone::NoneFound => "試した変更の中に、すべてのパケットを到達させるものはありませんでした",
        WhyNone::SearchEnded => {
            "試した変更の中に、すべてのパケットを到達させるものはなく、すべてを試す前に探索が終わりました"
        }
    }
}

pub(super) fn carried(carriers: &[Component], price: &str) -> String {
    let named: Vec<String> = carriers.iter().map(mention).collect();
    if named.is_empty() {
        return format!("料金のかかるものは経由していません: {price}");
    }
    format!("{} を経由しています: {price}", named.join("、"))
}

pub(super) fn price(cents: i32, is_more: bool) -> String {
    match (cents, is_more) {
        (0, true) => "追加料金なし".to_owned(),
        (0, false) => "料金なし".to_owned(),
        (_, true) if cents < 0 => format!("月額およそ {} の削減", dollars(cents)),
        (_, true) => format!("月額およそ {} の追加", dollars(cents)),
        (_, false) => format!("月額およそ {}", dollars(cents)),
    }
}

pub(super) fn with_instance(price: &str) -> String {
    format!("{price} (インスタンス自体の料金は別)")
}

pub(super) fn price_item(item: PriceItem, what: &Component) -> String {
    let what = mention(what);
    match item {
        PriceItem::NatGatewayHours => format!("{what} の時間料金"),
        PriceItem::NatGatewayGigabytes | PriceItem::InterfaceEndpointGigabytes => {
            format!("{what} を通るデータ (GB)")
        }
        PriceItem::InterfaceEndpointHours => format!("{what} のアベイラビリティーゾーンごとの時間料金"),
        PriceItem::PublicAddressHours => format!("{what} のパブリック IPv4 アドレスの時間料金"),
        PriceItem::CrossZoneGigabytes => format!("別のアベイラビリティーゾーンから {what} へのデータ (GB)"),
    }
}

pub(super) fn prices_of_another_region(region: &str, known: &str) -> String {
    format!("料金は {known} のものです。{region} の料金はここではわからず、異なる場合があります")
}

pub(super) fn effect(changed: &Changed, opened: bool) -> String {
    let (from, to) = (named(&changed.of.from, &Japanese), &changed.of.to);
    let maybe = changed.after == Some(Verdict::Undetermined);
    let partly = changed.after == Some(Verdict::Intermittent);
    let to = match changed.of.kind {
        EffectKind::InternetOut => "インターネット".to_owned(),
        EffectKind::InternetIn if opened => {
            return format!("インターネットから {} に到達できるようになります", named(to, &Japanese));
        }
        EffectKind::InternetIn => return format!("インターネットから {} に到達できなくなります", named(to, &Japanese)),
        EffectKind::Bucket => format!(" {to} "),
        EffectKind::OtherBuckets => "同じリージョンのほかのバケット".to_owned(),
        EffectKind::Workload => format!(" {} ", named(to, &Japanese)),
    };
    match (opened, maybe, partly) {
        (true, true, _) => format!("{from} が{to}に到達できるようになる可能性があります"),
        (true, false, true) => format!("{from} が{to}に一部到達できるようになります"),
        (true, false, false) => format!("{from} が{to}にも到達できるようになります"),
        (false, true, _) => format!("{from} が{to}に到達できなくなる可能性があります"),
        (false, false, true) => format!("{from} が{to}に一部しか到達できなくなります"),
        (false, false, false) => format!("{from} が{to}に到達できなくなります"),
    }
}

pub(super) fn warning(kind: EffectKind, opened: bool) -> &'static str {
    match (kind, opened) {
        (EffectKind::InternetOut, true) => "インターネット全体への経路が開きます",
        (EffectKind::InternetOut, false) => "インターネットへの経路が閉じます",
        (EffectKind::InternetIn, true) => "インターネットからの経路が開きます",
        (EffectKind::InternetIn, false) => "インターネットからの経路が閉じます",
        (EffectKind::Bucket | EffectKind::OtherBuckets, true) => "質問したもの以外のバケットへの経路も開きます",
        (EffectKind::Bucket | EffectKind::OtherBuckets, false) => "ほかのバケットへの経路が閉じます",
        (EffectKind::Workload, true) => "ほかのワークロードへの経路が開きます",
        (EffectKind::Workload, false) => "ほかのワークロードへの経路が閉じます",
    }
}

pub(super) fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::OwnRegionOnly => "同じリージョンのサービスだけに到達できます",
        Limit::NoOtherInternet => "それ以外のインターネットへの経路にはなりません",
        Limit::SourceIpIsLost => {
            "aws:SourceIp を条件にするポリシーからはパブリックアドレスが見えなくなります。エンドポイントは aws:SourceVpce で判別します"
        }
        Limit::ConnectionsDrop => "ルートが変わるときに開いている接続は切れます",
        Limit::NatNeedsPublicSubnet => {
            "ルートテーブルがインターネットゲートウェイに向いたパブリックサブネットに置く必要があります"
        }
        Limit::NatInOneZone => {
            "1 つのアベイラビリティーゾーンに置かれます。そのゾーンの障害で止まり、ほかのゾーンからのデータには料金がかかります"
        }
        Limit::NatGigabytes => "NAT ゲートウェイを通るデータには、S3 向けも含めて 1 GB ごとに料金がかかります",
        Limit::NatInstanceIsYours => "インスタンス自体の料金が別にかかり、運用も必要です",
        Limit::NothingPrivate => "VPC の外の関数は、データベースやキャッシュなどのプライベートアドレスに到達できません",
        Limit::Ipv6HostsOnly => "IPv6 アドレスを持つホストだけに到達できます",
        Limit::GroupIsShared => "ルールは、このセキュリティグループを持つすべてのものに適用されます",
        Limit::AclIsForSubnets => "ルールは、このネットワーク ACL のサブネットにあるすべてのものに適用されます",
        Limit::RouteIsForSubnets => "ルートは、このルートテーブルのサブネットにあるすべてのものに適用されます",
        Limit::CustomNamesAreLost => "カスタム DNS サーバーだけが知っている名前は解決できなくなります",
        Limit::ZoneIsLost => "このプライベートホストゾーンの名前は、この VPC では解決できなくなります",
        Limit::ClientSetting => "AWS の設定ではなく、関数のコードまたは環境変数の設定です",
        Limit::PrivateDnsIsForVpc => "プライベート DNS は、VPC 内のすべてのクライアントに影響します",
        Limit::PublicAddressIsReachable => {
            "パブリックアドレスを持つものには、セキュリティグループが許可する範囲でインターネットから到達できます"
        }
        Limit::CreatedAnew => "作り直しになり、その間は経由するトラフィックが止まります",
        Limit::FewerZones => "サブネットを減らすと、使えるアベイラビリティーゾーンが減る場合があります",
        Limit::ExclusionIsForAll => {
            "除外はその中のすべてに適用され、アカウントの管理者による設定が必要な場合があります"
        }
        Limit::EndpointPolicyIsShared => {
            "ポリシーはその VPC エンドポイントを使うすべてのものに適用され、反映に数分かかります"
        }
        Limit::OwnerHasToChangeIt => "リソースは別のアカウントのもので、変更はそのアカウントの管理者が行います",
        Limit::AskAdministrator => "組織のポリシーのため、変更は組織の管理者が行います",
        Limit::BoundaryIsShared => {
            "アクセス許可の境界は管理者が設定し、それを持つすべてのロールに適用されます。先に確認してください"
        }
        Limit::NameTheResource => {
            "リソースの ARN がドキュメントにないため、ステートメントの `*` の代わりに ARN を書いてください"
        }
        Limit::RoleIsNamed => "ロールを削除して作り直すと別のロールになり、ポリシーの指定は効かなくなります",
        Limit::OwnAccountNeedsPolicies => {
            "以後、バケットと同じアカウントのプリンシパルには自身のポリシーでの許可が必要になります"
        }
        Limit::PolicyAllowsLogs => "この AWS 管理ポリシーは CloudWatch Logs への書き込みも許可します",
        Limit::AddressesAreExamples => "CIDR ブロックとパブリックアドレスは例です。実際のアドレスは AWS が割り当てます",
        Limit::EffectsOfSome => {
            "開く経路と閉じる経路は、先頭のワークロードと宛先についてのみ確認しています。ネットワークには他にもあります"
        }
    }
}

pub(super) fn exception(denies: &str) -> String {
    format!(
        "意図的な拒否ステートメントに例外を設けます: {denies}。先に、そのステートメントを書いた人に確認してください"
    )
}

pub(super) fn work(work: Work) -> &'static str {
    match work {
        Work::Small => "小さな変更",
        Work::Medium => "コンポーネントの追加",
        Work::Large => "大きな変更",
    }
}

pub(super) fn breaks(from: &str, to: &str, now: Verdict) -> String {
    format!("{from} → {to} はドキュメントの期待と異なる結果になります: {}", Japanese.verdict(now))
}

pub(super) fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Changes => "変更内容",
        Heading::Opens => "ほかに開く経路",
        Heading::Closes => "閉じる経路",
        Heading::Limits => "注意点",
        Heading::Breaks => "満たされなくなる期待",
        Heading::Partial => "一部だけを直す変更",
        Heading::Together => "すべてを一度に直す変更",
        Heading::TogetherWithoutClosings => {
            "届かないものすべてを一度に直す変更 (閉じているべきなのに開いている経路は含みません)"
        }
        Heading::Improvements => "証明済みの、より安い方法",
        Heading::Closings => "経路を閉じることが証明済みの変更",
    }
}

pub(super) fn count(cures: usize) -> String {
    format!("証明済みの解決策 {cures} 件")
}

pub(super) fn basis(gigabytes: u32, hours: u32, date: &str) -> String {
    format!("料金は {date} 時点の定価による月 {hours} 時間、{gigabytes} GB の概算で、正確な金額ではありません。")
}
