/**
 * The client of a FIAS interface: one connection that stays, described anew whenever the interface asks for it, looked
 * after while nothing comes, and made again after it ended. Nothing is acknowledged in this protocol: what has come in
 * and is not stored when this PC dies is lost. What is not stored yet holds up the line, and nothing else.
 */
import { connect, type Socket } from 'node:net';
import { RelayError } from '../../../../../shared/api.ts';
import { byteText, isByteCharset } from '../../../../../shared/byte-charsets.ts';
import { utcMs } from '../../../../../shared/domain.ts';
import type { SourceHealth } from '../../../../../shared/schemas.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import type { FiasConfig } from '../../../../../shared/source-kinds/fias.ts';
import { wallTime } from '../../../context.ts';
import type { RunningSource, SourceBehaviour, SourceMessage, SourceStart } from '../source-kind.ts';
import { askedFields, eventOf } from './event-of.ts';
import { createFraming, type Frame, framed } from './framing.ts';
import { unreadRaw } from './opened.ts';
import { readRecord, written } from './record.ts';
import { createResync, type Resync } from './resync.ts';

/** An interface that says nothing is asked whether it is there: not more often than the specification wants. */
const silentMs = 5 * 60_000;
const answersWithinMs = 30_000;
const connectsWithinMs = 15_000;
const firstDelayMs = 5_000;
const longestDelayMs = 5 * 60_000;
/** A connection that lasted this long was no quarrel over the port. */
const steadyMs = 60_000;
const storesAgainMs = 2_000;

export const fias: SourceBehaviour = {
  async check({ config }) {
    if ((config as FiasConfig).ownInstance) return;
    throw new RelayError('not_confirmed', sentence('problem.fias_own_instance'), { member: 'config.ownInstance' });
  },
  async start(given) {
    return new FiasClient(given);
  },
};

class FiasClient implements RunningSource {
  readonly #given: SourceStart;
  readonly #config: FiasConfig;
  readonly #address: string;
  #health: SourceHealth;
  #socket: Socket | null = null;
  #connectedAtMs: number | null = null;
  #delayMs = firstDelayMs;
  #cancel: (() => void) | null = null;
  #cancelAlive: (() => void) | null = null;
  #stopped = false;
  /** One batch after the other. */
  #storing: Promise<void> = Promise.resolve();

  constructor(given: SourceStart) {
    this.#given = given;
    this.#config = given.config as FiasConfig;
    this.#address = `${this.#config.host}:${this.#config.port}`;
    this.#health = given.health;
    this.#connect();
  }

  health(): SourceHealth {
    return this.#health;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancelAlive?.();
    this.#socket?.destroy();
    await this.#storing;
  }

