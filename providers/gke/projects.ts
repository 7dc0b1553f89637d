import { UsageError } from '../../src/model/errors.ts';

const longestId = 30;
const longestDomain = 253;

/** A project's id, perhaps scoped by a domain (`example.com:my-project`). A number names a project too, but no report row. */
export function isProjectId(text: string): boolean {
  const colon = text.indexOf(':');
  const id = text.slice(colon + 1);
  const domain = text.slice(0, Math.max(0, colon));
  const idIsRight = id.length <= longestId && /^[a-z][a-z0-9-]*$/.test(id) && !id.endsWith('-');
  return idIsRight && (colon < 0 || (domain.length <= longestDomain && /^[a-z0-9][a-z0-9.-]*$/.test(domain)));
}

/** For ids that a user gives, before anything is scanned. Raises UsageError. */
export function assertProject(text: string): void {
  if (isProjectId(text)) return;
  throw new UsageError(
    `${JSON.stringify(text.slice(0, 60))} is no project id: lower-case letters, digits and hyphens, a letter first, not the project's number or title`,
  );
}
