/** Who did what, as a CSV file: read page by page beside the deliveries, written aside and renamed. */
import { appendFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { EngineContext, Handler } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import { claimFreeName, claimNamedFile, orDiscard } from '../files/named-file.ts';
import { exportsFolder } from './export.ts';
import { local, utc } from './export-cells.ts';
import { csvFormat, defused } from './export-csv.ts';

type Page = CallOutput<'audit.list'>;

const head = ['time_utc', 'time_local', 'account', 'surface', 'act', 'target', 'detail'];
const pageRows = 500;

/** @param list a page of the audit, from the reader thread */
export function createAuditSaving(
  { dataFolder, settings, commit, recordAct }: EngineContext,
  list: (input: ParsedInput<'audit.list'>) => Promise<Page>,
): Handler<'audit.save'> {
  return async ({ filter, file, replace = false }, actor) => {
    const { timeZone } = settings.current();
    const folder = exportsFolder(dataFolder);
    if (file === null) await makeFolder(folder);
    const claimed = await (file === null
      ? claimFreeName(folder, 'who did what', '.csv', dataFolder)
      : claimNamedFile(file, { dataFolder, replace }));
    return orDiscard(claimed, async () => {
      await appendFile(claimed.aside, `\uFEFF${stringify([head], csvFormat)}`);
      let rows = 0;
      for (let cursor: string | undefined; ; ) {
        const page = await list({ filter, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) });
        await appendFile(claimed.aside, linesOf(page.rows, timeZone));
        rows += page.rows.length;
        if (page.next === null) break;
        cursor = page.next;
      }
      await commit.transact(() => recordAct(actor, 'audit.save', null, { ...filter, rows, file: claimed.path }));
      const { sizeBytes } = await claimed.finish();
      return { file: claimed.path, rows, sizeBytes };
    });
  };
}

const linesOf = (rows: Page['rows'], timeZone: string): string =>
  stringify(
    rows.map(({ at, account, surface, act, target, detail }) =>
      [utc(at), local(at, timeZone), account, surface, act, target, JSON.stringify(detail)].map(defused),
    ),
    csvFormat,
  );
