import { checks } from '../checks/index.ts';
import { explainCheck as renderCheck, renderCheckList } from '../checks/render.ts';
import { UsageError } from '../model/errors.ts';

/** `kubeperimeter checks`. */
export function listChecks(): void {
  process.stdout.write(renderCheckList(checks));
}

/** `kubeperimeter explain <check id>`. @throws UsageError for an unknown id. */
export function explainCheck(id: string): void {
  const check = checks.find(({ meta }) => meta.id === id);
  if (check === undefined)
    throw new UsageError(`there is no check ${JSON.stringify(id.slice(0, 80))}; \`kubeperimeter checks\` lists them`);
  process.stdout.write(renderCheck(check));
}
