import type { LucideIcon } from 'lucide-react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button, type ButtonKind } from './Button.tsx';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import { optionLook, popoverLook } from './Select.tsx';

export interface MenuAct {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly danger?: boolean;
  readonly isDisabled?: boolean;
  readonly act: () => void;
}

export interface MenuProps {
  /** What the button says; with `icon` alone, its name for screen readers. */
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly iconOnly?: boolean;
  readonly kind?: ButtonKind;
  readonly acts: readonly MenuAct[];
}

/** Further acts behind one button. */
export function Menu({ label, icon, iconOnly, kind = 'plain', acts }: MenuProps) {
  return (
    <MenuTrigger>
      {iconOnly ? (
        <Button kind={kind} {...(icon && { icon })} aria-label={label} />
      ) : (
        <Button kind={kind} {...(icon && { icon })}>
          {label}
        </Button>
      )}
      <Popover className={popoverLook} placement="bottom end">
        <AriaMenu className="p-1 outline-none" onAction={(key) => acts.find(({ id }) => id === key)?.act()}>
          {acts.map((one) => (
            <MenuItem
              key={one.id}
              id={one.id}
              isDisabled={one.isDisabled ?? false}
              className={classes(optionLook, one.danger && 'text-bad')}
            >
              {one.icon && <Icon of={one.icon} size={16} />}
              {one.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
