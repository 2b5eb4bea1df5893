/**
 * The paths that a person chose in the app's own dialogs in this session. Whatever took over the window can
 * therefore neither write over a file of its choice nor read one.
 */
import { resolve } from 'node:path';

export const filePurposes = ['export', 'backup', 'restore', 'page', 'folder'] as const;
export type FilePurpose = (typeof filePurposes)[number];

export interface ChosenFiles {
  remember(purpose: FilePurpose, file: string): void;
  isChosen(purpose: FilePurpose, file: string): boolean;
}

export function rememberChosenFiles(): ChosenFiles {
  const chosen = new Set<string>();
  const keyOf = (purpose: FilePurpose, file: string) => `${purpose}\0${resolve(file)}`;
  return {
    remember: (purpose, file) => void chosen.add(keyOf(purpose, file)),
    isChosen: (purpose, file) => chosen.has(keyOf(purpose, file)),
  };
}
