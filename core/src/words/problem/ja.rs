//! Problems in Japanese.

use super::{cat, code, codes, policy};
use crate::component::{Component, ComponentKind};
use crate::document::Shape;
use crate::problem::{CidrFlaw, GatewayRouteTableFlaw, NameRole, ProblemKind, Quota, SyntaxFlaw};
use crate::query::Family;
use crate::texts::joined;

/// Message and help.
pub(in crate::words) fn words(kind: &ProblemKind) -> (String, String) {
    match kind {
        ProblemKind::Syntax { format, flaw } => syntax(format, flaw),
        ProblemKind::UnknownField { field, nearest } => {
            (cat!("ここに ", code(field), " というフィールドはありません"), did_you_mean(nearest, "削除してください"))
        }
        ProblemKind::WrongType { found, expected } => (
            cat!("ここには", shape(*expected), "が入りますが、", shape(*found), "が書かれています"),
            how_to_write(*expected),
        ),
        ProblemKind::NumberOutOfRange { text } => {
            (cat!("数値 ", code(text), " は範囲外です"), "0 以上の、より小さい整数にしてください".into())
        }
        ProblemKind::DuplicateKey { key } => (
            cat!("キー ", code(key), " が 2 回あり、先のものを使っています"),
            "どちらかの名前を変えるか、削除してください".into(),
        ),
        ProblemKind::UnknownVersion { version } => (
            cat!("形式のバージョン ", code(&version.to_string()), " は未知のため、バージョン 1 として読んでいます"),
            "`1` にするか、省いてください".into(),
        ),
        ProblemKind::BadAccount { text } => (
            cat!(code(text), " はアカウント ID ではありません。アカウント ID は 12 桁の数字です"),
            cat!(code("012345678901"), " のように、先頭の 0 も含めて書いてください"),
        ),
        ProblemKind::MissingField { field } => {
            (cat!("フィールド ", code(field), " がありません"), cat!(code(field), " を追加してください"))
        }
        ProblemKind::DanglingReference { name, section, nearest } => (
            cat!(code(section), " に ", code(name), " という名前のものはありません"),
            did_you_mean(nearest, &cat!(code(section), " に ", code(name), " を追加してください")),
        ),
        ProblemKind::UnknownName { name, role, nearest } => (
            match role {
                NameRole::RouteTarget => {
                    cat!("ルートのターゲットになる ", code(name), " という名前のものはありません")
                }
                NameRole::RouteDestination => {
                    cat!(code(name), " は CIDR ブロックでもプレフィックスリストでもありません")
                }
                NameRole::Peer => cat!(
                    code(name),
                    " は CIDR ブロックでもセキュリティグループでもプレフィックスリストでもありません"
                ),
            },
            did_you_mean(nearest, "名前を確認してください"),
        ),
        ProblemKind::AmbiguousName { name, candidates } => {
            (cat!(code(name), " という名前のものが複数あります"), cat!(either(candidates), " と書いてください"))
        }
        ProblemKind::VpcNotNamed { candidates } => (
            "ドキュメントに VPC が複数あり、どの VPC のものか指定されていません".into(),
            cat!("`vpc` に ", codes(candidates), " のいずれかを指定してください"),
        ),
        ProblemKind::NoVpc => {
            ("ドキュメントに、これが属する VPC がありません".into(), "`vpcs` に VPC を追加してください".into())
        }
        ProblemKind::OfAnotherVpc { component, vpc, expected } => (
            cat!(mention(component), " は VPC ", code(vpc), " のもので、", code(expected), " のものではありません"),
            cat!(code(expected), " のものを指定してください"),
        ),
        ProblemKind::BadCidr { text, flaw, likely } => bad_cidr(text, *flaw, likely.as_deref()),
        ProblemKind::CidrHostBits { text, canonical } => (
            cat!(code(text), " はプレフィックスより後ろのビットが立っています。AWS は ", code(canonical), " として扱います"),
            cat!(code(canonical), " と書いてください"),
        ),
        ProblemKind::SizeOutOfRange { block, kind, shortest, longest, step } => (
            cat!(
                "AWS は ",
                code(block),
                " を受け付けません。",
                size_of(*kind),
                "のプレフィックス長は /",
                shortest.to_string(),
                " から /",
                longest.to_string(),
                steps(*step),
                "です"
            ),
            "プレフィックス長を変えてください".into(),
        ),
        ProblemKind::Overlap { block, other_block, other } => (
            cat!(code(block), " は ", mention(other), " の ", code(other_block), " と重複しています"),
            "重複しないブロックにしてください".into(),
        ),
        ProblemKind::SubnetOutsideVpc { block, vpc, vpc_blocks } => (
            cat!(code(block), " は VPC ", code(vpc), " の範囲外です"),
            if vpc_blocks.is_empty() {
                cat!(code(vpc), " にこのアドレスファミリーのブロックを追加してください")
            } else {
                cat!(codes(vpc_blocks), " の中のブロックにしてください")
            },
        ),
        ProblemKind::NatGatewayWithoutAddress => (
            "このパブリック NAT ゲートウェイには Elastic IP アドレスがなく、送ったパケットは VPC の外に出ません".into(),
            "`elasticIps` を追加するか、`connectivityType: private` にしてください".into(),
        ),
        ProblemKind::NatGatewayWithoutSubnet => (
            "この NAT ゲートウェイにはサブネットがありません".into(),
            "`subnet` を追加するか、`availabilityMode: regional` にしてください".into(),
        ),
        ProblemKind::SecondAssociation { subnet, winner } => (
            cat!(code(subnet), " はすでに ", mention(winner), " に関連付けられており、そちらを使っています"),
            cat!("どちらか一方から ", code(subnet), " を削除してください"),
        ),
        ProblemKind::SecondDefault { winner, vpc } => (
            cat!("VPC ", code(vpc), " にはすでに ", mention(winner), " があり、そちらを使っています"),
            "どちらか一方にしてください".into(),
        ),
        ProblemKind::SecondInternetGateway { first, vpc } => (
            cat!("VPC ", code(vpc), " にはすでにインターネットゲートウェイ ", code(first), " があります。アタッチできるのは 1 つだけです"),
            "どちらか一方を削除するか、`attached: false` にしてください".into(),
        ),
        ProblemKind::SecondGatewayEndpoint { route_table, service, winner } => (
            cat!(
                "ルートテーブル ",
                code(route_table),
                " にはすでに ",
                code(service),
                " のゲートウェイエンドポイント ",
                code(winner),
                " があり、そちらを使っています"
            ),
            cat!("どちらか一方から ", code(route_table), " を削除してください"),
        ),
        ProblemKind::NoGatewayEndpoint { service, nearest } => (
            cat!(code(service), " のゲートウェイエンドポイントは AWS にありません"),
            did_you_mean(nearest, "`type: Interface` にしてください"),
        ),
        ProblemKind::EndpointOfAnotherRegion { service, region } => (
            cat!(code(region), " のゲートウェイエンドポイントは ", code(service), " を扱えないため、ルートを持ちません"),
            cat!(code(region), " のサービスを指定してください"),
        ),
        ProblemKind::DuplicateRuleNumber { number } => (
            cat!("ルール番号 ", code(&number.to_string()), " が同じ方向に 2 回ありますが、AWS にあるのはそのどちらか 1 つです"),
            "ルールごとに別の番号にしてください".into(),
        ),
        ProblemKind::OverQuota { quota, count } => (
            cat!(
                match quota {
                    Quota::CidrBlocks => "CIDR ブロック",
                    Quota::DnsServers => "DNS サーバー",
                    Quota::NetworkAclRules | Quota::SecurityGroupRules => "1 方向のルール",
                    Quota::Routes => "ルート",
                    Quota::RolePolicies => "インラインポリシーの文字",
                    Quota::ManagedPolicy | Quota::ServiceControlPolicy => "ポリシーの文字",
                },
                "が ",
                count.to_string(),
                " 個あり、AWS の上限 ",
                quota.most().to_string(),
                " 個を超えています",
            ),
            "この構成は AWS に拒否されます。不要なものを削除してください".into(),
        ),
        ProblemKind::TooManyQuestions { asked, answered } => (
            cat!("すべての関数とバケットの組み合わせが ", asked.to_string(), " 通りあるため、最初の ", answered.to_string(), " 通りだけに答えています"),
            "`--from` でワークロードを、または `--to` で宛先を選んでください".into(),
        ),
        ProblemKind::RuleNumberOutOfRange { number } => (
            cat!("ルール番号 ", code(&number.to_string()), " は範囲外のため、このルールの順序がわかりません"),
            "1 から 32766 までの番号にしてください".into(),
        ),
        ProblemKind::BadPort { text } => (
            cat!(code(text), " はポートでもポートの範囲でもありません"),
            "0 から 65535 までの数値か、`1024-65535` のような範囲にしてください".into(),
        ),
        ProblemKind::PortWithoutEffect { port, protocol } => (
            cat!("ポート ", code(port), " は無効です。プロトコル ", code(protocol), " では AWS はポートを無視します"),
            "`protocol: tcp` か `protocol: udp` にするか、ポートを削除してください".into(),
        ),
        ProblemKind::UnknownWord { text, allowed, nearest } => (
            cat!(code(text), " は使えない値です"),
            did_you_mean(nearest, &cat!(codes(allowed), " のいずれかにしてください")),
        ),
        ProblemKind::BadDomain { text } => (
            cat!(code(text), " は、ここで AWS が受け付けるドメインではありません"),
            "`example.com`、または DNS Firewall では `*.example.com` のようにしてください"
                .into(),
        ),
        ProblemKind::BadAddress { text, family } => (
            match family {
                Some(family) => cat!(code(text), " は ", family_name(*family), " アドレスではありません"),
                None => cat!(code(text), " は IP アドレスではありません"),
            },
            match family {
                Some(Family::Ipv6) => "`2001:db8::10` のようなアドレスにしてください",
                _ => "`10.0.0.10` のようなアドレスにしてください",
            }
            .into(),
        ),
        ProblemKind::AddressNotUsable { address, subnet, block, reserved: true } => (
            cat!("サブネット ", code(subnet), " の ", code(address), " は AWS が予約しています"),
            cat!(code(block), " のうち、最初の 4 つと最後を除くアドレスにしてください"),
        ),
        ProblemKind::AddressNotUsable { address, subnet, block, reserved: false } => (
            cat!(code(address), " はサブネット ", code(subnet), " の範囲外です"),
            if block.is_empty() {
                "サブネットにこのアドレスファミリーのブロックがないため、削除してください".into()
            } else {
                cat!(code(block), " の中のアドレスにしてください")
            },
        ),
        ProblemKind::TimeoutOutOfRange { seconds } => (
            cat!("関数のタイムアウトを ", code(&seconds.to_string()), " 秒にすることはできません"),
            "1 から 900 までの数値にしてください".into(),
        ),
        ProblemKind::TooMany { field, count, limit } => (
            cat!(code(field), " が ", count.to_string(), " 個あります。AWS の上限は ", limit.to_string(), " 個です"),
            "減らしてください".into(),
        ),
        ProblemKind::FunctionWithoutSecurityGroup => (
            "この関数にはサブネットがありますが、セキュリティグループがありません。AWS では両方が必要で、VPC のデフォルトのセキュリティグループを使っています".into(),
            "`securityGroups` を追加してください".into(),
        ),
        ProblemKind::SubnetsNotDualStack { subnets } => (
            cat!("IPv6 を使うには、すべてのサブネットに IPv4 と IPv6 のブロックが必要です。そうでないサブネット: ", codes(subnets)),
            "足りないブロックを追加するか、`ipv6AllowedForDualStack` を省いてください".into(),
        ),
        ProblemKind::PrivateDnsNeedsAttributes { vpc, attributes } => (
            cat!("VPC ", code(vpc), " の ", joined(attributes, " と "), " が false の間、プライベート DNS は有効になりません"),
            cat!(code(vpc), " の ", codes(attributes), " を true にするか、`privateDnsEnabled: false` にしてください"),
        ),
        ProblemKind::PrivateDnsNeedsGatewayEndpoint { vpc } => (
            cat!(
                "プライベート DNS をインバウンド Resolver エンドポイントだけで使うには、VPC ",
                code(vpc),
                " に S3 のゲートウェイエンドポイントが必要です"
            ),
            "追加するか、`privateDnsOnlyForInboundResolverEndpoint: false` にしてください".into(),
        ),
        ProblemKind::RouteInsideLocal { destination, local } => (
            cat!("AWS は ", code(destination), " のルートを受け付けません。ローカルルート ", code(local), " より具体的です"),
            "サブネット全体を送信先にし、ターゲットを NAT ゲートウェイ、ネットワークインターフェイス、Gateway Load Balancer エンドポイントのいずれかにしてください".into(),
        ),
        ProblemKind::LocalRouteOutsideVpc { destination, vpc } => (
            cat!(code(destination), " は VPC ", code(vpc), " のブロックではないため、local にはなりません"),
            "ローカルルートは AWS が追加するため、このルートを削除してください".into(),
        ),
        ProblemKind::RouteInReservedRange { destination, range } => (
            cat!("AWS は ", code(destination), " のルートを受け付けません。", code(range), " は AWS が予約しています"),
            "このルートを削除してください".into(),
        ),
        ProblemKind::DuplicateRoute { destination } => (
            cat!(code(destination), " のルートはすでにあり、先のものを使っています"),
            "どちらか一方を削除してください".into(),
        ),
        ProblemKind::GatewayRouteTable { flaw } => gateway_route_table(flaw),
        ProblemKind::InstanceWithSeveralInterfaces { instance } => (
            cat!(
                "インスタンス ",
                code(instance),
                " にはネットワークインターフェイスが複数あるため、AWS はターゲットとして受け付けません。プライマリのものを使っています"
            ),
            "代わりにネットワークインターフェイスを指定してください".into(),
        ),
        ProblemKind::UnknownPrefixList { name } => (
            cat!("プレフィックスリスト ", code(name), " のエントリは不明です"),
            cat!("`prefixLists` に ", code(name), " を、`entries` か `awsService` とともに追加してください"),
        ),
        ProblemKind::BadPolicy { flaw } | ProblemKind::DoubtfulPolicy { flaw } => policy::japanese(flaw),
        ProblemKind::UnknownRegion { region, nearest } => (
            cat!(code(region), " は未知のリージョンです"),
            did_you_mean(nearest, "名前を確認してください"),
        ),
    }
}

