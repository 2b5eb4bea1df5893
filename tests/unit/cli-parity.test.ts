/** Every call of shared/api.ts has its command, or a reason why there is none. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { helpTexts } from '../../electron/cli/help-texts.ts';
import { createProgram } from '../../electron/cli/run.ts';
import { calls } from '../../shared/api.ts';
import { silentIo } from '../support/command-line.ts';
import { ways } from '../support/parity.ts';

const { program } = createProgram(silentIo(), false);
const folder = 'electron/cli';
const commands = readdirSync(`${folder}/commands`).map((name) => `commands/${name}`);
const sources = [...commands, 'endpoint-named.ts', 'job-progress.ts', 'retention-options.ts']
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n');

function find(path: string): Command | undefined {
  return path
    .split(' ')
    .reduce<Command | undefined>((at, name) => at?.commands.find((one) => one.name() === name), program);
}

test('the table has every call, and none that there is not', () => {
  expect(Object.keys(ways).sort()).toEqual(Object.keys(calls).sort());
});

describe('each call', () => {
  test.each(Object.entries(ways))('%s', (call, way) => {
    if (typeof way === 'string') {
      expect(find(way)?.commands, `a command "${way}"`).toEqual([]);
      expect(sources.includes(`'${call}'`), `a command that makes the call ${call}`).toBe(true);
    } else {
      expect(way.none.length).toBeGreaterThan(20);
      expect(sources.includes(`'${call}'`), `${call} has a command after all`).toBe(false);
    }
  });
});

describe('the help', () => {
  test('has a second sentence for every command, and for none that there is not', () => {
    const leaves = (command: Command, path: readonly string[]): readonly string[] =>
      command.commands.length === 0
        ? [path.join(' ')]
        : command.commands.flatMap((one) => leaves(one, [...path, one.name()]));
    expect(Object.keys(helpTexts).sort()).toEqual([...leaves(program, [])].sort());
    expect(find('endpoint add')?.helpInformation()).toMatch(/prints the signing\s+secret/);
    expect(find('endpoint')?.helpInformation()).not.toMatch(/prints the signing\s+secret/);
  });

  const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
  test.each(all(program).map((command) => [command.name(), command] as const))(
    'of %s fits into 80 columns',
    (_name, command) => {
      for (const line of command.helpInformation().split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    },
  );
});
