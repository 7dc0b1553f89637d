import type { KeyPair } from '../../emulators/certificates.ts';
import type { KubeApiServer } from './kube-apiserver.ts';
import { cached, freePort, startComponent, type Listening } from './process.ts';
import { startRelay } from './relay.ts';

interface KubectlProxyOptions {
  /** The certificate of what ends TLS before it: it speaks plain HTTP itself. */
  readonly front?: KeyPair;
  readonly flags?: readonly string[];
}

/** `kubectl proxy`, run by the administrator: whom it answers has the administrator's rights. */
export async function startKubectlProxy(
  cluster: KubeApiServer,
  { front, flags = [] }: KubectlProxyOptions = {},
): Promise<Listening> {
  const port = await freePort();
  const proxy = await startComponent(
    cached('kubernetes-1.36.3/kubectl'),
    [`--kubeconfig=${cluster.kubeconfig}`, 'proxy', `--port=${port}`, ...flags],
    async () => (await fetch(`http://127.0.0.1:${port}/version`)).ok,
  );
  if (front === undefined) return { ...proxy, port };
  const relay = await startRelay({ front, port });
  const stop = async (): Promise<void> => {
    await relay.stop();
    await proxy.stop();
  };
  return { port: relay.port, stop };
}
