interface Events {
  setMaxListeners(count: number, target: EventTarget): void;
}

interface NodeProcess {
  getBuiltinModule?(name: 'node:events'): Events;
}

/**
 * For a signal that any number of nodes or runs may listen to. Node 20 takes the eleventh listener for a leak and warns
 * of it; elsewhere this does nothing.
 */
export function manyListeners(signal: AbortSignal): void {
  const { process } = globalThis as { readonly process?: NodeProcess };
  // A signal of another library is left alone.
  if (signal instanceof EventTarget) process?.getBuiltinModule?.('node:events').setMaxListeners(0, signal);
}
