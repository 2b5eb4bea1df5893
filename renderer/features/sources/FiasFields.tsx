/** Where a FIAS interface listens, and the one thing that has to be certain before anything connects to it. */
import { useId } from 'react';
import { Checkbox } from '../../components/Checkbox.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';

export interface FiasAsked {
  readonly host: string;
  readonly port: string;
  readonly interfaceType: string;
  readonly ownInstance: boolean;
}

export const emptyFias: FiasAsked = { host: '', port: '', interfaceType: 'XX', ownInstance: false };

/** As the engine takes it: what is no number is for the engine to refuse. */
export const fiasConfig = ({ host, port, interfaceType, ownInstance }: FiasAsked): Record<string, unknown> => ({
  host: host.trim(),
  port: /^\d+$/.test(port.trim()) ? Number(port) : port,
  interfaceType: interfaceType.trim().toUpperCase(),
  ownInstance,
});

interface FiasFieldsProps {
  readonly asked: FiasAsked;
  readonly onChange: (asked: FiasAsked) => void;
  /** What the engine would not take. */
  readonly problem: string | null;
}

export function FiasFields({ asked, onChange, problem }: FiasFieldsProps) {
  const t = useWords('sources');
  const warning = useId();
  return (
    <>
      <p className="rounded-m bg-wait-wash px-3 py-2 text-ink">{t('fias.untried')}</p>
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] gap-3">
        <TextField label={t('fias.host')} code value={asked.host} onChange={(host) => onChange({ ...asked, host })} />
        <TextField
          label={t('fias.port')}
          code
          inputMode="numeric"
          value={asked.port}
          onChange={(port) => onChange({ ...asked, port })}
        />
        <TextField
          label={t('fias.type')}
          code
          value={asked.interfaceType}
          onChange={(interfaceType) => onChange({ ...asked, interfaceType })}
        />
      </div>
      <div className="flex flex-col gap-2.5 rounded-m border border-bad bg-bad-wash px-3 py-2.5 text-ink">
        <p id={warning}>{t('fias.warning')}</p>
        <Checkbox
          isSelected={asked.ownInstance}
          aria-describedby={warning}
          onChange={(ownInstance) => onChange({ ...asked, ownInstance })}
        >
          {t('fias.own')}
        </Checkbox>
      </div>
      {problem !== null && (
        <p role="alert" className="text-bad text-s">
          {problem}
        </p>
      )}
    </>
  );
}
