// Answers one policy case a line with what @cloud-copilot/iam-simulate decides.
//
// Its public function drops context keys that an action does not list, so its core is called, and nothing is validated.

import { readFileSync } from 'node:fs';
import { loadPolicy } from '@cloud-copilot/iam-policy';

const core = new URL('./node_modules/@cloud-copilot/iam-simulate/dist/esm/', import.meta.url);
const { authorize } = await import(new URL('core_engine/CoreSimulatorEngine.js', core));
const { AwsRequestImpl } = await import(new URL('request/request.js', core));
const { DiscoveryContextKeyConstraints } = await import(new URL('context_keys/discoveryContextKeyConstraints.js', core));
const { RequestContextImpl } = await import(new URL('requestContext.js', core));

const policy = (document, index = 0) => loadPolicy(document, { name: `p${index}` });
const list = (documents) => (documents ?? []).map(policy);
const levels = (of) => (of ?? []).map((documents, level) => ({ orgIdentifier: `level-${level}`, policies: list(documents) }));
const everything = policy({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } });

const answers = [];
const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const cases = lines.map((one) => ({
  request: new AwsRequestImpl(one.principal, { resource: one.resource, accountId: one.owner }, one.action, new RequestContextImpl(one.context)),
  sessionPolicy: one.session && policy(one.session),
  identityPolicies: list(one.identity),
  serviceControlPolicies: levels(one.serviceControl),
  // RCPFullAWSAccess is attached to every level.
  resourceControlPolicies: levels(one.resourceControl).map((level) => ({ ...level, policies: [everything, ...level.policies] })),
  resourcePolicy: one.bucket && policy(one.bucket),
  permissionBoundaries: one.boundary && list([one.boundary]),
  vpcEndpointPolicies: one.endpoint && list([one.endpoint]),
  simulationParameters: { simulationMode: 'Strict', discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints() },
  serviceSettings: { s3: { blockPublicAccess: one.restrictPublicBuckets } },
}));
const begin = performance.now();
for (const one of cases) {
  try {
    answers.push(authorize(one).result);
  } catch (error) {
    answers.push(`error: ${error.message}`);
  }
}
const microseconds = ((performance.now() - begin) * 1000) / Math.max(cases.length, 1);
process.stdout.write(`${answers.join('\n')}\n${microseconds.toFixed(1)}\n`);
