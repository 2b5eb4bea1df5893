/** Slack answers in a word of plain text. https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors */
import { kindOf } from '../../../../shared/endpoint-kinds/index.ts';
import { addressRefused, chat } from './chat.ts';
import type { OwnBodies } from './kind.ts';
import { firstOf, lacking, tooLong, tooMany } from './message-fault.ts';
import { objectIn, proven, refusedWithin, saysJson, textOf } from './proof.ts';
import { partFault } from './slack-blocks.ts';

/** Of the address or its channel, with whatever status. A channel in the archive is 410, and gone. */
const ofTheAddress = new Set([
  ...['no_service', 'no_service_id', 'no_team', 'team_disabled', 'invalid_token', 'no_active_hooks'],
  ...['channel_not_found', 'user_not_found', 'action_prohibited', 'posting_to_general_channel_denied'],
]);

const isSlack = ({ hostname }: URL): boolean => kindOf(`https://${hostname}/`) === 'slack';

/** Mattermost and Rocket.Chat, which take what Slack takes, say `ok` and `{"success":true}`. */
const isItsOwn = saysJson(({ ok, success }) => ok === true || success === true);

export const slack: OwnBodies = chat('slack', {
  // https://docs.slack.dev/changelog/2018-truncating-really-long-messages, https://docs.slack.dev/reference/block-kit/blocks
  refuses: (message, address) =>
    firstOf(
      lacking(message, ['text', 'blocks', 'attachments']),
      tooLong('text', message.text, 40_000),
      tooMany('blocks', message.blocks, 50),
      tooMany('attachments', message.attachments, 100),
      // Mattermost and Rocket.Chat pass over what they do not know.
      address === null || isSlack(address) ? partFault(message) : null,
    ),
  judge: proven(
    (answer) => textOf(answer) === 'ok' || isItsOwn(answer),
    (answer, { name }) => {
      if (ofTheAddress.has(textOf(answer))) return addressRefused(name);
      return answer.status === 200 && objectIn(answer)?.ok === false ? refusedWithin(name) : null;
    },
  ),
});
