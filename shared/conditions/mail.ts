/** Mail that does not reach everybody: a server takes a message for some of its recipients, and refuses the others. */
import type { Endpoint } from '../schemas.ts';
import type { Condition, ConditionProvider } from './condition.ts';
import { endpointPath } from './endpoint.ts';
import { incident, label, say } from './wording.ts';

/** Until a message is taken for all of them: it counts as delivered, and somebody does not get it. */
export const mailPartly: ConditionProvider = {
  kind: 'mail_partly',
  present: ({ endpoints }) => endpoints.filter(isPartly).map(partly),
};

const isPartly = ({ switch: switchedTo, lastAnswer }: Endpoint): boolean =>
  switchedTo === 'on' && lastAnswer?.sentence.key === 'outcome.mail_partly';

function partly({ id, name, lastAnswer }: Endpoint): Condition {
  const kind = 'mail_partly';
  const { host = '', recipients = '' } = lastAnswer?.sentence.params ?? {};
  const title = say(kind, 'title', { name });
  const step = say(kind, 'step', { name });
  return {
    // Others who do not get it are another incident.
    id: incident(kind, id, recipients),
    kind,
    tone: 'wait',
    since: null,
    title,
    meaning: say(kind, 'meaning', { host, recipients }),
    step,
    headline: [title, step],
    turn: 'it_helper',
    actions: [{ label: label('change_set_up'), does: { go: `${endpointPath(id)}/edit` } }],
    path: endpointPath(id),
    toasts: true,
    about: id,
  };
}
