import { selfSignedCertificate } from '../../../src/checks/self-signed-certificate.ts';
import { casesOfPosture, doing, withCertificate, withoutCertificate } from './postures.ts';
import { testCheck } from './table.ts';

testCheck(selfSignedCertificate, [
  { name: 'by its own key', subject: doing(withCertificate({ selfSigned: true })), status: 'fail', message: 'leaf' },
  { name: 'none seen', subject: doing(withoutCertificate()), status: 'unknown', message: 'unclear' },
  ...casesOfPosture,
]);
