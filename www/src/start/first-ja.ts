/** What a page in Japanese starts with, fetched alone so that the first answer waits for nothing else. */

import answered from '../../../tests/scenarios/article/internet-gateway-only.yaml?answered=ja';
import type { Case } from '../cases';

export const first: Case = answered;
