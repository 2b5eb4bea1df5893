import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { settings as settingsSchema } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

const kinds = ['system', 'none', 'own'] as const;
type Kind = (typeof kinds)[number];

const proxySchema = z.object({
  kind: z.enum(kinds),
  address: settingsSchema.shape.proxy.regex(/^https?:\/\/[^\s/]+/),
});

/** `settings.proxy` is `system`, `none`, or an address. */
const formOf = (proxy: string): z.infer<typeof proxySchema> =>
  proxy === 'system' || proxy === 'none' ? { kind: proxy, address: '' } : { kind: 'own', address: proxy };

export function ProxyCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { save, isPending } = useSaveSettings(settings);
  const { control, handleSubmit, watch, setValue, reset } = useForm({
    resolver: zodResolver(proxySchema),
    values: formOf(settings.proxy),
  });
  const kind = watch('kind');
  const surface = useRelayQuery('surface.info', {}).data?.surface;
  const choose = (next: Kind) => {
    if (next === 'own') return setValue('kind', next);
    // Saved at once, and so shown when the engine has it: it may refuse.
    reset();
    save({ proxy: next });
  };
  return (
    <Card title={t('proxy.title')}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={handleSubmit(({ address }) => save({ proxy: address }))}
      >
        <Select
          label={t('proxy.kind')}
          value={kind}
          onChange={choose}
          choices={kinds.map((value) => ({ value, label: t(`proxy.kind.${value}`) }))}
          {...(kind === 'system' && surface !== undefined && { hint: t(`proxy.systemHint.${surface}`) })}
          className="max-w-xs"
        />
        {kind === 'own' && (
          <>
            <FormTextField
              control={control}
              name="address"
              label={t('proxy.address')}
              hint={t('proxy.addressHint')}
              wrong={t('proxy.addressWrong')}
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
