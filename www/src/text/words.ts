import type { Language } from '../words';

interface TextWords {
  readonly label: string;
  readonly broken: string;
  readonly copy: string;
  readonly copied: string;
}

/** Both languages together: they are small, and fetched only with the text. */
export const textWords: Record<Language, TextWords> = {
  en: {
    label: 'Document as JSON or YAML',
    broken: 'This is not a document yet. Diagram and answer are as of your last valid text.',
    copy: 'Copy',
    copied: 'Copied',
  },
  ja: {
    label: 'JSON または YAML の文書',
    broken: 'まだ文書として読めません。図と結果は、最後に有効だったテキストのものです。',
    copy: 'コピー',
    copied: 'コピーしました',
  },
};
