/** What the engine process is started with, by the desktop app or by what starts with the PC. */
import { app } from 'electron';
import type { EngineStart } from '../engine-link/engine-messages.ts';
import type { DataKeyKeeper } from './locked-secrets.ts';

/** @param dataKey asked at each start: a keyring may have opened since */
export async function engineStart(
  dataKey: Pick<DataKeyKeeper, 'current'>,
  given: Omit<EngineStart, 'dataKey' | 'noKey' | 'plain' | 'version'>,
): Promise<EngineStart> {
  const { dataKey: key, plain, file } = await dataKey.current();
  return { ...given, dataKey: key, noKey: key === null && file !== 'ok', plain, version: app.getVersion() };
}
