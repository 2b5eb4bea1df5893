import { columnsOf, type ExportColumn, type ExportWhat } from '../../../shared/export-columns.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { useWords } from '../../i18n/index.ts';

export interface ColumnsProps {
  readonly what: ExportWhat;
  readonly chosen: readonly ExportColumn[];
  readonly onChange: (columns: readonly ExportColumn[]) => void;
}

/** Which columns the file has; folded away, since most want all of them. */
export function Columns({ what, chosen, onChange }: ColumnsProps) {
  const t = useWords('export');
  const all = columnsOf(what);
  return (
    <details>
      <summary className="cursor-pointer font-medium">
        {t('columns.title', { chosen: chosen.length, all: all.length })}
      </summary>
      <fieldset className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1.5 sm:grid-cols-3" aria-label={t('columns.label')}>
        {all.map((column) => (
          <Checkbox
            key={column}
            isSelected={chosen.includes(column)}
            // A file without any column is none.
            isDisabled={chosen.length === 1 && chosen[0] === column}
            onChange={(on) => onChange(on ? [...chosen, column] : chosen.filter((other) => other !== column))}
          >
            <span className="font-code text-s">{column}</span>
          </Checkbox>
        ))}
      </fieldset>
      <Button onPress={() => onChange(all)} isDisabled={chosen.length === all.length} className="mt-3">
        {t('columns.all')}
      </Button>
    </details>
  );
}
