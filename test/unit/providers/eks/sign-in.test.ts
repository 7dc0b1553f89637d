import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultTiming } from '../../../../providers/eks/attempt.ts';
import { createEks } from '../../../../providers/eks/client.ts';
import { startProxy, type ProxyEmulator } from '../../../emulators/proxy.ts';
import { context, gather, stubAws, target } from './setup.ts';

const role = 'role_arn = arn:aws:iam::111122223333:role/x';
const config = `
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = s3cr3t
[profile role]
region = eu-north-1
source_profile = base
${role}
[profile sso]
region = eu-north-1
sso_session = s
sso_account_id = 111122223333
sso_role_name = x
[sso-session s]
sso_start_url = https://sso.example/start
sso_region = eu-west-1
`;

let proxy: ProxyEmulator;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kubeperimeter-sso-'));
  const cache = join(home, '.aws', 'sso', 'cache');
  await mkdir(cache, { recursive: true });
  await writeFile(join(home, 'config'), config);
  const token = { accessToken: 't0k3n', expiresAt: '2999-01-01T00:00:00Z' };
  await writeFile(join(cache, `${createHash('sha1').update('s').digest('hex')}.json`), JSON.stringify(token));
  proxy = await startProxy({ refuses: true });
});

afterAll(async () => {
  await proxy.close();
  await rm(home, { recursive: true });
});

it.each([
  ['role', 'https://sts.example', 'sts.example:443'],
  ['sso', 'https://portal.sso.example', 'portal.sso.example:443'],
])(
  'signing in with a %s goes through the proxy, and one that is not reached is no sign-in',
  async (name, url, host) => {
    stubAws({ AWS_CONFIG_FILE: join(home, 'config'), HOME: home, AWS_ENDPOINT_URL: url, HTTPS_PROXY: proxy.url });
    const provider = createEks(process.env, { ...defaultTiming, retryDelay: () => 1 });
    const items = await gather(provider.scopes(target(['eu-west-1'], [name]), context));
    // Neither the configured region, which nobody asked for, nor the one that was named.
    expect(items).toEqual([
      {
        code: 'unreachable',
        provider: 'eks',
        location: '*',
        message: `signing in to AWS with profile ${name}: the endpoint could not be reached (PROXY_HTTP_407): check the region, the network and the proxy`,
      },
    ]);
    expect(new Set(proxy.asked.splice(0))).toEqual(new Set([host]));
  },
);
