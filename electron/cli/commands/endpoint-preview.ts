/** `roost-relay endpoint preview`: what an endpoint would send, and `endpoint preset`: templates to start from. */
import { type Command, Option } from 'commander';
import { kindOf, lintOf, usualKind } from '../../../shared/endpoint-kinds/index.ts';
import { type PresetName, presetNames, presets } from '../../../shared/endpoint-kinds/presets.ts';
import { eventId, type Preview } from '../../../shared/schemas.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { idGiven } from '../ids.ts';
import { exitCodes } from '../io.ts';
import { kindGiven, rulesGiven, type TypedKind, withKind } from '../kind-options.ts';
import { knownEvents } from '../known-events.ts';
import { block, facts, type Shown, shown, together } from '../output.ts';
import type { Runner } from '../terminal.ts';

interface PreviewOptions extends TypedKind {
  readonly url?: string;
  readonly event?: string;
  readonly eventId?: string;
}

export function addEndpointPreview(endpoint: Command, runner: Runner): void {
  runner.action<PreviewOptions>(
    withKind(
      endpoint
        .command('preview')
        .description('What it would send, whether or not it is set up so')
        .argument('[endpoint]', 'id, or its description or host'),
      '; that of the endpoint or the address, unless given',
    )
      .option('--url <https url>', 'an address that tells the kind, instead of an endpoint')
      .option('--event-id <event>', 'made of this event; of the newest that it would get unless given')
      .addOption(new Option('--event <type>', 'made of the sample of this type').conflicts('eventId')),
    async (terminal, options, given) => {
      const present = given === undefined ? null : await endpointNamed(terminal, given);
      const { url, event, eventId: id } = options;
      const kind = present?.kind ?? (url === undefined ? usualKind : kindOf(url));
      const [sample] = event === undefined ? [] : knownEvents([event], '--event');
      const made = await terminal.client.call('endpoints.preview', {
        ...(present === null ? {} : { id: present.id }),
        ...(url === undefined ? {} : { url }),
        ...(await kindGiven(options, kind)),
        ...(await rulesGiven(options.rules)),
        ...(id === undefined ? {} : { eventId: idGiven('event', eventId, id, '--event-id') }),
        ...(sample === undefined ? {} : { event: sample }),
      });
      const about = url !== undefined && URL.canParse(url.trim()) ? lintOf(url.trim(), made.kind) : null;
      terminal.say(
        about === null ? made : { ...made, address: inEnglish(about.asks) },
        previewText(made, await terminal.atProperty(), about && inEnglish(about.asks)),
      );
      // A template that was typed here is input; one that is stored did not fit this event.
      if (made.problem !== null || made.refused !== null)
        terminal.exitWith(options.set === undefined ? exitCodes.failed : exitCodes.badInput);
    },
  );

  runner.action(
    endpoint
      .command('preset')
      .description('A template to start from: write it to a file, change it, and give it with --set template=@file')
      .argument('<name>', presetNames.join(', ')),
    async (terminal, _options, given = '') => {
      const known = presetNames.find((name) => name === given);
      const { content, template } = presets[known ?? noPreset(given)];
      terminal.say({ content, template }, block(template, ''));
    },
  );
}

function noPreset(given: string): PresetName {
  const message = `name: expected one of ${presetNames.join(', ')}, got "${given}".`;
  throw new CommandError('bad_input', message, { member: 'name' });
}

function passingText({ looked, passed }: NonNullable<Preview['passing']>): string {
  if (looked === 0) return 'no event of its types has come yet: there is nothing to count';
  if (looked === 1) return `the one event of its types that has come would ${passed === 1 ? 'pass' : 'not pass'}`;
  return `${passed} of the last ${looked} events of its types would pass`;
}

function previewText(preview: Preview, at: AtProperty, address: string | null): Shown {
  const { of, kind, body, subject, contentType, sizeBytes, limitBytes, headers, problem, refused, passing } = preview;
  const limit = limitBytes === null ? '' : `, of ${limitBytes} that its receiver takes`;
  const isTooLarge = sizeBytes !== null && limitBytes !== null && sizeBytes > limitBytes;
  const head = facts([
    ['Kind', kind],
    ['Address', address],
    ['Made of', of.id === null ? `the sample of ${of.event}` : `${of.event} (${of.id})`],
    ['Subject', subject],
    ['Content', contentType],
    ['Bytes', sizeBytes === null ? null : `${sizeBytes}${limit}${isTooLarge ? ': too large' : ''}`],
    ['Headers', headers.join(', ') || null],
    ['Rules', passing && passingText(passing)],
    ['Problem', problem && `line ${problem.line}, column ${problem.column}: ${at.words(problem.says)}`],
    ['Refused', refused && `its service would not take this: ${at.words(refused)}`],
  ]);
  return body === null ? head : together(head, shown`\n`, block(body, '  '));
}