pub(super) fn syntax(format: &str, flaw: &SyntaxFlaw) -> (String, String) {
    let message = match flaw {
        SyntaxFlaw::EndsEarly => "値の途中で終わっています".into(),
        SyntaxFlaw::Missing(what) => cat!("ここに必要な文字がありません: ", what),
        SyntaxFlaw::NoValue => "ここに値がありません".into(),
        SyntaxFlaw::TrailingComma => "このカンマの後に何もありません".into(),
        SyntaxFlaw::TrailingText => "ドキュメントの終わりの後に文字があります".into(),
        SyntaxFlaw::BadKey => "このキーは文字列ではありません".into(),
        SyntaxFlaw::BadText => "この文字列に使えない文字かエスケープがあります".into(),
        SyntaxFlaw::BadNumber => "これは数値ではありません".into(),
        SyntaxFlaw::TooDeep => "入れ子が深すぎます".into(),
        SyntaxFlaw::SeveralDocuments => "ここから 2 つ目のドキュメントが始まっています".into(),
        SyntaxFlaw::BadAlias => "このエイリアスは、前にアンカーがないか、テキストを何倍にも増やします".into(),
        SyntaxFlaw::Other(words) => words.clone(),
    };
    let help = match flaw {
        SyntaxFlaw::EndsEarly => "括弧と引用符をすべて閉じてください",
        SyntaxFlaw::Missing(_) => "追加してください",
        SyntaxFlaw::NoValue => "引用符で囲んだ文字列、数値、`true`、`false`、`[`、`{` のいずれかを書いてください",
        SyntaxFlaw::TrailingComma => "カンマを削除してください",
        SyntaxFlaw::TrailingText | SyntaxFlaw::BadText => "削除してください",
        SyntaxFlaw::BadKey => "キーを文字列で書いてください",
        SyntaxFlaw::BadNumber => "数字だけで書いてください",
        SyntaxFlaw::TooDeep => "入れ子を減らしてください",
        SyntaxFlaw::SeveralDocuments => "1 つのファイルには 1 つのドキュメントだけを入れてください",
        SyntaxFlaw::BadAlias => "値をそのまま書いてください",
        SyntaxFlaw::Other(_) => "ここを修正してください",
    };
    (cat!(format, " として読めません: ", message), help.into())
}

