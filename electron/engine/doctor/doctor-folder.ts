/** What the doctor looks at in the data folder itself, and what failed where nobody waited for it. */
import { randomUUID } from 'node:crypto';
import { access, constants, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { rejectedFolder, spoolFolder } from '../intake/spool-file.ts';
import type { MishapsSeen } from '../mishaps.ts';
import { letsOthersIn } from '../store/owner-only.ts';
import { closeOnWindowsMeanwhile } from '../store/windows-owner.ts';
import { type DoctorCheck, ok, problem, warning } from './doctor-check.ts';

/** Whether it can be written, by writing into it. */
export async function checkDataFolder(folder: string): Promise<DoctorCheck> {
  const name = sentence('doctor.folder');
  const probe = join(folder, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, 'can be written', { flush: true, mode: 0o600 });
    await rm(probe);
    if (letsOthersIn(folder)) {
      return warning(
        name,
        sentence('doctor.folder.others', { folder }),
        sentence('doctor.folder.others_step', { folder }),
      );
    }
    if (!(await closeOnWindowsMeanwhile(folder))) {
      return warning(name, sentence('doctor.folder.open', { folder }), sentence('doctor.folder.open_step'));
    }
    return ok(name, sentence('doctor.folder.ok', { folder }));
  } catch (error) {
    // On a full disk it has a name and no content.
    await rm(probe, { force: true }).catch(() => undefined);
    return folderProblem(name, folder, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

function folderProblem(name: Sentence, folder: string, error: string): DoctorCheck {
  switch (error) {
    case 'ENOSPC':
    case 'EDQUOT':
      return problem(name, sentence('doctor.folder.full', { folder }), sentence('doctor.folder.full_step'));
    case 'EROFS':
      return problem(name, sentence('doctor.folder.read_only', { folder }), sentence('doctor.folder.read_only_step'));
    case 'ENOENT':
      return problem(name, sentence('doctor.folder.missing', { folder }), sentence('doctor.folder.missing_step'));
    case 'EACCES':
    case 'EPERM':
      return problem(name, sentence('doctor.folder.problem', { folder, error }), sentence('doctor.folder.step'));
    case 'EMFILE':
    case 'ENFILE':
      return problem(
        name,
        sentence('doctor.folder.used_up', { folder, error }),
        sentence('doctor.folder.used_up_step'),
      );
    default:
      return problem(name, sentence('doctor.folder.failed', { folder, error }), sentence('doctor.folder.failed_step'));
  }
}

/** Where the engine's own log lies: what goes wrong with it ends nothing, and is seen nowhere else. */
export async function checkLogFile(dataFolder: string): Promise<DoctorCheck[]> {
  const file = join(dataFolder, 'logs', 'relay.log');
  try {
    await access(file, constants.W_OK);
    return [];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return [
      warning(
        sentence('doctor.log'),
        sentence('doctor.log.problem', { file, error: code }),
        sentence('doctor.log.step', { folder: join(dataFolder, 'logs') }),
      ),
    ];
  }
}

/** Events that were emitted while nothing ran, and could not be taken in. */
export async function checkRejected(dataFolder: string): Promise<DoctorCheck[]> {
  const folder = rejectedFolder(dataFolder);
  const names = await readdir(folder).catch(() => []);
  const found = names.filter((name) => name.endsWith('.json')).length;
  if (found === 0) return [];
  return [
    problem(
      sentence('doctor.spool'),
      sentence('doctor.spool.problem', { found, folder }),
      sentence('doctor.spool.step', { folder: spoolFolder(dataFolder) }),
    ),
  ];
}

/** What failed where nobody waited for it: the app goes on, and whoever mends it wants to know. */
export function checkMishaps(
  seen: MishapsSeen | null,
  name: 'doctor.mishaps' | 'doctor.mishaps.desktop',
): DoctorCheck[] {
  if (!seen?.last) return [];
  const { what, at: lastAt } = seen.last;
  const file = name === 'doctor.mishaps' ? 'logs/relay.log' : 'logs/desktop.log';
  return [
    warning(
      sentence(name),
      sentence('doctor.mishaps.found', { count: seen.count, what, lastAt }),
      sentence('doctor.mishaps.step', { file }),
    ),
  ];
}
