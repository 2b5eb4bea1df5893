import type { UseFormReturn } from 'react-hook-form';
import type { CallError } from '../../../shared/api.ts';
import { numberOptions } from '../../../shared/endpoint-kinds/options.ts';
import { sayNow } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import type { EndpointForm } from './form.ts';

/** Numbers that belong together stand each by its own name in the form. */
const partOfOption = new RegExp(`^(?:${numberOptions.map(({ of }) => of).join('|')})\\.`);

/**
 * Puts the engine's sentence at the field that it is about, and elsewhere into a notice. Returns the field.
 * The engine names members as `endpoint.url` or `change.headers[0].name`.
 */
export function showProblem(form: UseFormReturn<EndpointForm>, error: CallError): keyof EndpointForm | null {
  const path = (error.member ?? '')
    .replace(/^(endpoint|change)\./, '')
    .replace(/\[(\d+)\]/g, '.$1')
    .replace(partOfOption, '')
    .replace(/^rules\.of\./, 'rules.');
  const text = sayNow(error.says);
  const field = path.split('.')[0] as keyof EndpointForm;
  if (!(field in form.getValues())) {
    notify({ text, tone: 'bad' });
    return null;
  }
  form.setError(
    /^headers\.\d+$/.test(path) ? (`${path}.name` as 'url') : (path as 'url'),
    { type: 'server', message: text },
    { shouldFocus: true },
  );
  if (path === 'headers') notify({ text, tone: 'bad' });
  return field;
}
