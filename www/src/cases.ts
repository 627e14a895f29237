/** The article's cases, in the order in which the article tells them. */

export const caseNames = ['internet-gateway-only', 'nat-gateway', 's3-gateway-endpoint', 'nat-instance', 'one-of-two-subnets'] as const;

export type CaseName = (typeof caseNames)[number];

export const isCase = (name: string): name is CaseName => caseNames.some((one) => one === name);

/** The case's document as JSON text. */
export const loadCase = (name: CaseName): Promise<string> => import('./case-texts').then((module) => module.caseTexts[name]);
