/** `roost-relay endpoint add`, `change`, `enter-again` and `rotate`: what an endpoint is set up with. */
import { type Command, Option } from 'commander';
import {
  kindOf,
  lintOf,
  otherAddress,
  unverifiedBecause,
  usualOptionsOf,
} from '../../../shared/endpoint-kinds/index.ts';
import { isStandardSecret } from '../../../shared/own-secret.ts';
import type { Endpoint, EndpointChange } from '../../../shared/schemas.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { durationMs } from '../duration.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { optionsGiven, type TypedOptions, withEndpointOptions, withOptionsBack } from '../endpoint-options.ts';
import { endpointText } from '../endpoint-text.ts';
import { kindGiven, rulesGiven, type TypedKind, withKind } from '../kind-options.ts';
import { knownEvents } from '../known-events.ts';
import { repeated } from '../list-options.ts';
import { type Shown, shown, together } from '../output.ts';
import { certificateFileText, type Runner, type Terminal, valueOrFile, withoutCa } from '../terminal.ts';

interface SetUpOptions extends TypedOptions, TypedKind {
  readonly url?: string;
  readonly events?: readonly string[];
  readonly description?: string;
  readonly header?: readonly string[];
  readonly removeHeader?: readonly string[];
  readonly secret?: string;
  /** False: `--no-ca`. */
  readonly ca?: boolean;
  readonly caFile?: string;
  /** Although another endpoint has the same address, or it is a test address. */
  readonly yes?: boolean;
  readonly allowDuplicate?: boolean;
}

/** What `add` and `change` have in common. */
const withSetUp = (command: Command, otherwise: string, kindOtherwise: string): Command =>
  withEndpointOptions(
    withKind(command, kindOtherwise)
      .option('--events <types>', `such as booking.created,booking.updated or booking.*${otherwise}`, repeated)
      .option('--description <text>', 'what people call it')
      .option('--header <name: value>', 'a header of your own; @file for the value; may be repeated', repeated)
      .option('--ca-file <pem>', 'the CA or certificate that this endpoint alone is trusted by'),
  )
    .option('--yes', 'although another endpoint has the same address, or it is a test address')
    .addOption(new Option('--allow-duplicate', 'the same').hideHelp());

