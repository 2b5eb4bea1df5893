/** `roost-relay status`, `doctor`, `pause`, `resume`, `outages` and `open`: the engine as a whole. */
import type { Command } from 'commander';
import { inSentences } from '../../../shared/headline.ts';
import type { Outage } from '../../../shared/schemas.ts';
import { readAnswer } from '../client.ts';
import { durationMs } from '../duration.ts';
import { exitCodes } from '../io.ts';
import { type PageOptions, pageText, wholePage, withPages } from '../list-options.ts';
import { shown, together } from '../output.ts';
import { headlineWords, statusText } from '../status-text.ts';
import type { Runner } from '../terminal.ts';

export function addEngineCommands(program: Command, runner: Runner): void {
  runner.action(program.command('status').description('What waits, and how the endpoints are'), async (terminal) => {
    const situation = await terminal.client.call('situation.get', {});
    const at = await terminal.atProperty();
    terminal.say({ ...situation, headline: headlineWords(situation, at) }, statusText(terminal, situation, at));
  });

  runner.action(
    program.command('doctor').description('Looks at everything that can be wrong, with the next step'),
    async (terminal) => {
      const at = await terminal.atProperty();
      const checks = (await terminal.client.call('doctor.run', {})).map(({ name, state, says, nextStep }) => ({
        name: at.words(name),
        state,
        message: inSentences(says.map(at.words)),
        nextStep: nextStep && at.words(nextStep),
      }));
      const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' };
      const text = checks.flatMap(({ state, name, message, nextStep }) => [
        shown`${marks[state]}  ${name}: ${message}\n`,
        nextStep === null ? null : shown`         -> ${nextStep}\n`,
      ]);
      const opening = headlineWords(await terminal.client.call('situation.get', {}), at);
      terminal.say(checks, together(shown`${opening}\n\n`, ...text));
      if (checks.some(({ state }) => state === 'problem')) terminal.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ for?: string }>(
    program
      .command('pause')
      .description('Holds up all deliveries; events are taken as ever')
      .option('--for <time>', 'such as 30m or 2h; 1h unless given'),
    async (terminal, { for: given = '1h' }) => {
      const forMs = durationMs('--for', given);
      await terminal.client.call('relay.pause', { forMs });
      const { pausedUntil } = await terminal.client.call('situation.get', {});
      const until = (await terminal.atProperty()).timeOr(pausedUntil, 'they are resumed');
      terminal.say(
        { pausedUntil },
        shown`All deliveries are paused until ${until}. End it: ${terminal.command('resume')}\n`,
      );
    },
  );

  runner.action(program.command('resume').description('Ends that pause'), async ({ client, say }) => {
    await client.call('relay.resume', {});
    say({ pausedUntil: null }, shown`Deliveries go out again.\n`);
  });

  runner.action(
    program.command('try-now').description('Looks at once whether the internet is there, and lets what waits try'),
    async (terminal) => {
      const tried = await terminal.client.call('relay.tryNow', {});
      const says = (await terminal.atProperty()).words(tried.says);
      terminal.say({ ...tried, says }, shown`${says}\n`);
      // Asked too often, nothing was looked for: what was known before is no answer.
      if (tried.state !== 'online' || tried.againAt !== null) terminal.exitWith(exitCodes.failed);
    },
  );

  runner.action<PageOptions>(
    withPages(program.command('outages').description('What was out and what became of the events, newest first')),
    async (terminal, options) => {
      const page = await wholePage(options, (asked) => terminal.client.call('outages.list', asked));
      const at = await terminal.atProperty();
      const rows = page.rows.map((row) => [
        at.time(row.since),
        at.timeOr(row.until, 'lasts'),
        row.name ?? row.kind.replaceAll('_', ' '),
        String(row.events),
        String(row.deliveries),
        stillHere(row),
        at.timeOr(row.outBy, ''),
      ]);
      const head = ['SINCE', 'UNTIL', 'WHAT', 'EVENTS', 'DELIVERIES', 'STILL HERE', 'LAST OUT'];
      terminal.say(page, pageText(terminal, { head, rows, next: page.next, none: 'None so far.' }));
    },
  );

  runner.action(
    program.command('open').description('A new address that opens the window in a browser, good for one minute'),
    async ({ client, say }) => {
      const opened = await readAnswer<{ url: string }>(await client.post('open', '{}'));
      say(opened, shown`${opened.url}\n`);
    },
  );
}

/** How many of the events that waited are still here, for whose word, and how many a person skipped. */
const stillHere = ({ left, asking, skipped }: Outage): string =>
  [
    String(left),
    ...(asking > 0 ? [`${asking} for a person`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(', ');
