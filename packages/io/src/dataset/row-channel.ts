import type { Row } from '../contract/io.js';

export interface RowChannel {
  /** What the other side reads: once. */
  readonly rows: AsyncGenerator<Row[], void>;
  /** Resolves once the rows were taken. Rejects once the channel was broken. */
  push(rows: Row[]): Promise<void>;
  /** Nothing more will come. */
  end(): void;
  /** The reader gets the error where it waits for rows, the writer where it waits for the reader. */
  break(error: unknown): void;
}

/** Hands rows from one who pushes them to one who pulls them, in step. */
export function rowChannel(): RowChannel {
  let offered:
    | { readonly rows: Row[]; readonly taken: () => void; readonly broken: (error: unknown) => void }
    | undefined;
  let state: { readonly kind: 'open' | 'ended' } | { readonly kind: 'broken'; readonly error: unknown } = {
    kind: 'open',
  };
  let wake: (() => void) | undefined;
  const changed = () => {
    wake?.();
    wake = undefined;
  };
  async function* read(): AsyncGenerator<Row[], void> {
    for (;;) {
      if (state.kind === 'broken') throw state.error;
      if (offered !== undefined) {
        const { rows, taken } = offered;
        offered = undefined;
        taken();
        yield rows;
      } else if (state.kind === 'ended') return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    rows: read(),
    push: (rows) =>
      new Promise<void>((taken, broken) => {
        if (state.kind === 'broken') broken(state.error);
        else {
          offered = { rows, taken, broken };
          changed();
        }
      }),
    end() {
      if (state.kind === 'open') state = { kind: 'ended' };
      changed();
    },
    break(error) {
      if (state.kind === 'broken') return;
      state = { kind: 'broken', error };
      offered?.broken(error);
      offered = undefined;
      changed();
    },
  };
}
