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
  const connectThrough = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    const { host = '', port } = options;
    const isProxied = getProxyForUrl(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`) !== '';
    return isProxied ? connectThrough(request, options) : tls.connect(options);
  };
  return agent;
}
