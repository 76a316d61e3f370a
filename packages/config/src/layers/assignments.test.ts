import { describe, expect, it } from 'vitest';
import { resolvePipelineConfig } from '../resolve/resolve-pipeline-config.js';

async function assign(...set: string[]) {
  return (await resolvePipelineConfig({ name: 'p', set, env: { X: 'x' } })).value;
}

describe('assignments', () => {
  it.each([
    ['run.timeout=30', { run: { timeout: 30 } }],
    ['run.final_vars=a,b', { run: { finalVars: ['a', 'b'] } }],
    ['run.finalVars=[a, b]', { run: { finalVars: ['a', 'b'] } }],
    ['run.executor=threads', { run: { executor: { type: 'threads' } } }],
    ['run.inputs.n=5', { run: { inputs: { n: 5 } } }],
    ['run.inputs.s="5"', { run: { inputs: { s: '5' } } }],
    ["run.inputs.s='a''b'", { run: { inputs: { s: "a'b" } } }],
    ['run.executor="x"', { run: { executor: { type: '"x"' } } }],
    ['run.inputs.list=[1, x]', { run: { inputs: { list: [1, 'x'] } } }],
    ['run.inputs.map={a: {b: null}}', { run: { inputs: { map: { a: { b: null } } } } }],
    ['run.inputs.url=http://h/?a=1&b=2', { run: { inputs: { url: 'http://h/?a=1&b=2' } } }],
    ['run.inputs.v=${X}', { run: { inputs: { v: '${X}' } } }],
    ['run.inputs.empty=', { run: { inputs: { empty: '' } } }],
    ['params.greeting.message=Hi', { params: { greeting: { message: 'Hi' } } }],
    ['run={timeout: 3}', { run: { timeout: 3 } }],
  ])('%s', async (assignment, expected) => {
    expect(await assign(assignment)).toMatchObject(expected);
  });

  it('takes null back to the default', async () => {
    expect((await assign('run.timeout=3', 'run.timeout=null')).run).not.toHaveProperty('timeout');
  });

  it.each([
    ['run.timeout', 'FP_CONFIG_SET_SYNTAX', 'not an assignment'],
    ['=1', 'FP_CONFIG_SET_SYNTAX', 'not an assignment'],
    ['run..timeout=1', 'FP_CONFIG_SET_SYNTAX', 'not an assignment'],
    [
      'run.timout=1',
      'FP_CONFIG_UNKNOWN_KEY',
      "--set run.timout: unknown key 'timout' in run. Did you mean 'timeout'?",
    ],
    ['run.TIMEOUT=1', 'FP_CONFIG_UNKNOWN_KEY', "Did you mean 'timeout'?"],
    ['run.timeout=abc', 'FP_CONFIG_TYPE', '--set run.timeout: run.timeout must be a number'],
    ['run.timeout.x=1', 'FP_CONFIG_TYPE', 'run.timeout must be a number, got a map'],
    ['run.inputs.l=[1', 'FP_CONFIG_YAML_SYNTAX', '--set run.inputs.l: '],
  ])('%s is refused', async (assignment, code, message) => {
    await expect(assign(assignment)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });
});
