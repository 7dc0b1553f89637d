import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findVantageCloud } from '../../../src/cli/vantage-cloud.ts';

const azureTag = '7783-7084-3265-9085-8269-3286-77';

describe('findVantageCloud', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmi-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['an instance on Nitro', 'aws', { sys_vendor: 'Amazon EC2', product_name: 'm7g.large', bios_vendor: 'Amazon EC2' }],
    ['an instance whose BIOS alone names it', 'aws', { sys_vendor: 'Unknown', bios_vendor: 'Amazon EC2' }],
    ['an instance whose board alone names it', 'aws', { sys_vendor: 'Unknown', board_vendor: 'Amazon EC2' }],
    ['an instance on Xen', 'aws', { sys_vendor: 'Xen', product_name: 'HVM domU', bios_version: '4.11.amazon' }],
    ['Xen elsewhere', 'unknown', { sys_vendor: 'Xen', product_name: 'HVM domU', bios_version: '4.17.2' }],
    ['a Compute Engine machine', 'gcp', { sys_vendor: 'Google', product_name: 'Google Compute Engine' }],
    ['a laptop of Google', 'none', { sys_vendor: 'Google', product_name: 'Eve', bios_vendor: 'coreboot' }],
    [
      'an Azure machine',
      'azure',
      { sys_vendor: 'Microsoft Corporation', product_name: 'Virtual Machine', chassis_asset_tag: azureTag },
    ],
    [
      'Hyper-V elsewhere',
      'unknown',
      { sys_vendor: 'Microsoft Corporation', product_name: 'Virtual Machine', chassis_asset_tag: '1' },
    ],
    ['a laptop of Microsoft', 'none', { sys_vendor: 'Microsoft Corporation', product_name: 'Surface Laptop 5' }],
    ['the tag with another vendor', 'none', { sys_vendor: 'Dell Inc.', chassis_asset_tag: azureTag }],
    ['a machine under KVM', 'unknown', { sys_vendor: 'QEMU', product_name: 'Standard PC (Q35 + ICH9, 2009)' }],
    ['hardware', 'none', { sys_vendor: 'LENOVO', product_name: '21CB', bios_vendor: 'LENOVO' }],
    ['tables without a vendor', 'unknown', { sys_vendor: ' \n', product_name: '21CB' }],
  ] as const)('knows %s as %s', async (_, cloud, tables) => {
    for (const [name, text] of Object.entries(tables)) await writeFile(join(folder, name), `${text}\n`);
    expect(await findVantageCloud(folder)).toBe(cloud);
  });

  it('does not guess where there are no tables', async () => {
    expect(await findVantageCloud(join(folder, 'missing'))).toBe('unknown');
  });
});