export function addEndpointSetUp(
  endpoint: Command,
  named: (name: string, description: string) => Command,
  runner: Runner,
): void {
  runner.action<SetUpOptions>(
    withSetUp(
      endpoint
        .command('add')
        .description('A new endpoint, as a draft: test it, then enable it')
        .requiredOption('--url <address>', 'https://…, or smtps://… of a mail server'),
      '; all unless given',
      '; what the address tells, unless given',
    ).option('--secret <text or @file>', 'your own signing secret; one is made unless given'),
    async (terminal, options) => {
      const { url = '', description } = options;
      const secret = options.secret === undefined ? undefined : await valueOrFile('--secret', options.secret);
      const kind = options.kind ?? kindOf(url);
      const ofKind = await kindGiven(options, kind);
      const asked = terminal.client.call('endpoints.add', {
        confirmed: isConfirmed(options),
        endpoint: {
          url,
          events: knownEvents(options.events ?? ['*']),
          headers: await Promise.all((options.header ?? []).map(headerOf)),
          ...ofKind,
          ...(await rulesGiven(options.rules)),
          ...optionsGiven(options, usualOptionsOf(kind)),
          ...(description === undefined ? {} : { description }),
          ...(secret === undefined ? {} : { secret }),
          ...(options.caFile === undefined ? {} : { caPem: await certificateFileText('--ca-file', options.caFile) }),
        },
      });
      const added = await withWayToConfirm(terminal, asked);
      const text = endpointText(added.endpoint, await terminal.atProperty(), [
        ['Secret', unverifiedBecause(added.endpoint.kind) === null ? added.secret : null],
      ]);
      const { id } = added.endpoint;
      terminal.say(
        { ...added.endpoint, secret: added.secret, ...hintOfSecret(terminal, secret) },
        together(
          text,
          noteOf(url),
          shown`\nIt is a draft and gets no events yet. Next:\n`,
          shown`  ${terminal.command('endpoint', 'test', id)}\n  ${terminal.command('endpoint', 'enable', id)}\n`,
        ),
      );
    },
  );

  runner.action<SetUpOptions>(
    withOptionsBack(
      withSetUp(
        named('change', 'Changes what is given; the rest stays').option('--url <address>', 'another address'),
        '',
        '; what was set for the former kind is gone then',
      )
        .option('--remove-header <name>', 'a header that is sent no more; may be repeated', repeated)
        .addOption(withoutCa('trust what this PC trusts again')),
    ),
    async (terminal, options, given = '') => {
      const present = await endpointNamed(terminal, given);
      const change = await changeOf(options, present);
      if (Object.keys(change).length === 0) {
        throw new CommandError('bad_input', 'endpoint change: give what to change, such as --url or --per-second.');
      }
      const confirmed = isConfirmed(options);
      const changed = await withWayToConfirm(
        terminal,
        terminal.client.call('endpoints.change', { id: present.id, change, confirmed }),
      );
      const next =
        change.url === undefined
          ? null
          : shown`\nThe address is new. Whether it takes events: ${terminal.command('endpoint', 'test', changed.id)}\n`;
      const alike = change.kind !== undefined ? null : otherAddress(changed.kind, change.url ?? '');
      const stays =
        alike === null || alike.told === null
          ? null
          : shown`It is still sent what the kind "${changed.kind}" sends; the address looks like one of ${alike.service}: ${terminal.command('endpoint', 'change', changed.id, '--kind', alike.told)}\n`;
      terminal.say(
        changed,
        together(endpointText(changed, await terminal.atProperty()), noteOf(change.url), next, stays),
      );
    },
  );

  runner.action<SetUpOptions>(
    named('enter-again', 'Replaces what cannot be decrypted on this PC any more')
      .option('--url <address>', 'its address')
      .option('--secret <text or @file>', 'its signing secret')
      .option('--header <name: value>', 'all of its headers; may be repeated', repeated)
      .option('--set <name=value>', 'what its kind keeps secret; @file for the value; may be repeated', repeated)
      .option('--yes', 'although another endpoint has the same address, or it is a test address'),
    async (terminal, { url, secret: typed, header, set, yes = false }, given = '') => {
      if (url === undefined && typed === undefined && header === undefined && set === undefined) {
        const message = 'endpoint enter-again: give what to replace: --url, --secret, --header or --set.';
        throw new CommandError('bad_input', message);
      }
      const { id, kind } = await endpointNamed(terminal, given);
      const secret = typed === undefined ? undefined : await valueOrFile('--secret', typed);
      const asked = terminal.client.call('endpoints.enterAgain', {
        id,
        confirmed: yes,
        entered: {
          ...(url === undefined ? {} : { url }),
          ...(secret === undefined ? {} : { secret }),
          ...(header === undefined ? {} : { headers: await Promise.all(header.map(headerOf)) }),
          ...(await kindGiven(set === undefined ? {} : { set }, kind, false)),
        },
      });
      const changed = await withWayToConfirm(terminal, asked);
      const text = endpointText(changed, await terminal.atProperty());
      terminal.say({ ...changed, ...hintOfSecret(terminal, secret) }, text);
    },
  );

  runner.action<{ secret?: string; overlap?: string; finish?: boolean; cancel?: boolean }>(
    named('rotate', 'A new secret, beside the old one for a while')
      .option('--secret <text or @file>', 'your own; one is made unless given')
      .option('--overlap <time>', 'how long both are sent; 24h unless given')
      .addOption(new Option('--finish', 'switch to the new secret now').conflicts(['cancel', 'secret', 'overlap']))
      .addOption(new Option('--cancel', 'keep the old secret').conflicts(['secret', 'overlap'])),
    async (terminal, { secret: asked, overlap, finish, cancel }, given = '') => {
      const { id } = await endpointNamed(terminal, given);
      if (finish || cancel) {
        const ended = await terminal.client.call(finish ? 'endpoints.finishRotation' : 'endpoints.cancelRotation', {
          id,
        });
        return terminal.say(
          ended,
          shown`${ended.name} is signed with its ${finish ? 'new' : 'old'} secret (…${ended.secretTail}).\n`,
        );
      }
      const secret = asked === undefined ? undefined : await valueOrFile('--secret', asked);
      const rotated = await terminal.client.call('endpoints.rotate', {
        id,
        ...(secret === undefined ? {} : { secret }),
        ...(overlap === undefined ? {} : { overlapMs: durationMs('--overlap', overlap) }),
      });
      const ends = (await terminal.atProperty()).timeOr(rotated.endpoint.rotation?.endsAt ?? null, 'now');
      terminal.say(
        { ...rotated.endpoint, secret: rotated.secret, ...hintOfSecret(terminal, secret) },
        shown`New secret  ${rotated.secret}\n\nGive it to the receiver. Both are sent until ${ends}; then, or with --finish, only the new one.\nTest it: ${terminal.command('endpoint', 'test', id, '--next')}\n`,
      );
    },
  );
}

