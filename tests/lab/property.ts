/** A property's PC, one process in a namespace of its own: holds the engine, posts as its PMS does, and runs commands. */
import { parseArgs } from 'node:util';
import { relayInProcess } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { serveFromThere } from './over-there.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const [dataFolder = ''] = positionals;

interface Asked {
  readonly id: number;
  readonly start?: { readonly env: Record<string, string>; readonly nodeOptions: readonly string[] };
  readonly call?: string;
  readonly input?: object;
  readonly post?: object;
  readonly token?: string;
  readonly relay?: readonly string[];
  readonly signal?: NodeJS.Signals;
}

const held: { engine?: EngineProcess } = {};
let control: Awaited<ReturnType<typeof connectControl>> | null = null;

await serveFromThere(async ({ start, call, input, post, token, relay, signal }: Asked): Promise<unknown> => {
  if (start) {
    await held.engine?.stop();
    const engine = await startEngineProcess({ dataFolder, ...start, withinMs: 60_000 });
    held.engine = engine;
    control = await connectControl(dataFolder);
    return engine.port;
  }
  if (call) return control?.call(call as 'situation.get', (input ?? {}) as Record<string, never>);
  if (post) return (await posted(post, token ?? '')).status;
  if (relay) return relayInProcess(dataFolder, relay);
  if (signal) return process.kill(held.engine?.pid ?? 0, signal);
  return held.engine?.output();
});
await held.engine?.stop();

function posted(body: object, token: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${held.engine?.port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
