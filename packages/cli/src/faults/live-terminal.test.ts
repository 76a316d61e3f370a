/** A run that a person watches, in a real pseudo terminal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasTerminals, inTerminal } from '../__fixtures__/in-terminal.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'pipelines/quick.ts': `export const one = (): number => { console.log('a node says this'); return 1; };
export const 合計 = ({ one }: { one: number }): number => one;
`,
    'pipelines/waits.ts': `export const first = (): number => 1;
export const waits = ({ first }: { first: number }, { signal }: { signal: AbortSignal }): Promise<number> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    setImmediate(() => console.log('waiting with ' + first));
    setInterval(() => {}, 1000);
  });
`,
    'pipelines/many.ts': Array.from(
      { length: 1000 },
      (_, at) => `export const n${at} = (): number => ${at};\n`,
    ).join(''),
  });
});
afterAll(() => project.remove());

const withoutTimes = (lines: readonly string[]) =>
  lines.map((line) => line.replace(/[\d.]+ m?s/, 'N ms').replace(/(run|resume) [\da-f-]{36}/, '$1 ID'));

const quick = [
  '▶ quick  2 nodes, run ID',
  '  one │ a node says this',
  '  ✓ one  N ms',
  '  ✓ 合計  N ms',
  '✓ quick finished in N ms',
  '',
  '合計  1',
];

describe.runIf(hasTerminals)('on a terminal', () => {
  test.each([
    ['wide', 160, 50, []],
    ['of 80 columns, without colour', 80, 24, ['--no-color']],
    ['of 12 columns and 4 rows', 12, 4, []],
  ])(
    '%s: the region is gone at the end, and every line that stays is whole',
    async (_name, columns, rows, flags) => {
      const seen = await inTerminal(['pipeline', 'run', 'quick', ...flags], {
        columns,
        rows,
        cwd: project.root,
      });
      expect(withoutTimes(seen.lines)).toEqual(quick);
      expect(seen.status).toBe(0);
      // It was there, and no mode of the terminal stays changed.
      expect(seen.raw).toContain('\u001b[?7l');
      expect(seen.raw.split('\u001b[?7l')).toHaveLength(seen.raw.split('\u001b[?7h').length);
      expect(seen.raw).not.toContain('\u001b[?25l');
      // oxlint-disable-next-line no-control-regex -- colours
      expect(/\u001b\[3\dm/.test(seen.raw)).toBe(flags.length === 0);
    },
  );

  test.each([
    ['CI', { CI: '1' }, []],
    ['TERM=dumb', { TERM: 'dumb' }, []],
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['--no-tty', {}, ['--no-tty', '--no-color']],
  ])('C49 %s: plain lines, without any control sequence', async (_name, env, flags) => {
    const seen = await inTerminal(['pipeline', 'run', 'quick', ...flags], { cwd: project.root, env });
    expect(seen.raw).not.toContain('\u001b');
    expect(withoutTimes(seen.lines)).toEqual(quick);
  });

  test('C15 Ctrl-C while the region is drawn, after the window was made smaller: the screen is whole, exit code 130', async () => {
    const seen = await inTerminal(['pipeline', 'run', 'waits'], {
      cwd: project.root,
      steps: [{ when: 'waiting with 1' }, { when: '▸', resize: [40, 10] }, { when: '', send: '\u0003' }],
    });
    expect(seen.status).toBe(130);
    expect(withoutTimes(seen.lines).map((line) => line.replace('^C', ''))).toEqual([
      '▶ waits  2 nodes, run ID',
      '  ✓ first  N ms',
      '  waits │ waiting with 1',
      'warning Stopping after SIGINT; Ctrl-C again ends the command at once.',
      '  – waits  stopped',
      '✗ waits: cancellation after N ms; 1 failed, 1 succeeded',
      'error FP_RUN_CANCELLED The run was cancelled.',
      '  cause AbortError: Stopped by SIGINT.',
      '  to go on  flowerpower resume ID',
    ]);
  });

  test('a thousand nodes: each has its line, once', async () => {
    const all = await inTerminal(['pipeline', 'run', 'many'], { cwd: project.root });
    const names = all.lines.flatMap((line) => /✓ (n\d+) /.exec(line)?.[1] ?? []);
    expect(all.status).toBe(0);
    expect(new Set(names).size).toBe(1000);
    expect(names).toHaveLength(1000);
    expect(all.lines.filter((line) => line.includes('▸'))).toEqual([]);
  });
});
