import { certificateExpiring } from '../../../src/checks/certificate-expiring.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { Outcome, PeerCertificate, TlsFacts } from '../../../src/model/probe.ts';
import { endpointSubject, probed, tls } from './subjects.ts';
import { testCheck } from './table.ts';

interface Shown {
  readonly outcome?: Outcome;
  readonly dates?: Partial<Pick<PeerCertificate, 'notBefore' | 'notAfter'>>;
  readonly facts?: Partial<TlsFacts>;
}

/** The table's clock stands at the beginning of 2026. */
function showing({ outcome = 'anonymous-forbidden', dates = {}, facts = {} }: Shown): EndpointSubject {
  const certificate = { ...tls().certificate, ...dates };
  return endpointSubject({ probe: probed(outcome, { tls: tls({ ...facts, certificate }) }) });
}

const past = { notAfter: '2025-12-31T23:59:59.000Z' };

testCheck(certificateExpiring, [
  { name: 'a year left', subject: showing({}), status: 'pass' },
  { name: '30 days left', subject: showing({ dates: { notAfter: '2026-01-31T00:00:00.000Z' } }), status: 'pass' },
  {
    name: '29 days left',
    subject: showing({ dates: { notAfter: '2026-01-30T12:00:00.000Z' } }),
    status: 'fail',
    message: 'soon',
    says: 'at 203.0.113.7 runs out on 2026-01-30T12:00:00.000Z; days left: 29.',
  },
  {
    name: 'run out, where no CA is known',
    subject: showing({ dates: past, facts: { chain: 'none' } }),
    status: 'fail',
    message: 'expired',
    severity: 'medium',
  },
  {
    name: "run out, of the cluster's own CA: nothing was sent to it",
    subject: showing({ outcome: 'not-this-cluster', dates: past }),
    status: 'fail',
    message: 'expired',
    severity: 'medium',
  },
  {
    name: 'not valid yet',
    subject: showing({ dates: { notBefore: '2026-01-02T00:00:00.000Z' } }),
    status: 'fail',
    message: 'early',
    severity: 'medium',
    says: 'before 2026-01-02T00:00:00.000Z.',
  },
  {
    name: "a year left, by the cluster's CA, which has none: nothing was sent to it",
    subject: showing({ outcome: 'not-this-cluster', facts: { inValidity: false } }),
    status: 'fail',
    message: 'authority',
    severity: 'medium',
    says: 'at 203.0.113.7 has its dates in order, but an authority',
  },
  {
    name: 'the same where no CA is known, and the one that was sent along has run out',
    subject: showing({ facts: { chain: 'none', inValidity: false } }),
    status: 'fail',
    message: 'authority',
    severity: 'medium',
  },
  { name: 'no dates', subject: showing({ dates: { notAfter: 'soon' } }), status: 'unknown', message: 'unclear' },
  {
    name: "a stranger's",
    subject: showing({ outcome: 'not-this-cluster', dates: past, facts: { chain: 'none' } }),
    status: 'not-applicable',
  },
  {
    name: 'of another name',
    subject: showing({ outcome: 'not-this-cluster', dates: past, facts: { nameMatches: false } }),
    status: 'not-applicable',
  },
  {
    name: "perhaps an interceptor's",
    subject: showing({ facts: { chain: 'none' } }),
    intercepted: true,
    status: 'unknown',
    message: 'unclear',
  },
  { name: 'no handshake', subject: endpointSubject({ probe: probed('filtered') }), status: 'not-applicable' },
  { name: 'probe off', subject: endpointSubject(), status: 'not-applicable' },
]);
