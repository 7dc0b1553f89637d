import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tlsVersions, type TlsVersion } from '../../../src/model/posture.ts';
import { createFolder } from './folder.ts';

/** Whether each version is offered, as another tool has it. */
export type Opinion = Readonly<Record<TlsVersion, boolean>>;

/** By its XML: `<protocol type="tls" version="1.2" enabled="1" />`. */
export async function askSslscan(port: number): Promise<Opinion> {
  const flags = ['--no-ciphersuites', '--no-heartbleed', '--no-compression', '--no-renegotiation', '--no-groups'];
  const xml = await run('sslscan', [
    ...flags,
    '--no-fallback',
    '--no-check-certificate',
    '--xml=-',
    `127.0.0.1:${port}`,
  ]);
  return opinionOf((version) => {
    const number = version === 'TLSv1' ? '1.0' : version.slice(4);
    return find(xml, new RegExp(`type="tls" version="${number}" enabled="([01])"`)) === '1';
  });
}

/** By its JSON: a list of findings, `TLS1_2` among their ids. */
export async function askTestssl(port: number): Promise<Opinion> {
  const { path } = createFolder('testssl');
  const file = join(path, 'found.json');
  const flags = ['-p', '--nodns', 'none', '--color', '0', '--quiet', '--warnings', 'off'];
  await run('testssl', [...flags, '--jsonfile', file, `127.0.0.1:${port}`]);
  const json = readFileSync(file, 'utf8');
  rmSync(path, { recursive: true });
  return opinionOf((version) => {
    const id = version.replace('v', '').replace('.', '_');
    return find(json, new RegExp(`"${id}"[^}]*"finding" *: *"(offered|[^"]*not offered)`)) === 'offered';
  });
}

function opinionOf(isOffered: (version: TlsVersion) => boolean): Opinion {
  return Object.fromEntries(tlsVersions.map((version) => [version, isOffered(version)])) as Opinion;
}

/** @throws Error where the tool says nothing about it: silence must not pass for a no. */
function find(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`nothing fits ${pattern.source} in: ${text.slice(0, 2_000)}`);
  return found;
}

/** Both end with a status that tells of findings, so it says nothing here; what they wrote does. */
function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 90_000 }, (error, stdout) => {
      if (error?.code === 'ENOENT') reject(new Error(`${program} is not installed: run npm run setup:integration`));
      else resolve(stdout);
    });
  });
}
