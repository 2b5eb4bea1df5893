/** The three steps by which a system is set up to tell us, with this PC's address and folder in them. */
import { presetOf } from '../../../shared/source-presets/index.ts';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../lib/sentences.ts';
import { type WayName, wayOfKind } from './systems.ts';

interface WayStepsProps {
  readonly system: string;
  readonly way: WayName;
  readonly preset: string | null;
  readonly url: string;
  readonly folder: string;
  /** Of its heading: 2 where no heading stands above it. */
  readonly level?: 2 | 3;
}

export function WaySteps({ system, way, preset: name, url, folder, level = 3 }: WayStepsProps) {
  const t = useWords('sources');
  const say = useSay();
  const preset = name === null ? null : presetOf(name);
  const steps =
    preset !== null && wayOfKind[preset.kinds[0]] === way
      ? preset.steps.map((key) => say({ key, params: { url, folder } }))
      : way === 'post' || way === 'folder' || way === 'outbox' || way === 'table'
        ? ([1, 2, 3] as const).map((step) => t(`steps.${way}.${step}`, { folder, url }))
        : [];
  if (steps.length === 0) return null;
  const Heading = `h${level}` as const;
  const title = t('messages.steps', { system });
  return (
    <section aria-label={title}>
      <Heading className="mb-1 font-semibold">{title}</Heading>
      <ol className="list-decimal pl-5">
        {steps.map((step) => (
          <li key={step} className="wrap-anywhere">
            {step}
          </li>
        ))}
      </ol>
    </section>
  );
}
