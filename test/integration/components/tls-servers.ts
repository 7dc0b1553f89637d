import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { KeyPair } from '../../emulators/certificates.ts';
import { createFolder } from './folder.ts';
import { freePort, startComponent, type Listening } from './process.ts';

/** OpenSSL's own server with these flags, which answers HTTP so that other tools do not wait for it. */
export async function startOpensslServer({ cert, key }: KeyPair, flags: readonly string[]): Promise<Listening> {
  const folder = createFolder('openssl');
  const port = await freePort();
  const pair = ['-cert', folder.put('cert.pem', cert), '-key', folder.put('key.pem', key)];
  const args = ['s_server', '-accept', `127.0.0.1:${port}`, ...pair, '-www', '-quiet', ...flags];
  return { ...folder.removeAfter(await startComponent('openssl', args, () => accepts(port))), port };
}

/** A certificate that signed itself, by `openssl req`: `rsa:1024`, or `ec` with `-pkeyopt ec_paramgen_curve:P-384`. */
export function selfSigned(newkey: string, ...flags: readonly string[]): KeyPair {
  const { path } = createFolder('openssl');
  const [cert, key] = [join(path, 'cert.pem'), join(path, 'key.pem')];
  const subject = ['-subj', '/CN=tls.example', '-addext', 'subjectAltName=DNS:tls.example', '-days', '90'];
  const files = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', newkey, ...flags, ...subject, ...files], {
    stdio: 'pipe',
  });
  const pair = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  rmSync(path, { recursive: true });
  return pair;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
