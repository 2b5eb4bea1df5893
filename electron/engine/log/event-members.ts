/** Members that events have, as the paths of rules name them, for whoever writes one. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import { sampleText } from '../../../shared/samples.ts';
import type { ReadHandle } from '../store/connection.ts';

type Members = CallOutput<'endpoints.members'>;

interface DataRow {
  readonly event: EventType;
  readonly dataText: string;
}

const mostEvents = 200;
const mostMembers = 200;
/** A larger one is passed over: two hundred of them are read at once. */
const largestData = 64 * 1024;
const deepest = 4;
const longestExample = 60;

export const eventMembersStatements = {
  newest: `SELECT type AS event, data AS dataText FROM events ORDER BY seq DESC LIMIT ${mostEvents}`,
} as const;

/** The newest events come first, so that an example is the newest; of a type that none is of, its sample. */
export function createEventMembers(reader: ReadHandle) {
  const newest = reader.prepare<[], DataRow>(eventMembersStatements.newest);

  return ({ events: types = [...eventTypes] }: ParsedInput<'endpoints.members'>): Members => {
    const members = new Map<string, string>();
    const missed = new Set<EventType>(types);
    for (const { event, dataText } of newest.iterate()) {
      if (!types.includes(event) || dataText.length > largestData) continue;
      missed.delete(event);
      gather(members, 'data', JSON.parse(dataText), 0);
    }
    for (const event of missed) gather(members, 'data', JSON.parse(sampleText(event)), 0);
    return [...members]
      .map(([path, example]) => ({ path, example }))
      .sort((one, other) => (one.path < other.path ? -1 : 1));
  };
}

/** Of a list its first element: what an event has many of is looked for in the list itself. */
function gather(members: Map<string, string>, path: string, value: unknown, depth: number): void {
  if (members.size >= mostMembers || value === null || value === undefined) return;
  if (path !== 'data' && !members.has(path)) {
    const isPlain = typeof value !== 'object' || Array.isArray(value);
    if (isPlain && path.length <= 200) members.set(path, exampleOf(value));
  }
  if (typeof value !== 'object' || depth === deepest) return;
  const inside = Array.isArray(value) ? Object.entries(value.slice(0, 1)) : Object.entries(value);
  for (const [name, member] of inside) {
    if (/^[^.\s][^.]*$/.test(name)) gather(members, `${path}.${name}`, member, depth + 1);
  }
}

function exampleOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longestExample ? `${text.slice(0, longestExample).toWellFormed()}…` : text;
}
