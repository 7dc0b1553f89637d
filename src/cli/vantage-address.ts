import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { cut } from '../lib/text.ts';
import type { ScanIssue } from '../model/issue.ts';
import { classifyAddress } from '../probe/address.ts';

const longestAnswer = 256;
const patience = 5000;

/**
 * The public address that a what-is-my-address service sees us as, or the issue that says why it could not be told. Asked
 * directly, past any proxy, as probes are made: a proxy's address is not the one that an API server sees.
 */
export async function askOwnAddress(service: URL, stop: AbortSignal): Promise<string | ScanIssue> {
  try {
    const answer = await fetchText(service, AbortSignal.any([stop, AbortSignal.timeout(patience)]));
    if (isIP(answer) !== 0 && classifyAddress(answer) === 'public') return answer;
    return failure(service, `it answered ${JSON.stringify(cut(answer, 60))}, which is no public address`, 'malformed');
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: '', message: 'it failed' };
    const isLate = name === 'TimeoutError' || name === 'AbortError';
    return failure(
      service,
      isLate ? 'it gave no answer in time' : cut(message, 200),
      isLate ? 'timeout' : 'unreachable',
    );
  }
}

function failure({ host }: URL, why: string, code: ScanIssue['code']): ScanIssue {
  return { code, message: `our own address could not be told by ${host}: ${why}` };
}

/** The whole answer, trimmed. Redirects are not followed: they lead to a service that the user did not name. */
async function fetchText(service: URL, signal: AbortSignal): Promise<string> {
  const response = await send(service, signal);
  try {
    if (response.statusCode !== 200) throw new Error(`it answered with status ${response.statusCode}`);
    let answer = Buffer.alloc(0);
    for await (const piece of response) {
      answer = Buffer.concat([answer, piece as Buffer]);
      if (answer.length > longestAnswer) throw new Error(`it answered with more than ${longestAnswer} bytes`);
    }
    return answer.toString().trim();
  } finally {
    response.destroy();
  }
}

function send(service: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const request = service.protocol === 'http:' ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    // An agent of its own takes no proxy from the environment.
    request(service, { signal, agent: false, headers: { accept: 'text/plain' } }, resolve)
      .on('error', reject)
      .end();
  });
}
