/** What is known of the world: probes, the sign-in page, the property's own network. */
import type { Mutant } from '../mutant.ts';

const ledger = 'electron/engine/evidence/ledger.ts';
const probes = 'electron/engine/evidence/probes.ts';
const lookout = 'electron/engine/evidence/lookout.ts';
const reachability = 'electron/engine/evidence/reachability.ts';
const localNetwork = 'electron/engine/evidence/local-network.ts';
const breaks = 'electron/engine/evidence/breaks.ts';
const breaksTest = 'tests/unit/breaks.test.ts';
const probesTest = 'tests/unit/evidence-probes.test.ts';
const sendTest = 'tests/integration/sender-probe.test.ts';

export const ofTheEvidence: readonly Mutant[] = [
  {
    name: 'outage-over-a-restart',
    guard: 'an outage is one record, though the engine started anew in it',
    file: 'electron/engine/evidence/outage-book.ts',
    find: 'if (still || maybe.has(kind)) continue;',
    replace: 'if (still) continue;',
    tests: ['tests/integration/incidents.test.ts', 'goes on over a restart'],
  },
  {
    name: 'one-page-is-a-portal',
    guard: 'a sign-in page takes two unrelated hosts',
    file: probes,
    find: 'countSites(hosts) >= 2 && ',
    replace: '',
    tests: [probesTest, 'one page'],
  },
  {
    name: 'one-of-three-is-online',
    guard: 'two of three addresses decide',
    file: probes,
    find: 'online >= Math.min(2, findings.length) && ',
    replace: 'online > 0 && ',
    tests: [probesTest, 'one of three that answers'],
  },
  {
    name: 'page-with-query',
    guard: 'a sign-in page is kept without query, name and password, and one that wants its query is come to anew',
    file: probes,
    find: ' : asked };',
    replace: ' : to.href };',
    tests: [sendTest, 'wants its query'],
  },
  {
    name: 'time-of-a-page',
    guard: 'only what was expected says what time it is',
    file: probes,
    find: "says === 'online' ? skewOf(answer) : null",
    replace: 'skewOf(answer)',
    tests: [sendTest, 'says what time it is there'],
  },
  {
    name: 'any-certificate-of-a-product',
    guard: 'a known product intercepts where it made a certificate for that very host',
    file: 'electron/engine/evidence/notes.ts',
    find: 'seen.certificate && isForHost ? ',
    replace: 'seen.certificate ? ',
    tests: ['tests/unit/evidence-ledger.test.ts', 'an issuer that is a product known for it'],
  },
  {
    name: 'called-like-a-product',
    guard: 'who is called as a known product is may have an authority of that name',
    file: 'electron/engine/evidence/outcome-certificate.ts',
    find: 'selfSigned || interceptorNamed(host) !== null ? null',
    replace: 'selfSigned ? null',
    tests: ['tests/unit/evidence-ledger.test.ts', 'an issuer that is a product known for it'],
  },
  {
    name: 'probe-for-local-ways',
    guard: 'nobody out there is asked where nothing leads to the internet',
    file: reachability,
    find: "if (away.length === 0) return sight(wasOpen ? null : 'reachable', 'nothing');",
    replace: '',
    tests: [probesTest, 'never while all goes well'],
  },
  {
    name: 'probe-though-answered',
    guard: 'nobody is asked while an answer has come since the failure began',
    file: ledger,
    find: 'provenAt >= sinceMs ? Promise.resolve() : ',
    replace: '',
    tests: [probesTest, 'not after a failure while somebody has answered'],
  },
  {
    name: 'page-over-answers',
    guard: 'a web filter’s page is no sign-in page while endpoints answer',
    file: ledger,
    find: 'isPage && isPageDoubted',
    replace: 'false',
    tests: [probesTest, 'a web filter’s page'],
  },
  {
    name: 'try-now-without-end',
    guard: 'a person has it looked for three times in two minutes',
    file: lookout,
    find: 'handAt.length >= mostByHand',
    replace: 'false',
    tests: [probesTest, 'at a person’s word three times'],
  },
  {
    name: 'change-believed-at-once',
    guard: 'what a new network shows first is believed the second time',
    file: ledger,
    find: "why === 'change' && ",
    replace: 'false && ',
    tests: [probesTest, 'where nothing has failed'],
  },
  {
    name: 'change-put-off-for-ever',
    guard: 'what another network shows is looked at once more when something fails in it',
    file: lookout,
    find: "if (parts.isPutOff()) await look('failure');",
    replace: '',
    tests: [breaksTest, 'was not yet believed to'],
  },
  {
    name: 'away-counts-when-back',
    guard: 'a request under way while the network was away counts for nothing',
    file: breaks,
    find: "> sinceMs) return 'away';",
    replace: "> Number.POSITIVE_INFINITY) return 'away';",
    tests: [breaksTest, 'while the internet was away'],
  },
  {
    name: 'excused-without-end',
    guard: 'what began after the network was back counts',
    file: breaks,
    find: 'changedAt > sinceMs',
    replace: 'changedAt > 0',
    tests: [breaksTest, 'counts for nothing once'],
  },
  {
    name: 'blocked-is-no-internet',
    guard: 'addresses that have never answered here and one silent site are not called no internet',
    file: ledger,
    find: 'isProven || isKnown ? null : only',
    replace: 'null',
    tests: [probesTest, 'nobody can know'],
  },
  {
    name: 'network-learnt-forgotten',
    guard: 'what is known of an interface outlives a restart',
    file: localNetwork,
    find: 'new Set(memory.led())',
    replace: 'new Set<string>()',
    tests: ['tests/unit/local-network.test.ts', 'is known after a restart'],
  },
  {
    name: 'probe-password-to-the-host',
    guard: 'the proxy’s password goes to the proxy alone',
    file: 'electron/engine/sending/probe-request.ts',
    find: ', headers);',
    replace: ", { ...headers, 'proxy-authorization': 'Basic x' });",
    tests: [sendTest, 'is asked once, plainly'],
  },
  {
    name: 'local-by-one-machine',
    guard: 'one silent machine is not the whole local network',
    file: localNetwork,
    find: 'if (tried.length < fewestHosts) return found(null);',
    replace: '',
    tests: ['tests/unit/local-network.test.ts', 'there is one alone'],
  },
  {
    name: 'check-by-tls',
    guard: 'only plain addresses are asked whether the internet is there',
    file: 'electron/engine/store/internet-check.ts',
    find: 'if (/^https:/i.test(address)) throw',
    replace: 'if (false) throw',
    tests: ['tests/integration/cli-errors.test.ts', 'https://check.example/ok'],
  },
  {
    name: 'any-plain-page-opens',
    guard: 'a plain http page opens only where the engine found it to be the sign-in page',
    file: 'electron/shell/open-external.ts',
    find: ' && url.href === new URL(signInPage).href',
    replace: '',
    tests: ['tests/security/ipc-sender.exploit.test.ts', 'a sign-in page over http'],
  },
];
