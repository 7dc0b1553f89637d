import { tlsVerificationSkipped } from '../../../src/checks/tls-verification-skipped.ts';
import type { Trust } from '../../../src/model/endpoint.ts';
import { clusterSubject, settings } from './subjects.ts';
import { testCheck } from './table.ts';

function trusting(trust: Trust) {
  return clusterSubject({ provider: 'kubeconfig', endpoints: [settings('public', { trust })] });
}

testCheck(tlsVerificationSkipped, [
  { name: 'skipped', subject: trusting({ kind: 'unverified' }), status: 'fail', message: 'skipped' },
  {
    name: 'an entry that could not be read',
    subject: clusterSubject({ provider: 'kubeconfig', endpoints: [], undescribed: 'its server is plain HTTP.' }, []),
    status: 'unknown',
    message: 'unread',
    says: 'plain HTTP.',
  },
  { name: 'an authority of its own', subject: trusting({ kind: 'cluster-ca', pem: '' }), status: 'pass' },
  { name: "the system's roots", subject: trusting({ kind: 'system-roots' }), status: 'pass' },
  { name: 'an authority that cannot be read', subject: trusting({ kind: 'none', reason: 'cut' }), status: 'pass' },
]);
