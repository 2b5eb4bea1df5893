/** `roost-relay privacy`: by which rules members of an event are treated where they leave the property. */
import type { Command } from 'commander';
import { chosenTreatments, memberPattern, type OwnPrivacyRule } from '../../../shared/schemas.ts';
import { CommandError } from '../command-error.ts';
import { shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

export function addPrivacyCommands(program: Command, runner: Runner): void {
  const group = program
    .command('privacy')
    .description("What of a guest's data leaves with an export, and what does not");

  runner.action(group.command('list').description('The rules, your own first'), async (terminal) => {
    const { privacyRules } = await terminal.client.call('settings.get', {});
    const builtIn = await terminal.client.call('privacy.rules', {});
    const rows = [
      ...privacyRules.map(({ member, treatment }) => [member, treatment, 'yours', '']),
      ...builtIn.map(({ member, treatment, event }) => [member, treatment, '', event ?? '']),
    ];
    terminal.say(
      { own: privacyRules, builtIn },
      together(
        terminal.table(['MEMBER', 'TREATMENT', '', 'ONLY IN'], rows),
        shown`What no rule names stays where it looks like a day, a time or a number, and goes otherwise.\n`,
      ),
    );
  });

  runner.action(
    group
      .command('set')
      .description('A rule of your own, before the built-in ones')
      .argument('<member>', 'such as tour_leader, room.remarks, room.* (whatever lies in it) or *_note')
      .argument('<treatment>', chosenTreatments.join(', ')),
    async (terminal, _options, member = '', treatment = '') => {
      const rule = ruleOf(member, treatment);
      const own = await ownRules(terminal);
      await change(terminal, [rule, ...own.filter((one) => one.member !== rule.member)]);
      const stem = rule.member.endsWith('.*') ? rule.member.slice(0, -2) : null;
      const inside =
        stem === null
          ? shown``
          : shown`That is whatever lies inside of ${stem}. For members whose names begin with it, set ${`${stem}*`}\n`;
      terminal.say(rule, together(shown`From now on, exports treat ${rule.member} so: ${rule.treatment}.\n`, inside));
    },
  );

  runner.action(
    group.command('unset').description('Takes a rule of your own away').argument('<member>', 'as it was set'),
    async (terminal, _options, member = '') => {
      const own = await ownRules(terminal);
      const rest = own.filter((one) => one.member !== member.trim());
      if (rest.length === own.length) {
        throw new CommandError('not_found', `There is no rule of your own for "${member}".`, { member: 'member' });
      }
      await change(terminal, rest);
      terminal.say({ member: member.trim() }, shown`The rule for ${member.trim()} is gone.\n`);
    },
  );
}

const ownRules = async (terminal: Terminal): Promise<readonly OwnPrivacyRule[]> =>
  (await terminal.client.call('settings.get', {})).privacyRules;

const change = (terminal: Terminal, privacyRules: readonly OwnPrivacyRule[]) =>
  terminal.client.call('settings.change', { change: { privacyRules: [...privacyRules] } });

function ruleOf(member: string, given: string): OwnPrivacyRule {
  const treatment = chosenTreatments.find((one) => one === given.trim());
  if (treatment === undefined) {
    throw new CommandError('bad_input', `treatment: expected one of ${chosenTreatments.join(', ')}, got "${given}".`, {
      member: 'treatment',
    });
  }
  const parsed = memberPattern.safeParse(member);
  if (parsed.success) return { member: parsed.data, treatment };
  throw new CommandError('bad_input', `member: expected such as guest_name, room.remarks or *_note, got "${member}".`, {
    member: 'member',
  });
}
