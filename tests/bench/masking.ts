/** What masking takes of the delivering thread, a megabyte, beside one bare pass over the same text. */
import { maskCardsInSteps } from '../../electron/engine/intake/masking/masking.ts';
import { eventNumber } from './events.ts';
import type { Measured } from './report.ts';

const megabyte = 1_048_576;
const rounds = 15;

const filled = (unit: string): string => `{"note":"${unit.repeat(Math.floor(megabyte / unit.length))}"}`;

/** Texts as they come and as nobody should send them; from a buffer, as the engine has them. */
const texts = (): readonly (readonly [what: string, text: string])[] => {
  const day: string[] = [];
  for (let bytes = 0; bytes < megabyte; bytes += (day.at(-1)?.length ?? 0) + 1) {
    day.push(JSON.stringify(eventNumber(day.length, 'masking').data));
  }
  const all = [
    ['a usual day', `{"all":[${day.join()}]}`],
    ['prose', filled('The guest would like a quiet room, late. ')],
    ['one run of digits', filled('1')],
    ['groups of digits', filled('12345 678 ')],
    ['card numbers', filled('4111111111111111 ')],
  ] as const;
  return all.map(([what, text]) => [what, Buffer.from(text).toString()]);
};

/** The median of each text, and the longest step of all after the first rounds. */
export async function measureMasking(): Promise<Measured[]> {
  let longestStepMs = 0;
  const measured = texts().map(([what, text]): Measured => {
    const times: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      let began = performance.now();
      if (passOver(text) < 0) throw new Error('digits cannot be fewer than none');
      bare.push(performance.now() - began);
      let whole = 0;
      for (const steps = maskCardsInSteps(text); ; ) {
        began = performance.now();
        const { done } = steps.next();
        const step = performance.now() - began;
        whole += step;
        if (round >= 3) longestStepMs = Math.max(longestStepMs, step);
        if (done) break;
      }
      times.push(whole);
    }
    const goal = what === 'card numbers' ? {} : { goal: { atMost: 5 } };
    return {
      part: 'masking',
      what: `a megabyte of ${what}`,
      value: median(times),
      unit: 'ms',
      bare: median(bare),
      ...goal,
    };
  });
  const longest = {
    part: 'masking',
    what: 'the longest step of these',
    value: longestStepMs,
    unit: 'ms',
    goal: { atMost: 20 },
  };
  return [...measured, longest];
}

/** Its answer is used, so that the compiler does not leave it out. */
function passOver(text: string): number {
  let digits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits;
}

const median = (values: number[]): number =>
  values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
