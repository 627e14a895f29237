/** Where a policy stands in the document, and how it is shown. */

import { isFields, type Value } from '../editing/document';

export interface Line {
  readonly text: string;
  /** Whether it belongs to the statement that decides. */
  readonly decides: boolean;
}

/** The pointer to the whole policy that a pointer leads into: up to its statements. Null where it leads into none. */
export function policyOf(pointer: string): string | null {
  const statement = /^(.*?)\/Statement(?:\/|$)/.exec(pointer);
  if (statement) return statement[1] ?? null;
  return /\/(?:policy|permissionsBoundary|document|policies\/[^/]+|(?:service|resource)ControlPolicies\/[^/]+)$/.test(pointer) ? pointer : null;
}

/** The policy as AWS's console prints it; `inside` points to what decides, from the policy on. */
export function linesOf(policy: Value, inside: string): Line[] {
  const index = /^\/Statement\/(\d+)/.exec(inside)?.[1];
  const statements = isFields(policy) ? policy['Statement'] : undefined;
  const isOne = statements !== undefined && !Array.isArray(statements) && inside.startsWith('/Statement');
  if (!isFields(policy)) return plain(policy, 0, '', false);
  const fields = Object.entries(policy);
  return [
    { text: '{', decides: false },
    ...fields.flatMap(([name, value], position) => {
      const end = position + 1 < fields.length ? ',' : '';
      if (name !== 'Statement' || !Array.isArray(value)) return plain(value, 1, `${JSON.stringify(name)}: `, name === 'Statement' && isOne, end);
      const each = value.flatMap((statement, at) => plain(statement, 2, '', String(at) === index, at + 1 < value.length ? ',' : ''));
      return [{ text: '  "Statement": [', decides: false }, ...each, { text: `  ]${end}`, decides: false }];
    }),
    { text: '}', decides: false },
  ];
}

function plain(value: Value, depth: number, name: string, decides: boolean, end = ''): Line[] {
  const lines = JSON.stringify(value, null, 2).split('\n');
  const indent = '  '.repeat(depth);
  return lines.map((text, at) => ({ text: `${indent}${at === 0 ? name : ''}${text}${at === lines.length - 1 ? end : ''}`, decides }));
}
