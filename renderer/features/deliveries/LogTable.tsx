/** The list of the log: one row per delivery. */
import { useMemo } from 'react';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { TimeCell } from '../../components/cells.tsx';
import { type EndlessColumn, EndlessTable, type EndlessTableProps } from '../../components/EndlessTable.tsx';
import { useWords } from '../../i18n/index.ts';
import { AnswerCell, EndpointCell, StateCell, WhatCell } from './cells.tsx';

const widths = [
  'grid-cols-[56px_minmax(0,1fr)_152px]',
  '@[600px]:grid-cols-[68px_minmax(0,1.6fr)_minmax(0,1fr)_152px_minmax(112px,0.55fr)]',
].join(' ');

export function LogTable(props: Omit<EndlessTableProps<DeliveryRow>, 'label' | 'columns' | 'widths'>) {
  const t = useWords('deliveries');
  const columns = useMemo<EndlessColumn<DeliveryRow>[]>(
    () => [
      { id: 'time', header: t('list.time'), cell: TimeCell },
      { id: 'what', header: t('list.what'), cell: WhatCell },
      { id: 'endpoint', header: t('list.endpoint'), cell: EndpointCell, onlyWide: true },
      { id: 'state', header: t('list.state'), cell: StateCell },
      { id: 'answer', header: t('list.answer'), cell: AnswerCell, onlyWide: true },
    ],
    [t],
  );
  return <EndlessTable {...props} label={t('list.label')} columns={columns} widths={widths} />;
}
