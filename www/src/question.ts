/** What is asked, and how it is written in the question's choices. */

import type { AnalysisRequest, Card, Diagram } from './types';
import { kindOf, nameOf, type Language } from './words';

export interface Question {
  readonly from: string;
  readonly to: string;
  readonly port: number | null;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | null;
  readonly operation: string | null;
  /** The entry of the document's `expect` list that this is, unchanged. */
  readonly expectation: number | null;
}

interface Expectation {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly port?: unknown;
  readonly protocol?: unknown;
  readonly request?: { readonly operation?: unknown };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The entries of a document's `expect` list, as questions. */
export function expectations(document: unknown): Question[] {
  const list = (document as { expect?: unknown } | null)?.expect;
  if (!Array.isArray(list)) return [];
  return list.map((entry: Expectation | null, expectation) => {
    const protocol = text(entry?.protocol);
    return {
      from: text(entry?.from) ?? '',
      to: text(entry?.to) ?? '',
      port: typeof entry?.port === 'number' ? entry.port : null,
      protocol: protocol === 'udp' || protocol === 'icmp' || protocol === 'tcp' ? protocol : null,
      operation: text(entry?.request?.operation),
      expectation,
    };
  });
}

export function request(question: Question, lang: Language): AnalysisRequest {
  const { from, to, port, protocol, operation } = question;
  return { from, to, port, protocol, operation, lang };
}

const WORKLOADS = new Set(['function', 'instance', 'task', 'codeBuildProject', 'networkInterface']);

function unique(cards: readonly Card[]): Card[] {
  return cards.filter((card, index) => cards.findIndex((other) => other.component === card.component) === index);
}

/** Everything that can ask, functions first. */
export function workloads(diagram: Diagram): Card[] {
  const inside = diagram.regions.flatMap((region) => [
    ...region.vpcs.flatMap((vpc) => vpc.zones.flatMap((zone) => zone.subnets.flatMap((subnet) => subnet.cards))),
    ...region.cards,
  ]);
  const order = [...WORKLOADS];
  return unique(inside.filter((card) => WORKLOADS.has(kindOf(card.component)))).sort(
    (a, b) => order.indexOf(kindOf(a.component)) - order.indexOf(kindOf(b.component)),
  );
}

export const buckets = (diagram: Diagram): Card[] =>
  unique(diagram.regions.flatMap((region) => region.cards).filter((card) => kindOf(card.component) === 'bucket'));

/** How a destination card is written in a question. */
export function destinationOf(card: Card): string {
  if (kindOf(card.component) === 'bucket') return `s3://${card.name}`;
  if (kindOf(card.component) === 'internetHost') return `https://${card.detail ?? card.name}`;
  return card.component;
}

export const SERVICES = ['dynamodb', 'sqs', 'sts', 'secretsmanager', 'ssm', 'kms', 'logs'];

/** The first question that makes sense of a document without expectations. */
export function firstQuestion(diagram: Diagram): Question | null {
  const from = workloads(diagram)[0];
  const to = buckets(diagram)[0] ?? diagram.internet[0];
  if (!from || !to) return null;
  return { from: from.component, to: destinationOf(to), port: null, protocol: null, operation: null, expectation: null };
}

/** Operations of S3 that a question offers. */
export const OPERATIONS = ['GetObject', 'PutObject', 'ListObjectsV2', 'HeadObject', 'DeleteObject', 'CopyObject'];

export const isS3 = (to: string): boolean => to.startsWith('s3://') || to.startsWith('bucket/');

/** `5432`, `53/udp`, `icmp`. */
export function parsePort(written: string): Pick<Question, 'port' | 'protocol'> | null {
  const match = /^\s*(?:(\d{1,5})(?:\/(tcp|udp))?|(icmp))\s*$/i.exec(written);
  if (!match) return null;
  if (match[3]) return { port: null, protocol: 'icmp' };
  const port = Number(match[1]);
  if (port < 1 || port > 65535) return null;
  return { port, protocol: (match[2]?.toLowerCase() as 'tcp' | 'udp' | undefined) ?? null };
}

/** Whether a name in a question means that component. */
export const means = (written: string, component: string): boolean =>
  written === component || written === nameOf(component) || written === `s3://${nameOf(component)}`;
