/** A template: where it is wrong, and what it can begin from. */
import { useRef, useState } from 'react';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { chatPresets } from '../../../shared/endpoint-kinds/chat-presets.ts';
import { type EndpointKindName, kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { mailPreset } from '../../../shared/endpoint-kinds/mail-presets.ts';
import { presetNames, presets } from '../../../shared/endpoint-kinds/presets.ts';
import { isChat } from '../../../shared/endpoint-kinds/reads-as.ts';
import type { Preview } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { useFieldError } from '../../components/FormTextField.tsx';
import { Menu } from '../../components/Menu.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../lib/sentences.ts';
import type { EndpointForm } from './form.ts';

/** Members of a kind's config that are templates. */
export const isTemplate = (kind: EndpointKindName, member: string): boolean =>
  member === 'template' || (kind === 'mail' && (member === 'subject' || member === 'text'));

interface TemplateFieldProps {
  readonly form: UseFormReturn<EndpointForm>;
  readonly kind: EndpointKindName;
  readonly name: string;
  readonly label: string;
  readonly check: (text: string) => true | string;
  readonly problem: Preview['problem'];
}

/** What a template can begin from: the member's text, and what goes with it. */
interface Start {
  readonly id: string;
  readonly label: string;
  readonly config: Readonly<Record<string, string>>;
}

export function TemplateField({ form, kind, name, label, check, problem }: TemplateFieldProps) {
  const t = useWords('endpoints');
  const say = useSay();
  const sentenceOf = useFieldError();
  const starts = useStarts(kind, name, form.watch('config.language'));
  const [asked, setAsked] = useState<Start | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const isOptional = kind !== 'custom';
  const put = ({ config }: Pick<Start, 'config'>) => {
    for (const [member, text] of Object.entries(config)) {
      form.setValue(`config.${member}`, text, { shouldDirty: true, shouldValidate: true });
    }
  };
  const text = form.watch(`config.${name}`) ?? '';
  const isOwn = text.trim() !== '' && !starts.some(({ config }) => config[name] === text);
  const begin = (start: Start) => (isOwn ? setAsked(start) : put(start));
  const [only] = starts;
  const wrong = problem && t('preview.problem', { line: problem.line, column: problem.column, why: say(problem.says) });
  return (
    <div ref={place} className="flex flex-col gap-2">
      <Controller
        control={form.control}
        name={`config.${name}`}
        rules={{ validate: check }}
        render={({ field: { ref, disabled: _disabled, value, ...field }, fieldState: { error } }) => (
          <TextField
            {...field}
            inputRef={ref}
            value={value ?? ''}
            label={label}
            code
            rows={name === 'subject' ? 2 : text === '' ? 3 : 12}
            {...(isOptional && text === '' && { hint: t('template.usual') })}
            error={error ? sentenceOf(error) : (wrong ?? undefined)}
          />
        )}
      />
      <div className="flex flex-wrap gap-2">
        {starts.length > 1 ? (
          <Menu
            label={t('template.start')}
            acts={starts.map((start) => ({ id: start.id, label: start.label, act: () => begin(start) }))}
          />
        ) : (
          only && text === '' && <Button onPress={() => begin(only)}>{t('template.startUsual')}</Button>
        )}
        {isOptional && text !== '' && (
          <Button
            onPress={() => {
              const back: Start = { id: 'usual', label: '', config: { [name]: '' } };
              begin(back);
            }}
          >
            {t('template.backToUsual')}
          </Button>
        )}
        {problem && (
          <Button onPress={() => showPlace(place.current?.querySelector('textarea') ?? null, problem)}>
            {t('template.showPlace')}
          </Button>
        )}
      </div>
      <Confirm
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={t('template.replaceTitle')}
        verb={t('template.replace')}
        onConfirm={() => {
          if (asked) put(asked);
          setAsked(null);
        }}
      >
        <p>{t('template.replaceText')}</p>
      </Confirm>
    </div>
  );
}

/** Puts the cursor where the template is wrong. */
function showPlace(area: HTMLTextAreaElement | null, { line, column }: { line: number; column: number }): void {
  if (area === null) return;
  const before = area.value.split('\n').slice(0, line - 1);
  const at = before.reduce((length, each) => length + each.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, Math.min(at + 1, area.value.length));
  area.scrollTop = Math.max(0, (line - 4) * (area.scrollHeight / Math.max(1, area.value.split('\n').length)));
}

function useStarts(kind: EndpointKindName, name: string, language: string | undefined): readonly Start[] {
  const t = useWords('endpoints');
  const say = useSay();
  if (isChat(kind)) return [{ id: kind, label: t('template.startUsual'), config: { [name]: chatPresets[kind] } }];
  if (kind === 'mail') {
    const preset = mailPreset(language === 'fil' ? 'fil' : 'en');
    const text = name === 'subject' ? preset.subject : preset.text;
    return [{ id: name, label: t('template.startUsual'), config: { [name]: text } }];
  }
  return presetNames.map((preset) => {
    const { content, template } = presets[preset];
    const label = isChat(preset as EndpointKindName)
      ? say({ key: kindNamed(preset as EndpointKindName).words.name, params: {} })
      : t(`template.preset.${preset as 'event'}`);
    return { id: preset, label, config: { content, template } };
  });
}
