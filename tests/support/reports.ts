/** What the reports of the suites say: how many tests passed, and which failed. */
import { relative } from 'node:path';

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Files with their titles, `FILE › TITLE`; a file that cannot be loaded is named alone. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly name: string;
  readonly file: string;
  /** Found by chance: run again, it would try other values and hide what was found. */
  readonly byChance: boolean;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** @param text what vitest's `json` reporter wrote */
export function readVitest(text: string): SuiteResult {
  const report = JSON.parse(text) as VitestReport;
  const failures = report.testResults.flatMap(({ name: file, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    // A file that cannot even be loaded has no failed test, and still has failed.
    if (failed.length === 0 && status === 'failed') return [{ name: file, file, byChance: false }];
    return failed.map(({ fullName, failureMessages }) => ({
      name: `${relative('.', file)} › ${fullName}`,
      file,
      byChance: (failureMessages ?? []).some((message) => message.includes('Property failed after')),
    }));
  });
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

interface PlaywrightSuite {
  readonly specs: readonly { readonly ok: boolean; readonly title: string; readonly file: string }[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly suites: readonly PlaywrightSuite[];
}

/** @param text what Playwright's `json` reporter wrote */
export function readPlaywright(text: string): SuiteResult {
  const { stats, suites } = JSON.parse(text) as PlaywrightReport;
  const failuresOf = ({ specs, suites: inner = [] }: PlaywrightSuite): Failure[] => [
    ...specs.filter(({ ok }) => !ok).map(({ file, title }) => ({ name: `${file} › ${title}`, file, byChance: false })),
    ...inner.flatMap(failuresOf),
  ];
  const { expected, flaky, unexpected, skipped } = stats;
  return { passed: expected + flaky, failed: unexpected, skipped, failures: suites.flatMap(failuresOf) };
}
