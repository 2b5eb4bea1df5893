/** The keys that work now: everywhere, and on this page. */
import { Dialog } from '../components/Dialog.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { useWords } from '../i18n/index.ts';
import { printedKeys, useKeyList } from '../lib/keys.ts';

export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useWords('common');
  const keys = useKeyList();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys.title')}>
      {(['here', 'everywhere'] as const).map((group) => {
        const ofGroup = keys.filter((binding) => binding.group === group);
        return (
          ofGroup.length > 0 && (
            <section key={group} aria-label={t(`keys.${group}`)} className="mt-2 first:mt-0">
              <h3 className="text-ink-soft text-s">{t(`keys.${group}`)}</h3>
              <dl className="mt-1">
                {ofGroup.map(({ key, label }) => (
                  <div key={key} className="flex justify-between gap-3 border-line border-b py-1.5 last:border-0">
                    <dt>{label}</dt>
                    <dd className="flex gap-1">
                      {printedKeys(key).map((part) => (
                        <Kbd key={part}>{part}</Kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        );
      })}
    </Dialog>
  );
}
