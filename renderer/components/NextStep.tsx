import { type Remedy, type StepFacts, stepOf } from '../../shared/remedies.ts';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../lib/sentences.ts';

/** The one step that a trouble asks for, after whose turn it is; nothing where there is none. */
export function NextStep({ remedy, facts }: { remedy: Remedy | null; facts: StepFacts }) {
  const t = useWords('common');
  const say = useSay();
  const step = remedy && stepOf(remedy, facts);
  if (!step) return null;
  return (
    <p className="text-s">
      {remedy.turn !== 'nobody' && <span className="font-semibold">{t(`turn.${remedy.turn}`)}: </span>}
      {say(step)}
    </p>
  );
}
