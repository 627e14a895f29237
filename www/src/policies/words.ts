import type { Language } from '../words';

interface PolicyWords {
  readonly label: string;
  readonly decides: string;
  readonly edit: string;
}

/** Both languages together: they are small, and fetched only with a policy. */
export const policyWords: Record<Language, PolicyWords> = {
  en: { label: 'The policy that decides', decides: '(this statement decides)', edit: 'Edit the policy' },
  ja: { label: '判定したポリシー', decides: '(このステートメントで判定)', edit: 'ポリシーを編集' },
};
