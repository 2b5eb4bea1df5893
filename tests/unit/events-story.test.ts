import { describe, expect, it } from 'vitest';
import { withRequest } from '../../renderer/features/bench/requests-order.ts';
import { changeOf, draftOf, emptyForm, isSecret, problemOfUrl } from '../../renderer/features/endpoints/form.ts';
import { detailsOf, titleOf } from '../../renderer/features/events/describe.ts';
import { readData, sampleText } from '../../renderer/features/events/sample-text.ts';
import { byDay } from '../../renderer/features/events/story.ts';
import { createFormats } from '../../renderer/lib/format.ts';
import type { PushPayload } from '../../shared/api.ts';
import { utcMs } from '../../shared/domain.ts';
import { catalogue, eventTypes } from '../../shared/events.ts';
import { endpointChange, endpointDraft } from '../../shared/schemas.ts';

const formats = createFormats({ locale: 'en-GB', timeZone: 'Asia/Manila', currency: 'PHP', now: utcMs(0) });
const words = { nights: (count: number) => `${count} nights`, left: (count: number) => `${count} left` };

describe('what a row says of an event', () => {
  it('is who or what first: guest, item, outlet, amount, and an id only where nothing else is known', () => {
    const about = { member: 'booking_id', id: 'bk_1' };
    expect(
      titleOf({ event: 'guest.checkin', summary: { guest: 'Kenji Ito', room: '204' }, entity: about }, formats),
    ).toBe('Kenji Ito');
    expect(titleOf({ event: 'inventory.low', summary: { item: 'Bath soap' }, entity: null }, formats)).toBe(
      'Bath soap',
    );
    expect(
      titleOf({ event: 'order.completed', summary: { outlet: 'Restaurant', amount: 360 }, entity: null }, formats),
    ).toBe('Restaurant');
    expect(titleOf({ event: 'payment.received', summary: { amount: 6000 }, entity: about }, formats)).toBe('₱6,000.00');
    expect(titleOf({ event: 'booking.created', summary: {}, entity: about }, formats)).toBe('bk_1');
    expect(titleOf({ event: 'booking.created', summary: {}, entity: null }, formats)).toBeNull();
  });

  it('is of a notice its own words, and no id of ours', () => {
    const entity = { member: 'incident', id: 'ep_01J' };
    const notice = {
      event: 'relay.endpoint_failing',
      summary: { item: 'Door locks does not answer.' },
      entity,
    } as const;
    expect(titleOf(notice, formats)).toBe('Door locks does not answer.');
    expect(detailsOf(notice, formats, words)).toEqual([]);
    expect(titleOf({ ...notice, summary: {} }, formats)).toBeNull();
  });

  it('does not say the same twice', () => {
    const row = {
      event: 'payment.received',
      summary: { amount: 6000 },
      entity: { member: 'payment_id', id: 'pay_1' },
    } as const;
    expect(detailsOf(row, formats, words)).toEqual(['pay_1']);
  });
});

describe('a story by days', () => {
  it('changes day at the property’s midnight and keeps the engine’s order', () => {
    const events = ['2026-11-22T15:59:00Z', '2026-11-22T16:01:00Z', '2026-11-22T16:00:30Z'].map((text, n) => ({
      n,
      at: utcMs(Date.parse(text)),
    }));
    const days = byDay(events, 'Asia/Manila');
    expect(days.map(({ day, events: of }) => [day, of.map(({ n }) => n)])).toEqual([
      ['2026-11-22', [0]],
      ['2026-11-23', [1, 2]],
    ]);
  });
});

describe('the editor of a test event', () => {
  it('begins with the catalogue’s sample of every event, and reads it back as it is', () => {
    for (const event of eventTypes)
      expect(readData(sampleText(event))).toEqual({ ok: true, data: catalogue[event].sample });
  });

  it('tells text that is no JSON from JSON that is no object', () => {
    expect(readData('{"a": ')).toMatchObject({ ok: false, problem: 'notJson' });
    for (const text of ['[]', '1', 'null', '"a"']) expect(readData(text)).toEqual({ ok: false, problem: 'notObject' });
  });
});

describe('the form of an endpoint', () => {
  it('takes https addresses only, and tells what is wrong with others', () => {
    expect(problemOfUrl('https://hooks.example.com/a?b=c')).toBeNull();
    expect(problemOfUrl(' https://10.0.4.20:8443/x ')).toBeNull();
    expect(problemOfUrl('http://hooks.example.com')).toBe('form.urlHttps');
    for (const text of ['hooks.example.com', 'hooks.slack.com/services/T/B/x', 'a.example:8443/x']) {
      expect(problemOfUrl(text, 'webhook')).toBe('form.urlNoScheme');
    }
    for (const text of [
      'https://a.example:99999/x',
      'https://a.example:0',
      'smtp://mail.example.com:99999',
      'smtps://[::1]:0',
    ])
      expect(problemOfUrl(text)).toBe('form.urlPort');
    expect(problemOfUrl('https://a.example:65535/x:99999')).toBeNull();
    for (const text of ['hooks example', 'https://', '']) expect(problemOfUrl(text)).toBe('form.urlInvalid');
  });

  it('takes an own secret of 16 or more printable characters', () => {
    expect(isSecret('0123456789abcdef')).toBe(true);
    expect(isSecret('0123456789abcde')).toBe(false);
    expect(isSecret('0123456789abcdé!')).toBe(false);
  });

  it('becomes a draft that the contract takes, with headers that were left empty left out', () => {
    const draft = draftOf({
      ...emptyForm,
      url: ' https://a.example/h ',
      events: ['guest.checkin'],
      headers: [
        { name: 'X-Key', value: 'v', kept: false },
        { name: '', value: '', kept: false },
      ],
    });
    expect(endpointDraft.parse(draft)).toMatchObject({
      url: 'https://a.example/h',
      headers: [{ name: 'X-Key', value: 'v' }],
      caPem: null,
      ordered: true,
    });
    expect(draft).not.toHaveProperty('secret');
  });

  it('changes nothing that the window does not know: address, kept header values, a kept certificate', () => {
    const change = changeOf({
      ...emptyForm,
      events: ['guest.checkin'],
      headers: [{ name: 'X-Key', value: '', kept: true }],
      caKept: true,
    });
    expect(endpointChange.parse(change)).toMatchObject({ headers: [{ name: 'X-Key', value: null }] });
    expect(change).not.toHaveProperty('url');
    expect(change).not.toHaveProperty('caPem');
    expect(changeOf({ ...emptyForm, caKept: false })).toMatchObject({ caPem: null });
  });
});

describe('requests at the test bench', () => {
  const request = (n: number, answered: number | null) => ({ n, answered }) as PushPayload<'benchRequest'>;

  it('stand newest first, each once, with its answer as soon as there is one', () => {
    let requests = withRequest([], request(1, null));
    requests = withRequest(requests, request(2, null));
    requests = withRequest(requests, request(1, 200));
    expect(requests.map(({ n, answered }) => [n, answered])).toEqual([
      [2, null],
      [1, 200],
    ]);
  });

  it('are no more than can be looked at', () => {
    let requests: PushPayload<'benchRequest'>[] = [];
    for (let n = 1; n <= 150; n++) requests = withRequest(requests, request(n, 200));
    expect(requests).toHaveLength(100);
    expect(requests[0]?.n).toBe(150);
  });
});
