/** The frame: navigation at the left with the state of things at its foot, the page beside it. */
import { Bird } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Link } from 'react-aria-components';
import { Outlet, useLocation } from 'react-router';
import type { Situation } from '../../shared/schemas.ts';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/Icon.tsx';
import { useWords } from '../i18n/index.ts';
import { useKeys } from '../lib/keys.ts';
import { useTellWhatIsShown } from '../lib/showing.ts';
import { KeySheet } from './KeySheet.tsx';
import { Palette } from './Palette.tsx';
import { pages } from './pages.ts';
import { StatusFoot } from './StatusFoot.tsx';

export function Shell({ situation }: { situation: Situation }) {
  const t = useWords('common');
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOpen(null);
  useTellWhatIsShown();
  usePlace();
  useKeys([
    { key: 'mod+k', label: t('keys.palette'), group: 'everywhere', act: () => setOpen('palette'), whileTyping: true },
    { key: '?', label: t('keys.sheet'), group: 'everywhere', act: () => setOpen('keys') },
  ]);
  return (
    <div className="grid h-full grid-cols-[212px_minmax(0,1fr)] max-[899px]:grid-cols-[56px_minmax(0,1fr)] print:block print:h-auto">
      <AriaButton
        onPress={() => document.getElementById('content')?.focus()}
        className="absolute -top-12 left-3 z-10 rounded-m bg-brand px-3 py-2 text-brand-ink focus:top-3"
      >
        {t('nav.skip')}
      </AriaButton>
      <div className="flex min-h-0 flex-col overflow-y-auto border-line border-r bg-sunken px-2.5 pt-5 pb-4 max-[899px]:px-1.5 print:hidden">
        <header className="flex items-center gap-2.5 px-2.5 font-semibold text-l">
          <span className="grid size-6.5 shrink-0 place-items-center rounded-s bg-brand text-brand-ink max-[899px]:-ml-1.5">
            <Icon of={Bird} />
          </span>
          <span className="max-[899px]:sr-only">{t('app.name')}</span>
        </header>
        <nav aria-label={t('nav.label')} className="mt-4.5">
          <ul className="flex flex-col gap-0.5">
            {pages.map((page) => (
              <li key={page.area}>
                <NavItem page={page} needsAttention={page.area === 'deliveries' ? situation.needsAttention : 0} />
              </li>
            ))}
          </ul>
        </nav>
        <div className="flex-1" />
        <StatusFoot situation={situation} />
      </div>
      <main id="content" tabIndex={-1} className="min-h-0 min-w-0 outline-none">
        <Outlet />
      </main>
      <Palette isOpen={open === 'palette'} onClose={close} situation={situation} />
      <KeySheet isOpen={open === 'keys'} onClose={close} />
    </div>
  );
}

/** The page's name for the window's title, and the focus for a screen reader that has followed a link there. */
function usePlace(): void {
  const t = useWords('common');
  const { pathname } = useLocation();
  const area = pages.find(({ path }) => path !== '/' && pathname.startsWith(path))?.area ?? 'today';
  const title = `${t(`nav.${area}`)} – ${t('app.name')}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const before = useRef(area);
  useEffect(() => {
    if (before.current === area) return;
    before.current = area;
    const content = document.getElementById('content');
    if (!content?.contains(document.activeElement)) content?.focus({ preventScroll: true });
  }, [area]);
}

function NavItem({ page, needsAttention }: { page: (typeof pages)[number]; needsAttention: number }) {
  const t = useWords('common');
  const { pathname } = useLocation();
  const here = page.path === '/' ? pathname === '/' : pathname === page.path || pathname.startsWith(`${page.path}/`);
  const name = t(`nav.${page.area}`);
  return (
    <Link
      href={page.path}
      {...(here && { 'aria-current': 'page' as const })}
      className={classes(
        'relative flex min-h-9 items-center gap-2.5 rounded-m border px-2.5 font-medium no-underline transition-colors duration-150 max-[899px]:justify-center',
        here ? 'border-line bg-surface text-ink' : 'border-transparent text-ink-soft hover:text-ink',
      )}
    >
      <Icon of={page.icon} />
      <span className="min-w-0 flex-1 max-[899px]:sr-only">{name}</span>
      {needsAttention > 0 && (
        <>
          <span
            aria-hidden="true"
            className="rounded-full bg-bad-wash px-1.5 font-semibold text-bad text-xs max-[899px]:absolute max-[899px]:-top-0.5 max-[899px]:right-0"
          >
            {needsAttention > 999 ? '999+' : needsAttention}
          </span>
          <span className="sr-only">{t('nav.needsAttention', { count: needsAttention })}</span>
        </>
      )}
    </Link>
  );
}
