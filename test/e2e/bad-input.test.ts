import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, kubeperimeter } from './cli.ts';

/** Input that is refused before anything is contacted: exit 2, one line, nothing written. */
const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['an unknown option', ['scan', '--region', 'eu-west-1'], /unknown option '--region'/],
  ['an unknown command', ['scna'], /unknown command 'scna' \(Did you mean scan\?\)/],
  ['an unknown provider', ['scan', '--provider', 'ecs'], /--provider: "ecs" is none of eks, gke, aks/],
  ['a bad region', ['scan', '--provider', 'eks', '--aws-region', 'Ireland'], /--aws-region: .*Ireland.*region/],
  ['a bad project', ['scan', '--provider', 'gke', '--gcp-project', 'Not A Project'], /--gcp-project: .*Not A Project/],
  ['a bad subscription', ['scan', '--provider', 'aks', '--azure-subscription', 'prod'], /--azure-subscription: .*prod/],
  ['a private vantage address', ['scan', '--vantage-address', '10.1.2.3'], /--vantage-address: 10\.1\.2\.3 is private/],
  ['an unknown vantage cloud', ['scan', '--vantage-cloud', 'moon'], /--vantage-cloud: "moon" is none of aws/],
  ['half a connect-to', ['scan', '--connect-to', 'a.example:443'], /--connect-to: .*host:port:address:port/],
  [
    'a metadata address',
    ['scan', '--connect-to', 'a.example:443:169.254.169.254:80'],
    /169\.254\.169\.254 is link-local/,
  ],
  ['a resolver by name', ['scan', '--resolver', 'dns.example'], /--resolver: "dns\.example" is not address/],
  ['a time-out in minutes', ['scan', '--timeout', '5m'], /--timeout: "5m" is not a number of seconds/],
  ['an unknown format', ['scan', '--format', 'pdf'], /--format: "pdf" is none of text, json, html/],
  ['an unknown severity', ['scan', '--fail-on', 'bad'], /--fail-on: "bad" is none of critical/],
  [
    'two formats and no place',
    ['scan', '--format', 'json', '--format', 'html'],
    /--output: several formats need a folder/,
  ],
  ['an output without a format', ['scan', '--output', 'a.json'], /--output: needs a --format/],
  [
    'three formats, two outputs',
    ['scan', ...['json', 'html', 'text'].flatMap((f) => ['--format', f]), '--output', 'a', '--output', 'b'],
    /2 outputs for 3 formats/,
  ],
  [
    'the same output twice',
    ['scan', '--format', 'json', '--format', 'html', '--output', 'a', '--output', './a'],
    /named twice/,
  ],
  [
    'evidence where the report goes',
    ['scan', '--format', 'json', '--output', 'a/', '--save-evidence', './a/report.json'],
    /--output: \.\/a\/report\.json is named twice/,
  ],
  [
    'an output below a file',
    ['scan', '--format', 'json', '--output', 'taken/report.json'],
    /--output: cannot write taken\/report\.json: .*(ENOTDIR|EEXIST)/,
  ],
  [
    'an output that is a folder of that name',
    ['scan', '--save-evidence', 'folder'],
    /--save-evidence: cannot write folder: it is a folder/,
  ],
  ['a config file that is not there', ['scan', '--config', 'none.yaml'], /--config: cannot read none\.yaml/],
  ['a malformed config file', ['scan', '--config', 'broken.yaml'], /broken\.yaml:2: awsregion: unknown key/],
  [
    'a bad value in the config file',
    ['scan', '--config', 'value.yaml'],
    /value\.yaml:2: fail-on: "terrible" is none of/,
  ],
  [
    'an address service over plain http',
    ['scan', '--vantage-address-service', 'http://ip.example'],
    /not an https URL/,
  ],
  ['no evidence to probe', ['probe'], /missing required argument 'evidence file'/],
  ['evidence to probe that is not there', ['probe', 'none.json'], /cannot read the evidence file none\.json/],
  [
    'a provider where settings are not read',
    ['probe', 'none.json', '--provider', 'eks'],
    /unknown option '--provider'/,
  ],
  [
    'a private vantage address to probe from',
    ['probe', 'none.json', '--vantage-address', '10.1.2.3'],
    /10\.1\.2\.3 is private/,
  ],
  ['no evidence to merge', ['merge'], /missing required argument 'evidence files'/],
  [
    'evidence to merge that is foreign',
    ['merge', 'broken.yaml', '--save-evidence', 'm.json'],
    /cannot use broken\.yaml: it is no JSON/,
  ],
  ['an unknown check', ['explain', 'nothing'], /there is no check "nothing"/],
];

