/** Authorities of the property's own that every endpoint is trusted by: of a firewall that looks into HTTPS, say. */
import { FileTrigger } from 'react-aria-components';
import { useForm } from 'react-hook-form';
import { certificateText, largestCertificateBytes } from '../../../shared/certificate-text.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { FormTextField } from '../../components/FormTextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import type { SectionProps } from './section.ts';
import { useSaveSettings } from './useSave.ts';

export function CertificatesCard({ settings }: Pick<SectionProps, 'settings'>) {
  const t = useWords('settings');
  const { time } = useFormats();
  const { save, isPending } = useSaveSettings(settings);
  const { control, handleSubmit, getValues, setValue } = useForm({ values: { caPem: settings.caPem ?? '' } });
  const trusted = useRelayQuery('settings.certificates', {}).data ?? [];
  const submit = handleSubmit(({ caPem }) => save({ caPem: caPem.trim() === '' ? null : caPem }));
  return (
    <Card title={t('certificates.title')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        {trusted.length > 0 && (
          <ul aria-label={t('certificates.trusted')} className="flex flex-col gap-2">
            {trusted.map(({ name, issuer, expiresAt, fingerprint }) => (
              <li key={fingerprint}>
                <p>{name}</p>
                <p className="text-ink-faint text-s">{t('certificates.facts', { issuer, time: time(expiresAt) })}</p>
                <p className="break-all font-code text-ink-faint text-xs">{fingerprint}</p>
              </li>
            ))}
          </ul>
        )}
        <FormTextField
          control={control}
          name="caPem"
          code
          rows={4}
          label={t('certificates.pem')}
          hint={t('certificates.hint')}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" isPending={isPending}>
            {t('certificates.save')}
          </Button>
          <FileTrigger
            acceptedFileTypes={['.pem', '.crt', '.cer']}
            onSelect={(files) => {
              const file = files?.[0];
              if (!file) return;
              void certificateIn(file).then((text) =>
                setValue('caPem', `${getValues('caPem').trim()}\n${text}`.trimStart()),
              );
            }}
          >
            <Button>{t('certificates.file')}</Button>
          </FileTrigger>
          {settings.caPem !== null && <Button onPress={() => save({ caPem: null })}>{t('certificates.drop')}</Button>}
        </div>
      </form>
    </Card>
  );
}

const certificateIn = async (file: Blob): Promise<string> =>
  certificateText(new Uint8Array(await file.slice(0, largestCertificateBytes).arrayBuffer()));
