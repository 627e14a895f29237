/** What a page starts with, fetched alone so that the first answer waits for nothing else. */

import text from '../../../tests/scenarios/article/internet-gateway-only.yaml';
import { FIRST_CASE, type Case } from '../cases';

export const first: Case = { name: FIRST_CASE, text, title: { en: 'Internet gateway only', ja: 'インターネットゲートウェイのみ' } };
