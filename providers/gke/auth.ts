import { Compute, gcpMetadata, GoogleAuth, JWT, type AuthClient } from 'google-auth-library';

import { ProviderError } from '../../src/model/errors.ts';
import { signIn } from './errors.ts';

export interface Credentials {
  readonly client: AuthClient;
  /** The project that they name: by the environment, the key file, or the machine that we run on. */
  readonly project?: string;
  /** The service account's own project, where it is known to be the one that calls are counted for. */
  readonly home?: string;
}

/** The only scope that the GKE API takes; what may be read is decided by IAM. */
const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

const noneFound = 'Could not load the default credentials';

/**
 * Application Default Credentials; undefined where there are none. Makes no call but to the metadata server, and not that one
 * where `METADATA_SERVER_DETECTION` is `none`. Raises ProviderError `unauthenticated` for unusable ones.
 */
export async function findCredentials(env: NodeJS.ProcessEnv): Promise<Credentials | undefined> {
  // On a machine of Google's the library would ask for a token there all the same.
  if (env['METADATA_SERVER_DETECTION']?.trim().toLowerCase() === 'none') gcpMetadata.setGCPResidency(false);
  try {
    const client = await defaultClient();
    if (!client) return undefined;
    const project = env['GOOGLE_CLOUD_PROJECT'] || env['GCLOUD_PROJECT'] || (await projectOf(client));
    const home = client instanceof JWT && !client.quotaProjectId ? client.projectId : undefined;
    return { client, ...(project && { project }), ...(home && { home }) };
  } catch (cause) {
    // The library's messages may quote the credential file.
    throw new ProviderError('unauthenticated', `the Google Cloud credentials cannot be used; ${signIn}`, { cause });
  }
}

async function defaultClient(): Promise<AuthClient | undefined> {
  // Given a project, whatever it is, the library neither runs gcloud nor asks the metadata server to find one.
  const auth = new GoogleAuth({
    scopes,
    projectId: 'not-asked',
    clientOptions: { transporterOptions: { timeout: 20_000 } },
  });
  // A service account key then signs its tokens itself, and no token server is asked (AIP-4111).
  auth.useJWTAccessWithScope = true;
  try {
    const client = await auth.getClient();
    // Signing shows a key that cannot be used; other kinds of credentials would have to ask a server.
    if (client instanceof JWT) await client.getRequestHeaders();
    return client;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(noneFound)) return undefined;
    throw error;
  }
}

async function projectOf(client: AuthClient): Promise<string | undefined> {
  if (client instanceof Compute) return gcpMetadata.project<string>('project-id').catch(() => undefined);
  return client.projectId ?? undefined;
}
