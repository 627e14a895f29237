import { expect, test } from 'vitest';

import { linesOf, policyOf } from '../../src/policies/policy';

test.each([
  ['/vpcEndpoints/s3/policy/Statement/0', '/vpcEndpoints/s3/policy'],
  ['/vpcEndpoints/s3/policy/Statement/0/Condition', '/vpcEndpoints/s3/policy'],
  ['/roles/worker/policies/read/Statement', '/roles/worker/policies/read'],
  ['/buckets/photos/policy', '/buckets/photos/policy'],
  ['/functions/worker/role', null],
])('%s leads into %s', (pointer, policy) => {
  expect(policyOf(pointer)).toBe(policy);
});

test('the statement that decides stands out, and the text is the policy', () => {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*' }, { Effect: 'Deny', Action: ['s3:GetObject'] }] };
  const lines = linesOf(policy, '/Statement/1');
  expect(JSON.parse(lines.map((line) => line.text).join('\n'))).toEqual(policy);
  expect(lines.filter((line) => line.decides).map((line) => line.text.trim())).toEqual(['{', '"Effect": "Deny",', '"Action": [', '"s3:GetObject"', ']', '}']);
});

test('one statement without a list, a policy that is no object, and a pointer to none', () => {
  const policy = { Statement: { Effect: 'Deny' } };
  expect(JSON.parse(linesOf(policy, '/Statement').map((line) => line.text).join('\n'))).toEqual(policy);
  expect(linesOf(policy, '/Statement').filter((line) => line.decides)).toHaveLength(3);
  expect(linesOf('broken', '').map((line) => line.text)).toEqual(['"broken"']);
  expect(linesOf({ Statement: [] }, '/Statement/7').some((line) => line.decides)).toBe(false);
});
