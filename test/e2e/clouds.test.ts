import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { aksCluster, startArm, writeAzureCli } from '../emulators/arm.ts';
import { eksCluster, startEks, type EksOptions } from '../emulators/eks.ts';
import { gkeCluster, startGke, writeServiceAccountKey } from '../emulators/gke.ts';
import { emptyFolder, kubeperimeter, run } from './cli.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function kept<T extends { close(): Promise<void> }>(server: T): T {
  open.push(server);
  return server;
}

const region = { 'eu-west-1': [eksCluster({ name: 'shop', publicAccess: false, privateAccess: true })] };

async function eks(options: Partial<EksOptions> = {}) {
  return kept(await startEks({ accounts: [{ id: '111122223333', regions: region }], ...options }));
}

async function scan(args: readonly string[], env: Readonly<Record<string, string>>) {
  const cwd = emptyFolder();
  const outputs = ['--format', 'json', '--output', 'report.json'];
  const ended = await kubeperimeter(['scan', '--no-probe', ...args, ...outputs], { cwd, env });
  const file = readdirSync(cwd).find((name) => name === 'report.json');
  return { ...ended, cwd, report: file && (JSON.parse(readFileSync(join(cwd, file), 'utf8')) as Report) };
}

async function whenAsked(server: { calls(): number }): Promise<void> {
  while (server.calls() === 0) await delay(20);
}

describe('one cloud', () => {
  it('finds its own credentials, and lists the others as skipped', async () => {
    const { code, report, stderr } = await scan([], (await eks()).env());
    expect(stderr).toMatch(/exit 0: /);
    expect(code).toBe(0);
    expect(report && report.coverage.map(({ provider, status }) => [provider, status])).toEqual([
      ['aks', 'skipped'],
      ['eks', 'complete'],
      ['gke', 'skipped'],
    ]);
  });

  it('takes its settings from kubeperimeter.yaml in the working folder, the command line first', async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'kubeperimeter.yaml'),
      'provider: eks\naws-region: [eu-west-1, us-east-1]\nvantage: from-file\n',
    );
    const { code, stdout } = await kubeperimeter(['scan', '--no-probe', '--format', 'json', '--vantage', 'given'], {
      cwd,
      env: (await eks()).env(),
    });
    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(0);
    expect(report.scan.vantage.name).toBe('given');
    expect(report.coverage.map(({ location }) => location)).toEqual(['eu-west-1', 'us-east-1']);
  });

  it('named without credentials is a failed scope: exit 3', async () => {
    const { code, report, stderr } = await scan(['--provider', 'gke'], {});
    expect(code).toBe(3);
    expect(stderr).toMatch(/exit 3: /);
    expect(report && report.coverage).toMatchObject([{ provider: 'gke', account: 'unknown', status: 'failed' }]);
    expect(report && report.issues[0]).toMatchObject({ code: 'unauthenticated', provider: 'gke' });
  });

  it('--allow-partial makes that exit 0', async () => {
    expect((await scan(['--provider', 'gke', '--allow-partial'], {})).code).toBe(0);
  });
});

describe('accounts that are named', () => {
  it('need no default credentials: each AWS profile has its own, and one without any is a gap', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'credentials'),
      '[prod]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = example-secret\n',
    );
    const { code, report } = await scan(
      ['--aws-profile', 'prod', '--aws-profile', 'gone', '--aws-region', 'eu-west-1'],
      {
        AWS_ENDPOINT_URL: (await eks()).url,
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
        AWS_CONFIG_FILE: join(folder, 'config'),
      },
    );
    expect(code).toBe(3);
    expect((report as Report).clusters.map(({ name }) => name)).toEqual(['shop']);
    expect((report as Report).issues).toMatchObject([{ provider: 'eks', code: 'unauthenticated' }]);
    expect((report as Report).issues[0]?.message).toContain('gone');
  });

  it('of a cloud without credentials are a failed scope, not a skipped one', async () => {
    const { code, report } = await scan(['--gcp-project', 'example-project'], {});
    expect(code).toBe(3);
    expect((report as Report).coverage).toContainEqual(expect.objectContaining({ provider: 'gke', status: 'failed' }));
  });
});

