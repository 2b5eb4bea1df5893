import { closedWords } from '../../../shared/conditions/closed.ts';
import { isOfFilter } from '../../../shared/conditions/export-away.ts';
import { missedMeaning, missedStep } from '../../../shared/conditions/listeners.ts';
import { openFilesWords } from '../../../shared/conditions/open-files.ts';
import { leavesEvents, restoredSetUpWords, restoredWords } from '../../../shared/conditions/restoring.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { askedFor } from '../../../shared/facts.ts';
import { outageSaid, overToday } from '../../../shared/outage-story.ts';
import { eachHasItsOwn } from '../../../shared/property.ts';
import type { Fact, Situation } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { check, type DoctorCheck, ok, problem, warning } from './doctor-check.ts';
import { checkEndpoint } from './doctor-endpoint.ts';
import { checkKept, checkLeftBehind, checkSource } from './doctor-source.ts';

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
    ...checkOpenFiles(situation),
    ...situation.closed.map(checkClosed),
    ...situation.exportsAway.map(checkExport),
    ...situation.upkeepUndone.map(checkUndone),
    ...(situation.endpoints.length === 0
      ? [noEndpoints()]
      : situation.endpoints.map((endpoint) => checkEndpoint(endpoint, situation))),
  ];
}

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
  const rests = isShownBySending(state, internet) ? groundInSending(internet, facts) : ground;
  const says = [internetSays(state, facts, waiting), ...more, ...rests];
  return problem(name, says, internetStep(state, facts));
}

type Away = Exclude<Situation['connectivity']['state'], 'online'>;

const interceptionIn = (facts: readonly Fact[]) => facts.find((fact) => fact.kind === 'interception');

function internetSays(state: Away, facts: readonly Fact[], count: number): Sentence {
  const product = state === 'tls_interception' ? (interceptionIn(facts)?.product ?? null) : null;
  if (product !== null) return sentence('doctor.internet.tls_interception_by', { product });
  return sentence(`doctor.internet.${state}`, { count });
}

/** What is looked at first: of no internet by its cause, of a proxy where it is named. */
function internetStep(state: Away, facts: readonly Fact[]): Sentence {
  if (state === 'tls_interception') {
    const hosts = interceptionIn(facts)?.hosts.join(', ') ?? '';
    return sentence('doctor.internet.tls_interception_step', { hosts });
  }
  if (state === 'offline') {
    const [cause = 'line'] = facts.flatMap((fact) =>
      fact.kind === 'no_interface' ? fact.kind : fact.kind === 'no_answer' ? fact.why : [],
    );
    return sentence(`doctor.internet.offline_step.${cause}`);
  }
  const named = facts.find((fact) => fact.kind === 'proxy');
  if (state !== 'proxy' || named === undefined || named.from === 'settings') {
    return sentence(`doctor.internet.${state}_step`);
  }
  return sentence(`doctor.internet.proxy_step.${named.from}`);
}

/** What only events that were sent have met, while the addresses may well get through. */
const isShownBySending = (state: Away, { addresses }: Situation['internet']): boolean =>
  state === 'tls_interception' ||
  state === 'proxy' ||
  (state === 'captive_portal' && addresses.every(({ says }) => says !== 'page'));

/** What the addresses answered is no ground of it, and told so that it contradicts nothing. */
function groundInSending({ lookedAt, addresses, isAsking }: Situation['internet'], facts: readonly Fact[]): Sentence[] {
  const page = facts.find((fact) => fact.kind === 'sign_in_page');
  const isThrough = addresses.length > 0 && addresses.every(({ says }) => says === 'online');
  return [
    page === undefined
      ? sentence('doctor.internet.rests.sent')
      : sentence('doctor.internet.rests.page', { hosts: page.hosts.join(', ') }),
    ...(isThrough && lookedAt !== null ? [sentence('doctor.internet.let_through', { lookedAt })] : []),
    ...(isThrough ? [] : addresses.map(saidBy)),
    ...(isAsking ? [] : [sentence('doctor.internet.off')]),
  ];
}

/** Which evidence, of when, and who answered what. */
function groundOf({ rests, lookedAt, answeredAt, addresses, isAsking }: Situation['internet']): Sentence[] {
  const off = isAsking ? [] : [sentence('doctor.internet.off')];
  if (rests === 'answer' && answeredAt !== null) {
    // What the addresses said before is no ground of what is said now.
    return [sentence('doctor.internet.rests.answer', { answeredAt }), ...off];
  }
  const ground =
    lookedAt === null || rests === 'answer'
      ? sentence('doctor.internet.rests.nothing')
      : sentence(`doctor.internet.rests.${rests === 'nothing' ? 'undecided' : rests}`, { lookedAt });
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
      const { proxy, status, hosts } = fact;
      const sinceAt = fact.changedAt ?? fact.since;
      const key = `doctor.internet.proxy.${fact.trouble}` as const;
      const values = { proxy, status: status ?? 0, asksFor: askedFor(fact), hosts: hosts.join(', '), sinceAt };
      return [sentence(key, values), sentence(`doctor.internet.proxy_from.${fact.from}`)];
    }
    case 'no_answer':
      return [sentence(`doctor.internet.why.${fact.why}`)];
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
  disk.state === 'ok' && (database.state === 'ok' || database.state === 'checking');

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
  const step = isOfFilter(says) ? sentence('conditions.export_away.step.filter') : sentence('doctor.export.step');
  return problem(sentence(`doctor.export.${what}`), told, step);
}

function checkOpenFiles({ openFiles }: Situation): DoctorCheck[] {
  if (openFiles === null) return [];
  const { title, meaning, step } = openFilesWords(openFiles);
  return [problem(sentence('doctor.open_files'), [title, meaning], step)];
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
