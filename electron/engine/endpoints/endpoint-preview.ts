/** What an endpoint would send, whether or not it is set up so: made beside the deliveries, with the headers it goes with. */
import { isSigned, kindNamed, kindOf, usualKind } from '../../../shared/endpoint-kinds/index.ts';
import { wrongPort } from '../../../shared/endpoint-kinds/kind.ts';
import { RelayError } from '../../../shared/errors.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import type { NoticeData } from '../../../shared/notices.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineHandlers, wallTime } from '../context.ts';
import { idHeaders, requestHeaders, userAgent } from '../sending/request.ts';
import { signingKey } from '../sending/signing.ts';
import type { ShapeScope } from '../shaping/scope.ts';
import { type EndpointRow, urlContext } from '../store/endpoints.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { optionsOf } from './endpoint-options.ts';
import { previewedConfig } from './kind-settings.ts';
import { behaviourOf } from './kinds/index.ts';
import type { KindSetUp } from './kinds/kind.ts';
import { limitOf } from './kinds/message-fault.ts';
import { refuseImpassable } from './refused-rules.ts';

/** What the reader thread is asked (`log/preview.ts`). */
export interface PreviewAsked {
  readonly setUp: KindSetUp;
  /** Where it would go; null where that is not known. */
  readonly address: string | null;
  readonly property: ShapeScope['property'];
  readonly propertyId: string;
  /** Of a notice's sample. */
  readonly language: NoticeData['language'];
  readonly eventId: string | null;
  readonly sample: EventType | null;
  readonly lastOf: EventType | null;
  readonly rules: ReturnType<typeof optionsOf>['options']['rules'];
  readonly types: readonly EventType[];
}

type Previewed = Awaited<ReturnType<EngineHandlers['endpoints.preview']>>;
export type MakePreview = (
  asked: PreviewAsked,
) => Promise<
  Pick<Previewed, 'of' | 'body' | 'problem' | 'refused' | 'passing'> & { readonly contentHeaders: readonly string[] }
>;

export function createEndpointPreview(
  desk: EndpointDesk,
  property: () => ShapeScope['property'],
  make: MakePreview,
): Pick<EngineHandlers, 'endpoints.preview'> {
  const { clock, settings, version, vault } = desk.context;
  // It signs nothing that goes anywhere: names alone are shown.
  const keys = { current: signingKey('whsec_'), next: null };

  return {
    async 'endpoints.preview'(input) {
      if (input.url !== undefined && !URL.canParse(input.url.trim())) {
        const port = wrongPort(input.url);
        const says = port === null ? sentence('problem.address_invalid') : sentence('problem.address_port', { port });
        throw new RelayError('bad_input', says, { member: 'url' });
      }
      const row = input.id === undefined ? null : desk.findPresent(input.id);
      const present = row && optionsOf(row);
      const kind = input.kind ?? present?.kind ?? (input.url === undefined ? usualKind : kindOf(input.url));
      const config = previewedConfig(vault, row, kind, input.config);
      const options = present?.options ?? kindNamed(kind).options.parse({});
      const setUp: KindSetUp = { kind, options, config, secrets: [] };
      const rules = input.rules === undefined ? options.rules : input.rules;
      const types = input.events ?? (row === null ? eventTypes : (JSON.parse(row.events) as EventType[]));
      refuseImpassable(rules, types);
      const { contentHeaders, ...made } = await make({
        setUp,
        address: input.url?.trim() ?? (row && vault.open(row.benchUrl ?? row.url, urlContext(row.id))),
        property: property(),
        propertyId: settings.current().propertyId ?? 'test',
        language: settings.current().notify.language,
        eventId: input.eventId ?? null,
        sample: input.event ?? null,
        lastOf: input.lastOf ?? null,
        rules,
        types,
      });
      const body = Buffer.from(made.body ?? '', 'utf8');
      const at = wallTime(clock);
      const { headersOf, alsoSigned } = behaviourOf(kind);
      const attempt = {
        eventId: made.of.id ?? ('evt_sample' as never),
        event: made.of.event,
        deliveryId: 'dlv_sample' as never,
        kind: 'scheduled' as const,
        ordinal: 1,
        at,
        lateMs: 0,
        contentHeaders,
        alsoSigned: alsoSigned?.(setUp) ?? null,
      };
      const own = [...(headersOf?.(setUp) ?? []), ...(row === null ? [] : namedIn(row))];
      const headers = requestHeaders({ userAgent: userAgent(version, process.platform) }, attempt, keys, body, own);
      const host = row?.host ?? (input.url !== undefined && URL.canParse(input.url) ? new URL(input.url).host : '');
      return {
        ...made,
        kind,
        subject: valueIn(contentHeaders, 'Subject'),
        contentType: valueIn(contentHeaders, 'Content-Type'),
        sizeBytes: made.body === null ? null : body.length,
        limitBytes: limitOf(kind, host),
        headers: made.body === null ? [] : namesIn(isSigned(kind) ? headers : [...headOfMail, ...idHeaders(attempt)]),
      };
    },
  };
}

/** What a mail's head begins with, each name with nothing behind it. */
const headOfMail = ['From', 'To', 'Subject', 'Date', 'Message-ID'].flatMap((name) => [name, '']);

const namesIn = (headers: readonly string[]): string[] => headers.filter((_, index) => index % 2 === 0);

function valueIn(headers: readonly string[], name: string): string | null {
  const at = headers.indexOf(name);
  return at < 0 ? null : (headers[at + 1] ?? null);
}

/** Of its own headers the names: their values are nobody's business here. */
const namedIn = ({ headerNames }: EndpointRow): { readonly name: string; readonly value: string }[] =>
  (JSON.parse(headerNames) as { readonly name: string }[]).map(({ name }) => ({ name, value: '' }));
