/** Counting the situation once for all who ask between the same two commits: a change makes the window ask for three lists. */
import type { GroupCommit } from '../../store/group-commit.ts';

/**
 * @param count counts what is stored now; what it depends on beside the store is `key`
 * @returns the count that is under way where it began after the last commit, else a new one
 */
export function createSharedCount<Key, Counted>(
  commit: Pick<GroupCommit, 'takePart'>,
  count: (key: Key) => Promise<Counted>,
): (key: Key) => Promise<Counted> {
  let commits = 0;
  let underWay: { readonly key: Key; readonly since: number; readonly counted: Promise<Counted> } | null = null;
  commit.takePart({
    write() {},
    committed() {
      commits += 1;
    },
  });
  return (key) => {
    if (underWay?.key === key && underWay.since === commits) return underWay.counted;
    const one = { key, since: commits, counted: count(key) };
    underWay = one;
    const over = () => {
      if (underWay === one) underWay = null;
    };
    one.counted.then(over, over);
    return one.counted;
  };
}