/** What is to be known of an address that is in order. */
function noteOf(url: string | undefined): Shown | null {
  const lint = url !== undefined && URL.canParse(url) ? lintOf(url) : null;
  return lint?.isNote === true ? shown`\n${inEnglish(lint.asks)}\n` : null;
}

/** Said once, where an own secret is typed: it works, but not with every receiver. */
function hintOfSecret(terminal: Terminal, secret: string | undefined): { readonly hint?: string } {
  if (secret === undefined || isStandardSecret(secret)) return {};
  const hint =
    'A Standard Webhooks library cannot take this secret: it expects whsec_ and the base64 of 24 to 64 bytes. Receivers that verify X-RoostSync-Signature, or key with the text as it is, can.';
  if (!terminal.json) terminal.note(shown`${hint}\n`);
  return { hint };
}

const isConfirmed = ({ yes, allowDuplicate }: SetUpOptions): boolean => yes === true || allowDuplicate === true;

async function changeOf(options: SetUpOptions, present: Endpoint): Promise<EndpointChange> {
  const { url, events, description, caFile, ca } = options;
  const isHeader = options.header !== undefined || options.removeHeader !== undefined;
  return {
    ...(url === undefined ? {} : { url }),
    ...(events === undefined ? {} : { events: knownEvents(events) }),
    ...(description === undefined ? {} : { description }),
    ...(isHeader ? { headers: await headersOf(options, present) } : {}),
    ...(caFile === undefined ? {} : { caPem: await certificateFileText('--ca-file', caFile) }),
    ...(ca === false ? { caPem: null } : {}),
    ...(await kindGiven(options, present.kind)),
    ...(await rulesGiven(options.rules)),
    ...optionsGiven(options, present),
  };
}

/** All that there are afterwards; a value that is null stays as it is stored. */
async function headersOf({ header = [], removeHeader = [] }: SetUpOptions, present: Endpoint) {
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const given = await Promise.all(header.map(headerOf));
  for (const name of removeHeader) {
    if (!present.headers.some((one) => isSame(one.name, name))) {
      const there = present.headers.map((one) => one.name).join(', ') || 'none';
      const message = `--remove-header: this endpoint has no header "${name}"; it has ${there}.`;
      throw new CommandError('bad_input', message, { member: '--remove-header' });
    }
  }
  const kept = present.headers
    .filter(({ name }) => ![...removeHeader, ...given.map((one) => one.name)].some((gone) => isSame(gone, name)))
    .map(({ name }) => ({ name, value: null }));
  return [...kept, ...given];
}

async function headerOf(text: string): Promise<{ name: string; value: string }> {
  const colon = text.indexOf(':');
  if (colon < 1) {
    throw new CommandError('bad_input', `--header: expected "Name: value", got "${text.slice(0, 40)}".`, {
      member: '--header',
    });
  }
  return { name: text.slice(0, colon).trim(), value: await valueOrFile('--header', text.slice(colon + 1).trim()) };
}