  #became(more: Partial<SourceHealth>): void {
    this.#health = { ...this.#health, ...more };
    this.#given.changed();
  }

  #connect(): void {
    const { host, port } = this.#config;
    const socket = connect({ host, port, keepAlive: true });
    const framing = createFraming();
    const resync = createResync();
    let why: string | null = null;
    this.#socket = socket;
    this.#connectedAtMs = null;
    this.#after(connectsWithinMs, () => socket.destroy(new Error('no answer')));
    socket.once('connect', () => {
      this.#connectedAtMs = this.#given.context.clock.wallMs();
      if (this.#health.nextLookAt !== null) this.#became({ nextLookAt: null });
      this.#lookAfter(socket);
    });
    socket.on('data', (bytes: Buffer) => {
      this.#lookAfter(socket);
      this.#came(socket, framing.add(bytes), resync);
    });
    socket.on('error', (error) => {
      why = error.message;
    });
    socket.once('close', () => {
      const cut = framing.end();
      if (!this.#stopped && cut.length > 0) this.#came(socket, cut, resync);
      this.#resyncCutOff(resync, true);
      this.#ended(socket, why);
    });
  }

  /** What came in one go is stored in one go; nothing more is read until it is. */
  #came(socket: Socket, frames: readonly Frame[], resync: Resync): void {
    const messages: SourceMessage[] = [];
    const { clock } = this.#given.context;
    this.#resyncCutOff(resync, false);
    for (const { bytes, isWhole } of frames) {
      const text = this.#decoded(bytes);
      const record = readRecord(text);
      if (record !== null && isWhole) {
        // Whoever says something that can be read is there.
        if (this.#health.away !== null) this.#became({ away: null, nextLookAt: null });
        if (record.type === 'LS') this.#describe(socket);
        if (record.type === 'DS') resync.begin(clock.monotonicMs());
        if (record.type === 'DE') resync.end();
      }
      const made = record && eventOf(record);
      // Whoever is in house is said again.
      if (made !== null && resync.takes(clock.monotonicMs())) continue;
      const raw = made !== null && isWhole && record?.twice === null ? JSON.stringify(made) : null;
      // What is of the line itself, or was not asked for, is no guest's; nor is what is only said again.
      if (raw === null && (text.trim() === '' || (record !== null && made === null))) continue;
      const origin = `${this.#address} ${record?.type ?? '?'}`;
      messages.push({ raw: raw ?? unreadRaw(text, isWhole), origin, key: null });
    }
    this.#became({ lastSeenAt: wallTime(clock) });
    if (messages.length === 0) return;
    socket.pause();
    this.#storing = this.#storing.then(() => this.#store(messages, socket));
    this.#given.context.mishaps.own('the records of an interface', this.#storing);
  }

  #resyncCutOff(resync: Resync, isLineGone: boolean): void {
    const { clock } = this.#given.context;
    const count = resync.cutOff(clock.monotonicMs(), isLineGone);
    if (count === 0 || this.#stopped) return;
    const says = sentence('problem.fias_resync_cut', { address: this.#address, count });
    this.#became({ lastTrouble: { at: wallTime(clock), says } });
  }

  /** Until it is stored: the interface waits, and keeps what it cannot send. */
  async #store(messages: readonly SourceMessage[], socket: Socket): Promise<void> {
    const { take, context } = this.#given;
    for (;;) {
      try {
        await take(messages);
        socket.resume();
        return;
      } catch (error) {
        const says = error instanceof RelayError ? error.says : sentence('problem.internal');
        this.#became({ lastTrouble: { at: wallTime(context.clock), says } });
        context.logger.warn({ source: this.#given.source?.id, error: String(error) }, 'records could not be stored');
        if (this.#stopped) return;
        await new Promise<void>((resolve) => void context.clock.after(storesAgainMs, resolve));
      }
    }
  }

  #decoded(frame: Buffer): string {
    const { charset } = this.#config;
    return isByteCharset(charset) ? byteText(frame, charset) : new TextDecoder(charset).decode(frame);
  }

  /** Who we are, which records we want and with which fields; a swap of the whole database is never asked for. */
  #describe(socket: Socket): void {
    const asked = Object.entries(askedFields).map(([type, fields]) =>
      written('LR', [
        ['RI', type],
        ['FL', fields.join('')],
      ]),
    );
    const link = [
      ['V#', '1.0'],
      ['IF', this.#config.interfaceType],
    ] as const;
    for (const record of [written('LD', [...this.#now(), ...link]), ...asked, written('LA', this.#now())]) {
      socket.write(framed(record, (text) => Buffer.from(text, 'latin1')));
    }
  }

  /** The clock of this PC, as the interface has its own. */
  #now(): readonly (readonly [string, string])[] {
    const at = new Date(this.#given.context.clock.wallMs());
    const two = (value: number) => String(value % 100).padStart(2, '0');
    return [
      ['DA', [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('')],
      ['TI', [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('')],
    ];
  }

  /** Something came: it is asked again only after a while of silence. */
  #lookAfter(socket: Socket): void {
    this.#after(silentMs, () => {
      socket.write(framed(written('LS', this.#now()), (text) => Buffer.from(text, 'latin1')));
      this.#after(answersWithinMs, () => socket.destroy(new Error('no answer')));
    });
  }

  #after(delayMs: number, act: () => void): void {
    this.#cancelAlive?.();
    this.#cancelAlive = this.#given.context.clock.after(delayMs, act);
  }

  #ended(socket: Socket, why: string | null): void {
    if (this.#socket !== socket) return;
    this.#cancelAlive?.();
    this.#socket = null;
    if (this.#stopped) return;
    const { clock } = this.#given.context;
    const lastedMs = this.#connectedAtMs === null ? null : clock.wallMs() - this.#connectedAtMs;
    if (lastedMs !== null && lastedMs >= steadyMs) this.#delayMs = firstDelayMs;
    const says =
      lastedMs === null
        ? sentence('problem.fias_away', { address: this.#address, detail: why ?? 'no answer' })
        : sentence('problem.fias_ended', { address: this.#address });
    const at = wallTime(clock);
    const since = this.#health.away?.since ?? at;
    this.#became({ away: { since, says }, nextLookAt: utcMs(at + this.#delayMs) });
    this.#cancel = clock.after(this.#delayMs, () => this.#connect());
    this.#delayMs = Math.min(longestDelayMs, this.#delayMs * 2);
  }
}
