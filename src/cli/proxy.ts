import { UsageError } from '../model/errors.ts';

/**
 * Each cloud's SDK reads `HTTPS_PROXY` on its own, and fails in its own words where it is no URL; a scheme is easily forgotten.
 * @throws UsageError, without the value: it may hold a password.
 */
export function assertProxy(env: NodeJS.ProcessEnv): void {
  for (const name of ['HTTPS_PROXY', 'https_proxy']) {
    const text = env[name];
    if (text && !/^https?:$/.test(URL.parse(text)?.protocol ?? '')) {
      throw new UsageError(`${name}: it must be a URL, such as http://proxy.example:3128`);
    }
  }
}
