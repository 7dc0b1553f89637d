import type { Agent } from 'node:https';
import { isIPv6 } from 'node:net';
import tls from 'node:tls';

/** The SDK's own figures for the agent that it would make. */
const pool = { keepAlive: true, maxSockets: 50 };

/**
 * The agent for all calls where `HTTPS_PROXY` is set, of which the SDK takes no notice: through the proxy, but directly to what
 * `NO_PROXY` names. Node's agents can do the same from 22.21 and 24.5 on only.
 */
export async function proxyAgent(env: NodeJS.ProcessEnv): Promise<Agent | undefined> {
  const proxy = env['https_proxy'] || env['HTTPS_PROXY'];
  if (!proxy) return undefined;
  // Only who has a proxy pays for loading them.
  const [{ HttpsProxyAgent }, { getProxyForUrl }] = await Promise.all([
    import('https-proxy-agent'),
    import('proxy-from-env'),
  ]);
  const agent = new HttpsProxyAgent(proxy, pool);
  const tunnel = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    const { host = '', port } = options;
    if (getProxyForUrl(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`) === '') return tls.connect(options);
    let status = 0;
    request.once('proxyConnect', (reply: { readonly statusCode: number }) => (status = reply.statusCode));
    const socket = await tunnel(request, options);
    if (status === 200) return socket;
    socket.destroy();
    throw refusal(status);
  };
  return agent;
}

/** The agent hands on what the proxy says as if AWS had said it: a 403 would be taken for a permission that is missing. */
function refusal(status: number): Error {
  const code = `PROXY_HTTP_${status}`;
  return Object.assign(new Error(code), { code, ...(status >= 500 && { $retryable: {} }) });
}
