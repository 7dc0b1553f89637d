import { ProviderError } from '../../src/model/errors.ts';

/** More than any list has: AKS takes 5,000 clusters in a subscription at most, and the other lists are shorter still. */
const mostPages = 5_000;

/**
 * Notes each link to a further page, or token of one, before it is followed. Raises `malformed` for one that was followed before,
 * alone or in a circle, and for an endless row of new ones: a scan would never end. `list` names what is read.
 */
export function notePages(list: string): (link: string) => void {
  const followed = new Set<string>();
  return (link) => {
    if (followed.has(link) || followed.size === mostPages) {
      throw new ProviderError('malformed', `${list}: the pages of the list never end`);
    }
    followed.add(link);
  };
}