describe('credentials that are no longer good', () => {
  it('one line names the cloud and the fix, and the other clouds go on', async () => {
    const folder = emptyFolder();
    const arm = kept(await startArm({ subscriptions: [] }));
    writeFileSync(join(folder, 'ca.pem'), arm.caPem);
    const { report, code, stderr } = await scan([], {
      ...(await eks()).env(),
      ...(await writeAzureCli(folder, { state: 'expired' })),
      AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    });
    expect(code).toBe(3);
    expect(stderr.split('\n')).toHaveLength(2);
    const [issue] = (report as Report).issues;
    expect(issue).toMatchObject({ code: 'unauthenticated', provider: 'aks' });
    expect(issue?.message).toMatch(/Azure.*az login/);
    expect(issue?.message).not.toMatch(/\n|Trace ID|00000000-0000-4000-8000-0000000000ee/);
    expect((report as Report).clusters.map(({ name }) => name)).toEqual(['shop']);
  });

  it('expired AWS keys', async () => {
    const expired = {
      status: 403,
      type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    };
    const { report, code } = await scan(
      ['--provider', 'eks', '--aws-region', 'eu-west-1'],
      (await eks({ refuse: { regions: { 'eu-west-1': expired }, identity: expired } })).env(),
    );
    expect(code).toBe(3);
    expect((report as Report).issues[0]).toMatchObject({ code: 'unauthenticated', location: 'eu-west-1' });
    expect((report as Report).issues[0]?.message).toMatch(/AWS.*sign in again|aws sso login/);
  });
});

describe('a permission that is missing everywhere', () => {
  it('is one line of the text for all clusters, and an issue for each of them in the JSON', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `shop-${index}`);
    const clusters = names.map((name) => eksCluster({ name, publicAccess: false, privateAccess: true }));
    const denied = { status: 403, type: 'AccessDeniedException' };
    const server = await eks({
      accounts: [{ id: '111122223333', regions: { 'eu-west-1': clusters } }],
      refuse: { capabilities: Object.fromEntries(names.map((name) => [name, denied])) },
    });
    const { code, cwd, report } = await scan(
      ['--provider', 'eks', '--deep', '--format', 'text', '--output', 'report.txt'],
      server.env(),
    );
    expect(code).toBe(3);
    expect(new Set((report as Report).issues.map(({ clusterId }) => clusterId))).toEqual(
      new Set(names.map((name) => `eks:111122223333/eu-west-1/${name}`)),
    );
    const text = readFileSync(join(cwd, 'report.txt'), 'utf8');
    expect(text.match(/eks:ListCapabilities/g)).toHaveLength(1);
    expect(text).toMatch(/- forbidden, 60 clusters: eks:ListCapabilities: AWS refuses it: allow\s+this\s+action/);
  });
});

describe('a cloud endpoint that answers HTML', () => {
  const page = {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>Proxy sign-in</title></html>',
  };

  it('is malformed for each cloud, and the run ends', async () => {
    const folder = emptyFolder();
    const gke = kept(await startGke({ projects: {}, instead: () => page }));
    const arm = kept(await startArm({ subscriptions: [], fault: () => page }));
    writeFileSync(join(folder, 'ca.pem'), arm.caPem);
    const { report, code, stderr } = await scan(
      ['--provider', 'eks', '--provider', 'gke', '--provider', 'aks', '--aws-region', 'eu-west-1'],
      {
        ...(await eks({ instead: () => page })).env(),
        ...gke.environment,
        GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(folder),
        ...(await writeAzureCli(folder)),
        AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      },
    );
    expect(code).toBe(3);
    expect(stderr).not.toContain('Proxy sign-in');
    for (const provider of ['eks', 'gke', 'aks']) {
      expect((report as Report).issues).toContainEqual(expect.objectContaining({ provider, code: 'malformed' }));
    }
  });
});

