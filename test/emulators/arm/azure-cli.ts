import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface AzureCliOptions {
  /** `signed-in` where absent; `expired` has signed in once, `never` has not. */
  readonly state?: 'signed-in' | 'expired' | 'never';
  /** `emulated-token` where absent. */
  readonly token?: string;
}

const account = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Subscription 0001',
  state: 'Enabled',
  tenantId: '00000000-0000-4000-8000-00000000aaaa',
  isDefault: true,
  environmentName: 'AzureCloud',
  user: { name: 'someone@example.com', type: 'user' },
};

/** What the program says on stderr, as recorded of the real one; made-up times and ids. */
const refusals = {
  expired: `ERROR: AADSTS700082: The refresh token has expired due to inactivity.
Trace ID: 00000000-0000-4000-8000-0000000000ee Correlation ID: 00000000-0000-4000-8000-0000000000ff
Interactive authentication is needed. Please run:
az logout
az login --tenant "${account.tenantId}" --scope "https://management.core.windows.example//.default"
`,
  never: "ERROR: Please run 'az login' to setup account.\n",
} as const;

/**
 * Writes a program `az` and its settings into a folder. Returns the environment that makes Azure's default credential chain
 * ask it, and nothing else: no network is looked at.
 */
export async function writeAzureCli(folder: string, options: AzureCliOptions = {}): Promise<Record<string, string>> {
  const { state = 'signed-in', token = 'emulated-token' } = options;
  const program = join(folder, 'bin', 'az');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(program, script(state, token), { mode: 0o755 });
  const subscriptions = state === 'never' ? [] : [account];
  // The real one writes a byte order mark too.
  await writeFile(join(folder, 'azureProfile.json'), `\ufeff${JSON.stringify({ subscriptions })}`);
  return {
    PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
    AZURE_CONFIG_DIR: folder,
    AZURE_TOKEN_CREDENTIALS: 'AzureCliCredential',
  };
}

function script(state: 'signed-in' | 'expired' | 'never', token: string): string {
  const inAnHour = '$(($(date +%s) + 3600))';
  const answers =
    state === 'signed-in'
      ? `printf '{"accessToken":"${token}","expires_on":%s,"tokenType":"Bearer"}' "${inAnHour}"`
      : `printf '%s' '${refusals[state].replaceAll("'", `'\\''`)}' >&2; exit 1`;
  return `#!/bin/sh
case "$1 $2" in
  "version "*) printf '%s' '{"azure-cli":"2.80.0","azure-cli-core":"2.80.0","extensions":{}}' ;;
  "account show") ${state === 'never' ? answers : `printf '%s' '${JSON.stringify(account)}'`} ;;
  "account get-access-token") echo "$@" >> "$AZURE_CONFIG_DIR/calls"; ${answers} ;;
  *) echo "ERROR: '$1' is misspelled or not recognized by the system." >&2; exit 2 ;;
esac
`;
}
