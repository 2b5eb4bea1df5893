/** Ctrl or Cmd+K: every page, endpoint and frequent act by a few letters. */
import { useState } from 'react';
import {
  Dialog as AriaDialog,
  Autocomplete,
  Collection,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  useFilter,
} from 'react-aria-components';
import { useNavigate } from 'react-router';
import type { Situation } from '../../shared/schemas.ts';
import { Icon } from '../components/Icon.tsx';
import { Scroller } from '../components/Scroller.tsx';
import { SearchField } from '../components/SearchField.tsx';
import { optionLook } from '../components/Select.tsx';
import { useWords } from '../i18n/index.ts';
import { usePaletteEntries } from './palette-entries.ts';

export interface PaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly situation: Situation;
}

export function Palette({ isOpen, onClose, situation }: PaletteProps) {
  const t = useWords('common');
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-20 flex justify-center bg-[rgb(15_20_17_/_0.45)] px-4 pt-[12vh]"
    >
      <Modal className="arriving h-fit w-full max-w-xl">
        <AriaDialog
          aria-label={t('palette.title')}
          className="overflow-hidden rounded-l border border-line-strong bg-surface text-ink shadow-card outline-none"
        >
          <Entries situation={situation} onClose={onClose} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Entries({ situation, onClose }: { situation: Situation; onClose: () => void }) {
  const t = useWords('common');
  const navigate = useNavigate();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const groups = usePaletteEntries(situation, text.trim());
  const run = (id: string) => {
    const entry = groups.flatMap((group) => group.entries).find((one) => one.id === id);
    if (!entry) return;
    onClose();
    if (entry.to !== undefined) void navigate(entry.to);
    else entry.act?.();
  };
  const shown = groups
    .map((group) => ({
      ...group,
      entries: group.entries.filter((entry) => entry.always || contains(entry.label, text.trim())),
    }))
    .filter((group) => group.entries.length > 0);
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <div className="border-line border-b p-2">
        <SearchField
          label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          onChange={setText}
          autoFocus
        />
      </div>
      <Scroller label={t('palette.results')} className="max-h-[min(420px,60vh)] overflow-y-auto">
        <ListBox
          aria-label={t('palette.title')}
          items={shown}
          onAction={(key) => run(String(key))}
          renderEmptyState={() => <p className="px-3 py-6 text-center text-ink-soft">{t('palette.none')}</p>}
          className="p-2 outline-none"
        >
          {(group) => (
            <ListBoxSection id={group.id} className="mb-1">
              <Header className="px-2.5 py-1 font-semibold text-ink-faint text-xs">{group.label}</Header>
              <Collection items={group.entries}>
                {(entry) => (
                  <ListBoxItem id={entry.id} textValue={entry.label} className={optionLook}>
                    <Icon of={entry.icon} size={16} className="text-ink-soft" />
                    <span className="min-w-0 flex-1 truncate">{entry.label}</span>
                    {entry.hint && <span className="text-ink-faint text-s">{entry.hint}</span>}
                  </ListBoxItem>
                )}
              </Collection>
            </ListBoxSection>
          )}
        </ListBox>
      </Scroller>
    </Autocomplete>
  );
}
