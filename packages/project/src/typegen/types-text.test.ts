import { expect, test } from 'vitest';
import { typesText } from './types-text.js';

test('pipelines, and the plugins by which from and to know their formats', () => {
  const text = typesText({
    pipelines: [
      {
        name: 'a-b',
        modules: ['pipelines/more.mts', 'pipelines/a_b.ts'],
        required: ['x'],
        optional: ['y'],
        outputs: ['sum'],
        nodes: ['sum', 'save.sum'],
      },
    ],
    plugins: ['@flowerpower/plugin-parquet', './plugins/own.ts'],
    isFile: (plugin) => plugin.startsWith('.'),
  });
  const all = '[typeof import("../pipelines/more.mjs"), typeof import("../pipelines/a_b.js")]';
  expect(text).toContain('import "@flowerpower/plugin-parquet";\n');
  expect(text).toContain('"./plugins/own.ts": typeof import("../plugins/own.js").default;');
  expect(text).toContain(`"x": InputValue<${all}, "x">;\n        "y"?: InputValue<${all}, "y">;`);
  expect(text).toContain(`"save.sum": NodeValue<${all}, "save.sum">;`);
});