fn bad_cidr(text: &str, flaw: CidrFlaw, likely: Option<&str>) -> (String, String) {
    let message = match flaw {
        CidrFlaw::NoPrefixLength => cat!(code(text), " にはプレフィックス長がありません"),
        CidrFlaw::BadPrefixLength => cat!(code(text), " のプレフィックス長が正しくありません"),
        CidrFlaw::AddressIncomplete => cat!(code(text), " のアドレスには 4 つの部分がそろっていません"),
        CidrFlaw::BadAddress => cat!(code(text), " は CIDR ブロックではありません"),
        CidrFlaw::WrongFamily(found) => {
            cat!(code(text), " は ", family_name(found), " です。ここにはもう一方のアドレスファミリーが入ります")
        }
    };
    let help = match (likely, flaw) {
        (Some(likely), _) => cat!("おそらく ", code(likely), " です"),
        (None, CidrFlaw::WrongFamily(Family::Ipv4)) => "`2001:db8::/64` のようなブロックにしてください".into(),
        (None, _) => "`10.0.0.0/24` のようなブロックにしてください".into(),
    };
    (message, help)
}

fn gateway_route_table(flaw: &GatewayRouteTableFlaw) -> (String, String) {
    match flaw {
        GatewayRouteTableFlaw::Main => (
            "AWS は、メインルートテーブルをゲートウェイのルートテーブルとして受け付けません".into(),
            "ゲートウェイには別のルートテーブルを使ってください".into(),
        ),
        GatewayRouteTableFlaw::Target { target } => (
            cat!("AWS は、ゲートウェイのルートテーブルのターゲットとして ", code(target), " を受け付けません"),
            "ターゲットを `local`、ネットワークインターフェイス、Gateway Load Balancer エンドポイントのいずれかにしてください".into(),
        ),
        GatewayRouteTableFlaw::Destination { destination } => (
            cat!("AWS は、ゲートウェイのルートテーブルの送信先として ", code(destination), " を受け付けません"),
            "VPC またはサブネットのブロック全体を指定してください".into(),
        ),
    }
}

