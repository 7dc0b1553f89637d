import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Variables with which someone says that there are credentials, though the chain may pass over what it cannot use. */
const variables = [
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

/** The ways of a profile that the chain may pass over; half a pair of keys is one of them. */
const profileKeys =
  /^(?:credential_process|role_arn|web_identity_token_file|aws_access_key_id|aws_secret_access_key)\s*=\s*\S/;

/**
 * Whether this machine is set up for AWS, given that the default chain found nothing. The chain goes on silently when a
 * credential process fails or what it gives has expired, and a cloud that should have been scanned would look like one
 * that is not used. Read from the environment and the default profile of the shared files.
 */
export async function promisesCredentials(env: NodeJS.ProcessEnv): Promise<boolean> {
  if (variables.some((name) => env[name])) return true;
  const files = [
    env['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
    env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.some((text) => defaultProfile(text).some((line) => profileKeys.test(line)));
}

function defaultProfile(text: string): string[] {
  let inside = false;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => {
      if (line.startsWith('[')) inside = /^\[(?:profile )?default\]/.test(line);
      return inside;
    });
}
