import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

const kinds = ['system', 'none', 'own'] as const;
type Kind = (typeof kinds)[number];

/** `settings.proxy` is `system`, `none`, or an address. */
const kindOf = (proxy: string): Kind => (proxy === 'system' || proxy === 'none' ? proxy : 'own');

export function ProxyCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const [kind, setKind] = useState(kindOf(settings.proxy));
  const [address, setAddress] = useState(kind === 'own' ? settings.proxy : '');
  const [asked, setAsked] = useState(false);
  const usable = /^https?:\/\/[^\s/]+/.test(address);
  const choose = (next: Kind) => {
    setKind(next);
    if (next !== 'own') save({ proxy: next });
  };
  return (
    <Card title={t('proxy.title')}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (usable) save({ proxy: address });
        }}
      >
        <Select
          label={t('proxy.kind')}
          value={kind}
          onChange={choose}
          choices={kinds.map((value) => ({ value, label: t(`proxy.kind.${value}`) }))}
          className="max-w-xs"
        />
        {kind === 'own' && (
          <>
            <TextField
              label={t('proxy.address')}
              hint={t('proxy.addressHint')}
              value={address}
              onChange={setAddress}
              error={asked && !usable ? t('proxy.addressWrong') : undefined}
              code
            />
            <Button type="submit" kind="primary" isPending={isPending} className="self-start">
              {t('common:act.save')}
            </Button>
          </>
        )}
      </form>
    </Card>
  );
}
