import type { Cluster } from '../../model/cluster.ts';
import type { ConnectToRule, ProbeRules } from './request.ts';
import type { Endpoint } from '../../model/endpoint.ts';
import type { ScanIssue } from '../../model/issue.ts';

/** The first rule for this endpoint. Clouds write host names in mixed case, so case is no difference. */
export function findRule(endpoint: Endpoint, rules: readonly ConnectToRule[]): ConnectToRule | undefined {
  return rules.find((rule) => fits(rule, endpoint));
}

function fits(rule: ConnectToRule, endpoint: Endpoint): boolean {
  return rule.hostPort === endpoint.port && rule.host.toLowerCase() === endpoint.host?.toLowerCase();
}

/** One issue for each rule that fits no endpoint: most likely a typing error, and then something else was dialled than was meant. */
export function unmatchedRules(
  { connectTo: rules, ports = [] }: Pick<ProbeRules, 'connectTo' | 'ports'>,
  clusters: Iterable<Cluster>,
): ScanIssue[] {
  const doors = new Set<string>();
  for (const { provider, endpoints } of clusters) {
    const others = provider === 'kubeconfig' ? ports : [];
    for (const { host, port } of endpoints)
      if (host !== undefined) for (const door of [port, ...others]) doors.add(`${host.toLowerCase()}:${door}`);
  }
  return rules
    .filter(({ host, hostPort }) => !doors.has(`${host.toLowerCase()}:${hostPort}`))
    .map(({ host, hostPort }) => ({
      code: 'malformed',
      message: `--connect-to ${host}:${hostPort} fits no endpoint of the clusters that were seen`,
    }));
}
