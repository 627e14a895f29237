/** What the fields of a form share: reading a place in the document, writing it, and what is wrong with it. */

import type { Playground } from '../playground.svelte';
import type { Diagnostic } from '../types';
import { kindOf, type Kind, type Messages } from '../words';
import type { EditWords, FieldName } from '../words/editing';
import { componentAt, isFields, namesIn, pointer, sectionOf, valueAt, type Value } from './document';
import type { Editing } from './editing.svelte';
import type { Field } from './schema';

export interface Named {
  /** As the document writes it. */
  readonly value: string;
  readonly name: string;
  readonly kind: Kind;
}

export class Form {
  readonly p: Playground;
  readonly editing: Editing;

  constructor(p: Playground, editing: Editing) {
    this.p = p;
    this.editing = editing;
  }

  get words(): EditWords {
    return this.editing.words;
  }

  get messages(): Messages {
    return this.p.words;
  }

  /** AWS's name for a field; one that is new to the page goes by its name in the document. */
  label(name: string, at = ''): string {
    // A rule's other side has a name for each direction.
    if (name === 'peer' || (name === 'cidr' && at.startsWith('/networkAcls/'))) return this.words.fields[/\/egress\/\d+$/.test(at) ? 'destination' : 'source'];
    return this.words.fields[name as FieldName] ?? name;
  }

  value(path: string): Value {
    return valueAt(this.p.document, path);
  }

  /** What is wrong at this very place; `deep`: or inside it. */
  problems(path: string, deep = false): Diagnostic[] {
    return this.p.diagnostics.filter((one) => one.path === path || (deep && one.path.startsWith(`${path}/`)));
  }

  /** Writes a value while it is typed; undefined leaves the field out. */
  put(path: string, value: Value): void {
    if (value === undefined) {
      if (this.value(path) !== undefined) void this.editing.apply({ steps: [{ op: 'remove', path }] }, { key: path });
    } else {
      void this.editing.apply({ steps: [{ op: 'set', path, value }] }, { key: path });
    }
  }

  removeAt(path: string): Promise<boolean> {
    return this.editing.step({ op: 'remove', path });
  }

  /** Adds to the end of a list, which is made where it is missing; its first field takes the focus. */
  async append(list: string, value: Value): Promise<void> {
    const now = this.value(list);
    if (Array.isArray(now)) await this.editing.step({ op: 'insert', path: `${list}/-`, value });
    else await this.editing.step({ op: 'set', path: list, value: [value] });
    const index = Array.isArray(now) ? now.length : 0;
    this.editing.spot = `${list}/${index}`;
  }

  /** Everything in the sections that a field may name. */
  options(sections: readonly string[]): Named[] {
    const found = sections.flatMap((section) => namesIn(this.p.document, section).map((name) => ({ name, kind: this.kindOf(section) })));
    return found.map((one) => {
      const isUnique = found.filter((other) => other.name === one.name).length === 1;
      return { ...one, value: isUnique ? one.name : `${one.kind}/${one.name}` };
    });
  }

  /** The component in whose fields a place lies. */
  owner(place: string): string | null {
    return componentAt(place, Object.keys(this.messages.kinds) as Kind[]);
  }

  kindOf(section: string): Kind {
    const kinds = Object.keys(this.messages.kinds) as Kind[];
    return kinds.find((kind) => sectionOf(kind) === section) ?? (section as Kind);
  }
}

/** What stands in a text field for a value. */
export const written = (value: Value): string => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** What a text field's content is in the document: a number where it is one and may be one, as written else. */
export function parsed(text: string, numbers: boolean): Value {
  if (text === '') return undefined;
  return numbers && /^-?\d{1,9}$/.test(text) ? Number(text) : text;
}

/** Fields that few people set, which a form folds until they are set. */
const RARE = new Set([
  'state', 'status', 'stateReasonCode', 'lastUpdateStatus', 'lastUpdateStatusReasonCode', 'origin', 'availableIpAddressCount', 'enableDns64', 'isDefault',
  'interfaceType', 'attached', 'bucketName', 'gateways', 'ipv6AllowedForDualStack', 'privateDnsOnlyForInboundResolverEndpoint', 'client', 'policy', 'privateIp',
  'privateIps', 'ipv6Addresses', 'vpc', 'routeTable', 'availabilityMode', 'availabilityZones', 'connectivityType', 'ipAddressType', 'ipv6Cidr', 'dhcpOptions', 'networkInterfaces', 'listens',
  'dnsFirewallRules', 'resolverRules',
]);

/** Spellings of a security group rule's other side; a rule has one of them. */
const PEERS = ['peer', 'source', 'destination'];

/** A thing's fields in the order of the catalogue: those to show at once, and those to fold. */
export function arranged(fields: readonly Field[], value: Value, words: EditWords): { shown: Field[]; folded: Field[] } {
  const order = Object.keys(words.fields);
  const place = (field: Field): number => {
    const at = order.indexOf(field.name);
    return at < 0 ? order.length : at;
  };
  const has = (name: string): boolean => isFields(value) && value[name] !== undefined;
  const isRule = fields.some((field) => field.name === 'peer');
  const peer = PEERS.find(has) ?? 'peer';
  const kept = fields.filter((field) => !isRule || !PEERS.includes(field.name) || field.name === peer);
  const sorted = kept.toSorted((a, b) => place(a) - place(b));
  const isRare = (field: Field): boolean => RARE.has(field.name) && !field.required && !has(field.name);
  // A form with few fields hides none of them.
  if (sorted.length <= 3) return { shown: sorted, folded: [] };
  return { shown: sorted.filter((field) => !isRare(field)), folded: sorted.filter(isRare) };
}

/** A new element of a list of things: required fields stand there to be filled in. */
export function blank(of: string, fields: readonly Field[], list: Value): Value {
  const rows = Array.isArray(list) ? list : [];
  if (of === 'NetworkAclRule') {
    const numbers = rows.map((row) => (isFields(row) ? Number(row['ruleNumber']) : 0)).filter((number) => number > 0);
    return { ruleNumber: Math.min(Math.max(0, ...numbers) + 10, 32766), action: 'allow', cidr: '0.0.0.0/0' };
  }
  if (of === 'SecurityGroupRule') return { protocol: 'tcp', port: 443, peer: '' };
  return Object.fromEntries(fields.filter((field) => field.required).map((field) => [field.name, '']));
}

/** Who mentions a component in the document, by the place of the mention. */
export function mentions(document: Value, component: string): string[] {
  const name = component.slice(component.indexOf('/') + 1);
  const section = sectionOf(kindOf(component));
  const found: string[] = [];
  const walk = (value: Value, path: readonly (string | number)[]): void => {
    if (value === name || value === component) found.push(pointer(...path));
    else if (Array.isArray(value)) value.forEach((one, index) => walk(one, [...path, index]));
    else if (isFields(value)) for (const [key, one] of Object.entries(value)) walk(one, [...path, key]);
  };
  if (isFields(document)) {
    for (const [key, value] of Object.entries(document)) {
      if (key === 'expect' || !isFields(value)) continue;
      for (const [other, fields] of Object.entries(value)) if (key !== section || other !== name) walk(fields, [key, other]);
    }
  }
  return found;
}
