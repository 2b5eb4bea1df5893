import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode;
  /** `alertdialog`: something is about to be destroyed; a click beside it does not close it. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly wide?: boolean;
}

/** A question or a form above the page; Esc closes it. */
export function Dialog({ isOpen, onClose, title, children, actions, role = 'dialog', wide }: DialogProps) {
  const t = useWords('common');
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-20 grid place-items-center overflow-auto bg-[rgb(15_20_17_/_0.45)] p-4"
    >
      <Modal className={classes('arriving w-full', wide ? 'max-w-3xl' : 'max-w-lg')}>
        <AriaDialog
          role={role}
          className="flex max-h-[calc(100vh-32px)] flex-col rounded-l border border-line-strong bg-surface text-ink shadow-card outline-none"
        >
          <div className="flex items-start justify-between gap-3 px-5 pt-4 pb-2">
            <Heading slot="title" className="font-semibold text-l">
              {title}
            </Heading>
            <Button kind="quiet" icon={X} aria-label={t('act.close')} onPress={onClose} className="-mt-1 -mr-2" />
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-5 pb-4">{children}</div>
          {actions && <div className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Names the thing: "Remove Bookkeeping?". */
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The act's own verb, not "OK". */
  readonly verb: string;
  readonly onConfirm: () => void;
  readonly isPending?: boolean;
}

/** Asks once more before something is destroyed. */
export function Confirm({ isOpen, onClose, title, children, verb, onConfirm, isPending }: ConfirmProps) {
  const t = useWords('common');
  return (
    <Dialog
      role="alertdialog"
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{t('act.cancel')}</Button>
          <Button kind="danger" onPress={onConfirm} isPending={isPending ?? false}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
