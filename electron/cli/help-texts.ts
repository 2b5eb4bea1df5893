/** What `--help` of a command adds to the line that lists show: what follows from it, and what to do with it. */
import type { Command } from 'commander';

/** By the command without its program, such as `endpoint add`. */
export const helpTexts: Readonly<Record<string, string>> = {
  'source add': 'It prints the token, a secret path for PMSs that can set no header, and a curl to try both.',
  'source preset': 'Without a name it lists them all; with one, its table of types and its steps.',
  'source show': 'With today against a usual day, what was refused last, and why messages are kept.',
  'source try': 'Nothing is stored: a folder is looked into, a database is asked for its columns and first rows.',
  'source script': 'For QloApps, ERPNext and Odoo with triggers on their tables; run it in their database yourself.',
  'source paste': 'Look with --preview, then give --yes; --not-to keeps it from door locks.',
  'source messages': 'The last fifty, and all that is kept because nothing could be made of it.',
  'source message': 'As it came, with card numbers masked.',
  'source preview': 'What came, below it what it becomes, or where in the shape it goes wrong.',
  'source retake': 'What still cannot be understood stays.',
  'source take': 'It is taken once; the audit says by whom.',
  'source drop': 'They stay among the last messages, and are taken in no more.',
  'source gone':
    'Rows are held for half an hour where more than half of a table went at once; without --yes or --keep, what is held is said.',
  'source list': 'Each with the property of its events, and when it last sent one.',
  'source revoke': 'What it sent stays, and is delivered.',
  'source replace-token': 'Give the PMS the new ones; what it posts with the old ones is refused until then.',
  'source change': 'Events that came before keep the property that they had.',
  'source refusals':
    'The number leads to the whole request with "refusal show", as long as it is one of the last 1,000.',
  'refusal show': 'A body that was mended can then be taken in with "refusal retry".',
  'refusal retry': 'They go to every endpoint that wants them, as if they had come so at once.',
  'endpoint add': 'It prints the signing secret, which the receiver needs to verify what it gets.',
  'endpoint change': 'What is on its way is sent as it was; all after that goes out as changed.',
  'endpoint enter-again': 'Nothing is sent to it until all that cannot be read was entered.',
  'endpoint rotate': 'Receivers verify with either until the old one ends, so that none is refused meanwhile.',
  'endpoint list': 'Each with its state, what waits for it, and its last answer.',
  'endpoint show': 'Its set-up, its state and why it is so, and what the receiver last said.',
  'endpoint preview': 'Nothing is sent and nothing is changed; without an endpoint a kind or address is tried.',
  'endpoint preset': 'Its names (data.guest_name, event, property.name) are those that any template has.',
  'endpoint test': 'It goes to this endpoint alone, its answer is shown, and a failure counts for nothing.',
  'endpoint enable': 'What came before is counted, and can be sent with "endpoint send-past".',
  'endpoint pause': 'New ones are taken as ever, and all go out in order then.',
  'endpoint resume': 'What waited goes out in order, at its pace.',
  'endpoint remove': 'What was delivered stays in the log.',
  'endpoint restore': 'Deliveries that its removal cancelled wait again.',
  'endpoint try-now': 'One that goes through ends the trouble, and the rest follows.',
  'endpoint send-waiting': 'Use it once the receiver is mended, in place of waiting for the next tries.',
  'endpoint statistics': 'Hour by hour, by the attempts that were made.',
  'endpoint send-past': 'Oldest first, each with its own event id, at the pace of the endpoint.',
  emit: 'It is kept and delivered like any other; where Roost Relay is not running it goes in at the next start.',
  events: 'Each with how many of its deliveries arrived.',
  'event show': 'Its body is what receivers get, with card numbers masked.',
  'event send': 'It keeps its event id, by which the receiver drops what it has already seen.',
  story: 'A name finds their bookings, payments and orders; an id finds what carries it.',
  deliveries: 'One row for each event and endpoint, with its state and its last answer.',
  delivery: 'Each request and each answer, with what is secret taken out.',
  cancel: 'Events behind it in the same booking no longer wait for it.',
  uncancel: 'It is sent in its turn, with the same event id.',
  resend: 'Many are counted first, and sent with --yes; each keeps its event id.',
  export:
    'The same options as in "deliveries" or "events" say which. Guests become "Guest 17", and contact data, documents and notes go; "privacy list" shows by which rules, --preview what would leave. A file is written whole or not at all.',
  'export-schedule list': 'A folder that is away is told with since when; what it missed is written when it is back.',
  'export-schedule add':
    'The same options as in "deliveries" or "events" say which; guests are left out as in "export". A night or month that a PC was off for is made up for, and no file of anybody else is touched.',
  'export-schedule change': 'What was written before stays as it is.',
  'export-schedule run': 'Use it to see that it works, or once a folder is back.',
  'export-schedule remove': 'One that is under way ends without a file.',
  'support-bundle':
    'Versions, settings, states, the last errors, a slice of deliveries and the log. Where the engine does not run or will not start, the command reads the data folder by itself.',
  'privacy list': "The first rule that fits a member of an event's data is the one that counts; your own come first.",
  'privacy set':
    'A member is a name such as tour_leader, or the end of a path such as room.remarks; * stands for anything within a name.',
  'privacy unset': 'The built-in rules count for it again.',
  'pin show':
    'It is asked for before secrets are shown or changed, for full exports, bulk resends, backups and forgetting.',
  'pin set': 'The old one is not asked for here.',
  'pin remove':
    'For a PIN that is forgotten. Where the engine does not run, deleting pin.json in the data folder does the same.',
  'pin lock-after': 'A locked window says how things are, and nothing of guests.',
  'held list': 'With what has happened since: a newer event of the same booking that arrived.',
  'held send': 'Each keeps its event id, and says in a header how late it is.',
  'held skip': 'Their deliveries say who skipped them; "uncancel" brings one back.',
  'settings show': 'Those of the engine; the window has a few of its own.',
  'settings set': 'The rest stays as it is; all of it is recorded in "audit".',
  'settings addresses': 'One of them is what the PMS on another machine posts to.',
  status: 'It opens with the same sentences as the window, and names whose turn each trouble is.',
  doctor: 'It ends with 1 where something is a problem, for scripts that watch.',
  'try-now': 'At most three times in two minutes; it is also looked for without.',
  pause: 'They go out in order when the pause is over, or is ended with "resume".',
  resume: 'What waited goes out at once, each endpoint at its pace.',
  week: 'What went to nobody, to the test bench or was skipped is not called delivered.',
  forget:
    "Without --yes it only shows what would go. Nothing of it can be brought back. An event of another guest's of that name keeps everything with --leave-out. A name of two letters is looked for where events have names.",
  audit: 'What was revealed is among it; the secrets themselves are not. Also called "activity".',
  outages:
    'Events are counted once, however many receivers wait for each. It stays a year, longer than the events themselves.',
  open: 'The desktop app has a window of its own, and no such address.',
  'startup-task add': 'The desktop app takes over when it starts. Needs an administrator on Windows.',
  'startup-task remove': 'What runs by it now goes on until it is ended.',
  'startup-task show': 'Without it nothing runs between a restart at night and the first sign-in.',
  backup: 'Without a passphrase the secrets in it open on this PC alone.',
  backups: 'Hourly and nightly ones are made by themselves, and the oldest of them go.',
  restore: 'Roost Relay need not be running; without --yes it only says what would be done.',
  'job list': 'Each with how far it is.',
  'job show': 'Where it failed it says why.',
  'job pause': 'What was sent so far stays sent; the rest waits for "job resume".',
  'job resume': 'It takes up what it had left.',
  'job cancel': 'The rest is left as it is.',
  'session list': 'Each with since when, and until when it stays signed in.',
  'session end': 'A new one is printed by "open".',
  'bench show': 'Each request with the verdict on its signature, and what was answered.',
  'bench start': 'It listens on this PC alone.',
  'bench stop': 'Endpoints that were pointed at it send to their own addresses again.',
  'bench clear': 'The deliveries stay in the log.',
  'bench behave': 'So that retries, slowing down and giving up can be seen before a receiver does it.',
  'bench point': 'Its deliveries are marked "to the test bench": they do not count as delivered.',
  'bench leave': 'It counts as skipped by a person, and can be sent with "endpoint send-past --again".',
  'bench release': 'What the bench took meanwhile can be sent on.',
  'bench send-on': 'Oldest first, each with its own event id.',
};

/** Lists go on showing one line for each command. */
export function addHelpTexts(command: Command, path: readonly string[] = []): void {
  for (const child of command.commands) {
    const own = [...path, child.name()];
    addHelpTexts(child, own);
    const more = helpTexts[own.join(' ')];
    if (more === undefined) continue;
    const line = child.description();
    child.summary(line).description(`${line}. ${more}`);
  }
}
