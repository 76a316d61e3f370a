/** Record batches as the bytes of a file or stream. */
import type { RecordBatch, RecordBatchFileWriter } from 'apache-arrow';
import { type Arrow, loadArrow } from './library.js';

/** Bytes of one batch at a time. Takes at least one batch. */
export async function* encodeBatches(
  batches: AsyncIterable<RecordBatch>,
  format: 'file' | 'stream',
): AsyncGenerator<Uint8Array, void> {
  const arrow = await loadArrow();
  const writer = format === 'file' ? fileWriter(arrow) : new arrow.RecordBatchStreamWriter();
  const written = writer[Symbol.asyncIterator]();
  // The writer keeps what it has written until it is asked for it, and gives what it has at once.
  let next = written.next();
  const drained = async function* (): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const step = await Promise.race([next, nothingYet()]);
      if (step === undefined || step.done === true) return;
      yield step.value;
      next = written.next();
    }
  };
  for await (const batch of batches) {
    writer.write(batch);
    yield* drained();
  }
  writer.finish();
  yield* drained();
}

/** The library leaves out the schema with which the data of a file begins, and without which only its footer tells it. */
function fileWriter(arrow: Arrow): RecordBatchFileWriter {
  const writer = new arrow.RecordBatchFileWriter();
  const { _writeSchema: writeHead } = writer as unknown as { _writeSchema: WriteSchema };
  const { _writeSchema: writeMessage } = arrow.RecordBatchWriter.prototype as unknown as {
    _writeSchema: WriteSchema;
  };
  const _writeSchema: WriteSchema = function (schema) {
    writeHead.call(this, schema);
    return writeMessage.call(this, schema);
  };
  return Object.assign(writer, { _writeSchema });
}

type WriteSchema = (this: unknown, schema: unknown) => unknown;

/** Comes after everything that is there already. */
function nothingYet(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(resolve, undefined));
}
