/** What the doctor looks at, each with the next step. */
import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { doctorCheck, Endpoint, Situation, Source } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { rejectedFolder, spoolFolder } from './intake/spool-file.ts';

export type DoctorCheck = z.output<typeof doctorCheck>;

/** Whether it can be written, by writing into it. */
export async function checkDataFolder(folder: string): Promise<DoctorCheck> {
  const probe = join(folder, `.doctor-${randomUUID()}`);
  try {
    await writeFile(probe, 'can be written', { flush: true });
    await rm(probe);
    return ok('Data folder', `${folder} can be written.`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return problem(
      'Data folder',
      `${folder} cannot be written (${code}).`,
      "Give this user's account the right to write there.",
    );
  }
}

/** Events that were emitted while nothing ran, and could not be taken in. */
export async function checkRejected(dataFolder: string): Promise<DoctorCheck[]> {
  const folder = rejectedFolder(dataFolder);
  const names = await readdir(folder).catch(() => []);
  const count = names.filter((name) => name.endsWith('.json')).length;
  if (count === 0) return [];
  return [
    problem(
      'Spooled events',
      `${count} could not be taken in. They lie in ${folder}, each with the reason.`,
      `Put right what the reason says, then move them into ${spoolFolder(dataFolder)}; or delete them.`,
    ),
  ];
}

/** Everything that the situation tells; a pure function of it. */
export function checksOf(situation: Situation, lanProblem: string | null): DoctorCheck[] {
  return [
    checkDisk(situation),
    checkDatabase(situation),
    checkSecrets(situation),
    checkClock(situation),
    checkInternet(situation),
    ok('Intake', `Events are taken at ${situation.intake.address}/v1/events.`),
    ...checkLan(situation, lanProblem),
    checkProperty(situation),
    ...(situation.sources.length === 0 ? [noSources] : situation.sources.map(checkSource)),
    ...(situation.endpoints.length === 0
      ? [noEndpoints]
      : situation.endpoints.map((one) => checkEndpoint(one, situation))),
  ];
}

const ok = (name: string, message: string): DoctorCheck => ({ name, state: 'ok', message, nextStep: null });
const warning = (name: string, message: string, nextStep: string): DoctorCheck => ({
  name,
  state: 'warning',
  message,
  nextStep,
});
const problem = (name: string, message: string, nextStep: string): DoctorCheck => ({
  name,
  state: 'problem',
  message,
  nextStep,
});

function checkDisk({ disk }: Situation): DoctorCheck {
  const free = `${Math.floor(disk.freeBytes / 1_000_000).toLocaleString('en')} MB free`;
  switch (disk.state) {
    case 'ok':
      return ok('Disk', `${free}.`);
    case 'low':
      return problem('Disk', `Nearly full (${free}): the PMS is asked to wait.`, 'Free some space, at least 500 MB.');
    case 'full':
      return problem('Disk', 'Full: nothing can be stored.', 'Free some space, at least 500 MB.');
    case 'read_only':
      return problem('Disk', 'The database may not be written.', 'Look at the rights of the data folder.');
  }
}

function checkDatabase({ database }: Situation): DoctorCheck {
  if (database.state === 'damaged') return problem('Database', 'It is damaged.', 'Restore the last backup.');
  if (database.state === 'checking') return ok('Database', 'It is being checked after an unclean stop.');
  if (database.lastBackupAt === null)
    return warning('Database', 'In order, but there is no backup yet.', 'Run: roost-relay backup');
  return ok('Database', 'In order, with a backup.');
}

function checkSecrets({ vault }: Situation): DoctorCheck {
  const name = 'Secrets';
  if (vault.state === 'locked') {
    return problem(
      name,
      'They cannot be read now; deliveries wait.',
      'Log in to this PC as the user who set the app up.',
    );
  }
  if (vault.unreadable > 0) {
    return problem(
      name,
      `${vault.unreadable} cannot be read.`,
      'Enter these secrets again on the page of their endpoint.',
    );
  }
  if (vault.state === 'plain') {
    return warning(name, "Readable, but this PC's key store does not really encrypt.", 'Install or unlock a keyring.');
  }
  return ok(name, 'Encrypted, and readable.');
}

function checkClock({ clock }: Situation): DoctorCheck {
  const minutes = Math.round(Math.abs(clock.skewMs) / 60_000);
  if (clock.wrong) {
    return problem(
      'Clock',
      `This PC's clock is ${minutes} minutes ${clock.skewMs > 0 ? 'ahead' : 'behind'}.`,
      'Fix date and time.',
    );
  }
  return ok('Clock', 'Right, as far as the answers of receivers tell.');
}

function checkInternet({ connectivity, waiting }: Situation): DoctorCheck {
  const name = 'Internet';
  switch (connectivity.state) {
    case 'online':
      return ok(name, 'There, as far as the last attempts tell.');
    case 'offline':
      return problem(
        name,
        `Not there. ${waiting} deliveries are safe and waiting.`,
        'Look at the router and the cable.',
      );
    case 'captive_portal':
      return problem(name, "This PC's Wi-Fi wants a sign-in.", 'Open a browser and sign in.');
    case 'tls_interception':
      return problem(
        name,
        'Security software is intercepting secure connections.',
        'Ask IT to leave Roost Relay out of it.',
      );
    case 'proxy':
      return problem(name, 'The office proxy refuses, or is not there.', 'Look at the proxy in the settings.');
  }
}

function checkLan({ intake }: Situation, lanProblem: string | null): DoctorCheck[] {
  const name = 'Local network';
  if (lanProblem !== null) return [problem(name, lanProblem, 'Change the settings of the local network.')];
  if (intake.lan === null) return [];
  const { address, fingerprint } = intake.lan;
  if (fingerprint !== null) return [ok(name, `Events are taken at ${address}/v1/events, certificate ${fingerprint}.`)];
  return [warning(name, `Events are taken at ${address}/v1/events, without encryption.`, 'Use HTTPS if the PMS can.')];
}

function checkProperty({ propertyId, sources }: Situation): DoctorCheck {
  if (propertyId !== null) return ok('Property', propertyId);
  const without = sources.filter((source) => source.propertyId === null);
  if (without.length === 0 && sources.length > 0) return ok('Property', 'Each source has its own.');
  return problem(
    'Property',
    'None is set, so events that name none are refused.',
    'Run: roost-relay settings set --property ID; or give each source its own: source add --property.',
  );
}

const noSources = warning('Sources', 'None yet: no PMS is connected.', 'Run: roost-relay source add --name PMS');
const noEndpoints = warning(
  'Endpoints',
  'None yet: events are kept, and go nowhere.',
  'Run: roost-relay endpoint add --url …',
);

function checkSource({ name, lastEventAt, lastRefusal, quietSince }: Source): DoctorCheck {
  const title = `Source ${name}`;
  if (lastRefusal !== null && lastRefusal.at > (lastEventAt ?? 0)) {
    return problem(title, `Its last event was refused. ${lastRefusal.message}`, 'Correct what the PMS sends.');
  }
  if (lastEventAt === null) return warning(title, 'No event has come yet.', "Try the curl on the source's page.");
  if (quietSince !== null) return warning(title, 'Quieter than usual.', 'Look whether the PMS runs.');
  return ok(title, `Last event ${new Date(lastEventAt).toLocaleString('sv-SE')}.`);
}

function checkEndpoint(endpoint: Endpoint, { timeZone, now }: Situation): DoctorCheck {
  const title = `Endpoint ${endpoint.name}`;
  if (!endpoint.secretReadable) return problem(title, 'Its secret cannot be read.', 'Enter the secret again.');
  const last = endpoint.lastAnswer && renderSentence(endpoint.lastAnswer.sentence, 'en', { timeZone, now });
  switch (endpoint.state) {
    case 'draft':
      return warning(
        title,
        'A draft: it gets no events.',
        `Run: roost-relay endpoint test ${endpoint.id}, then enable it.`,
      );
    case 'paused':
      return warning(title, `Paused; ${endpoint.waiting} deliveries wait.`, 'Resume it when it may go on.');
    case 'failing':
      return problem(
        title,
        `Failing; ${endpoint.waiting} deliveries wait. ${last ?? ''}`.trim(),
        'Tell those who run it.',
      );
    case 'degraded':
      return warning(
        title,
        `Its last attempt failed. ${last ?? ''}`.trim(),
        'Nothing yet: it is tried again by itself.',
      );
    case 'active':
      return ok(title, endpoint.lastAnswer === null ? 'Nothing has been sent to it yet.' : 'It takes what is sent.');
  }
}
