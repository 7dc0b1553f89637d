import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { DefaultAzureCredential } from '@azure/identity';
import { UsageError } from '../../src/model/errors.ts';

/** The Azure CLI takes seconds, and never longer than this unless it hangs; the SDK would wait for ever. */
const processTimeoutInMs = 30_000;
const renewBefore = 5 * 60_000;

/** Azure's default chain. Throws UsageError where `AZURE_TOKEN_CREDENTIALS` names no credential. */
export function defaultCredential(): TokenCredential {
  try {
    return rememberToken(new DefaultAzureCredential({ processTimeoutInMs }));
  } catch (error) {
    throw new UsageError(
      'AZURE_TOKEN_CREDENTIALS must be prod, dev or the name of a credential, such as AzureCliCredential',
      {
        cause: error,
      },
    );
  }
}

/** One token serves every subscription: the SDK asks anew for each client, and each time the Azure CLI is started for it. */
export function rememberToken(credential: TokenCredential): TokenCredential {
  let token: AccessToken | null = null;
  let asked: Promise<AccessToken | null> | undefined;
  return {
    getToken: async (scopes, options) => {
      if (options?.claims) return credential.getToken(scopes, options);
      if (token && token.expiresOnTimestamp - Date.now() > renewBefore) return token;
      asked ??= credential.getToken(scopes).finally(() => (asked = undefined));
      token = await untilAborted(asked, options?.abortSignal as AbortSignal | undefined);
      return token;
    },
  };
}

/** Credentials that start a program or wait for a metadata server do not listen to the signal themselves. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DOMException('stopped', 'AbortError'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', stop));
  });
}

/** Of the errors of @azure/identity: the chain went through and none of its members had anything to offer. */
export async function isNothingFound(error: unknown, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { errors = [] } = error as { errors?: readonly Error[] };
  const causes = errors.length > 0 ? errors : [error as Error];
  if (!causes.every((cause) => cause.name === 'CredentialUnavailableError' && !isRefusal(cause))) return false;
  // The SDK has the same words for a machine where nobody ever signed in and for an expired sign-in.
  const mustSignIn = causes.some(({ message }) => message.startsWith("Please run 'az login'"));
  return !mustSignIn || !(await hasSignedIn(env));
}

/** Entra ID's error numbers, and a sign-in service that is named but not reached. */
function isRefusal({ message }: Error): boolean {
  return /AADSTS\d|endpoints_resolution_error|network_error/.test(message);
}

/** The Azure CLI's list of the subscriptions of whoever is signed in (no secret in it); signing out takes them from it. */
async function hasSignedIn(env: NodeJS.ProcessEnv): Promise<boolean> {
  const folder = env['AZURE_CONFIG_DIR'] || join(homedir(), '.azure');
  try {
    const text = await readFile(join(folder, 'azureProfile.json'), 'utf8');
    const profile = JSON.parse(text.replace(/^\ufeff/, '')) as { subscriptions?: unknown[] };
    return (profile.subscriptions?.length ?? 0) > 0;
  } catch {
    return false;
  }
}
