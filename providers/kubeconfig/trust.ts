import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Trust } from '../../src/model/endpoint.ts';
import { trustOfBundle, trustOfCa } from '../lib/ca.ts';
import type { ClusterEntry } from './files.ts';

/** kubectl's order: verification skipped, then the embedded authority, then the file, whose path may start at the kubeconfig; else the system's roots. */
export function trustOf({ skipTLSVerify, caData, caFile, folder }: ClusterEntry): Trust {
  if (skipTLSVerify) return { kind: 'unverified' };
  if (caData) return trustOfCa(caData, 'the kubeconfig');
  return caFile ? trustOfFile(resolve(folder, caFile)) : { kind: 'system-roots' };
}

function trustOfFile(path: string): Trust {
  try {
    return trustOfBundle(readFileSync(path, 'latin1'), 'the kubeconfig');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    return { kind: 'none', reason: `the file of the certificate authority cannot be read (${code})` };
  }
}
