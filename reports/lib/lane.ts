import { describeAccess, describeShare } from './access.ts';
import { describeAnonymous, describeUnverified, outcomeWords } from './words.ts';
import type { JudgedEndpoint, JudgedProbe } from '../../src/model/report.ts';
import type { Outcome } from '../../src/model/probe.ts';

/**
 * How far an outsider gets, one step after the other. Arrows and blocks, not ticks and crosses: a green cross would mean "blocked",
 * and every reader's habit says the reverse.
 */
export type StepMark = 'passed' | 'stopped' | 'untried' | 'too-far' | 'unclear';

export interface Step {
  readonly name: 'Configured' | 'DNS' | 'TCP' | 'TLS' | 'Anonymous';
  readonly mark: StepMark;
  /** What was seen, the most telling first. May hold hostile text. */
  readonly facts: readonly string[];
}

export const markWords: Readonly<Record<StepMark, { glyph: string; words: string }>> = {
  passed: { glyph: '→', words: 'got through' },
  stopped: { glyph: '■', words: 'stopped here' },
  untried: { glyph: '·', words: 'not tried' },
  'too-far': { glyph: '!', words: 'got through and should not' },
  unclear: { glyph: '?', words: 'could not tell' },
};

/** The five steps of an endpoint, always all of them. */
export function lane(endpoint: JudgedEndpoint): readonly Step[] {
  const { probe } = endpoint;
  return [
    configuredStep(endpoint),
    ...(probe === undefined || probe.outcome === 'not-probed'
      ? untriedSteps(endpoint)
      : [dnsStep(probe, endpoint.host), tcpStep(probe), tlsStep(probe), anonymousStep(probe)]),
  ];
}

function configuredStep({ access, vantageAdmitted }: JudgedEndpoint): Step {
  const admits = {
    yes: 'our address is on it',
    no: 'our address is not on it',
    unknown: 'whether it admits us could not be told',
    'not-applicable': '',
  }[vantageAdmitted];
  const reason = (access.ranges ?? []).length === 0 ? (access.reason ?? '') : '';
  const facts = [describeAccess(access), describeShare(access), access.kind === 'allow-list' ? admits : '', reason];
  const marks = { open: 'too-far', closed: 'stopped', unknown: 'unclear' } as const;
  const listed = { yes: 'passed', no: 'stopped', unknown: 'unclear', 'not-applicable': 'unclear' } as const;
  const mark = access.kind === 'allow-list' ? listed[vantageAdmitted] : marks[access.kind];
  return { name: 'Configured', mark, facts: facts.filter((fact) => fact !== '') };
}

function untriedSteps({ host, probe }: JudgedEndpoint): readonly Step[] {
  const why = probe?.detail ?? (host === undefined ? 'no host' : 'not probed');
  return (['DNS', 'TCP', 'TLS', 'Anonymous'] as const).map((name) => ({
    name,
    mark: 'untried',
    facts: name === 'DNS' ? [why] : [],
  }));
}

function dnsStep(probe: JudgedProbe, host: string | undefined): Step {
  if (probe.via !== undefined) return { name: 'DNS', mark: 'untried', facts: ['address given by --connect-to'] };
  if (probe.outcome === 'unresolved') return { name: 'DNS', mark: 'stopped', facts: [probe.detail] };
  return {
    name: 'DNS',
    mark: 'passed',
    facts: [probe.address === host ? 'is an address' : (probe.address ?? 'resolved')],
  };
}

const unconnected: readonly Outcome[] = ['unresolved', 'closed', 'filtered'];

function tcpStep(probe: JudgedProbe): Step {
  if (probe.outcome === 'unresolved') return { name: 'TCP', mark: 'untried', facts: [] };
  const at = probe.via ?? probe.address;
  const where = at === undefined ? [] : [at];
  if (unconnected.includes(probe.outcome))
    return { name: 'TCP', mark: 'stopped', facts: [outcomeWords[probe.outcome], ...where] };
  return { name: 'TCP', mark: 'passed', facts: where };
}

