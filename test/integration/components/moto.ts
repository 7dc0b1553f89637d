import { cached, freePort, startComponent, type Component } from './process.ts';

/** moto's server: EKS and STS as others understood them. */
export async function startMoto(): Promise<Component & { readonly url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const component = await startComponent(
    cached('moto-5.2.5/bin/moto_server'),
    ['-H', '127.0.0.1', '-p', String(port)],
    async () => (await fetch(`${url}/moto-api/`)).ok,
  );
  return { ...component, url };
}
