/** What the form would send, asked for a moment after the last key. */
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Control, useWatch } from 'react-hook-form';
import type { CallInput } from '../../../shared/api.ts';
import type { EventId } from '../../../shared/domain.ts';
import { askedMembers, typedValue } from '../../../shared/endpoint-kinds/asked.ts';
import type { EventType } from '../../../shared/events.ts';
import type { Preview } from '../../../shared/schemas.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { type EndpointForm, kindOfForm, problemOfUrl } from './form.ts';
import { rulesOf } from './rules.ts';

const afterLastKeyMs = 250;

export interface Previewed {
  /** The last event of this type, or its sample; empty: the newest of any. */
  readonly lastOf: EventType | '';
  /** The event that was chosen among the last ones; null: the newest. */
  readonly eventId: EventId | null;
  readonly show: (lastOf: EventType | '', eventId: EventId | null) => void;
  /** The last one that there was, while another is made. */
  readonly preview: Preview | null;
  /** A sentence of what is asked for that cannot be; null where there is none. */
  readonly failure: string | null;
}

/** @param id of the endpoint that is changed */
export function usePreview(control: Control<EndpointForm>, id?: string): Previewed {
  const [{ lastOf, eventId }, setShown] = useState<Pick<Previewed, 'lastOf' | 'eventId'>>({
    lastOf: '',
    eventId: null,
  });
  const [url, chosen, config, events, rules, match] = useWatch({
    control,
    name: ['url', 'kind', 'config', 'events', 'rules', 'match'],
  });
  const kind = kindOfForm({ kind: chosen, url });
  const input: CallInput<'endpoints.preview'> = {
    ...(id !== undefined && { id: id as never }),
    ...(problemOfUrl(url, kind) === null && { url: url.trim() }),
    kind,
    config: previewConfig(kind, config),
    rules: rulesOf({ rules, match }),
    ...(events.length > 0 && { events }),
    ...(lastOf !== '' && { lastOf }),
    ...(eventId !== null && { eventId }),
  };
  const asked = useSettled(JSON.stringify(input));
  const { data, error } = useRelayQuery('endpoints.preview', JSON.parse(asked), {
    placeholderData: keepPreviousData,
    retry: false,
  });
  return {
    lastOf,
    eventId,
    show: (type, id) => setShown({ lastOf: type, eventId: id }),
    preview: data ?? null,
    failure: error?.message ?? null,
  };
}

/** What is given and well formed: the fields say what is wrong with the rest. */
function previewConfig(kind: ReturnType<typeof kindOfForm>, typed: EndpointForm['config']): Record<string, unknown> {
  const members = askedMembers(kind).filter(({ isSecret }) => !isSecret);
  return Object.fromEntries(
    members.flatMap(({ name, schema }): [string, unknown][] => {
      const value = typedValue(schema, typed[name] ?? '');
      if (value !== null && schema.safeParse(value).success) return [[name, value]];
      // Taken away, not as it is stored: the engine has something to stand there where it is needed.
      return value === null ? [[name, null]] : [];
    }),
  );
}

/** A text once it has stayed the same for a moment; the first at once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), afterLastKeyMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
