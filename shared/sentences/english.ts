/** Every sentence in English: what the keys are the names of. */
import { benchEn } from './bench.en.ts';
import { conditionsEn } from './conditions.en.ts';
import { desktopEn } from './desktop.en.ts';
import { doctorEn } from './doctor.en.ts';
import { filesEn } from './files.en.ts';
import { headlineEn } from './headline.en.ts';
import { messagesEn } from './messages.en.ts';
import { outagesEn } from './outages.en.ts';
import { outcomesEn } from './outcomes.en.ts';
import { problemsEn } from './problems.en.ts';
import { refusalsEn } from './refusals.en.ts';
import { remediesEn } from './remedies.en.ts';
import { shapesEn } from './shapes.en.ts';
import { sourceMessagesEn } from './source-messages.en.ts';
import { sourcePresetsEn } from './source-presets.en.ts';
import { statesEn } from './states.en.ts';
import { weekEn } from './week.en.ts';

export const english = {
  ...outagesEn,
  ...outcomesEn,
  ...problemsEn,
  ...refusalsEn,
  ...doctorEn,
  ...conditionsEn,
  ...desktopEn,
  ...benchEn,
  ...filesEn,
  ...headlineEn,
  ...remediesEn,
  ...shapesEn,
  ...sourceMessagesEn,
  ...sourcePresetsEn,
  ...messagesEn,
  ...statesEn,
  ...weekEn,
};
