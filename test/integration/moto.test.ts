import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { kubeperimeter } from '../e2e/cli.ts';
import { startMoto } from './components/moto.ts';
import type { Component } from './components/process.ts';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example-secret' };

const vpcs: Readonly<Record<string, object>> = {
  open: { endpointPublicAccess: true, endpointPrivateAccess: false },
  listed: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
  // moto gives back what it was given: a flag that was never set stays missing, and must not read as closed.
  unset: {},
  private: { endpointPublicAccess: false, endpointPrivateAccess: true },
};

describe("moto's EKS and STS", () => {
  let moto: Component & { readonly url: string };

  beforeAll(async () => {
    moto = await startMoto();
    const client = new EKSClient({ region, endpoint: moto.url, credentials });
    for (const [name, settings] of Object.entries(vpcs)) {
      const resourcesVpcConfig = { subnetIds: ['subnet-1', 'subnet-2'], ...settings };
      await client.send(
        new CreateClusterCommand({ name, roleArn: 'arn:aws:iam::123456789012:role/eks', resourcesVpcConfig }),
      );
    }
  });
  afterAll(() => moto.stop());

  const scan = async (args: readonly string[]) => {
    const { code, stdout, stderr } = await kubeperimeter(
      ['scan', '--provider', 'eks', '--no-probe', '--format', 'json', ...args],
      {
        env: {
          AWS_ENDPOINT_URL: moto.url,
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          AWS_REGION: region,
        },
      },
    );
    return { code, stderr, report: JSON.parse(stdout) as Report };
  };

  it('are read without an issue', async () => {
    const { code, report } = await scan(['--aws-region', region]);
    expect(code).toBe(1);
    expect(report.issues).toEqual([]);
    expect(report.coverage).toEqual([
      { provider: 'eks', account: '123456789012', location: region, status: 'complete', clusters: 4 },
    ]);
    expect(Object.fromEntries(report.clusters.map(({ name, exposure }) => [name, exposure]))).toEqual({
      open: 'exposed',
      listed: 'restricted',
      unset: 'unknown',
      private: 'private',
    });
  });

  it('an empty region still names its account, by one STS call', async () => {
    const { code, report } = await scan(['--aws-region', 'us-west-2']);
    expect(code).toBe(0);
    expect(report.coverage).toMatchObject([{ account: '123456789012', location: 'us-west-2', clusters: 0 }]);
  });

  it('regions that cannot be listed are a gap, and the configured one is scanned', async () => {
    const { code, report } = await scan(['--fail-on', 'none']);
    expect(code).toBe(3);
    expect(report.clusters).toHaveLength(4);
    expect(report.coverage).toContainEqual(expect.objectContaining({ location: '*', status: 'failed' }));
  });
});
