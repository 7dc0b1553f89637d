import { requestPaths, sentTo, serviceAt } from '../probe/index.ts';
import type { ProviderEntry } from '../model/provider.ts';
import type { ScanSettings } from './settings.ts';

/** What a scan with these settings would call and send, as text. Contacts nothing. */
export function dryRun(settings: ScanSettings, providers: readonly ProviderEntry[]): string {
  const clouds = settings.targets.flatMap((target) => {
    const meta = providers.find((entry) => entry.meta.id === target.provider)?.meta;
    if (meta === undefined) return [];
    const [accounts, locations] =
      meta.id === 'kubeconfig' ? ['as kubectl finds it', 'the current one'] : ['what the credentials reach', 'all'];
    const scopes = [
      `  ${meta.accountWord}s: ${target.accounts.join(', ') || accounts}`,
      `  ${meta.locationWord}s: ${target.locations.join(', ') || locations}`,
    ];
    return [meta.title, ...scopes, ...meta.calls(target).map((call) => `  ${call}`), ''];
  });
  const { addressService } = settings.vantage;
  const own = addressService === undefined ? [] : ['Our own address', `  GET ${addressService.href}`, ''];
  return [...clouds, ...own, ...probing(settings), ''].join('\n');
}

function probing({ probe, ports, tlsPosture, bootstrapInfo }: ScanSettings): string[] {
  if (!probe) return ['API servers', '  no probe: nothing is sent to them'];
  return [
    'API servers, each endpoint that the clouds or your kubeconfig name, without credentials',
    '  one TLS handshake, two where the first is dropped or refused, then the first of these that decide it:',
    ...requestPaths(bootstrapInfo).map((request) => `  ${request}`),
    tlsPosture
      ? '  where this cluster answers: up to 6 more TLS handshakes, one a second, without a request'
      : '  no further TLS handshakes',
    ...(ports === undefined ? [] : knocking(ports)),
  ];
}

function knocking(ports: readonly number[]): string[] {
  const lines = ports.flatMap((port) => serviceAt(port) ?? []).map((service) => `  ${service.port} ${sentTo(service)}`);
  return ['', 'Other ports, on the hosts in the kubeconfig whose API server answered, one connection each', ...lines];
}
