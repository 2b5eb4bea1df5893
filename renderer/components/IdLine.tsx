import { harmless } from '../../shared/harmless.ts';
import { useWords } from '../i18n/index.ts';
import { CopyButton } from './CopyButton.tsx';

/** An id under its name, with a button that copies it as it is; inside a `dl`. */
export function IdLine({ name, id }: { name: string; id: string }) {
  const t = useWords('common');
  return (
    <div>
      <dt className="text-ink-soft text-s">{name}</dt>
      <dd className="flex items-center gap-2">
        <code className="min-w-0 flex-1 break-all font-code text-s">{harmless(id)}</code>
        <CopyButton text={id} kind="quiet" iconOnly label={t('act.copyOf', { what: name })} />
      </dd>
    </div>
  );
}
