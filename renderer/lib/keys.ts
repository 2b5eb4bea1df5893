/**
 * The window's keys in one registry: a screen says which key does what for as long as it is shown, the `?`
 * sheet lists what is registered now, and no key fires while a person types.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface KeyBinding {
  /** `KeyboardEvent.key`, or `mod+k` for Ctrl on Windows and Linux and Cmd on macOS. */
  readonly key: string;
  /** What it does, in the reader's language, for the sheet. */
  readonly label: string;
  readonly group: 'everywhere' | 'here';
  readonly act: () => void;
  /** Also while a text field has the focus: for `mod+` keys only. */
  readonly whileTyping?: boolean;
}

interface Registered {
  current: KeyBinding;
}

const registered = new Set<Registered>();
const watchers = new Set<() => void>();
let listed: readonly KeyBinding[] = [];

function changed(): void {
  listed = [...registered].map(({ current }) => current);
  for (const watcher of watchers) watcher();
}

/** Registers keys for as long as the component is there; the last one to register a key has it. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const kept = useRef<Registered[]>([]);
  const signature = bindings.map(({ key, label }) => `${key}=${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the acts are renewed below; only keys and labels re-register.
  useEffect(() => {
    kept.current = bindings.map((binding) => ({ current: binding }));
    for (const one of kept.current) registered.add(one);
    changed();
    return () => {
      for (const one of kept.current) registered.delete(one);
      changed();
    };
  }, [signature]);
  useEffect(() => {
    kept.current.forEach((one, index) => {
      one.current = bindings[index] ?? one.current;
    });
  });
}

/** Everything that is registered now, for the `?` sheet. */
export function useKeyList(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => listed,
  );
}

/** Starts listening on the window. Returns the function that ends it. */
export function listenForKeys(target: Window): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    const pressed = mod ? `mod+${event.key.toLowerCase()}` : event.key;
    const binding = [...registered].reverse().find(({ current }) => current.key === pressed)?.current;
    if (!binding) return;
    if (isTyping(event.target) && !binding.whileTyping) return;
    if (!mod && isInOverlay(event.target)) return;
    event.preventDefault();
    binding.act();
  };
  target.addEventListener('keydown', onKey);
  return () => target.removeEventListener('keydown', onKey);
}

/** A key as it is printed on the sheet: `Ctrl` or `⌘` for `mod`. */
export function printedKeys(key: string, platform: string = navigator.platform): readonly string[] {
  const mac = platform.startsWith('Mac');
  return key.split('+').map((part) => {
    if (part === 'mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Escape') return 'Esc';
    return part.length === 1 && key.includes('+') ? part.toUpperCase() : part;
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))
  );
}

/** Plain keys belong to an open dialog, menu or list of choices. */
function isInOverlay(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  );
}