fn did_you_mean(nearest: &Option<String>, otherwise: &str) -> String {
    match nearest {
        Some(name) => cat!(code(name), " ではありませんか"),
        None => otherwise.to_owned(),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "文字列",
        Shape::Number => "整数",
        Shape::Fraction => "小数",
        Shape::Boolean => "真偽値",
        Shape::List => "リスト",
        Shape::Object => "フィールドの組",
    }
}

fn how_to_write(shape: Shape) -> String {
    match shape {
        Shape::Text => "`main` のような文字列にしてください",
        Shape::Number | Shape::Fraction => "`30` のような数値にしてください",
        Shape::Boolean => "`true` か `false` にしてください",
        Shape::List => "`[private-a, private-b]` のようなリストにしてください",
        Shape::Object => "`{ cidr: 10.0.0.0/16 }` のようなフィールドにしてください",
    }
    .into()
}

fn family_name(family: Family) -> &'static str {
    match family {
        Family::Ipv4 => "IPv4",
        Family::Ipv6 => "IPv6",
    }
}

fn steps(step: u8) -> String {
    if step == 1 { String::new() } else { cat!(" まで ", step.to_string(), " 刻み") }
}

fn size_of(kind: ComponentKind) -> &'static str {
    if kind == ComponentKind::Vpc { "VPC のブロック" } else { "サブネットのブロック" }
}

fn either(candidates: &[Component]) -> String {
    joined(&candidates.iter().map(|candidate| code(&candidate.to_string())).collect::<Vec<_>>(), " か ")
}

fn mention(component: &Component) -> String {
    code(&component.to_string())
}
