import { readFileSync, statSync } from 'node:fs';
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

/** Bytes; the bundle of a whole system has a quarter of it. */
const mostBytes = 1024 * 1024;

/** The file that anybody may have sent you names this one: a pipe or a device would not end. */
function trustOfFile(path: string): Trust {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > mostBytes) return unread('it is no file of at most 1 MiB');
    return trustOfBundle(readFileSync(path, 'latin1'), 'the kubeconfig');
  } catch (error) {
    return unread((error as NodeJS.ErrnoException).code ?? 'error');
  }
}

function unread(why: string): Trust {
  return { kind: 'none', reason: `the file of the certificate authority cannot be read (${why})` };
}
