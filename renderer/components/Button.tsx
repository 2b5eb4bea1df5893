import type { LucideIcon } from 'lucide-react';
import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Link } from 'react-aria-components';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** `primary`: the one main act of its card or page. `danger`: what destroys. `quiet`: aside, without a border. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

const looks: Record<ButtonKind, string> = {
  primary: 'border-brand bg-brand text-brand-ink hover:opacity-90',
  plain: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-ink-soft hover:bg-sunken hover:text-ink',
  danger: 'border-bad bg-surface text-bad hover:bg-bad-wash',
};

function look(kind: ButtonKind, iconOnly: boolean, className: string | undefined): string {
  return classes(
    'inline-flex min-h-8 cursor-pointer items-center justify-center gap-2 rounded-m border py-1 font-medium text-base no-underline transition-colors duration-150',
    'disabled:cursor-default disabled:opacity-50 data-[pending]:cursor-progress',
    iconOnly ? 'w-8 px-0' : 'px-3',
    looks[kind],
    className,
  );
}

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly kind?: ButtonKind;
  readonly icon?: LucideIcon;
  /** Without words a button needs an `aria-label`. */
  readonly children?: ReactNode;
  readonly className?: string;
}

/** Does something here. */
export function Button({ kind = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={look(kind, children === undefined, className)}>
      {rest.isPending ? <Icon of={LoaderCircle} className="turning" /> : icon && <Icon of={icon} />}
      {children}
    </AriaButton>
  );
}

export interface ButtonLinkProps {
  /** A path of the window. */
  readonly to: string;
  readonly kind?: ButtonKind;
  readonly icon?: LucideIcon;
  readonly children?: ReactNode;
  readonly className?: string;
  readonly 'aria-label'?: string;
}

/** Looks like a button and goes somewhere. */
export function ButtonLink({ to, kind = 'plain', icon, children, className, ...rest }: ButtonLinkProps) {
  return (
    <Link href={to} {...rest} className={look(kind, children === undefined, className)}>
      {icon && <Icon of={icon} />}
      {children}
    </Link>
  );
}

/** Looks like a button and opens an address in the browser of this PC; the desktop's gate has the last word on it. */
export function BrowserLink({ to, kind = 'plain', children, className }: Omit<ButtonLinkProps, 'icon' | 'aria-label'>) {
  return (
    <a href={to} target="_blank" rel="noreferrer" className={look(kind, false, className)}>
      {children}
    </a>
  );
}