function tlsStep(probe: JudgedProbe): Step {
  if (unconnected.includes(probe.outcome)) return { name: 'TLS', mark: 'untried', facts: [] };
  if (probe.outcome === 'tls-failed') return { name: 'TLS', mark: 'stopped', facts: [probe.detail] };
  const { tls } = probe;
  if (tls === undefined) return { name: 'TLS', mark: 'unclear', facts: [] };
  const { subject, notAfter } = tls.certificate;
  const chains = {
    'cluster-ca': 'chains to the cluster’s CA',
    'public-root': 'chains to a public root',
    'local-root': 'chains to a root installed on this machine',
    none: 'chains to no known CA',
  };
  const facts = [
    tls.version,
    subject === '' ? 'no subject' : subject,
    describeUnverified(probe) ?? chains[tls.chain],
    `until ${notAfter.slice(0, 10)}`,
    tls.nameMatches ? '' : 'not valid for the host',
    tls.inValidity ? '' : 'outside its validity',
    ...postureFacts(probe),
  ];
  const mark = probe.outcome === 'not-this-cluster' ? 'unclear' : 'passed';
  return { name: 'TLS', mark, facts: facts.filter((fact) => fact !== '') };
}

/** Of several addresses not all are inspected, and not always the one that decides. */
function postureFacts({ tls, addresses }: JudgedProbe): readonly string[] {
  if (addresses === undefined) return describePosture(tls?.posture);
  return addresses.flatMap((one) => {
    const facts = describePosture(one.tls?.posture);
    return facts.length === 0 ? [] : [`inspected at ${one.address ?? 'one address'}`, ...facts];
  });
}

function describePosture(posture: NonNullable<JudgedProbe['tls']>['posture']): readonly string[] {
  if (posture === undefined) return [];
  const named = (told: 'yes' | 'unknown'): string =>
    posture.versions
      .filter(({ offered }) => offered === told)
      .map(({ version }) => versionWords[version])
      .join(', ');
  const { group } = posture.keyExchange;
  const { authorities } = posture.clientCertificate;
  return [
    named('yes') === '' ? '' : `offers TLS ${named('yes')}`,
    named('unknown') === '' ? '' : `not told: TLS ${named('unknown')}`,
    group === undefined ? '' : `key exchange ${group}`,
    authorities.length === 0 ? '' : `asks for client certificates of ${authorities.join('; ')}`,
  ];
}

const versionWords = { TLSv1: '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' } as const;

/** Objects are asked for by names that do not exist: random, long, and of use in the cluster's own log alone. */
function withoutRandomName(path: string): string {
  return path.replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, '…');
}

const refused: readonly Outcome[] = [
  'anonymous-disabled',
  'anonymous-forbidden',
  'anonymous-health-only',
  'iam-fronted',
];
const granted: readonly Outcome[] = ['discovery-exposed', 'data-exposed', 'admin-exposed'];

function anonymousStep(probe: JudgedProbe): Step {
  const { outcome } = probe;
  if ([...unconnected, 'tls-failed'].includes(outcome)) return { name: 'Anonymous', mark: 'untried', facts: [] };
  if (outcome === 'not-this-cluster') return { name: 'Anonymous', mark: 'untried', facts: ['no request was sent'] };
  const isTooFar = granted.includes(outcome) || probe.anonymous?.difference === 'wider';
  const mark = isTooFar ? 'too-far' : refused.includes(outcome) ? 'stopped' : 'unclear';
  const sides = probe.anonymous === undefined ? [] : [describeAnonymous(probe.anonymous)];
  const answers = probe.requests.map(({ path, status }) => `${withoutRandomName(path)} ${status ?? 'no answer'}`);
  const guess = probe.identity.guess === undefined ? [] : [`looks like ${probe.identity.guess}`];
  return { name: 'Anonymous', mark, facts: [outcomeWords[outcome], ...sides, ...guess, ...answers] };
}
