import type { ImportingWords } from './en';

export const ja: ImportingWords = {
  heading: '構成をインポート',
  lead: 'CloudFormation、SAM、CDK のテンプレート、JSON 形式の Terraform のプランやステート、AWS CLI の出力を、ファイル単位またはフォルダーごとドロップしてください。このページ内で読み取り、どこにも送信しません。',
  files: 'ファイルを選択',
  folder: 'フォルダーを選択',
  working: '読み取り中',
  close: '閉じる',
  scriptHeading: '1 つのスクリプトでまとめて収集',
  scriptLead: '読み取りだけを行い、1 つのファイルに書き出します。AWS CLI が使える環境で実行し、そのファイルをここにドロップしてください。',
  script: 'スクリプト',
  policy: 'IAM アクセス許可',
  copy: 'コピー',
  copied: 'コピーしました',
  nothing: 'これらのファイルには、このページが読める構成がありません。',
  unavailable: 'インポート機能を読み込めませんでした。',
  parameters: 'テンプレートのパラメータ',
  applyParameters: '適用',
};
