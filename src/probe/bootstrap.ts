import type { TlsFacts } from '../model/probe.ts';
import { parseStatus, readAnswer, type Answer } from './answer.ts';
import { assess } from './identity.ts';
import type { Run } from './run.ts';

/**
 * Whether to ask for kubeadm's public description of the cluster: only where the user wants it, and the ladder ended by this
 * cluster's own answers. A connection that broke has cost a request that the second look may need.
 */
export function wantsBootstrap(
  answers: readonly Answer[],
  { bootstrapInfo, look, target }: Run,
  tls: TlsFacts,
): boolean {
  if (!bootstrapInfo || look !== 'full') return false;
  const hints = { isClusters: tls.chain === 'cluster-ca', names: tls.certificate.names };
  return answers.every(isDecision) && assess(answers, target.auditId, hints).isApiServer;
}

/** An answer that was lost with its connection is none either. */
function isDecision(answer: Answer): boolean {
  return !['busy', 'missing'].includes(readAnswer(answer));
}

/** Undefined where it was not asked for, or got no deciding answer. */
export function readBootstrap(answers: readonly Answer[]): boolean | undefined {
  const answer = answers.find(({ step }) => step === 'bootstrap');
  if (answer === undefined) return undefined;
  if (readAnswer(answer) === 'granted') return true;
  return parseStatus(answer) !== undefined && [401, 403, 404].includes(answer.status ?? 0) ? false : undefined;
}
