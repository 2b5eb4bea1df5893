/** A program in a network namespace: it is told what to do by lines of JSON, and answers each by its number. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface OverThere extends AsyncDisposable {
  ask<Answer>(what: object): Promise<Answer>;
}

interface Line {
  readonly id?: number;
  readonly answer?: unknown;
  readonly error?: string;
  readonly news?: unknown;
}

/**
 * @param command with its arguments
 * @param onNews what it says unasked
 */
export function startOverThere(command: readonly string[], onNews: (news: unknown) => void = () => {}): OverThere {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let nextId = 1;
  let gone = false;
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) return;
    const { id, answer, error, news } = JSON.parse(text) as Line;
    if (id === undefined) return onNews(news);
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(answer);
    else call?.reject(new Error(error));
  });
  const exited = once(child, 'exit').then(() => {
    gone = true;
    for (const { reject } of waiting.values()) reject(new Error(`${command.join(' ')} has ended.`));
  });
  child.stdin.on('error', () => undefined);
  return {
    ask<Answer>(what: object) {
      if (gone) return Promise.reject(new Error(`${command.join(' ')} has ended.`));
      const call = Promise.withResolvers<unknown>();
      waiting.set(nextId, call);
      child.stdin.write(`${JSON.stringify({ id: nextId++, ...what })}\n`);
      return call.promise as Promise<Answer>;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** The other side of it: answers until its standard input ends. */
export async function serveFromThere<Asked extends { readonly id: number }>(
  answer: (asked: Asked) => Promise<unknown>,
): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line) as Asked;
    void answer(asked).then(
      (given) => say({ id: asked.id, answer: given ?? null }),
      (error: unknown) => say({ id: asked.id, error: error instanceof Error ? error.message : String(error) }),
    );
  }
}

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

export const tellNews = (news: unknown): void => say({ news });
