/** Asks for the PIN above whatever page needs it. */
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useWords } from '../../i18n/index.ts';
import { answerPin, usePinAsked } from '../../lib/pin.ts';
import { PinField } from './PinField.tsx';
import { useEnterPin } from './useEnterPin.ts';

export function PinDialog() {
  return usePinAsked() ? <Asked /> : null;
}

function Asked() {
  const t = useWords('lock');
  const { pin, setPin, isPending, error, submit } = useEnterPin(() => answerPin(true));
  return (
    <Dialog
      isOpen
      onClose={() => answerPin(false)}
      title={t('ask.title')}
      actions={
        <>
          <Button onPress={() => answerPin(false)}>{t('common:act.cancel')}</Button>
          <Button kind="primary" onPress={() => submit()} isPending={isPending}>
            {t('ask.verb')}
          </Button>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <p>{t('ask.why')}</p>
        <PinField label={t('pin')} value={pin} onChange={setPin} error={error} autoFocus />
      </form>
    </Dialog>
  );
}
