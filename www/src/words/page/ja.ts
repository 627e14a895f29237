import type { PageWords } from './en';

export const ja: PageWords = {
  about: 'vpcreach は、VPC 内の Lambda 関数が S3 に到達できるかどうかを、設定だけから判定します。',
  needs: 'このページを使うには JavaScript が必要です。',
  example: 'JavaScript がない場合は、最初の例を見ることだけができます。',
};
