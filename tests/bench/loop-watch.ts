/**
 * Loaded into the engine with `--import`: watches what holds its delivering thread up, and writes it into the file
 * that `RELAY_LOOP_WATCH` names on SIGUSR2. Only a benchmark loads it.
 *
 * A turn's length is known by how late a timer of one millisecond comes. Of it the commits' own time is taken off,
 * which is the disk's (decision 31). How much of it the thread really worked is told by its CPU time: on a machine
 * with fewer free cores than threads a turn is long although nothing in it was. Turns in which V8 collected garbage are
 * told apart from those that are the engine's work alone.
 */
import { writeFileSync } from 'node:fs';
import { createHistogram, PerformanceObserver } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import BetterSqlite3, { type Statement } from 'better-sqlite3';

/** In milliseconds. */
export interface LoopWatched {
  /** Turns that were longer than 1 ms, their commits taken off. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** Turns that were longer than 20 ms. */
  readonly over20: number;
  /** Most CPU time that the thread spent in one turn. */
  readonly longestCpu: number;
  /** The same of turns in which nothing was collected for longer than a millisecond: the engine's own work. */
  readonly longestOwnCpu: number;
  readonly longestCommit: number;
  /** Longest wait for the database's write lock, which a checkpoint may hold. */
  readonly longestBegin: number;
  readonly longestCollection: number;
}

const everyMs = 1;
const longMs = 20;
/** Turns of less CPU time are not asked whether something was collected in them. */
const busyUs = 5_000;
/** Shorter collections are part of what a turn costs. */
const longCollectionMs = 1;
/** Histograms hold whole numbers: microseconds. */
const us = (ms: number): number => Math.max(1, Math.round(ms * 1000));

let committedMs = 0;
let longestCommit = 0;
let longestBegin = 0;
let longestCollection = 0;
/** The longest of its turns that may still turn out to have a collection in it, which is told a little later. */
let busyTurns: { readonly from: number; readonly to: number; readonly cpuUs: number }[] = [];
let collections: { readonly from: number; readonly to: number }[] = [];
let over20 = 0;

/** The group commit prepares its two statements once; from then on each of their runs is timed. */
function timeTransactions(): void {
  const { prepare } = BetterSqlite3.prototype;
  const told: Readonly<Record<string, (tookMs: number) => void>> = {
    COMMIT(tookMs) {
      committedMs += tookMs;
      longestCommit = Math.max(longestCommit, tookMs);
    },
    'BEGIN IMMEDIATE'(tookMs) {
      longestBegin = Math.max(longestBegin, tookMs);
    },
  };
  BetterSqlite3.prototype.prepare = function timed(this: BetterSqlite3.Database, sql: string) {
    const statement = prepare.call(this, sql) as Statement;
    const tell = told[sql];
    if (tell === undefined) return statement;
    const run = statement.run.bind(statement);
    statement.run = (...parameters) => {
      const began = performance.now();
      try {
        return run(...parameters);
      } finally {
        tell(performance.now() - began);
      }
    };
    return statement;
  } as typeof prepare;
}

function watch(file: string): void {
  timeTransactions();
  const turns = createHistogram();
  const cpuUs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  };
  let at = performance.now();
  let cpuAt = cpuUs();
  setInterval(() => {
    const now = performance.now();
    const cpuNow = cpuUs();
    const turnMs = now - at - everyMs - committedMs;
    turns.record(us(turnMs));
    if (turnMs > longMs) over20 += 1;
    const workedUs = cpuNow - cpuAt - committedMs * 1000;
    if (workedUs > busyUs) busyTurns.push({ from: at, to: now, cpuUs: workedUs });
    committedMs = 0;
    at = now;
    cpuAt = cpuNow;
  }, everyMs).unref();
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (duration > longCollectionMs) collections.push({ from: startTime, to: startTime + duration });
      longestCollection = Math.max(longestCollection, duration);
    }
  }).observe({ entryTypes: ['gc'] });
  process.on('SIGUSR2', () => {
    const watched: LoopWatched = {
      p50: turns.percentile(50) / 1000,
      p99: turns.percentile(99) / 1000,
      longest: turns.max / 1000,
      over20,
      longestCpu: longestOf(busyTurns),
      longestOwnCpu: longestOf(busyTurns.filter(isOwn)),
      longestCommit,
      longestBegin,
      longestCollection,
    };
    writeFileSync(file, JSON.stringify(watched));
    turns.reset();
    over20 = 0;
    busyTurns = [];
    collections = [];
    longestCommit = 0;
    longestBegin = 0;
    longestCollection = 0;
  });
}

/** In milliseconds. */
const longestOf = (turns: typeof busyTurns): number => Math.max(0, ...turns.map(({ cpuUs }) => cpuUs)) / 1000;

const isOwn = (turn: (typeof busyTurns)[number]): boolean =>
  !collections.some(({ from, to }) => from < turn.to && to > turn.from);

const file = process.env.RELAY_LOOP_WATCH;
if (isMainThread && file !== undefined) watch(file);
