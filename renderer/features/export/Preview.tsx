/** The first rows exactly as they leave, with what was taken out marked. */
import { Fragment, type ReactNode } from 'react';
import type { CallInput } from '../../../shared/api.ts';
import { takenMarks } from '../../../shared/export-columns.ts';
import { Failed } from '../../components/Failed.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';

export function Preview({ request }: { request: CallInput<'export.preview'> }) {
  const t = useWords('export');
  const { data, error, refetch } = useRelayQuery('export.preview', request, { gcTime: 0 });
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <p>{t('preview.reading')}</p>;
  if (data.rows.length === 0) return <p>{t('what.none')}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-soft text-s">
        {t('preview.note')} <Taken>{t('preview.mark')}</Taken>
      </p>
      <Table label={t('preview.label')} className="text-s">
        {data.columns.length > 0 && (
          <thead>
            <tr>
              {data.columns.map((column) => (
                <Th key={column}>{column}</Th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {data.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and never move
            <tr key={at}>
              {row.map((cell, i) => (
                <Td key={data.columns[i] ?? i} className="max-w-80 whitespace-pre-wrap break-words font-code">
                  <Marked text={cell} />
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

const longest = 400;

/** A cell's text; longer ones are cut here, as a screen has to. */
function Marked({ text }: { text: string }): ReactNode {
  const [begin, end] = takenMarks;
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return shown.split(begin).map((part, i) => {
    const [taken, rest] = i === 0 ? [null, part] : split(part, end);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name
      <Fragment key={i}>
        {taken !== null && <Taken>{taken}</Taken>}
        {rest}
      </Fragment>
    );
  });
}

function split(part: string, end: string): readonly [string, string] {
  const at = part.indexOf(end);
  return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
}

const Taken = ({ children }: { children: ReactNode }) => (
  <mark className="rounded-s border border-line-strong bg-sunken px-1 text-ink">{children}</mark>
);
