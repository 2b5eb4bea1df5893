import { useState } from 'react';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useWords } from '../../i18n/index.ts';
import { FullReason, isReason } from './FullReason.tsx';

export interface FullExportProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (reason: string) => void;
}

/** Asks why everything has to leave, and once more whether it shall. */
export function FullExport({ isOpen, onClose, onConfirm }: FullExportProps) {
  const t = useWords('export');
  const [reason, setReason] = useState('');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('full.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('common:act.cancel')}</Button>
          <Button
            kind="danger"
            isDisabled={!isReason(reason)}
            onPress={() => {
              onConfirm(reason.trim());
              setReason('');
            }}
          >
            {t('full.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Banner tone="wait">{t('full.text')}</Banner>
        <FullReason value={reason} onChange={setReason} />
      </div>
    </Dialog>
  );
}