describe('bad input', () => {
  it.each(refused)('%s: exit 2, one line, nothing written', async (_, args, message) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'taken'), '');
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'broken.yaml'), 'provider: eks\nawsregion: eu-west-1\n');
    writeFileSync(join(cwd, 'value.yaml'), 'provider: eks\nfail-on: terrible\n');
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = await kubeperimeter(args, { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^kubeperimeter: exit 2: .*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(cwd)).toEqual(before);
  });

  it("no credentials for any cloud: exit 2, and each cloud's way to sign in", async () => {
    const cwd = emptyFolder();
    const { code, stderr } = await kubeperimeter(['scan', '--format', 'json', '--output', 'report.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^kubeperimeter: exit 2: no credentials were found for any cloud\. .*EKS.*GKE|Google.*az login.*\n$/,
    );
    expect(stderr.split('\n')).toHaveLength(2);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

const evidence = { kind: 'kubeperimeter-evidence', schemaVersion: '1.0' };

it('shows what a file says without letting it write to the terminal', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'kubeperimeter.yaml'), '"\\e]0;owned\\a": 1\n');
  const { code, stderr } = await kubeperimeter(['scan'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('\\u001b]0;owned\\u0007: unknown key');
  expect(stderr.split('\n')).toHaveLength(2);
});

describe('a file that is no evidence', () => {
  it.each([
    ['is not there', undefined, /cannot read the evidence file evidence\.json/],
    ['is cut', '{"kind":"kubeperimeter-evidence","sch', /evidence\.json.*JSON/],
    ['is foreign', '{"Results":[]}', /evidence\.json: it is no evidence of kubeperimeter/],
    [
      'is a report',
      '{"schemaVersion":"1.0","tool":{"name":"kubeperimeter"},"clusters":[]}',
      /evidence\.json: it is no evidence of kubeperimeter/,
    ],
    [
      'is of a newer version',
      JSON.stringify({ ...evidence, schemaVersion: '1.7' }),
      /evidence\.json.*1\.7.*(newer|update)/,
    ],
    ['is of another major version', JSON.stringify({ ...evidence, schemaVersion: '2.0' }), /evidence\.json.*2\.0/],
    ['lacks its parts', JSON.stringify(evidence), /evidence\.json.*tool|scan|coverage/],
    ['is a list', '[]', /evidence\.json/],
  ])('%s: exit 2, one line, nothing written', async (_, text, message) => {
    const cwd = emptyFolder();
    if (text !== undefined) writeFileSync(join(cwd, 'evidence.json'), text);
    const commands = [
      ['report', 'evidence.json', '--format', 'json', '--output', 'report.json'],
      ['merge', 'evidence.json', '--format', 'json', '--output', 'report.json'],
      ['probe', 'evidence.json', '--save-evidence', 'probed.json'],
    ];
    for (const { code, stdout, stderr } of await Promise.all(commands.map((args) => kubeperimeter(args, { cwd })))) {
      expect(stderr).toMatch(message);
      expect(stderr.split('\n')).toHaveLength(2);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
    expect(readdirSync(cwd)).toEqual(text === undefined ? [] : ['evidence.json']);
  });
});
