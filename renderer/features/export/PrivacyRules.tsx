/** What counts as personal here: the property's own rules before the built-in ones, which are shown. */
import { Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { chosenTreatments, memberPattern, type OwnPrivacyRule } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Scroller } from '../../components/Scroller.tsx';
import { Select } from '../../components/Select.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';

type Treatment = (typeof chosenTreatments)[number];

export function PrivacyRules() {
  const t = useWords('export');
  const own = useRelayQuery('settings.get', {}).data?.privacyRules ?? [];
  const change = useRelayMutation('settings.change', {
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  const save = (rules: readonly OwnPrivacyRule[], before = own) =>
    change.mutate(
      { change: { privacyRules: [...rules] } },
      { onSuccess: () => notify({ text: t('rules.saved'), undo: () => save(before) }) },
    );
  const treatments = chosenTreatments.map((value) => ({ value, label: t(`rules.${value}`) }));
  return (
    <Card title={t('rules.title')}>
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">{t('rules.intro')}</p>
        {own.length > 0 && (
          <Table label={t('rules.own')}>
            <thead>
              <tr>
                <Th>{t('rules.member')}</Th>
                <Th>{t('rules.treatment')}</Th>
                <Th>
                  <span className="sr-only">{t('rules.removeWord')}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {own.map((rule) => (
                <tr key={rule.member}>
                  <Td className="break-words font-code">{rule.member}</Td>
                  <Td>
                    <Select
                      label={t('rules.treatmentOf', { member: rule.member })}
                      labelHidden
                      value={rule.treatment}
                      onChange={(treatment) =>
                        save(own.map((one) => (one === rule ? { ...rule, treatment: treatment as Treatment } : one)))
                      }
                      choices={treatments}
                      className="w-56"
                    />
                  </Td>
                  <Td number>
                    <Button
                      kind="quiet"
                      icon={Trash2}
                      aria-label={t('rules.removeOf', { member: rule.member })}
                      onPress={() => save(own.filter((one) => one !== rule))}
                    />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        <AddRule
          treatments={treatments}
          onAdd={(rule) => save([rule, ...own.filter(({ member }) => member !== rule.member)])}
        />
        <BuiltIn />
      </div>
    </Card>
  );
}

function AddRule({
  treatments,
  onAdd,
}: {
  treatments: { value: Treatment; label: string }[];
  onAdd: (rule: OwnPrivacyRule) => void;
}) {
  const t = useWords('export');
  const [member, setMember] = useState('');
  const [treatment, setTreatment] = useState<Treatment>('remove');
  const [wrong, setWrong] = useState(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    const parsed = memberPattern.safeParse(member);
    setWrong(!parsed.success);
    if (!parsed.success) return;
    onAdd({ member: parsed.data, treatment });
    setMember('');
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <TextField
        code
        label={t('rules.member')}
        hint={t('rules.memberHint')}
        error={wrong ? t('rules.memberWrong') : undefined}
        value={member}
        onChange={setMember}
        maxLength={100}
        className="w-64"
      />
      <Select
        label={t('rules.treatment')}
        value={treatment}
        onChange={(value) => setTreatment(value as Treatment)}
        choices={treatments}
        className="w-56"
      />
      <Button type="submit" icon={Plus} className="mt-6">
        {t('rules.add')}
      </Button>
    </form>
  );
}

/** Asked for only once somebody wants to see them. */
function BuiltIn() {
  const t = useWords('export');
  const [open, setOpen] = useState(false);
  const rules = useRelayQuery('privacy.rules', {}, { enabled: open }).data ?? [];
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="cursor-pointer font-medium">{t('rules.builtIn')}</summary>
      <p className="my-2 text-ink-soft text-s">{t('rules.otherwise')}</p>
      {rules.length > 0 && (
        <Scroller label={t('rules.builtIn')} className="max-h-80 overflow-y-auto">
          <Table label={t('rules.builtIn')} className="text-s">
            <thead>
              <tr>
                <Th>{t('rules.member')}</Th>
                <Th>{t('rules.treatment')}</Th>
              </tr>
            </thead>
            <tbody>
              {rules.map(({ member, treatment, event }) => (
                <tr key={`${member} ${event}`}>
                  <Td className="break-words font-code">
                    {member}
                    {event !== null && ` (${event})`}
                  </Td>
                  <Td>{t(`rules.${treatment}`)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Scroller>
      )}
    </details>
  );
}
