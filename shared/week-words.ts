/** Monday's page in words: what the window shows, the command line writes and the printer prints. */
import { unknownCurrency } from './currency-code.ts';
import type { Sentence } from './domain.ts';
import type { EventType } from './events.ts';
import { outageSaid } from './outage-story.ts';
import type { WeekReport } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';
import { firstTryRate, moneyText, type WeekWords } from './week-page.ts';

export interface WeekReader {
  readonly lang: string;
  readonly say: (said: Sentence) => string;
  /** What an event's type is called. */
  readonly event: (type: EventType) => string;
  readonly number: (count: number) => string;
  /** A day by the property's calendar. */
  readonly day: (atMs: number) => string;
  /** An amount as it stands in the report; grouped with commas unless given. */
  readonly money?: (amount: string) => string;
}

export function weekWords(
  report: WeekReport,
  { lang, say, event, number, day, money: amountText = moneyText }: WeekReader,
): WeekWords {
  const { from, to, propertyName, events, checkedIn, checkedOut, money, unreadAmounts, deliveries, unwanted } = report;
  const { slowest, outages, unread } = report;
  const rate = firstTryRate(deliveries);
  const some = (count: number, name: string): [string, string][] => (count === 0 ? [] : [[name, number(count)]]);
  const currencySaid = (code: string) => (code === unknownCurrency ? say(sentence('week.other_currency')) : code);
  const none = say(sentence('week.none'));
  const orNone = (rows: readonly (readonly [string, string])[]) =>
    rows.length === 0 ? { note: none, rows } : { rows };
  return {
    lang,
    title: say(sentence('week.title')),
    span: say(
      propertyName === ''
        ? sentence('week.span', { from: day(from), to: day(to - 1) })
        : sentence('week.of', { property: propertyName, from: day(from), to: day(to - 1) }),
    ),
    sections: [
      {
        title: say(sentence('week.events')),
        ...orNone(events.map(({ event: type, count }) => [event(type), number(count)] as const)),
      },
      {
        title: say(sentence('week.guests')),
        rows: [
          [say(sentence('week.checked_in')), number(checkedIn)],
          [say(sentence('week.checked_out')), number(checkedOut)],
        ],
      },
      {
        title: say(sentence('week.money')),
        ...(money.length === 0 ? { note: none } : { note: say(sentence('week.money_note')) }),
        rows: [
          ...money.map(
            (sum) =>
              [
                `${event(sum.event)} (${number(sum.events)})`,
                `${currencySaid(sum.currency)} ${amountText(sum.amount)}`,
              ] as const,
          ),
          // A sum that lacks some must not look whole.
          ...some(unreadAmounts, say(sentence('week.unread_amounts'))),
          ...unread.map((one) => [unreadSaid(one, say), number(one.events)] as const),
        ],
      },
      {
        title: say(sentence('week.deliveries')),
        rows: [
          [say(sentence('week.delivered')), number(deliveries.delivered)],
          ...(rate === null ? [] : [[say(sentence('week.first_try')), `${rate} %`] as const]),
          ...some(deliveries.waiting, say(sentence('week.waiting'))),
          ...some(deliveries.needsAttention, say(sentence('week.attention'))),
          ...some(deliveries.cancelled, say(sentence('week.cancelled'))),
          ...some(deliveries.toBench, say(sentence('week.bench'))),
          ...some(unwanted, say(sentence('week.unwanted'))),
          ...(slowest === null
            ? []
            : [
                [
                  `${say(sentence('week.slowest'))}: ${slowest.name}`,
                  say(sentence('week.slowest_took', { took: tookText(slowest.p50Ms), count: slowest.delivered })),
                ] as const,
              ]),
        ],
      },
      {
        title: say(sentence('week.outages')),
        ...orNone(outages.map((outage) => [day(outage.since), outageSaid(outage).map(say).join(' ')] as const)),
      },
    ],
  };
}

const tookText = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** "total of Export, such as 1.234,50" */
function unreadSaid({ source, member, example }: WeekReport['unread'][number], say: WeekReader['say']): string {
  const from = source ?? say(sentence('week.handed_in'));
  return say(
    example === null
      ? sentence('week.unread_from', { member, from })
      : sentence('week.unread_such', { member, from, example }),
  );
}
