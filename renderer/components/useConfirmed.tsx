/** Asks before an act that the engine wants a person's yes for, in the engine's own sentence. */
import { type ReactNode, useState } from 'react';
import type { CallFailure } from '../lib/queries.ts';
import { Confirm } from './Dialog.tsx';

export interface Confirmed {
  /** Takes an act's failure. @returns whether it only wants a yes: then it is asked for, and `again` runs after it */
  asks(failure: CallFailure, again: () => void): boolean;
  /** The question, where there is one. */
  readonly dialog: ReactNode;
}

/** @param title what is asked, or by the member that it is about */
export function useConfirmed(title: string | ((member: string) => string), verb: string): Confirmed {
  const [asked, setAsked] = useState<{
    readonly text: string;
    readonly member: string;
    readonly again: () => void;
  } | null>(null);
  const close = () => setAsked(null);
  return {
    asks(failure, again) {
      if (failure.error.code !== 'not_confirmed') return false;
      setAsked({ text: failure.message, member: failure.error.member ?? '', again });
      return true;
    },
    dialog: (
      <Confirm
        isOpen={asked !== null}
        onClose={close}
        title={typeof title === 'string' ? title : title(asked?.member ?? '')}
        verb={verb}
        onConfirm={() => {
          close();
          asked?.again();
        }}
      >
        <p>{asked?.text}</p>
      </Confirm>
    ),
  };
}
