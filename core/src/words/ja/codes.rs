//! What the reason codes mean, in Japanese; in English it stands at their declaration.

use crate::verdict::ReasonCode;

/// The meaning of a code, for its page in the docs.
pub(crate) fn meaning(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::BadState => {
            "コンポーネントはありますが、動作していません。`available` でない NAT ゲートウェイや、実行中でないインスタンスです (R4.4、R5.9)。"
        }
        ReasonCode::BadStateAttachment => {
            "ゲートウェイがどの VPC にもアタッチされていないか、別の VPC にアタッチされています (R3.1)。"
        }
        ReasonCode::BadStateRoute => {
            "選択されたルートがブラックホールです。それでもこのルートが選択され、パケットは破棄されます (R2.14、R2.15)。"
        }
        ReasonCode::NoRouteToDestination => "ルートテーブルに、送信先に使えるルートがありません (R2.5)。",
        ReasonCode::MoreSpecificRoute => {
            "より長いプレフィックスのルートが、本来運ぶべきゲートウェイからパケットを奪います (R2.5、R2.12)。"
        }
        ReasonCode::HigherPriorityRoute => {
            "プレフィックスが同じで優先順位の高いルートが、パケットを奪います (R2.6、R2.12)。"
        }
        ReasonCode::IgwPublicIpAssociationForEgress => {
            "インターフェイスにパブリック IPv4 アドレスがないため、インターネットゲートウェイがパケットを破棄します (R3.2、R3.3)。"
        }
        ReasonCode::IgwDestinationAddressNotInRfc1918Egress => {
            "インターネットゲートウェイは、RFC 1918 の範囲にある送信先を受け付けません (R3.4)。"
        }
        ReasonCode::IgwDestinationAddressNotInRfc6598Egress => {
            "インターネットゲートウェイは、100.64.0.0/10 にある送信先を受け付けません (R3.4)。"
        }
        ReasonCode::IgwNatReflection => {
            "トラフィックがインターネットゲートウェイから出て、同じ VPC に戻ってきます。行きと戻りは別々の質問になります。"
        }
        ReasonCode::VpcBlockPublicAccessEnabled => {
            "VPC ブロックパブリックアクセスがトラフィックをブロックします (R3.12、R3.13)。"
        }
        ReasonCode::SgHasNoRules => {
            "インターフェイスのどのセキュリティグループにも、その方向のルールがありません (R8.2)。"
        }
        ReasonCode::EniSgRulesMismatch => {
            "インターフェイスのセキュリティグループに、このトラフィックを許可するルールがありません (R8.1)。"
        }
        ReasonCode::SubnetAclRestriction => "ネットワーク ACL がパケットを許可しません (R8.15、R8.16)。",
        ReasonCode::EniSourceDestCheckRestriction => {
            "インターフェイスの送信元/送信先チェックが、自分宛てでも自分発でもないトラフィックを拒否します (R4.22)。"
        }
        ReasonCode::EniAddressRestriction => "ドキュメントに、このアドレスを持つインターフェイスがありません (R1.6)。",
        ReasonCode::ProtocolRestriction => {
            "コンポーネントが、このプロトコルまたはアドレスファミリーを運びません (R3.7、R4.7)。"
        }
        ReasonCode::VpceGatewayProtocolRestriction => {
            "ゲートウェイエンドポイントが運ぶのは、TCP と ICMP エコーだけです (R5.11)。"
        }
        ReasonCode::RegionalNgwRouteAzRestriction => {
            "リージョナル NAT ゲートウェイが、送信元のアベイラビリティーゾーンを対象にしていません (R4.19)。"
        }
        ReasonCode::NoPossibleDestination => "コンポーネントに、パケットの届け先がありません。",
        ReasonCode::DisconnectedVpcs => "2 つの VPC をつなぐ、対応済みの接続がありません。",
        ReasonCode::UnknownResource => "リソースがドキュメントにないか、モデル化されていない種類のリソースです。",
        ReasonCode::UnknownDestination => "送信先について分かっていることが足りません。",
        ReasonCode::RoutingLoop => "パケットが巡回し続け、外に出ません (R15.6)。",
        ReasonCode::AsymmetricStatefulPath => {
            "応答がパケットとは別の経路を通り、両方を見る必要のあるコンポーネントを通りません (R2.23)。"
        }
        ReasonCode::AddressFamilyMismatch => {
            "名前解決で得られるアドレスのファミリーを、ワークロードが持っていません (R3.8、R7.6)。"
        }
        ReasonCode::DnsSupportDisabled => {
            "`enableDnsSupport` が false のため、Amazon リゾルバーが応答しません (R1.8、R1.13)。"
        }
        ReasonCode::DnsServerUnreachable => "DHCP オプションセットの DNS サーバーに到達できません (R1.11)。",
        ReasonCode::NameNotResolved => {
            "名前に対する応答がありません。プライベートホストゾーンが名前を覆い隠している場合などです (R1.14)。"
        }
        ReasonCode::NameNotCoveredByEndpoint => {
            "クライアントが使う名前が、インターフェイスエンドポイントのプライベート DNS の対象外です (R6.12、R6.16、R15.4)。"
        }
        ReasonCode::PrivateDnsNotInEffect => {
            "プライベート DNS が無効か、インバウンド Resolver エンドポイント専用のため、パブリックな名前がエンドポイントを指しません (R6.14、R6.15)。"
        }
        ReasonCode::PrivateDnsCapturesPublicApi => {
            "インターフェイスエンドポイントのプライベート DNS が、パブリック API の名前まで引き受けてしまいます (R15.3)。"
        }
        ReasonCode::PortNotListening => "このポートで待ち受けているものがありません (第 13 節、57 行)。",
        ReasonCode::BucketInAnotherRegion => {
            "バケットが別のリージョンにあり、クライアントが S3 のリダイレクトに従いません (R7.31、R7.35)。"
        }
        ReasonCode::CrossRegionCopyNotSupported => {
            "VPC エンドポイントを通したリージョン間のコピーは拒否されます (R6.12、R15.2)。"
        }
        ReasonCode::AccessControlListNotSupported => {
            "リクエストが ACL を設定しますが、バケットのオブジェクト所有者が `BucketOwnerEnforced` のため、ACL は使えません (R0.5)。"
        }
        ReasonCode::EndpointNotAssociated => {
            "ゲートウェイエンドポイントはありますが、サブネットのルートテーブルに関連付けられていません (R5.2)。"
        }
        ReasonCode::FunctionNotActive => "関数の状態が `Active` ではありません (R0.1、R7.16)。",
        ReasonCode::FunctionCannotCreateEni => {
            "権限またはクォータのため、関数のネットワークインターフェイスを作成できません (R7.13、R7.17)。"
        }
        ReasonCode::SubnetOutOfAddresses => "サブネットに空きアドレスがありません (R7.17)。",
        ReasonCode::EndpointPolicyDenies => {
            "VPC エンドポイントのポリシーがリクエストを許可していないか、拒否しています (R5.24)。"
        }
        ReasonCode::BucketPolicyDenies => {
            "バケットポリシーがリクエストを拒否しているか、別のアカウントに許可していません (R0.5)。"
        }
        ReasonCode::IdentityPolicyDenies => "ロールのポリシーがリクエストを許可していないか、拒否しています (R0.5)。",
        ReasonCode::PermissionsBoundaryDenies => {
            "ロールのアクセス許可の境界がリクエストを許可していないか、拒否しています (R0.5)。"
        }
        ReasonCode::ServiceControlPolicyDenies => {
            "呼び出し元の組織のサービスコントロールポリシーがリクエストを許可していないか、拒否しています (R0.5)。"
        }
        ReasonCode::ResourceControlPolicyDenies => {
            "所有者の組織のリソースコントロールポリシーがリクエストを拒否しています (R0.5)。"
        }
        ReasonCode::SessionPolicyDenies => "セッションポリシーがリクエストを許可していないか、拒否しています (R0.5)。",
        ReasonCode::AccessPointPolicyDenies => {
            "アクセスポイントのポリシーがリクエストを許可していないか、拒否しています (R0.5)。"
        }
        ReasonCode::KeyPolicyDenies => "KMS キーのキーポリシーが使用を許可していないか、拒否しています (R0.5)。",
        ReasonCode::S3BlockPublicAccessDenies => {
            "バケットポリシーがパブリックで、S3 ブロックパブリックアクセスが別のアカウントを締め出しています (R0.5)。"
        }
        ReasonCode::PolicyUndetermined => "ポリシーが参照するリクエストの情報が、ドキュメントに足りません (R0.5)。",
    }
}
