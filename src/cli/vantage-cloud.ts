import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VantageCloud } from '../model/evidence.ts';

const names = [
  'sys_vendor',
  'product_name',
  'bios_vendor',
  'bios_version',
  'board_vendor',
  'chassis_asset_tag',
] as const;

/** The firmware's words, lower case; empty where a table cannot be read. */
type Firmware = Readonly<Record<(typeof names)[number], string>>;

/** Every Azure machine has it, a machine on any other Hyper-V has not; the Azure agent and cloud-init go by it too. */
const azureAssetTag = '7783-7084-3265-9085-8269-3286-77';

/** Hypervisors that clouds rent out too, or that run within their machines: the tables do not tell whose they are. */
const hypervisors =
  /bochs|hyper-v|innotek|kvm|nutanix|openstack|ovirt|parallels|qemu|red hat|virtual machine|virtualbox|vmware|xen|domu/;

/**
 * The cloud that this machine runs in, by its firmware tables: no metadata server is asked, so nothing leaves the machine.
 * `unknown` where the tables are missing (containers without `/sys`, other systems than Linux) or belong to a bare hypervisor.
 */
export async function findVantageCloud(folder = '/sys/class/dmi/id'): Promise<VantageCloud> {
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  const words = texts.map((text) => text.trim().toLowerCase());
  return cloudOf(Object.fromEntries(names.map((name, index) => [name, words[index] ?? ''])) as Firmware);
}

function cloudOf(firmware: Firmware): VantageCloud {
  const { sys_vendor, product_name, bios_vendor, bios_version, board_vendor, chassis_asset_tag } = firmware;
  if ([sys_vendor, bios_vendor, board_vendor].includes('amazon ec2')) return 'aws';
  // Instances of the Xen generations name Amazon in the version alone (`4.11.amazon`).
  if (sys_vendor === 'xen' && bios_version.includes('amazon')) return 'aws';
  // By the product: Google also sells laptops.
  if (product_name === 'google compute engine') return 'gcp';
  if (sys_vendor === 'microsoft corporation' && chassis_asset_tag === azureAssetTag) return 'azure';
  if (sys_vendor === '' || hypervisors.test(`${sys_vendor} ${product_name} ${bios_vendor}`)) return 'unknown';
  return 'none';
}
