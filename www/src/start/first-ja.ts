/** What a page in Japanese starts with, fetched alone so that the first answer waits for nothing else. */

import answered from '../../../tests/scenarios/article/internet-gateway-only.yaml?answered=ja';
import { FIRST_CASE, FIRST_TITLE, type Case } from '../cases';

export const first: Case = { name: FIRST_CASE, title: FIRST_TITLE, ...answered };
