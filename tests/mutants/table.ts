/**
 * The guards, each with one way to break it and the test that must fail then. A new guard gets its row in `guards/`; a
 * row whose text was changed is made to fit the new one, never dropped.
 */
import { ofTheBridge } from './guards/bridge.ts';
import { ofTheDisk } from './guards/disk.ts';
import { ofTheEvidence } from './guards/evidence.ts';
import { ofTheIntake } from './guards/intake.ts';
import { ofTheLock } from './guards/lock.ts';
import { ofSchedules } from './guards/schedules.ts';
import { ofTheSending } from './guards/sending.ts';
import { ofTheShaping } from './guards/shaping.ts';
import { ofTheShell } from './guards/shell.ts';
import { ofTheSystem } from './guards/system.ts';
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [
  ...ofTheBridge,
  ...ofTheEvidence,
  ...ofTheShell,
  ...ofTheDisk,
  ...ofTheIntake,
  ...ofTheLock,
  ...ofSchedules,
  ...ofTheSending,
  ...ofTheShaping,
  ...ofTheSystem,
];
