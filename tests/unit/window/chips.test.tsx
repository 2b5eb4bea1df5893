// @vitest-environment jsdom
/** A state is told by words, colour and icon; no two states of a kind look the same without their colour. */
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { DeliveryChip, EndpointChip } from '../../../renderer/components/Chip.tsx';
import { startWords } from '../../../renderer/i18n/index.ts';
import { deliveryStates, endpointStates } from '../../../shared/domain.ts';
import type { FacingDelivery } from '../../../shared/told.ts';

beforeAll(() => startWords('en'));
afterEach(cleanup);

const drawing = (chip: React.ReactNode): string => render(chip).container.querySelector('svg')?.innerHTML ?? '';
const distinct = (drawings: readonly string[]): number => new Set(drawings.filter((one) => one !== '')).size;

test('each state of an endpoint has an icon of its own', () => {
  expect(distinct(endpointStates.map((state) => drawing(<EndpointChip state={state} />)))).toBe(endpointStates.length);
});

const plain: Pick<FacingDelivery, 'reason' | 'toBench'> = { reason: null, toBench: false };
const rows: readonly FacingDelivery[] = [
  ...deliveryStates.map((state) => ({ ...plain, state })),
  { state: 'cancelled', reason: 'bench', toBench: true },
  { state: 'cancelled', reason: 'past_stopped', toBench: false },
];

test('each state of a delivery has an icon of its own, so have what the bench took and what was held back, and one that is held', () => {
  const held = drawing(<DeliveryChip row={{ ...plain, state: 'waiting' }} held />);
  const others = rows.map((row) => drawing(<DeliveryChip row={row} />));
  expect(distinct([...others, held])).toBe(rows.length + 1);
});
