/**
 * How a chat service shows a message, roughly: the words that a person reads there, of the JSON that it is sent. For a look
 * beforehand; the service has the last word.
 */
import { type ChatName, chatPresets } from './chat-presets.ts';
import type { EndpointKindName } from './index.ts';

export interface ReadMessage {
  /** `#1c7044`; null where the message names none. */
  readonly color: string | null;
  /** In their order; `strong` is what stands out. */
  readonly lines: readonly { readonly text: string; readonly look: 'strong' | 'plain' | 'faint' }[];
}

export const isChat = (kind: EndpointKindName): kind is ChatName => Object.hasOwn(chatPresets, kind);

type Look = ReadMessage['lines'][number]['look'];

/** Members that hold what is read, in any of the services' messages, and how each stands there. */
const looks: Readonly<Record<string, Look>> = {
  title: 'strong',
  text: 'plain',
  content: 'plain',
  description: 'plain',
  subtitle: 'faint',
  footer: 'faint',
  name: 'plain',
  value: 'plain',
};

/** @returns null for what is no JSON, or holds nothing that is read */
export function readAs(kind: ChatName, body: string): ReadMessage | null {
  const lines: { text: string; look: Look }[] = [];
  let color: string | null = null;
  const walk = (value: unknown, name: string, isBold: boolean, isSubtle: boolean): void => {
    if (typeof value === 'string') {
      const look = looks[name];
      if (look === undefined || value === '') return;
      for (const part of readable(kind, value))
        lines.push({ ...part, look: isBold ? 'strong' : isSubtle ? 'faint' : (part.look ?? look) });
    } else if (Array.isArray(value)) for (const each of value) walk(each, name, isBold, isSubtle);
    else if (typeof value === 'object' && value !== null) {
      const members = value as Readonly<Record<string, unknown>>;
      color ??= colorOf(members.color);
      // A footer is a text of its own, or an object with one.
      const inside = (member: string) => (member === 'text' && name === 'footer' ? 'footer' : member);
      for (const [member, each] of Object.entries(members))
        walk(each, inside(member), members.weight === 'Bolder', members.isSubtle === true);
    }
  };
  try {
    walk(JSON.parse(body), '', false, false);
  } catch {
    return null;
  }
  return lines.length === 0 ? null : { color, lines };
}

function colorOf(color: unknown): string | null {
  if (typeof color === 'number') return `#${color.toString(16).padStart(6, '0').slice(-6)}`;
  return typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : null;
}

interface Part {
  readonly text: string;
  readonly look?: Look;
}

/** Without the signs that the service does not show: escapes, and the few tags that it reads. */
function readable(kind: ChatName, text: string): readonly Part[] {
  if (kind === 'discord') return [{ text: text.replace(/\\([\\`*_{}[\]()#+\-.!|~>:<@])/g, '$1') }];
  if (kind === 'telegram' || kind === 'google_chat') {
    return text.split('\n').flatMap((line): Part[] => {
      const plain = withoutEntities(line.replace(/<[^<>]*>/g, ''));
      if (plain === '') return [];
      if (line.startsWith('<b>')) return [{ text: plain, look: 'strong' }];
      return [line.startsWith('<i>') ? { text: plain, look: 'faint' } : { text: plain }];
    });
  }
  return [{ text: kind === 'slack' ? withoutEntities(text) : text }];
}

const withoutEntities = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u2060', '');
