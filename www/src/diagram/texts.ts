/** What the boxes of the diagram say. */

import type { Card, Hop, NetworkAclBox, SecurityGroupBox } from '../types';
import { icons, type IconName } from '../parts/icons';
import { kindOf, type Kind, type Messages } from '../words';

/** Kinds without an icon of their own name. */
const ICONS: Partial<Record<Kind, IconName>> = {
  task: 'instance',
  codeBuildProject: 'instance',
  networkInterface: 'interface',
  egressOnlyInternetGateway: 'internetGateway',
  internetHost: 'internet',
  subnet: 'privateSubnet',
  prefixList: 'checks',
  dhcpOptions: 'name',
  privateHostedZone: 'name',
};

export function iconOf(component: string): IconName {
  const kind = kindOf(component);
  return kind in icons ? (kind as IconName) : (ICONS[kind] ?? 'external');
}

/** `s3` of `com.amazonaws.us-east-1.s3`, written as AWS writes it. */
export function serviceName(full: string): string {
  const short = full.split('.').slice(3).join('.') || full;
  return short === 's3' ? 'S3' : short === 'dynamodb' ? 'DynamoDB' : short;
}

export function subtitle(card: Card, words: Messages, narrow: boolean): string {
  const kind = kindOf(card.component);
  const { diagram, kinds } = words;
  switch (kind) {
    case 'function':
      if (card.interfaces > 1) return diagram.interfaceOf(card.interface, card.interfaces);
      return narrow || card.runtime === null ? kinds.function : `${kinds.function}, ${card.runtime}`;
    case 'vpcEndpoint': {
      const service = serviceName(card.detail ?? '');
      return card.typeName === 'Interface' ? diagram.interfaceEndpoint(service) : diagram.gatewayEndpoint(service);
    }
    case 'natGateway':
      return diagram.natType(card.typeName ?? 'public');
    case 'internetHost':
    case 'internet':
      return card.detail ?? kinds[kind];
    default:
      return [kinds[kind] ?? kind, ...card.privateAddresses].join(' ');
  }
}

/** The short note on the right of a component's row. */
export function note(card: Card, words: Messages): string {
  if (card.badState !== null) return card.badState;
  if (card.timeout !== null) return words.diagram.timeout(card.timeout);
  if (card.publicAddress !== null) return words.diagram.publicAddress(card.publicAddress);
  return '';
}

/** The rule of a filter that decides about the hop, else its first outbound one. */
export function filterText(filter: SecurityGroupBox | NetworkAclBox, hop: Hop | null, words: Messages, narrow: boolean): string {
  const all = [...filter.egress.map((rule) => ({ rule, out: true })), ...filter.ingress.map((rule) => ({ rule, out: false }))];
  const named = hop && all.find(({ rule }) => rule.pointer !== null && rule.pointer === hop.pointer);
  const { rule, out } = named ?? { rule: filter.egress[0], out: true };
  if (!rule) return words.diagram.noRules;
  const what = [rule.protocol, rule.ports].filter((part) => part !== '').join(' ');
  if (rule.number !== null && narrow) return `${out ? words.diagram.out : words.diagram.in} ${rule.number}`;
  if (rule.number !== null) return `${out ? words.diagram.out : words.diagram.in} ${rule.number} ${rule.allow ? 'allow' : 'deny'} ${what}`;
  const rest = `${what} ${out ? '→' : '←'} ${rule.peer}`;
  return narrow ? rest : `${out ? words.diagram.egress : words.diagram.ingress} ${rest}`;
}
