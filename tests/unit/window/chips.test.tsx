// @vitest-environment jsdom
/** A state is told by words, colour and icon; no two states of a kind look the same without their colour. */
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { DeliveryChip, EndpointChip } from '../../../renderer/components/Chip.tsx';
import { startWords } from '../../../renderer/i18n/index.ts';
import { deliveryStates, endpointStates } from '../../../shared/domain.ts';

beforeAll(() => startWords('en'));
afterEach(cleanup);

const drawing = (chip: React.ReactNode): string => render(chip).container.querySelector('svg')?.innerHTML ?? '';
const distinct = (drawings: readonly string[]): number => new Set(drawings.filter((one) => one !== '')).size;

test('each state of an endpoint has an icon of its own', () => {
  expect(distinct(endpointStates.map((state) => drawing(<EndpointChip state={state} />)))).toBe(endpointStates.length);
});

test('each state of a delivery has an icon of its own, and one that is held a sixth', () => {
  const held = drawing(<DeliveryChip state="waiting" held />);
  const others = deliveryStates.map((state) => drawing(<DeliveryChip state={state} />));
  expect(distinct([...others, held])).toBe(deliveryStates.length + 1);
});
