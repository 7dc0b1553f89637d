import { foreignCertificate } from '../../../src/checks/foreign-certificate.ts';
import type { EndpointSubject } from '../../../src/model/check.ts';
import type { Trust } from '../../../src/model/endpoint.ts';
import type { TlsFacts } from '../../../src/model/probe.ts';
import { access, endpointSubject, lookedAgain, probed, settings, tls } from './subjects.ts';
import { testCheck } from './table.ts';

const none: Trust = { kind: 'none', reason: 'Azure gives no CA.' };

function stranger(facts: Partial<TlsFacts>, trust: Trust = { kind: 'cluster-ca', pem: '' }): EndpointSubject {
  return endpointSubject({
    cluster: { endpoints: [settings('public', { trust })] },
    probe: probed('not-this-cluster', { tls: tls(facts) }),
  });
}

/** As AKS is told: the answers are an API server's, and the certificate is nobody's that is known. */
const unproven = endpointSubject({
  cluster: { provider: 'aks', endpoints: [settings('public', { trust: none })] },
  probe: probed('anonymous-disabled', { tls: tls({ chain: 'none' }) }),
});

testCheck(foreignCertificate, [
  {
    name: 'chain to a public root',
    subject: stranger({ chain: 'public-root' }),
    status: 'fail',
    message: 'issuer',
    says: '203.0.113.7 shows was not issued for this cluster; its issuer is CN=example-ca.',
    evidence: { subject: 'CN=kube-apiserver', issuer: 'CN=example-ca', sha256: 'ab'.repeat(32) },
  },
  { name: 'chain to nothing known', subject: stranger({ chain: 'none' }), status: 'fail', message: 'issuer' },
  {
    name: 'no CA to compare, chain to a root of this machine',
    subject: stranger({ chain: 'local-root' }, none),
    status: 'fail',
    message: 'issuer',
  },
  {
    name: 'no CA to compare, another name',
    subject: stranger({ chain: 'none', nameMatches: false }, none),
    status: 'fail',
    message: 'name',
  },
  {
    name: 'another name',
    subject: stranger({ nameMatches: false }),
    status: 'fail',
    message: 'name',
    says: 'not valid for ABC123.gr7.eu-west-1.example.com.',
  },
  {
    name: 'expired',
    subject: stranger({
      inValidity: false,
      certificate: { ...tls().certificate, notAfter: '2025-12-31T23:59:59.000Z' },
    }),
    status: 'fail',
    message: 'dates',
    says: '2025-01-01T00:00:00.000Z to 2025-12-31T23:59:59.000Z.',
  },
  {
    name: 'signed by a CA that has expired',
    subject: stranger({ inValidity: false }),
    status: 'fail',
    message: 'authority',
    says: 'at 203.0.113.7 rests on is outside its validity.',
  },
  { name: 'refused for another reason', subject: stranger({}), status: 'fail', message: 'other' },
  {
    name: 'refused without a certificate on record',
    subject: endpointSubject({ probe: probed('not-this-cluster') }),
    status: 'fail',
    message: 'other',
    says: 'the detail of not-this-cluster.',
  },
  {
    name: 'a stranger at a closed name',
    subject: endpointSubject({
      endpoint: { access: access.closed, exposure: 'private' },
      probe: probed('not-this-cluster'),
    }),
    status: 'fail',
    message: 'other',
  },
  {
    name: 'a stranger at the second look',
    subject: endpointSubject({ probe: lookedAgain(probed('anonymous-forbidden'), 'not-this-cluster') }),
    status: 'fail',
    message: 'other',
    says: '203.0.113.8',
  },
  {
    name: 'a stranger, on an intercepted vantage',
    subject: stranger({ chain: 'local-root' }),
    intercepted: true,
    status: 'unknown',
    message: 'intercepted',
    says: 'Something on our path answers TLS in place of several clusters, so whose certificate is behind 203.0.113.7',
  },
  {
    name: 'no CA to compare and nothing known in the chain, on an intercepted vantage',
    subject: unproven,
    intercepted: true,
    status: 'unknown',
    message: 'intercepted',
  },
  { name: 'the same on a clear path', subject: unproven, status: 'pass', evidence: { verified: false } },
  {
    name: "this cluster by its own CA, though the vantage is intercepted for others'",
    subject: endpointSubject({ probe: probed('anonymous-disabled', { tls: tls() }) }),
    intercepted: true,
    status: 'pass',
  },
  {
    name: 'front door, on an intercepted vantage',
    subject: endpointSubject({ probe: probed('iam-fronted', { tls: tls({ chain: 'public-root' }) }) }),
    intercepted: true,
    status: 'not-applicable',
  },
  {
    name: 'TLS failed at an open endpoint',
    subject: endpointSubject({ probe: probed('tls-failed') }),
    status: 'unknown',
    message: 'unclear',
  },
  { name: 'this cluster', subject: endpointSubject({ probe: probed('anonymous-disabled') }), status: 'pass' },
  { name: 'this cluster, overloaded', subject: endpointSubject({ probe: probed('inconclusive') }), status: 'pass' },
  { name: 'front door', subject: endpointSubject({ probe: probed('iam-fronted') }), status: 'not-applicable' },
  { name: 'not probed', subject: endpointSubject({ probe: probed('not-probed') }), status: 'not-applicable' },
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
