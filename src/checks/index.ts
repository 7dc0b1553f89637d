import type { Check } from '../model/check.ts';
import { adminExposed } from './admin-exposed.ts';
import { anonymousAccessWide } from './anonymous-access-wide.ts';
import { anonymousAuthNotLimited } from './anonymous-auth-not-limited.ts';
import { argocdOpen } from './argocd-open.ts';
import { bootstrapInfoReadable } from './bootstrap-info-readable.ts';
import { broadAllowList } from './broad-allow-list.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { cloudWideSource } from './cloud-wide-source.ts';
import { contradiction } from './contradiction.ts';
import { couldNotVerify } from './could-not-verify.ts';
import { dataExposed } from './data-exposed.ts';
import { discoveryExposed } from './discovery-exposed.ts';
import { dnsEndpointExternal } from './dns-endpoint-external.ts';
import { exposedPorts } from './exposed-ports.ts';
import { foreignCertificate } from './foreign-certificate.ts';
import { foreignPrivateEndpoint } from './foreign-private-endpoint.ts';
import { healthPathsAnswered } from './health-paths-answered.ts';
import { noPrivateEndpoint } from './no-private-endpoint.ts';
import { openEndpoint } from './open-endpoint.ts';
import { runCommandOpen } from './run-command-open.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';
import { tlsLegacyVersion } from './tls-legacy-version.ts';
import { tlsVerificationSkipped } from './tls-verification-skipped.ts';
import { trustedAccess } from './trusted-access.ts';
import { unauthenticatedBindings } from './unauthenticated-bindings.ts';
import { versionDisclosed } from './version-disclosed.ts';
import { weakCertificate } from './weak-certificate.ts';
import { weakCipher } from './weak-cipher.ts';

/** Every check, sorted by id. Adding one is a file and a line here. */
export const checks: readonly Check[] = [
  adminExposed,
  anonymousAccessWide,
  anonymousAuthNotLimited,
  argocdOpen,
  bootstrapInfoReadable,
  broadAllowList,
  certificateExpiring,
  cloudWideSource,
  contradiction,
  couldNotVerify,
  dataExposed,
  discoveryExposed,
  dnsEndpointExternal,
  exposedPorts,
  foreignCertificate,
  foreignPrivateEndpoint,
  healthPathsAnswered,
  noPrivateEndpoint,
  openEndpoint,
  runCommandOpen,
  selfSignedCertificate,
  tlsLegacyVersion,
  tlsVerificationSkipped,
  trustedAccess,
  unauthenticatedBindings,
  versionDisclosed,
  weakCertificate,
  weakCipher,
];
