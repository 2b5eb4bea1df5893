/** A property on an engine that is a process of its own: one source, and one endpoint that is in use. */
import type { Control } from './control.ts';
import type { Receiver } from './receiver.ts';

/** @returns the source's token */
export async function setUpProperty(
  control: Control,
  { url, caPem }: Pick<Receiver, 'url' | 'caPem'>,
): Promise<{ readonly token: string }> {
  await control.call('settings.change', { change: { propertyId: 'prop_test' } });
  const { token } = await control.call('sources.add', { name: 'PMS' });
  const endpoint = { url, caPem, events: ['booking.created' as const] };
  const added = await control.call('endpoints.add', { confirmed: true, endpoint });
  await control.call('endpoints.enable', { id: added.endpoint.id, override: true });
  return { token };
}
