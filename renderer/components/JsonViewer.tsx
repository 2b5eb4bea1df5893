import { WrapText } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { harmlessJson, harmlessLines } from '../../shared/harmless.ts';
import { useWords } from '../i18n/index.ts';
import { CopyButton } from './CopyButton.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import { Scroller } from './Scroller.tsx';

/** Above this many characters a text is shown plain: colours would cost more than they tell. */
const colouredUpTo = 200_000;

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

/** JSON, indented and coloured; any other text as it is; control characters as such. What is copied is the text as it came. */
export function JsonViewer({ text, label }: { text: string; label: string }) {
  const t = useWords('common');
  const [wrap, setWrap] = useState(true);
  const shown = useMemo(() => coloured(text), [text]);
  return (
    <div className="overflow-hidden rounded-m bg-sunken forced-colors:border">
      <div className="flex justify-end gap-1 pt-1.5 pr-1.5">
        <ToggleButton
          isSelected={wrap}
          onChange={setWrap}
          aria-label={t('act.wrap')}
          className="grid size-8 cursor-pointer place-items-center rounded-m text-ink-soft hover:text-ink data-[selected]:text-brand"
        >
          <Icon of={WrapText} size={16} />
        </ToggleButton>
        <CopyButton text={text} kind="quiet" iconOnly />
      </div>
      <Scroller label={label} className="max-h-96 overflow-auto px-3 pb-3">
        <pre className={classes('font-code text-s', wrap && 'whitespace-pre-wrap break-words')}>{shown}</pre>
      </Scroller>
    </div>
  );
}

function coloured(text: string): ReactNode {
  if (text.length > colouredUpTo) return harmlessLines(text);
  const plain = indented(text);
  if (plain === null) return harmlessLines(text);
  const printed = harmlessJson(plain);
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of printed.matchAll(tokens)) {
    const [whole, string, colon, word, number] = match;
    parts.push(printed.slice(end, match.index));
    end = match.index + whole.length;
    if (string !== undefined)
      parts.push(
        <span key={match.index} className={colon === undefined ? 'text-fine' : 'text-away'}>
          {string}
        </span>,
        colon,
      );
    else
      parts.push(
        <span key={match.index} className={number === undefined ? 'text-wait' : 'text-ink'}>
          {word ?? number}
        </span>,
      );
  }
  parts.push(printed.slice(end));
  return parts;
}

/**
 * The text with line breaks and indents, every other character as it came: parsing and printing would
 * reorder integer-like members and lose digits. Null where it is no JSON.
 */
export function indented(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
  } catch {
    return null;
  }
  let out = '';
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [part] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/g)) {
    const bare = out.at(-1) === '{' || out.at(-1) === '[';
    if (part === '}' || part === ']') {
      depth -= 1;
      out += bare ? part : line() + part;
    } else {
      if (bare) out += line();
      out += part;
      if (part === '{' || part === '[') depth += 1;
      else if (part === ',') out += line();
      else if (part === ':') out += ' ';
    }
  }
  return out;
}
