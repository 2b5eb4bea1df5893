import { LoaderCircle } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Icon } from './Icon.tsx';

/** An answer usually comes before anybody could read this: only a longer wait is shown, in milliseconds. */
const shownAfterMs = 200;

/** An answer is on its way. */
export function Loading() {
  const t = useWords('common');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), shownAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="flex items-center justify-center gap-2 py-10 text-ink-soft">
      {late && (
        <>
          <Icon of={LoaderCircle} className="turning" />
          {t('loading.label')}
        </>
      )}
    </div>
  );
}
