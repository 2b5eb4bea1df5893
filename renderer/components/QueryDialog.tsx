import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CallFailure } from '../lib/queries.ts';
import { Dialog } from './Dialog.tsx';
import { Failed } from './Failed.tsx';
import { Loading } from './Loading.tsx';

interface QueryDialogProps<Value> {
  readonly title: string;
  readonly query: UseQueryResult<Value, CallFailure>;
  readonly onClose: () => void;
  readonly children: (value: Value) => ReactNode;
}

/** A wide dialog whose content is asked for first. */
export function QueryDialog<Value>({ title, query, onClose, children }: QueryDialogProps<Value>) {
  return (
    <Dialog isOpen onClose={onClose} title={title} wide>
      {query.isError ? (
        <Failed error={query.error} again={() => void query.refetch()} />
      ) : query.data !== undefined ? (
        children(query.data)
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}
