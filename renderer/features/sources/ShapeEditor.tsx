/** The shape and the table of types of a source, edited while one sees what they make of what came. */
import { useState } from 'react';
import type { Source } from '../../../shared/schemas.ts';
import {
  effectiveShaping,
  meanings,
  numberRules,
  ownTypes,
  type ShapingChange,
  type TypesTable,
  timeRules,
} from '../../../shared/source-shaping.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

type Edited = Required<Pick<ShapingChange, 'shape' | 'times' | 'numbers'>> & { readonly types: TypesTable | null };

interface ShapeEditorProps {
  readonly source: Source;
  /** Told what is to be tried; null: what the source has. */
  readonly onTry: (shaping: ShapingChange | null) => void;
}

export function ShapeEditor({ source, onTry }: ShapeEditorProps) {
  const t = useWords('sources');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <div>
        <Button onPress={() => setOpen(true)}>{t('shape.edit')}</Button>
      </div>
    );
  }
  const close = () => {
    onTry(null);
    setOpen(false);
  };
  return <Editor source={source} onTry={onTry} close={close} />;
}

function Editor({ source, onTry, close }: ShapeEditorProps & { close: () => void }) {
  const t = useWords('sources');
  const present = effectiveShaping(source.shaping);
  const [shape, setShape] = useState(present.shape ?? '');
  const [types, setTypes] = useState(JSON.stringify(present.types, null, 2));
  const [times, setTimes] = useState(present.times);
  const [numbers, setNumbers] = useState(present.numbers);
  const [problem, setProblem] = useState<string>();
  const table = typesIn(types);
  const own = (whole: TypesTable) => ownTypes(source.shaping.preset, whole);
  const save = useRelayMutation('sources.change', {
    onSuccess: () => {
      notify({ text: t('shape.saved') });
      close();
    },
    onError: ({ error, message }) => setProblem(error.detail === undefined ? message : `${message} (${error.detail})`),
  });

  function edited(more: Partial<Edited>): void {
    setProblem(undefined);
    const next: Edited = { shape: shape === '' ? null : shape, types: table, times, numbers, ...more };
    if (next.types !== null) onTry({ ...next, types: own(next.types) });
  }

  return (
    <div className="flex flex-col gap-3 rounded-m border border-line p-3">
      <TextField
        label={t('shape.shape')}
        hint={t('shape.shapeHint')}
        value={shape}
        onChange={(value) => {
          setShape(value);
          edited({ shape: value === '' ? null : value });
        }}
        error={problem}
        rows={12}
        code
      />
      <TextField
        label={t('shape.types')}
        hint={t('shape.typesHint', { events: meanings.join(', ') })}
        value={types}
        onChange={(value) => {
          setTypes(value);
          const read = typesIn(value);
          if (read !== null) edited({ types: read });
        }}
        error={table === null ? t('shape.typesWrong') : undefined}
        rows={6}
        code
      />
      <Select
        label={t('shape.times')}
        choices={timeRules.map((value) => ({ value, label: t(`shape.times.${value}`) }))}
        value={times}
        onChange={(value) => {
          setTimes(value);
          edited({ times: value });
        }}
      />
      <Select
        label={t('shape.numbers')}
        hint={t('shape.numbersHint')}
        choices={numberRules.map((value) => ({ value, label: t(`shape.numbers.${value}`) }))}
        value={numbers}
        onChange={(value) => {
          setNumbers(value);
          edited({ numbers: value });
        }}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          kind="primary"
          isPending={save.isPending}
          isDisabled={table === null}
          onPress={() =>
            save.mutate({
              id: source.id,
              shaping: { shape: shape === '' ? null : shape, types: table && own(table), times, numbers },
            })
          }
        >
          {t('shape.save')}
        </Button>
        {source.shaping.preset !== null && (
          <Button
            onPress={() =>
              save.mutate({ id: source.id, shaping: { shape: null, types: null, times: null, numbers: null } })
            }
          >
            {t('shape.asPreset')}
          </Button>
        )}
        <Button onPress={close}>{t('common:act.cancel')}</Button>
      </div>
    </div>
  );
}

/** Null for what is no table of types. */
function typesIn(text: string): TypesTable | null {
  try {
    const table: unknown = JSON.parse(text);
    if (typeof table !== 'object' || table === null || Array.isArray(table)) return null;
    const isKnown = Object.values(table).every((meaning) => (meanings as readonly unknown[]).includes(meaning));
    return isKnown ? (table as TypesTable) : null;
  } catch {
    return null;
  }
}
