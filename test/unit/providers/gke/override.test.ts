import { describe, expect, it } from 'vitest';

import { gke } from '../../../../providers/gke/index.ts';
import { endpointOverride } from '../../../../providers/gke/override.ts';
import { UsageError } from '../../../../src/model/errors.ts';

const variable = 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER';

describe('endpointOverride', () => {
  it.each([
    ['https://container.example', { protocol: 'https', host: 'container.example', port: 443 }],
    ['https://container.example/', { protocol: 'https', host: 'container.example', port: 443 }],
    ['https://Container.Example:8443/', { protocol: 'https', host: 'container.example', port: 8443 }],
    ['http://127.0.0.1:8080', { protocol: 'http', host: '127.0.0.1', port: 8080 }],
    ['http://127.9.8.7/', { protocol: 'http', host: '127.9.8.7', port: 80 }],
    ['http://localhost:8080/', { protocol: 'http', host: 'localhost', port: 8080 }],
    ['http://[::1]:8080/', { protocol: 'http', host: '[::1]', port: 8080 }],
    ['https://[2001:db8::1]/', { protocol: 'https', host: '[2001:db8::1]', port: 443 }],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j', (text, endpoint) => {
    expect(endpointOverride({ [variable]: text }, variable)).toEqual(endpoint);
  });

  it.each([
    'http://container.example/',
    'http://10.0.0.1/',
    'http://127.0.0.1.example/',
    'http://localhost.example/',
    'https://container.example/v1/',
    'https://container.example/?key=hunter2',
    'https://container.example/#hunter2',
    'https://user:hunter2@container.example/',
    'ftp://container.example/',
    'container.example',
    'hunter2',
  ])('refuses %j, names the variable and does not repeat the value', (text) => {
    const read = () => endpointOverride({ [variable]: text }, variable);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(new RegExp(`^${variable} must be https`));
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('load', () => {
  it.each([variable, 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER'])(
    'refuses plain http in %s',
    async (name) => {
      await expect(gke.load({ [name]: 'http://api.example/' })).rejects.toThrow(UsageError);
      await expect(gke.load({ [name]: 'https://api.example/' })).resolves.toMatchObject({ meta: gke.meta });
    },
  );
});
