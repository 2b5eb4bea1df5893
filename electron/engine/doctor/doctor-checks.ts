/** What the doctor looks at, each with the next step. */
import { randomUUID } from 'node:crypto';
import { access, constants, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { closedWords } from '../../../shared/conditions/closed.ts';
import { keptWords, rejectedWords } from '../../../shared/conditions/intake.ts';
import { missedMeaning, missedStep } from '../../../shared/conditions/listeners.ts';
import { leavesEvents, restoredSetUpWords, restoredWords } from '../../../shared/conditions/restoring.ts';
import { stuckWords } from '../../../shared/conditions/source-away.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { askedFor } from '../../../shared/facts.ts';
import { outageSaid, overToday } from '../../../shared/outage-story.ts';
import { eachHasItsOwn } from '../../../shared/property.ts';
import type { doctorCheck, Fact, Situation, Source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { rejectedFolder, spoolFolder } from '../intake/spool-file.ts';
import type { MishapsSeen } from '../mishaps.ts';
import { letsOthersIn } from '../store/owner-only.ts';
import { closeOnWindowsMeanwhile } from '../store/windows-owner.ts';
import { checkEndpoint } from './doctor-endpoint.ts';

export type DoctorCheck = z.output<typeof doctorCheck>;

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

/** Everything that the situation tells; a pure function of it. */
export function checksOf(situation: Situation, lanProblem: Sentence | null): DoctorCheck[] {
  const inUse = situation.sources.filter(({ revokedAt }) => revokedAt === null);
  return [
    checkDisk(situation),
    checkDatabase(situation),
    ...checkLost(situation),
    ...checkRestored(situation),
    checkSecrets(situation),
    checkClock(situation),
    ...checkStart(situation),
    checkInternet(situation),
    ...checkLocalNetwork(situation),
    ...checkOutages(situation),
    ...checkPause(situation),
    checkIntake(situation),
    ...checkLan(situation, lanProblem),
    checkProperty(situation),
    ...(inUse.length === 0 ? [noSources()] : inUse.map(checkSource)),
    ...situation.sources.flatMap(checkLeftBehind),
    ...situation.sources.flatMap(checkKept),
    ...situation.closed.map(checkClosed),
    ...situation.exportsAway.map(checkExport),
    ...situation.upkeepUndone.map(checkUndone),
    ...(situation.endpoints.length === 0
      ? [noEndpoints()]
      : situation.endpoints.map((endpoint) => checkEndpoint(endpoint, situation))),
  ];
}

type Says = Sentence | readonly Sentence[];

const check = (state: DoctorCheck['state'], name: Sentence, says: Says, nextStep: Sentence | null): DoctorCheck => ({
  name,
  state,
  says: [says].flat(),
  nextStep,
});
const ok = (name: Sentence, says: Says) => check('ok', name, says, null);
const warning = (name: Sentence, says: Says, nextStep: Sentence) => check('warning', name, says, nextStep);
const problem = (name: Sentence, says: Says, nextStep: Sentence) => check('problem', name, says, nextStep);

function checkDisk({ disk }: Situation): DoctorCheck {
  const name = sentence('doctor.disk');
  const { freeBytes } = disk;
  switch (disk.state) {
    case 'ok':
      return ok(name, sentence('doctor.disk.ok', { freeBytes }));
    case 'low':
      return problem(name, sentence('doctor.disk.low', { freeBytes }), sentence('doctor.disk.step'));
    case 'full':
      return problem(name, sentence('doctor.disk.full'), sentence('doctor.disk.step'));
    case 'read_only':
      return problem(name, sentence('doctor.disk.read_only'), sentence('doctor.disk.read_only_step'));
    case 'no_rights':
      return problem(name, sentence('doctor.disk.no_rights'), sentence('doctor.disk.no_rights_step'));
  }
}

function checkDatabase({ database }: Situation): DoctorCheck {
  const name = sentence('doctor.database');
  switch (database.state) {
    case 'gone':
    case 'damaged':
    case 'emptied':
      return problem(
        name,
        sentence(`doctor.database.${database.state}`),
        sentence(`doctor.database.${database.state}_step`),
      );
    case 'held':
    case 'unreachable': {
      const says = sentence(`doctor.database.${database.state}`, { sinceAt: database.since ?? 0 });
      return problem(name, says, sentence(`doctor.database.${database.state}_step`));
    }
    case 'checking':
      return ok(name, sentence('doctor.database.checking'));
  }
  if (database.lastBackupAt === null) {
    return warning(name, sentence('doctor.database.no_backup'), sentence('doctor.database.no_backup_step'));
  }
  const inOrder = sentence('doctor.database.ok');
  switch (database.shrinking) {
    case 'possible':
      return ok(name, inOrder);
    case 'tonight':
      return ok(name, [inOrder, sentence('doctor.database.tonight')]);
    case 'too_large':
      return ok(name, [inOrder, sentence('doctor.database.too_large')]);
    case 'no_room':
      return warning(name, [inOrder, sentence('doctor.database.no_room')], sentence('doctor.database.no_room_step'));
    case 'failed':
      return ok(name, [inOrder, sentence('doctor.database.not_rebuilt')]);
  }
}

function checkLost({ database: { lost } }: Situation): DoctorCheck[] {
  if (lost === null) return [];
  const { count, since, until: untilAt } = lost;
  const step =
    since === null
      ? sentence('conditions.events_lost.step.all', { untilAt })
      : sentence('conditions.events_lost.step.since', { sinceAt: since, untilAt });
  return [problem(sentence('doctor.lost'), sentence('doctor.lost.found', { count, untilAt }), step)];
}

function checkRestored({ database: { restored } }: Situation): DoctorCheck[] {
  if (restored === null) return [];
  const [meaning, step] = restoredWords(restored);
  const says = [sentence('doctor.restored.at', { restoredAt: restored.at }), meaning];
  const setUp = restoredSetUpWords(restored);
  const name = sentence('doctor.restored');
  const told = check(leavesEvents(restored) ? 'problem' : 'warning', name, [...says, ...setUp.carried], step);
  return setUp.left === null ? [told] : [told, problem(name, ...setUp.left)];
}

function checkSecrets({ vault }: Situation): DoctorCheck {
  const name = sentence('doctor.secrets');
  if (vault.state === 'locked') {
    return problem(name, sentence('doctor.secrets.locked'), sentence('doctor.secrets.locked_step'));
  }
  if (vault.state === 'no_key') {
    return problem(name, sentence('doctor.secrets.no_key'), sentence('doctor.secrets.no_key_step'));
  }
  if (vault.unreadable > 0) {
    const says = sentence('doctor.secrets.unreadable', { found: vault.unreadable });
    return problem(name, says, sentence('doctor.secrets.unreadable_step'));
  }
  if (vault.state === 'plain') {
    return warning(name, sentence('doctor.secrets.plain'), sentence('doctor.secrets.plain_step'));
  }
  return ok(name, sentence('doctor.secrets.ok'));
}

function checkClock({ clock, endpoints, lastDeliveredAt, internet }: Situation): DoctorCheck {
  const name = sentence('doctor.clock');
  const isAnswered =
    lastDeliveredAt !== null ||
    internet.answeredAt !== null ||
    endpoints.some(({ lastAnswer, trouble }) => (lastAnswer?.status ?? trouble?.status ?? null) !== null);
  if (!clock.wrong) return ok(name, sentence(isAnswered ? 'doctor.clock.ok' : 'doctor.clock.unknown'));
  const says = sentence(clock.skewMs > 0 ? 'doctor.clock.ahead' : 'doctor.clock.behind', {
    skewMs: clock.skewMs,
  });
  return problem(name, says, sentence('doctor.clock.step'));
}

/**
 * The system or a tidy-up tool has switched the start with the PC off; or nothing runs between a restart of the PC and the
 * first sign-in, which is told once that has held events up.
 */
function checkStart({ pc: { lateStarts, loginItemWorks } }: Situation): DoctorCheck[] {
  if (loginItemWorks === false) {
    const says = [sentence('conditions.autostart_off.title'), sentence('conditions.autostart_off.meaning')];
    return [warning(sentence('doctor.start'), says, sentence('doctor.start.off_step'))];
  }
  if (lateStarts === null) return [];
  return [
    warning(
      sentence('doctor.start'),
      sentence('doctor.start.late', { ...lateStarts }),
      sentence('doctor.start.late_step'),
    ),
  ];
}

/** All that holds up the way out, the gravest first: its step is the next one. Then what that rests on. */
function checkInternet({ connectivity: { state }, facts, waiting, internet }: Situation): DoctorCheck {
  const name = sentence('doctor.internet');
  const ground = groundOf(internet);
  // What nothing was asked of yet is not known to be there.
  if (state === 'online' && internet.rests === 'nothing') return ok(name, [sentence('doctor.internet.untried')]);
  if (state === 'online') return ok(name, [sentence('doctor.internet.ok'), ...ground]);
  const more = facts.flatMap((fact) => detailOf(fact));
  const says = [sentence(`doctor.internet.${state}`, { count: waiting }), ...more, ...ground];
  return problem(name, says, internetStep(state, facts));
}

/** A proxy has to be looked at where it is named. */
function internetStep(state: Exclude<Situation['connectivity']['state'], 'online'>, facts: readonly Fact[]): Sentence {
  const named = facts.find((fact) => fact.kind === 'proxy');
  if (state !== 'proxy' || named === undefined || named.from === 'settings') {
    return sentence(`doctor.internet.${state}_step`);
  }
  return sentence(`doctor.internet.proxy_step.${named.from}`);
}

/** Which evidence, of when, and who answered what. */
function groundOf({ rests, lookedAt, answeredAt, addresses, isAsking }: Situation['internet']): Sentence[] {
  const off = isAsking ? [] : [sentence('doctor.internet.off')];
  if (rests === 'answer' && answeredAt !== null) {
    // What the addresses said before is no ground of what is said now.
    return [sentence('doctor.internet.rests.answer', { answeredAt }), ...off];
  }
  const ground =
    rests === 'nothing' || rests === 'answer' || lookedAt === null
      ? sentence('doctor.internet.rests.nothing')
      : sentence(`doctor.internet.rests.${rests}`, { lookedAt });
  return [ground, ...addresses.map(saidBy), ...off];
}

function saidBy({ address, says, status }: Situation['internet']['addresses'][number]): Sentence {
  if (status === null && says === 'other') return sentence('doctor.internet.said.refused', { address });
  return says === 'page' || says === 'other'
    ? sentence(`doctor.internet.said.${says}`, { address, status: status ?? 0 })
    : sentence(`doctor.internet.said.${says}`, { address });
}

/** What the sentence for everybody leaves out: whose proxy, which certificates. */
function detailOf(fact: Fact): Sentence[] {
  switch (fact.kind) {
    case 'proxy': {
      const { proxy, status, hosts, since: sinceAt } = fact;
      const key = `doctor.internet.proxy.${fact.trouble}` as const;
      const values = { proxy, status: status ?? 0, asksFor: askedFor(fact), hosts: hosts.join(', '), sinceAt };
      return [sentence(key, values), sentence(`doctor.internet.proxy_from.${fact.from}`)];
    }
    case 'sign_in_page':
      return fact.host === null ? [] : [sentence('doctor.internet.page', { host: fact.host })];
    case 'interception':
      return fact.issuer === null
        ? []
        : [sentence('doctor.internet.issuer', { issuer: fact.issuer, hosts: fact.hosts.join(', ') })];
    default:
      return [];
  }
}

/** Whether what comes in is stored now. */
const isStored = ({ disk, database }: Situation): boolean =>
  disk.state === 'ok' && (database.state === 'ok' || database.state === 'checking' || database.state === 'damaged');

function checkLocalNetwork({ facts }: Situation): DoctorCheck[] {
  return facts.flatMap((fact) => {
    if (fact.kind !== 'local_network') return [];
    const says = sentence(`doctor.local_network.${fact.why}`, { hosts: fact.hosts.join(', '), sinceAt: fact.since });
    return [problem(sentence('doctor.local_network'), says, sentence('doctor.local_network.step'))];
  });
}

/** What is over, and what of it a person holds up still. */
function checkOutages(situation: Situation): DoctorCheck[] {
  return overToday(situation).map((outage) => {
    const name = sentence('doctor.outages');
    const says = outageSaid(outage);
    return outage.asking > 0 ? warning(name, says, sentence('doctor.outages.asking_step')) : ok(name, says);
  });
}

/** A person holds up everything: no trouble, and the reason why nothing goes out. */
function checkPause({ pausedUntil, now }: Situation): DoctorCheck[] {
  if (pausedUntil === null || pausedUntil <= now) return [];
  const says = sentence('doctor.paused.until', { untilAt: pausedUntil });
  return [warning(sentence('doctor.paused'), says, sentence('doctor.paused.step'))];
}

function checkIntake(situation: Situation): DoctorCheck {
  const { address, missed } = situation.intake;
  const name = sentence('doctor.intake');
  if (!isStored(situation)) {
    const says = sentence('doctor.intake.refuses', { address });
    return problem(name, says, sentence('doctor.intake.refuses_step'));
  }
  if (missed === null) return ok(name, sentence('doctor.intake.ok', { address }));
  return problem(name, missedMeaning(missed, address), missedStep(missed, address));
}

function checkLan({ intake }: Situation, lanProblem: Sentence | null): DoctorCheck[] {
  const name = sentence('doctor.lan');
  if (lanProblem !== null) return [problem(name, lanProblem, sentence('doctor.lan.step'))];
  if (intake.lan === null) return [];
  const { address, fingerprint } = intake.lan;
  if (fingerprint !== null) return [ok(name, sentence('doctor.lan.ok', { address, fingerprint }))];
  return [warning(name, sentence('doctor.lan.plain', { address }), sentence('doctor.lan.plain_step'))];
}

function checkProperty({ propertyId, sources }: Situation): DoctorCheck {
  const name = sentence('doctor.property');
  if (propertyId !== null) return ok(name, sentence('doctor.property.ok', { property: propertyId }));
  if (eachHasItsOwn(sources)) return ok(name, sentence('doctor.property.of_sources'));
  return problem(name, sentence('doctor.property.none'), sentence('doctor.property.step'));
}

const noSources = () =>
  warning(sentence('doctor.sources'), sentence('doctor.sources.none'), sentence('doctor.sources.none_step'));
const noEndpoints = () =>
  warning(sentence('doctor.endpoints'), sentence('doctor.endpoints.none'), sentence('doctor.endpoints.none_step'));

/** Only those that cannot be written: the others need nobody. */
function checkExport({ what, since, says, missed }: Situation['exportsAway'][number]): DoctorCheck {
  const told = [says, sentence('doctor.export.away_since', { sinceAt: since, missed })];
  return problem(sentence(`doctor.export.${what}`), told, sentence('doctor.export.step'));
}

function checkClosed(one: Situation['closed'][number]): DoctorCheck {
  const { title, meaning, step } = closedWords(one);
  return problem(sentence('doctor.rights'), [title, meaning], step);
}

/** Also what failed only once: whoever asks wants to know. */
function checkUndone({ work, since, times, says }: Situation['upkeepUndone'][number]): DoctorCheck {
  const told = [says, sentence('doctor.undone.since', { sinceAt: since, times })];
  const step = sentence(`conditions.upkeep_undone.step.${work === 'retention' ? 'retention' : 'backup'}`);
  return warning(sentence(`doctor.undone.${work}`), told, step);
}

/** How an event comes from a source of a kind, where none has come yet. */
function neverStep(kind: string) {
  switch (kind) {
    case 'folder':
      return 'doctor.source.never_step.folder' as const;
    case 'sql':
      return 'doctor.source.never_step.sql' as const;
    case 'fias':
      return 'doctor.source.never_step.fias' as const;
    default:
      return 'doctor.source.never_step' as const;
  }
}

/** Also of sources that were revoked: what is kept of them stays. */
function checkKept(source: Source): DoctorCheck[] {
  const words = keptWords(source);
  if (words === null) return [];
  return [problem(sentence('doctor.source', { name: source.name }), [words.title, words.meaning], words.step)];
}

/** Files of a revoked source, of which nothing else is to be checked. */
function checkLeftBehind(source: Source): DoctorCheck[] {
  const rejected = source.revokedAt === null ? null : rejectedWords(source);
  if (rejected === null) return [];
  const away = source.health.away === null ? [] : [source.health.away.says];
  const says = [rejected.title, rejected.meaning, ...away];
  return [problem(sentence('doctor.source', { name: source.name }), says, rejected.step)];
}

function checkSource(source: Source): DoctorCheck {
  const { name, kind, lastEventAt, lastRefusal, quietSince, health } = source;
  const title = sentence('doctor.source', { name });
  if (health.away !== null) {
    const says = [health.away.says, sentence('doctor.source.away_since', { sinceAt: health.away.since })];
    return problem(title, says, sentence('doctor.source.away_step'));
  }
  // Asked, it tells also what may be over in a moment.
  const stuck = stuckWords(source, Number.POSITIVE_INFINITY);
  if (stuck !== null) return problem(title, [stuck.title, stuck.meaning], stuck.step);
  const rejected = rejectedWords(source);
  if (rejected !== null) {
    const isTheOne = health.files?.rejected?.count === 1 && health.files.rejected.names[0] === lastRefusal?.file;
    const why = isTheOne && lastRefusal ? [lastRefusal.says] : [];
    return problem(title, [rejected.title, rejected.meaning, ...why], rejected.step);
  }
  // Of files it is told for as long as they lie there.
  if (lastRefusal !== null && lastRefusal.file === null && lastRefusal.at > (lastEventAt ?? 0)) {
    return problem(
      title,
      [sentence('doctor.source.refused'), lastRefusal.says],
      sentence('doctor.source.refused_step'),
    );
  }
  if (lastEventAt === null) return warning(title, sentence('doctor.source.never'), sentence(neverStep(kind)));
  if (quietSince !== null) {
    return warning(title, sentence('doctor.source.quiet'), sentence('doctor.source.quiet_step'));
  }
  return ok(title, sentence('doctor.source.ok', { lastAt: lastEventAt }));
}
