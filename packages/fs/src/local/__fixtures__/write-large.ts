/** Writes more than the limit of its process allows, in every way, and prints what became of it. */
import { createLocalFileSystem, FileSystemError } from '../../index.js';

const fs = createLocalFileSystem({ root: process.argv[2] });
const large = Buffer.alloc(1_000_000, 'new');

async function* chunks() {
  for (let at = 0; at < large.length; at += 10_000) yield large.subarray(at, at + 10_000);
}

const calls = {
  write: () => fs.write('x', large),
  stream: () => fs.write('x', chunks()),
  async writer() {
    const writer = await fs.openWrite('x');
    for await (const chunk of chunks()) await writer.write(chunk);
    await writer.close();
  },
  append: () => fs.append('log', large),
};

const outcomes: unknown[] = [];
for (const [name, call] of Object.entries(calls)) {
  try {
    await call();
    outcomes.push([name, 'done']);
  } catch (error) {
    const { code, cause } = error as FileSystemError;
    outcomes.push([name, code, (cause as NodeJS.ErrnoException).code]);
  }
}
await fs.write('y', 'small');
console.log(JSON.stringify(outcomes));
