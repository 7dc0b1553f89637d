import type { Rung } from '../../../src/model/anonymous.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { Outcome, ProbeRequest } from '../../../src/model/probe.ts';
import { access, endpointSubject, probed } from './subjects.ts';
import type { Case } from './table.ts';

const unreached = ['unresolved', 'closed', 'filtered', 'tls-failed', 'not-this-cluster', 'not-kubernetes'] as const;

/** What holds for every check of one rung, whatever it says when the rung was granted. */
export function casesOfRung(
  rung: Rung,
  settled: Outcome = 'anonymous-forbidden',
  requests: readonly ProbeRequest[] = [],
): readonly Case<EndpointSubject>[] {
  const refused = { anonymous: { [rung]: false }, requests };
  const complete = endpointSubject({ probe: probed(settled, refused) });
  const incomplete = endpointSubject({ probe: probed('inconclusive', refused) });
  return [
    { name: 'refused', subject: complete, status: 'pass' },
    { name: 'refused on an incomplete ladder', subject: incomplete, status: 'pass' },
    { name: 'incomplete ladder', subject: seen('inconclusive', {}), status: 'unknown', message: 'unclear' },
    { name: 'probe off', subject: endpointSubject(), status: 'not-applicable' },
    { name: 'not probed', subject: seen('not-probed'), status: 'not-applicable' },
    { name: 'front door', subject: seen('iam-fronted'), status: 'not-applicable' },
    ...unreached.flatMap(casesOfSilence),
  ];
}

/** No answer of the API server: a doubt where the settings let us in, nothing where they keep us out. */
function casesOfSilence(outcome: Outcome): readonly Case<EndpointSubject>[] {
  const probe = probed(outcome);
  const doubt = { status: 'unknown', message: 'unclear', says: `the detail of ${outcome}.` } as const;
  const listed = { access: access.list, exposure: 'restricted' } as const;
  return [
    { name: `${outcome} of an open endpoint`, subject: endpointSubject({ probe }), ...doubt },
    {
      name: `${outcome} though admitted`,
      subject: endpointSubject({ probe, endpoint: { ...listed, vantageAdmitted: 'yes' } }),
      ...doubt,
    },
    {
      name: `${outcome} where settings are unknown`,
      subject: endpointSubject({ probe, endpoint: { access: access.unknown, exposure: 'unknown' } }),
      ...doubt,
    },
    {
      name: `${outcome}, not admitted`,
      subject: endpointSubject({ probe, endpoint: { ...listed, vantageAdmitted: 'no' } }),
      status: 'not-applicable',
    },
    {
      name: `${outcome}, perhaps admitted`,
      subject: endpointSubject({ probe, endpoint: { ...listed, vantageAdmitted: 'unknown' } }),
      status: 'not-applicable',
    },
    {
      name: `${outcome} of a closed endpoint`,
      subject: endpointSubject({ probe, endpoint: { access: access.closed, exposure: 'private' } }),
      status: 'not-applicable',
    },
  ];
}

/** An open endpoint that was looked at. */
export function seen(outcome: Outcome, anonymous?: Partial<Record<Rung, boolean>>): EndpointSubject {
  return endpointSubject({ probe: probed(outcome, anonymous && { anonymous }) });
}

/** A server that refuses on `/` has refused everything that comes after. */
export const refusedOutright: readonly Case<EndpointSubject>[] = [
  { name: 'anonymous off', subject: seen('anonymous-disabled', { health: false }), status: 'pass' },
  { name: 'health paths only', subject: seen('anonymous-health-only', { health: true }), status: 'pass' },
];
