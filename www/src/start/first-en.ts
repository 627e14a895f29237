/** What a page in English starts with, fetched alone so that the first answer waits for nothing else. */

import answered from '../../../tests/scenarios/article/internet-gateway-only.yaml?answered=en';
import type { Case } from '../cases';

export const first: Case = answered;
