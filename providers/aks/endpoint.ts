import { UsageError } from '../../src/model/errors.ts';

const variable = 'AZURE_RESOURCE_MANAGER_ENDPOINT';

/**
 * Where Azure Resource Manager is asked, without a trailing slash: the public cloud, or what the environment names (sovereign clouds, tests).
 * Throws UsageError where that is no https address: the SDK sends the token there, and refuses plain http.
 */
export function armEndpoint(env: NodeJS.ProcessEnv): string {
  const text = env[variable]?.trim();
  if (!text) return 'https://management.azure.com';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.username || url.password || url.search || url.hash) {
    throw new UsageError(`${variable} must be an https address, such as https://management.usgovcloudapi.net`);
  }
  return `${url.origin}${url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname}`;
}
