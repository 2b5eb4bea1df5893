/** A data folder that this account may not look into: whether an engine runs there cannot be told, and is not said. */
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { accountOf } from '../engine/intake/port-holder.ts';
import { CommandError } from './command-error.ts';

/** @param cause what the system said */
export async function closedFolder(dataFolder: string, cause?: unknown): Promise<CommandError> {
  const message = `This account (${ownName()}) may not look into the data folder, so that nobody can tell here whether Roost Relay runs. ${await wayOut(dataFolder)}`;
  return new CommandError('not_allowed', message, { detail: `data folder: ${dataFolder}`, cause });
}

/** Whether the system refuses for want of rights. */
export const isForRights = (error: unknown): boolean =>
  ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

async function wayOut(dataFolder: string): Promise<string> {
  const owner = await ownerOf(dataFolder);
  if (owner === 'own') return `It is this account's own: give it back the right to read and write there.`;
  if (owner !== null) return `Run the same command as ${owner}, whose folder it is: sudo -u ${owner} and the command.`;
  return 'Run the same command under the account that Roost Relay runs under.';
}

/** Null where the system does not name it, as on Windows. */
async function ownerOf(folder: string): Promise<string | null> {
  if (process.getuid === undefined) return null;
  const found = await stat(folder).catch(() => null);
  if (found === null) return null;
  if (found.uid === process.getuid()) return 'own';
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return accountOf(accounts, String(found.uid));
}

/** An account may have a number and no name, as in a container. */
function ownName(): string {
  try {
    return userInfo().username;
  } catch {
    return `number ${process.getuid?.() ?? 'unknown'}`;
  }
}
