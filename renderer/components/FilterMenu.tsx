import { Check, ChevronDown } from 'lucide-react';
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
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
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
                  <span className="min-w-0 flex-1">
                    {choice.label}
                    {choice.hint && <span className="block text-ink-faint text-s">{choice.hint}</span>}
                  </span>
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
