import { Check, ChevronDown, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { optionLook, popoverLook } from './Select.tsx';

export interface FilterMenuProps<Value extends string> {
  /** What is chosen here, for screen readers: "State". */
  readonly label: string;
  /** What the button says where nothing is chosen ("Any state"), and where several are ("2 states"). */
  readonly any: string;
  readonly some: string;
  readonly choices: readonly {
    readonly value: Value;
    readonly label: string;
    readonly hint?: string;
    readonly icon?: LucideIcon;
    readonly iconLook?: string;
    /** Stands at the end: how many there are. Drawn while the menu is open only. */
    readonly note?: ReactNode;
  }[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: Value[]) => void;
}

/** Several choices behind one button; none of them chosen means all. */
export function FilterMenu<Value extends string>(props: FilterMenuProps<Value>) {
  const { label, any, some, choices, chosen, onChange } = props;
  const only = chosen.length === 1 ? choices.find(({ value }) => value === chosen[0]) : undefined;
  const summary = chosen.length === 0 ? any : (only?.label ?? some);
  return (
    <MenuTrigger>
      <Button aria-label={`${label}: ${summary}`} className={chosen.length > 0 ? 'border-brand bg-brand-wash' : ''}>
        {only?.icon && <Icon of={only.icon} size={16} className={only.iconLook ?? ''} />}
        {summary}
        <Icon of={ChevronDown} size={16} className="text-ink-faint" />
      </Button>
      <Popover className={popoverLook} placement="bottom start">
        <Menu
          aria-label={label}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            const all = keys === 'all';
            onChange(choices.filter(({ value }) => all || keys.has(value)).map(({ value }) => value));
          }}
          className="max-h-80 overflow-auto p-1 outline-none"
        >
          {choices.map((choice) => (
            <MenuItem key={choice.value} id={choice.value} textValue={choice.label} className={optionLook}>
              {({ isSelected }) => (
                <>
                  <span className="grid size-4 place-items-center text-brand">
                    {isSelected && <Icon of={Check} size={16} />}
                  </span>
                  {choice.icon && <Icon of={choice.icon} size={16} className={choice.iconLook ?? ''} />}
                  <span className="min-w-0 flex-1">
                    {choice.label}
                    {choice.hint && <span className="block text-ink-faint text-s">{choice.hint}</span>}
                  </span>
                  {choice.note && <span className="pl-3 text-ink-faint tabular-nums">{choice.note}</span>}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