const limitRun = `import { limitRun } from ${JSON.stringify(new URL('../../src/cli/interrupt.ts', import.meta.url))}`;

describe('an interrupted scan', () => {
  const slow = { delayMs: 400 };

  it('one SIGINT: a whole report of what was covered, unfinished scopes partial, exit 3', async () => {
    const cwd = emptyFolder();
    const server = await eks(slow);
    const { code, stderr } = await kubeperimeter(
      ['scan', '--no-probe', '--aws-region', 'eu-west-1', '--format', 'json', '--output', 'report.json'],
      {
        cwd,
        env: server.env(),
        started: (child) => void whenAsked(server).then(() => child.kill('SIGINT')),
      },
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/exit 3: /);
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
    expect(report.coverage.find(({ provider }) => provider === 'eks')).toMatchObject({
      status: expect.stringMatching(/partial|failed/),
    });
    expect(report.scan.complete).toBe(false);
    expect(readdirSync(cwd)).toEqual(['report.json']);
  });

  it('two signals: exit 130 at once, however long the first one takes', async () => {
    // The scan itself ends within milliseconds of the first signal, so a run that does not stands in for it here.
    const { code, stderr } = await run(
      process.execPath,
      ['--input-type=module', '-e', `${limitRun}; limitRun(); setTimeout(() => {}, 20_000); console.error('ready');`],
      {
        started: (child) =>
          child.stderr?.once('data', () => {
            child.kill('SIGTERM');
            setTimeout(() => child.kill('SIGINT'), 200);
          }),
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain('kubeperimeter: exit 130: a second SIGINT came, nothing more is written\n');
  });

  it('--timeout ends it as an interrupt does, whatever is allowed', async () => {
    const started = Date.now();
    const { code, report, stderr } = await scan(
      ['--aws-region', 'eu-west-1', '--timeout', '1', '--allow-partial'],
      (await eks({ delayMs: 20_000 })).env(),
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/exit 3: ended by --timeout 1/);
    expect((report as Report).scan.complete).toBe(false);
    expect(Date.now() - started).toBeLessThan(8_000);
  });
});

describe('slow and endless answers of a cloud', () => {
  it('an answer without an end does not hold the run beyond its time', async () => {
    const gke = kept(await startGke({ projects: {}, instead: () => delay(30_000, { body: '{}' }, { ref: false }) }));
    const { code } = await scan(['--provider', 'gke', '--timeout', '2'], {
      ...gke.environment,
      GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(emptyFolder()),
    });
    expect(code).toBe(3);
  });
});

describe('settings alone', () => {
  it('of three clouds: no API server is contacted, and checks of the wire do not apply', async () => {
    const folder = emptyFolder();
    const arm = kept(
      await startArm({
        subscriptions: [{ id: '00000000-0000-4000-8000-000000000001', clusters: [aksCluster({ name: 'crm' })] }],
      }),
    );
    const gke = kept(await startGke({ projects: { 'example-project': { clusters: [gkeCluster({ name: 'web' })] } } }));
    writeFileSync(join(folder, 'ca.pem'), arm.caPem);
    const { report, code } = await scan([], {
      ...(await eks()).env(),
      ...gke.environment,
      GOOGLE_APPLICATION_CREDENTIALS: await writeServiceAccountKey(folder),
      ...(await writeAzureCli(folder)),
      AZURE_RESOURCE_MANAGER_ENDPOINT: arm.url,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    });
    expect(code).toBe(1);
    const judged = report as Report;
    expect(judged.scan.probe.enabled).toBe(false);
    expect(judged.clusters.flatMap(({ endpoints }) => endpoints).some(({ probe }) => probe !== undefined)).toBe(false);
    const wire = judged.findings.filter(({ checkId }) =>
      ['admin-exposed', 'data-exposed', 'version-disclosed'].includes(checkId),
    );
    expect(new Set(wire.map(({ status }) => status))).toEqual(new Set(['not-applicable']));
  });
});
