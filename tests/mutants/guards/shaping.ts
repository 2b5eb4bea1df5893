/** Shapes and rules: what a template cannot reach or exceed, and what a stranger's words cannot become. */
import type { Mutant } from '../mutant.ts';

const room = 'electron/engine/shaping';
const language = `${room}/language.ts`;
const lossless = `${room}/lossless.ts`;
const chatText = `${room}/chat-text.ts`;
const presets = 'shared/endpoint-kinds/chat-presets.ts';
const shapeTest = 'tests/unit/shaping-shape.test.ts';
const rulesTest = 'tests/unit/shaping-rules.test.ts';
const messagesTest = 'tests/unit/shaping-messages.test.ts';
const kindsTest = 'tests/unit/chat-kinds.test.ts';

export const ofTheShaping: readonly Mutant[] = [
  {
    name: 'template-sees-prototypes',
    guard: 'a template reads own members alone',
    file: language,
    find: 'ownPropertyOnly: true',
    replace: 'ownPropertyOnly: false',
    tests: [shapeTest, 'nothing of the program is to be had'],
  },
  {
    name: 'template-goes-round',
    guard: 'the parts that a template renders for one event are counted',
    file: language,
    find: 'if (count > mostParts) throw new TooMuch();',
    replace: '',
    tests: [shapeTest, 'a loop in a loop ends'],
  },
  {
    name: 'template-makes-megabytes',
    guard: 'what a template puts out has a length',
    file: language,
    find: 'if (this.buffer.length > longestOutput) throw new TooMuch();',
    replace: '',
    tests: [shapeTest, 'a large output ends'],
  },
  {
    name: 'rules-nothing-passes',
    guard: 'rules that no event can pass are not saved',
    file: 'electron/engine/endpoints/refused-rules.ts',
    find: "if (never !== null) throw refused('problem.rules_never', { found: never });",
    replace: '',
    tests: ['tests/integration/cli-errors.test.ts', 'a value that is not taken'],
  },
  {
    name: 'failure-called-success',
    guard: 'what the contract calls a failure cannot be set up as a success',
    file: 'shared/endpoint-kinds/custom.ts',
    find: 'if (mayMeanSuccess(found)) return;',
    replace: 'if (found !== 0) return;',
    tests: ['tests/integration/cli-errors.test.ts', 'a value that is not taken'],
  },
  {
    name: 'no-beside-a-yes',
    guard: 'an answer that says no is no delivery, whatever stands beside it',
    file: 'electron/engine/endpoints/kinds/proof.ts',
    find: 'saysNo(answer, at) ??',
    replace: '',
    tests: ['tests/unit/kind-proof.test.ts', 'says no with'],
  },
  {
    name: 'argument-unseen',
    guard: 'an argument that is none is told before an event comes to it',
    file: `${room}/shape.ts`,
    find: 'if (fault !== null) return {',
    replace: 'if (template === "") return {',
    tests: [shapeTest, 'it is told though no event'],
  },
  {
    name: 'template-includes',
    guard: 'no template reads another',
    file: language,
    find: "['include', 'render', 'layout', 'block']",
    replace: "['render', 'layout', 'block']",
    tests: [shapeTest, 'tells where it is wrong'],
  },
  {
    name: 'capture-twice-escaped',
    guard: 'what is captured is escaped once',
    file: language,
    find: 'depth + 1',
    replace: 'depth',
    tests: [shapeTest, 'escapes once what was captured'],
  },
  {
    name: 'digits-lost',
    guard: 'a number keeps its own text',
    file: lossless,
    find: "typeof value === 'number' && String(value) !== source ? new OwnText(value, source) : value",
    replace: 'value',
    tests: [shapeTest, 'digit for digit'],
  },
  {
    name: 'member-as-prototype',
    guard: 'a member called __proto__ is a member',
    file: lossless,
    find: "if (name === '__proto__') Object.defineProperty",
    replace: "if (name === '') Object.defineProperty",
    tests: [shapeTest, 'nothing of the program is to be had'],
  },
  {
    name: 'rule-of-long-ids',
    guard: 'a rule tells long ids apart by their digits',
    file: `${room}/rules.ts`,
    find: 'canonical(first) === canonical(second)',
    replace: 'Number(first) === Number(second)',
    tests: [rulesTest, 'data.id is'],
  },
  {
    name: 'slack-channel-call',
    guard: 'a guest called <!channel> calls nobody in Slack',
    file: chatText,
    find: ".replaceAll('<', '&lt;')",
    replace: '',
    tests: [messagesTest, 'Slack sees no angle bracket'],
  },
  {
    name: 'discord-everyone',
    guard: 'no message to Discord may call anybody',
    file: presets,
    find: '"allowed_mentions": { "parse": [] }',
    replace: '"tts": false',
    tests: [messagesTest, 'Discord calls nobody'],
  },
  {
    name: 'telegram-username',
    guard: 'a name behind @ calls nobody in Telegram',
    file: chatText,
    find: "'@\\u2060'",
    replace: "'@'",
    tests: [messagesTest, 'see only our own tags'],
  },
  {
    name: 'teams-200-is-yes',
    guard: 'an error in a 200 of Teams is a failure',
    file: 'electron/engine/endpoints/kinds/teams.ts',
    find: 'if (named !== undefined) return namedStatus(Number(named), name);',
    replace: '',
    tests: [kindsTest, 'what an answer means beyond its status'],
  },
];
