import type { Language } from '../words';

interface SourceWords {
  readonly show: string;
  readonly excerpt: (file: string) => string;
  readonly here: string;
  readonly noExcerpt: string;
}

/** Both languages together: they are small, and fetched only with an imported document. */
export const sourceWords: Record<Language, SourceWords> = {
  en: {
    show: 'Where it stands in your files:',
    excerpt: (file) => `Excerpt of ${file}`,
    here: '(here)',
    noExcerpt: 'The file is too large for an excerpt.',
  },
  ja: {
    show: '元のファイルでの位置:',
    excerpt: (file) => `${file} の抜粋`,
    here: '(ここ)',
    noExcerpt: 'ファイルが大きすぎるため、抜粋を表示できません。',
  },
};
