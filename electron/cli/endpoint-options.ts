/** An endpoint's options as they are typed: derived from `shared/endpoint-kinds/options.ts`. */
import { type Command, Option } from 'commander';
import {
  numberOptions,
  type OptionsChange,
  optionalNumbers,
  type ShownOptions,
  switchOptions,
  usualOptions,
} from '../../shared/endpoint-kinds/options.ts';
import { CommandError } from './command-error.ts';

/** By the names that commander gives them: in camelCase. */
export type TypedOptions = {
  readonly [Name in (typeof numberOptions)[number]['name']]?: string;
} & {
  readonly [Name in (typeof optionalNumbers)[number]['name']]?: string;
} & {
  readonly [Flag in (typeof switchOptions)[number]['on' | 'off']['flag']]?: boolean;
};

/** Numbers, and of a switch what is not usual. */
export function withEndpointOptions(command: Command): Command {
  for (const number of numberOptions)
    command.option(`${flagOf(number.name)} <n>`, `${number.asks}, ${rangeOf(number)}`);
  for (const number of optionalNumbers)
    command.option(`${flagOf(number.name)} <n>`, `${number.asks}, ${rangeOf(number)}; "off" for never`);
  for (const { name, on, off } of switchOptions) {
    const { flag, asks } = usualOptions[name] ? off : on;
    command.option(`--${flag}`, asks);
  }
  return command;
}

/** What is usual, for an endpoint that has it otherwise. */
export function withOptionsBack(command: Command): Command {
  for (const { name, on, off } of switchOptions) {
    const [back, other] = usualOptions[name] ? [on, off] : [off, on];
    command.addOption(new Option(`--${back.flag}`, back.asks).conflicts(other.flag));
  }
  return command;
}

/**
 * The options that were typed; those of one group with the group's others as they are.
 * @throws CommandError where a number is none; whether it lies within its range is for the engine to say
 */
export function optionsGiven(typed: TypedOptions, present: ShownOptions): OptionsChange {
  const given: Record<string, unknown> = {};
  for (const number of numberOptions) {
    const text = typed[number.name];
    if (text === undefined) continue;
    given[number.of] = { ...present[number.of], ...(given[number.of] ?? {}), [number.name]: numberOf(number, text) };
  }
  for (const number of optionalNumbers) {
    const text = typed[number.name];
    if (text !== undefined) given[number.name] = text.trim() === 'off' ? null : numberOf(number, text, ', or "off"');
  }
  for (const { name, on, off } of switchOptions) {
    if (typed[on.flag] || typed[off.flag]) given[name] = typed[on.flag] === true;
  }
  return given as OptionsChange;
}

type NumberOption = Pick<(typeof numberOptions)[number] | (typeof optionalNumbers)[number], 'name' | 'given'>;

function numberOf(option: NumberOption, text: string, orElse = ''): number {
  if (/^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  const flag = flagOf(option.name);
  const expected = `${option.given.isInt ? 'a whole number' : 'a number'} from ${rangeOf(option)}${orElse}`;
  throw new CommandError('bad_input', `${flag}: expected ${expected}, got "${text}".`, { member: flag });
}

const rangeOf = ({ given }: NumberOption): string => `${given.minValue} to ${given.maxValue}`;
const flagOf = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
