/**
 * Draws docs/images/*.svg of what the command shows on a terminal: it runs in a pseudo terminal, and the pictures are made of
 * what an emulator has on its screen. After a change of what people see: `node tools/docs/terminal-pictures.mjs` (needs the
 * built command, and Python for the pseudo terminal).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../packages/cli/', import.meta.url));
const { Terminal } = createRequire(join(cli, 'package.json'))('@xterm/headless');

const files = {
  'conf/project.yml': 'name: shop\n',
  'conf/pipelines/geo.yml': 'run: { finalVars: [report] }\n',
  'pipelines/geo.ts': `import { collect, node, parallelizable } from 'flowerpower';
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const customers = async (): Promise<number[]> => { await wait(40); return Array.from({ length: 600 }, (_, id) => id); };
export const rates = async (): Promise<number> => { await wait(6000); return 1.1; };
export const customer = node(({ customers }: { customers: number[] }) => customers, parallelizable());
export const place = async ({ customer }: { customer: number }): Promise<number> => {
  await wait(2 * customer);
  if (customer === 410) console.log('the address of customer 410 is ambiguous');
  return customer;
};
export const places = node(({ place }: { place: number[] }) => place.length, collect('place'));
export const report = ({ places, rates }: { places: number; rates: number }): string => \`\${places * rates}\`;
`,
  'pipelines/sales.ts': `export const orders = (): { price: number | string }[] => [{ price: 4 }, { price: 'five' }];
export const total = ({ orders }: { orders: { price: number | string }[] }): number =>
  orders.reduce((sum, { price }) => {
    if (typeof price !== 'number') throw new TypeError(\`a price is the text '\${price}'\`);
    return sum + price;
  }, 0);
export const count = ({ orders }: { orders: object[] }): number => orders.length;
export const report = ({ total, count }: { total: number; count: number }): string => \`\${total} of \${count}\`;
`,
};

/** Each stops when the texts have come, and shows the screen of that moment, or of the end. */
const pictures = [
  { name: 'live-progress', columns: 80, args: ['pipeline', 'run', 'geo'], at: ['ambiguous', 'about'] },
  { name: 'failed-run', columns: 80, args: ['pipeline', 'run', 'sales', '--on-error', 'continue'] },
  {
    name: 'plain-run',
    columns: 80,
    args: ['pipeline', 'run', 'sales', '--on-error', 'continue', '--no-color'],
  },
];

// Of a light page, by the numbers of the eight colours.
const palette = ['#1f2328', '#cf222e', '#1a7f37', '#9a6700', '#0969da', '#8250df', '#1b7c83', '#6e7781'];

const folder = mkdtempSync(join(tmpdir(), 'flowerpower-pictures-'));
try {
  for (const [path, text] of Object.entries({ ...files, 'node_modules/.keep': '' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(cli, join(folder, 'node_modules', 'flowerpower'), 'junction');
  for (const picture of pictures) {
    const file = new URL(`../../docs/images/${picture.name}.svg`, import.meta.url);
    writeFileSync(file, drawn(await screen(picture), picture));
    console.log(fileURLToPath(file));
  }
} finally {
  rmSync(folder, { recursive: true });
}

async function screen({ columns, args, at }) {
  const rows = 24;
  const command = [process.execPath, join(cli, 'bin.mjs'), ...args];
  // What is read so far is marked by a change of size that changes nothing; then the run is stopped.
  const steps =
    at === undefined ? [] : [{ when: at[0] }, { when: at[1], resize: [columns, rows], send: '\u0003' }];
  const { NO_COLOR: _no, CI: _ci, ...env } = process.env;
  const { stdout } = spawnSync(
    'python3',
    [join(cli, 'src', '__fixtures__', 'in-terminal.py'), JSON.stringify({ columns, rows, command, steps })],
    { cwd: folder, env: { ...env, TERM: 'xterm-256color' }, encoding: 'utf8', maxBuffer: 1e8 },
  );
  const [until] = stdout.split('\0');
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise((resolve) =>
    terminal.write(`\u001b[2m$\u001b[22m flowerpower ${args.join(' ')}\r\n${until}`, resolve),
  );
  return terminal.buffer.active;
}

function drawn(buffer, { columns }) {
  const [width, height, pad] = [8.4, 18, 12];
  const lines = [];
  for (let at = 0; at < buffer.length; at++) lines.push(runsOf(buffer.getLine(at), columns));
  while (lines.at(-1)?.length === 0) lines.pop();
  const texts = lines.flatMap((runs, row) =>
    runs.map(({ text, column, style }) => {
      const [x, y] = [pad + column * width, pad + (row + 0.75) * height];
      return `  <text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${style}>${escaped(text)}</text>`;
    }),
  );
  const size = [2 * pad + columns * width, 2 * pad + lines.length * height].map((each) => Math.ceil(each));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
  <rect width="100%" height="100%" rx="8" fill="#ffffff" stroke="#d0d7de"/>
${texts.join('\n')}
</svg>
`;
}

/** Neighbours of one style, without the blanks around them. */
function runsOf(line, columns) {
  const runs = [];
  for (let column = 0; column < columns; column++) {
    const cell = line.getCell(column);
    const text = cell?.getChars() ?? '';
    if (text === '') continue;
    const style = styleOf(cell);
    const last = runs.at(-1);
    if (last !== undefined && last.style === style && last.end === column) {
      last.text += text;
      last.end = column + cell.getWidth();
    } else runs.push({ text, column, end: column + cell.getWidth(), style });
  }
  return runs.filter(({ text }) => text.trim() !== '');
}

function styleOf(cell) {
  const color = cell.isFgPalette() ? palette[cell.getFgColor() % 8] : palette[0];
  return ` fill="${color}"${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
