/**
 * Compiles the C# receiver with Mono, whose compiler knows C# 7 only: the statements at the top are put into a
 * `Main`, `using var` becomes `var`, and `aspnet.cs` stands in for ASP.NET. The signature's check is compiled as it
 * is.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the Web SDK's projects use without saying so, as far as the receiver needs it. */
const implicitUsings = [
  'System',
  'System.IO',
  'System.Linq',
  'Microsoft.AspNetCore.Builder',
  'Microsoft.AspNetCore.Http',
];

/** True where there is a compiler and something to run its programs. */
export const canCompileCsharp = (): boolean =>
  ['mcs', 'mono'].every((command) => spawnSync(command, ['--version']).status === 0);

/** The program as Mono's compiler takes it. @throws Error where the text is not of the shape described above */
export function asCsharp7(text: string): string {
  const [, usings, statements, types] = /^((?:using [\w.]+;\n)+)(.*?)\n(static class .*)$/s.exec(text) ?? [];
  if (usings === undefined || statements === undefined || types === undefined) {
    throw new Error('the C# receiver is no longer usings, statements and one class');
  }
  return [
    ...implicitUsings.map((name) => `using ${name};`),
    usings,
    'static class Program { static void Main(string[] args) {',
    statements.replaceAll(/^(\s*)using var /gm, '$1var '),
    '} }',
    types,
  ].join('\n');
}

/** @returns the file of the program. @throws Error with what the compiler said */
export function compileCsharp(text: string, folder: string): string {
  const source = join(folder, 'receiver.cs');
  const program = join(folder, 'receiver.exe');
  writeFileSync(source, asCsharp7(text));
  const { status, stdout, stderr } = spawnSync(
    'mcs',
    [`-out:${program}`, '-r:System.Core', source, join(import.meta.dirname, 'aspnet.cs')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`mcs: ${stdout}${stderr}`);
  return program;
}
