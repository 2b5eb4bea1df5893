/** The folder that a system leaves its files in, and how they are read where that is not to be found out. */
import { FolderOpen } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { charsetChoices, delimiterChoices, type FolderAsked, formatChoices } from './folder-form.ts';
import { MoreFields } from './MoreFields.tsx';
import type { MemberProblem } from './problems.ts';

interface FolderFieldsProps {
  readonly asked: FolderAsked;
  readonly onChange: (asked: FolderAsked) => void;
  readonly problem: MemberProblem | null;
}

type FormWord = FolderAsked['format' | 'charset' | 'delimiter'];
const formWord = (t: ReturnType<typeof useWords<'sources'>>, word: FormWord): string => t(`folder.form.${word}`);

const inMore: readonly string[] = ['pattern', 'format', 'charset', 'delimiter', 'path', 'snapshot', 'keyColumns'];

export function FolderFields({ asked, onChange, problem }: FolderFieldsProps) {
  const t = useWords('sources');
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const choose = useRelayMutation('surface.chooseFile', {
    onSuccess: ({ file }) => file !== null && onChange({ ...asked, folder: file }),
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const errorOf = (member: string) => (problem?.member === member ? problem.message : undefined);
  const choices = <Value extends FormWord>(values: readonly Value[]) =>
    values.map((value) => ({ value, label: formWord(t, value) }));
  return (
    <>
      <div className="flex items-start gap-2">
        <TextField
          label={t('folder.folder')}
          hint={t('folder.folderHint')}
          code
          value={asked.folder}
          onChange={(folder) => onChange({ ...asked, folder })}
          error={errorOf('folder')}
          className="min-w-0 flex-1"
        />
        {desktop && (
          <Button
            icon={FolderOpen}
            className="mt-5.5"
            isPending={choose.isPending}
            onPress={() => choose.mutate({ purpose: 'folder', name: asked.folder.trim() })}
          >
            {t('folder.choose')}
          </Button>
        )}
      </div>
      <MoreFields label={t('folder.more')} isNeeded={problem !== null && inMore.includes(problem.member)}>
        <TextField
          label={t('folder.pattern')}
          hint={t('folder.patternHint')}
          code
          value={asked.pattern}
          onChange={(pattern) => onChange({ ...asked, pattern })}
          error={errorOf('pattern')}
        />
        <div className="grid grid-cols-3 gap-3 max-[899px]:grid-cols-1">
          <Select
            label={t('folder.format')}
            choices={choices(formatChoices)}
            value={asked.format}
            onChange={(format) => onChange({ ...asked, format })}
          />
          <Select
            label={t('folder.charset')}
            choices={choices(charsetChoices)}
            value={asked.charset}
            onChange={(charset) => onChange({ ...asked, charset })}
          />
          <Select
            label={t('folder.delimiter')}
            choices={choices(delimiterChoices)}
            value={asked.delimiter}
            onChange={(delimiter) => onChange({ ...asked, delimiter })}
          />
        </div>
        <TextField
          label={t('folder.path')}
          hint={t('folder.pathHint')}
          code
          value={asked.path}
          onChange={(path) => onChange({ ...asked, path })}
          error={errorOf('path')}
        />
        <Checkbox
          isSelected={asked.snapshot}
          onChange={(snapshot) => onChange({ ...asked, snapshot })}
          hint={t('folder.snapshotHint')}
        >
          {t('folder.snapshot')}
        </Checkbox>
        {asked.snapshot && (
          <TextField
            label={t('folder.keyColumns')}
            hint={t('folder.keyColumnsHint')}
            code
            value={asked.keyColumns}
            onChange={(keyColumns) => onChange({ ...asked, keyColumns })}
            error={errorOf('keyColumns')}
          />
        )}
      </MoreFields>
    </>
  );
}
