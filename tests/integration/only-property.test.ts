/** An event that does not say its property, given on the command line: which one it is of, and that the doctor agrees. */
import { expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';

test('emit takes the one property that the sources have, and asks where they have several or none', async () => {
  await using engine = await startTestEngine({ defaults: {} });
  const emit = () =>
    relayInProcess(engine.dataFolder, ['emit', 'guest.checkin', '--payload', '{"booking_id":"bk_1"}', '--json']);
  const property = async () =>
    (await engine.call('doctor.run', {})).find(({ name }) => name.key === 'doctor.property')?.state;
  const [first] = await engine.call('sources.list', {});
  if (!first) throw new Error('the test engine has a source');

  expect(await property()).toBe('problem');
  const refused = await emit();
  expect(refused.out).toContain('no property is known');
  expect(refused.out).toContain('settings set --property ID');

  await engine.call('sources.change', { id: first.id, name: first.name, propertyId: 'prop_abc123' });
  expect(await property()).toBe('ok');
  expect(await emit()).toMatchObject({ code: 0 });
  const { rows } = await engine.call('events.list', {});
  expect(await engine.call('events.get', { id: rows[0]?.id as never })).toMatchObject({ propertyId: 'prop_abc123' });

  const annex = await engine.call('sources.add', { name: 'Annex', propertyId: 'prop_b' });
  expect((await emit()).out).toContain('the sources are of several properties. Say which: prop_abc123, prop_b.');
  // What is no longer in use has no say.
  await engine.call('sources.revoke', { id: annex.id });
  expect(await emit()).toMatchObject({ code: 0 });
});
