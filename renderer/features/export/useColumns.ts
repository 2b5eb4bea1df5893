/** What a person chose here the last time, and which columns of each thing that is exported. No setting of the product. */
import { useState } from 'react';
import { columnsOf, type ExportColumn, type ExportWhat, exportWhats } from '../../../shared/export-columns.ts';

const rememberedAs = (what: ExportWhat) => `export-columns-${what}`;

function remembered(what: ExportWhat): readonly ExportColumn[] {
  const known = columnsOf(what);
  const kept = (localStorage.getItem(rememberedAs(what)) ?? '').split(',');
  const chosen = known.filter((column) => kept.includes(column));
  return chosen.length === 0 ? known : chosen;
}

const whatRememberedAs = 'export-what';

/** What is exported: what it was the last time. */
export function useWhat(): readonly [ExportWhat, (what: ExportWhat) => void] {
  const [what, setWhat] = useState<ExportWhat>(
    () => exportWhats.find((one) => one === localStorage.getItem(whatRememberedAs)) ?? 'deliveries',
  );
  return [
    what,
    (next) => {
      setWhat(next);
      localStorage.setItem(whatRememberedAs, next);
    },
  ];
}

/** The columns of what is exported, in their usual order; at least one. */
export function useColumns(
  what: ExportWhat,
): readonly [readonly ExportColumn[], (columns: readonly ExportColumn[]) => void] {
  const [chosen, setChosen] = useState<Partial<Record<ExportWhat, readonly ExportColumn[]>>>({});
  return [
    chosen[what] ?? remembered(what),
    (columns) => {
      const inOrder = columnsOf(what).filter((column) => columns.includes(column));
      if (inOrder.length === 0) return;
      setChosen({ ...chosen, [what]: inOrder });
      localStorage.setItem(rememberedAs(what), inOrder.join(','));
    },
  ];
}
