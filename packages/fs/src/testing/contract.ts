/**
 * How a contract suite is told to a test runner without importing one: a contract is a list of named rules, each a
 * check that throws. Works with vitest, node:test, jest and mocha.
 */
import assert from 'node:assert/strict';

/** The two functions of a test runner that a suite needs. */
export interface TestRegistrar {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => Promise<void>) => unknown;
}

/** Rule name to check. A check gets a fresh subject. */
export type Rules<Subject> = Readonly<Record<string, (subject: Subject) => Promise<void>>>;

export interface Contract<Subject, Name extends string> {
  readonly title: string;
  readonly rules: Readonly<Record<Name, (subject: Subject) => Promise<void>>>;
  /** Runs a check with a fresh subject and cleans up, also when it throws. */
  readonly withSubject: (check: (subject: Subject) => Promise<void>) => Promise<void>;
}

/**
 * Registers every rule as a test. A rule named in `deviations` is expected to fail, for the reason given: when it
 * passes, the test fails, so that a list of deviations cannot go stale. An unknown rule name throws at once.
 */
export function registerContract<Subject, Name extends string>(
  { describe, test }: TestRegistrar,
  { title, rules, withSubject }: Contract<Subject, Name>,
  deviations: Partial<Readonly<Record<NoInfer<Name>, string>>> = {},
): void {
  for (const [name, reason] of Object.entries(deviations)) {
    assert.ok(Object.hasOwn(rules, name), `'${name}' is not a rule of ${title}.`);
    assert.ok(reason, `The deviation '${name}' needs a reason.`);
  }
  describe(title, () => {
    for (const name of Object.keys(rules) as Name[]) {
      const check = rules[name];
      const reason = deviations[name];
      if (reason === undefined) test(name, () => withSubject(check));
      else
        test(`${name} (deviates: ${reason})`, () =>
          assert.rejects(withSubject(check), 'The deviation is no longer needed.'));
    }
  });
}
