/** What an endpoint is sent: its kind, told by the address unless a person chooses, and what that kind alone asks for. */
import { useEffect, useRef } from 'react';
import { Controller, type UseFormReturn, useWatch } from 'react-hook-form';
import { type AskedMember, askedMembers, choiceName, typedValue } from '../../../shared/endpoint-kinds/asked.ts';
import {
  type EndpointKindName,
  endpointKindNames,
  kindNamed,
  otherAddress,
} from '../../../shared/endpoint-kinds/index.ts';
import { wrongWith } from '../../../shared/input.ts';
import type { Endpoint, Preview } from '../../../shared/schemas.ts';
import { FormTextField } from '../../components/FormTextField.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useWords } from '../../i18n/index.ts';
import { withFound } from '../../lib/found.ts';
import { useSay } from '../../lib/sentences.ts';
import { configForm, type EndpointForm, kindOfForm, lackingIn, usualOptionsForm } from './form.ts';
import { isTemplate, TemplateField } from './TemplateField.tsx';
import type { Previewed } from './usePreview.ts';

interface KindFieldsProps {
  readonly form: UseFormReturn<EndpointForm>;
  /** The endpoint that is changed; absent for a new one. */
  readonly endpoint?: Endpoint;
  readonly previewed: Previewed;
}

export function KindFields({ form, endpoint, previewed }: KindFieldsProps) {
  const t = useWords('endpoints');
  const say = useSay();
  const { control } = form;
  const [chosen, url] = useWatch({ control, name: ['kind', 'url'] });
  const kind = kindOfForm({ kind: chosen, url });
  useUsualOf(kind, form, endpoint?.kind ?? null);
  const nameOf = (name: EndpointKindName) => say({ key: kindNamed(name).words.name, params: {} });
  /** What the address says against the kind, else whose word the kind is. */
  const kindHint = (): string => {
    const other = chosen === '' ? null : otherAddress(chosen, url);
    if (other === null) return t(endpoint === undefined ? 'form.kindHint' : 'form.kindStays');
    const { told, service, isWrong } = other;
    if (told === null) return t('form.kindNobodys', { service });
    return t(isWrong ? 'form.kindOther' : 'form.kindAlike', { kind: nameOf(told) });
  };
  return (
    <div className="flex flex-col gap-4">
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <Select
            label={t('form.kind')}
            hint={kindHint()}
            choices={endpointKindNames.map((name) => ({ value: name, label: nameOf(name) }))}
            value={kind}
            onChange={field.onChange}
          />
        )}
      />
      {askedMembers(kind).map((member) => (
        <KindField
          key={`${kind} ${member.name}`}
          form={form}
          kind={kind}
          isNew={endpoint === undefined}
          member={member}
          problem={problemOf(previewed, kind, member.name)}
          masked={
            endpoint?.kind === kind
              ? (endpoint.kindSecrets.find(({ name }) => name === member.name)?.masked ?? null)
              : null
          }
        />
      ))}
    </div>
  );
}

/** When the kind becomes another one, its config and options are that kind's, but for what a person has changed. */
function useUsualOf(kind: EndpointKindName, form: UseFormReturn<EndpointForm>, present: EndpointKindName | null) {
  const shown = useRef(present);
  useEffect(() => {
    if (shown.current === kind) return;
    shown.current = kind;
    form.setValue('config', configForm(kind));
    const usual = usualOptionsForm(kind);
    for (const name of Object.keys(usual) as (keyof typeof usual)[]) {
      if (!form.getFieldState(name).isDirty) form.setValue(name, usual[name]);
    }
  }, [kind, form]);
}

const problemOf = ({ preview }: Previewed, kind: EndpointKindName, member: string): Preview['problem'] =>
  preview?.kind === kind && preview.problem?.member === member ? preview.problem : null;

interface KindFieldProps {
  readonly form: UseFormReturn<EndpointForm>;
  readonly kind: EndpointKindName;
  readonly isNew: boolean;
  readonly member: AskedMember;
  /** Of a secret that is stored. */
  readonly masked: string | null;
  /** Where its template is wrong, or does not fit the event that is shown. */
  readonly problem: Preview['problem'];
}

function KindField({ form, kind, isNew, member, masked, problem }: KindFieldProps) {
  const { control } = form;
  const t = useWords('endpoints');
  const say = useSay();
  const { name, as, schema, isSecret, choices } = member;
  const key = kindNamed(kind).words.asks?.[name];
  const label = key === undefined ? name : say({ key, params: {} });
  const path = `config.${name}` as const;
  if (as === 'switch' || as === 'choice') {
    return (
      <Controller
        control={control}
        name={path}
        render={({ field }) =>
          as === 'switch' ? (
            <Switch isSelected={field.value === 'true'} onChange={(isOn) => field.onChange(String(isOn))}>
              {label}
            </Switch>
          ) : (
            <Select
              label={label}
              choices={choices.map((choice) => ({ value: choice, label: choiceName(choice) }))}
              value={field.value}
              onChange={field.onChange}
            />
          )
        }
      />
    );
  }
  const check = (text: string) => {
    if (isSecret && text === '' && masked !== null) return true;
    const value = typedValue(schema, text);
    const wrong = wrongWith(schema, value === null ? undefined : value, label);
    if (wrong !== null) return text === '' ? t('common:field.required') : withFound(wrong, text, isSecret);
    // Of one that is changed the window does not know its address and secrets.
    const lacking = isNew ? lackingIn(form.getValues()) : null;
    return lacking?.member !== name || say(lacking.says);
  };
  if (isTemplate(kind, name)) {
    return <TemplateField form={form} kind={kind} name={name} label={label} check={check} problem={problem} />;
  }
  return (
    <FormTextField
      control={control}
      name={path}
      check={check}
      label={label}
      code
      {...(isSecret && { type: 'password' as const, autoComplete: 'off' as const })}
      {...(masked !== null && { hint: t('form.kindSecretKept', { masked }) })}
    />
  );
}
