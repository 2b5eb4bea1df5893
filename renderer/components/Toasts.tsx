import { X } from 'lucide-react';
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { notices } from '../lib/toasts.ts';
import { Button } from './Button.tsx';
import { toneIcons, toneText } from './Chip.tsx';
import { Icon } from './Icon.tsx';

/** Where notices appear: one region for the whole window, F6 leads into it. */
export function Toasts() {
  const t = useWords('common');
  return (
    <ToastRegion
      queue={notices}
      className="fixed right-5 bottom-5 z-30 flex w-96 max-w-[calc(100vw-40px)] flex-col gap-2 outline-none"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="arriving flex items-center gap-3 rounded-m border border-line-strong bg-surface py-2 pr-2 pl-3.5 text-ink shadow-card"
        >
          <Icon of={toneIcons[toast.content.tone ?? 'fine']} className={toneText[toast.content.tone ?? 'fine']} />
          <ToastContent className="min-w-0 flex-1">
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.undo && (
            <Button
              onPress={() => {
                toast.content.undo?.();
                notices.close(toast.key);
              }}
            >
              {t('act.undo')}
            </Button>
          )}
          <AriaButton
            slot="close"
            aria-label={t('act.dismiss')}
            className="grid size-7 shrink-0 cursor-pointer place-items-center rounded-s text-ink-faint hover:text-ink"
          >
            <Icon of={X} size={16} />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
