import type { EmbeddingWords } from './en';

export const ja: EmbeddingWords = {
  links: {
    version: (version) => `このリンクはバージョン ${version} で、このページでは読み取れません。新しい vpcreach で開いてください。`,
    characters: (found) => `リンクに使えない文字が含まれています: ${found}。途中で書き換えられています。`,
    cutOff: () => 'リンクが途中で切れています。',
    damaged: () => 'リンクの内容がチェックサムと一致しません。途中で書き換えられています。',
    tooLarge: (limit) => `リンクを展開すると ${limit} を超えます。このページで作られたリンクではありません。`,
    notText: () => 'リンクの中身がテキストではありません。',
    notState: () => 'リンクの中身がプレイグラウンドの状態ではありません。',
  },
  notices: {
    unknownValue: (attribute, value) => `属性 ${attribute} の値「${value}」は使えません。`,
    known: (values) => `使える値は ${values} です。`,
    nearest: (value) => `「${value}」の間違いではありませんか。`,
    used: (value) => `それまでは「${value}」として扱います。`,
    noSource: '何を表示するかが指定されていません。属性 src か scenario を指定するか、タグの中にドキュメントを書いてください。',
    sourceFailed: (url) => `ドキュメント ${url} を読み込めませんでした。`,
    sourceNotDocument: (url) => `${url} はドキュメントでも、このページで読み取れる AWS CLI の出力でもありません。`,
    unknownType: (type) => `タグの中のドキュメントのタイプは ${type} です。application/json か application/yaml を指定してください。`,
    kept: '今開いている内容は変わっていません。',
    dismiss: '閉じる',
  },
  embed: {
    label: 'VPC の図と判定',
    problems: 'ドキュメントの問題',
    hops: (count) => `${count} ホップと、それぞれで決め手になったルール`,
    open: 'プレイグラウンドで開く',
    edited: 'ドキュメントが変更されました。',
    undoAll: '元に戻す',
  },
};
