/**
 * What React Aria says by itself, to screen readers mostly, in Filipino: it knows thirty languages, and not this
 * one. By the component's area in React Aria; the build puts them in (vite.config.ts). What no screen uses is left
 * to its English.
 */

interface Item {
  readonly item: string;
}
interface Option {
  readonly optionText: string;
  readonly isSelected?: boolean;
}
interface Count {
  readonly count: number;
}

export const aria = {
  overlays: { dismiss: 'Isara' },
  searchfield: { 'Clear search': 'Burahin ang hinahanap' },
  autocomplete: { collectionLabel: 'Mga mungkahi' },
  combobox: {
    buttonLabel: 'Ipakita ang mga mungkahi',
    listboxLabel: 'Mga mungkahi',
    countAnnouncement: ({ optionCount }: { readonly optionCount: number }) => `${optionCount} ang mapagpipilian.`,
    selectedAnnouncement: ({ optionText }: Option) => `${optionText}, napili`,
    focusAnnouncement: ({ optionText, isSelected }: Option) => (isSelected ? `${optionText}, napili` : optionText),
  },
  menu: { longPressMessage: 'Pindutin nang matagal, o Alt + ArrowDown, para buksan ang menu' },
  numberfield: {
    decrease: ({ fieldLabel }: { readonly fieldLabel: string }) => `Bawasan ang ${fieldLabel}`,
    increase: ({ fieldLabel }: { readonly fieldLabel: string }) => `Dagdagan ang ${fieldLabel}`,
    numberField: 'Numero',
  },
  spinbutton: { Empty: 'Walang laman' },
  toast: { close: 'Isara', notifications: ({ count }: Count) => `${count} paalala.` },
  grid: {
    select: 'Piliin',
    selectedItem: ({ item }: Item) => `Napili ang ${item}.`,
    deselectedItem: ({ item }: Item) => `Hindi na napili ang ${item}.`,
    selectedCount: ({ count }: Count) => (count === 0 ? 'Walang napili.' : `${count} ang napili.`),
    selectedAll: 'Napili ang lahat.',
    longPressToSelect: 'Pindutin nang matagal para makapili.',
  },
  /** Of react-aria-components itself. */
  components: { selectPlaceholder: 'Pumili' },
};
