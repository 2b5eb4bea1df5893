/** Operates a running engine as the command line does: by the token in its data folder. */
import { request } from 'undici';
import { readControlFile } from '../../electron/engine/control/control-file.ts';
import type { CallInput, CallOutput, EngineCallName, Result } from '../../shared/api.ts';

export interface Control {
  /** @throws Error with the engine's sentence, where it answers with an error */
  call<Name extends EngineCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
}

/** @throws Error where no engine has left its token there */
export async function connectControl(dataFolder: string): Promise<Control> {
  const file = await readControlFile(dataFolder);
  if (file === null) throw new Error(`no engine is running on ${dataFolder}`);
  return {
    async call<Name extends EngineCallName>(name: Name, input: CallInput<Name>) {
      const answer = await request(`http://127.0.0.1:${file.port}/control/${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${file.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${name} was answered with ${answer.statusCode}: ${text}`);
      const result = JSON.parse(text) as Result<CallOutput<Name>>;
      if (!result.ok) throw new Error(`${name}: ${result.error.message} ${result.error.detail ?? ''}`);
      return result.value;
    },
  };
}
