import { anonymousAccessWide } from '../../../src/checks/anonymous-access-wide.ts';
import type { Rung } from '../../../src/model/anonymous.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { DocumentedAnonymous } from '../../../src/model/cluster.ts';
import type { Outcome } from '../../../src/model/probe.ts';
import { access, endpointSubject, probed } from './subjects.ts';
import { testCheck } from './table.ts';

const refused = { version: false, discovery: false, data: false, admin: false };

function got(
  documented: DocumentedAnonymous,
  outcome: Outcome,
  anonymous: Partial<Record<Rung, boolean>> = {},
): EndpointSubject {
  return endpointSubject({
    cluster: { anonymous: { documented, reason: 'the platform says so.' } },
    probe: probed(outcome, { anonymous }),
  });
}

const version = { ...refused, version: true };
const wider = { status: 'fail', message: 'granted' } as const;
const narrower = { status: 'pass', evidence: { difference: 'narrower' } } as const;
const takenIn = { status: 'fail', message: 'taken-in' } as const;

testCheck(anonymousAccessWide, [
  {
    name: 'health paths where off is documented',
    subject: got('disabled', 'anonymous-health-only', { health: true }),
    ...wider,
    says: 'got the health paths; the platform documents no access at all: the platform says so.',
  },
  {
    name: 'version where health paths are documented',
    subject: got('health-only', 'anonymous-forbidden', version),
    ...wider,
    says: 'got the version; the platform documents the health paths:',
    evidence: { expected: 'the health paths', observed: 'the version', difference: 'wider' },
  },
  {
    name: 'version on an incomplete ladder',
    subject: got('health-only', 'inconclusive', { version: true }),
    ...wider,
  },
  {
    name: 'discovery where public information is documented',
    subject: got('public-info', 'discovery-exposed', { ...version, discovery: true }),
    ...wider,
    says: 'got the list of API groups',
  },
  { name: 'data', subject: got('public-info', 'data-exposed', { ...version, data: true }), ...wider, says: 'pods' },
  { name: 'admin', subject: got('public-info', 'admin-exposed'), ...wider, says: 'secrets or cluster role bindings' },
  { name: 'a 403 where off is documented', subject: got('disabled', 'anonymous-forbidden', refused), ...takenIn },
  {
    name: 'a 403 where health paths are documented',
    subject: got('health-only', 'anonymous-forbidden', refused),
    ...takenIn,
    says: 'system:anonymous; the platform documents the health paths:',
    evidence: { expected: 'the health paths', difference: 'taken-in', source: 'the platform says so.' },
  },
  {
    name: 'a 403 on the health paths alone, where off is documented',
    subject: got('disabled', 'anonymous-forbidden', { health: false }),
    ...takenIn,
  },
  {
    name: 'incomplete ladder',
    subject: got('health-only', 'inconclusive', { health: true }),
    status: 'unknown',
    message: 'unclear',
  },
  {
    name: 'nothing answers at an open endpoint',
    subject: got('disabled', 'filtered'),
    status: 'unknown',
    message: 'unclear',
  },
  { name: 'off as documented', subject: got('disabled', 'anonymous-disabled'), status: 'pass' },
  { name: 'health paths as documented', subject: got('health-only', 'anonymous-health-only'), status: 'pass' },
  { name: 'less than documented', subject: got('public-info', 'anonymous-disabled'), ...narrower },
  {
    name: 'nothing where health paths are documented',
    subject: got('health-only', 'anonymous-disabled', { health: false }),
    ...narrower,
    evidence: { expected: 'the health paths', observed: 'no access at all', difference: 'narrower' },
  },
  {
    name: 'a 403 on the health paths alone, where they are documented',
    subject: got('health-only', 'anonymous-forbidden', { health: false }),
    ...narrower,
  },
  {
    name: 'health paths where the version is documented',
    subject: got('public-info', 'anonymous-health-only'),
    ...narrower,
  },
  { name: 'version as documented', subject: got('public-info', 'anonymous-forbidden', version), status: 'pass' },
  { name: 'hardened', subject: got('public-info', 'anonymous-forbidden', refused), ...narrower },
  { name: 'nothing documented', subject: got('unknown', 'admin-exposed'), status: 'not-applicable' },
  { name: 'front door', subject: got('health-only', 'iam-fronted'), status: 'not-applicable' },
  { name: 'probe off', subject: endpointSubject(), status: 'not-applicable' },
  {
    name: 'nothing answers where we are not admitted',
    subject: endpointSubject({
      endpoint: { access: access.list, vantageAdmitted: 'no', exposure: 'restricted' },
      probe: probed('filtered'),
    }),
    status: 'not-applicable',
  },
]);
