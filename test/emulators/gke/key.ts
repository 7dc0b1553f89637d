import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a service account key file, made for this run, for `GOOGLE_APPLICATION_CREDENTIALS`; returns its path. */
export async function writeServiceAccountKey(folder: string, project = 'example-project'): Promise<string> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = join(folder, `${project}.json`);
  const key = {
    type: 'service_account',
    project_id: project,
    private_key_id: '0123456789abcdef',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: `scanner@${project}.iam.gserviceaccount.com`,
    client_id: '100000000000000000000',
  };
  await writeFile(path, JSON.stringify(key), { mode: 0o600 });
  return path;
}
