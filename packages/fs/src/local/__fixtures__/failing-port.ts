/** A node:fs port for tests: counts calls, makes the nth one fail before it is made, and knows the open handles. */
import { type NodeFileHandle, type NodeFs, nodeFsPort } from '../node-fs-port.js';

export interface FailingPort {
  readonly port: NodeFs;
  readonly calls: number;
  readonly openHandles: number;
}

/** @param instead - what happens before the nth call, which is then made. */
export function failingPort(n: number, code = 'EIO', instead?: () => void): FailingPort {
  let calls = 0;
  let openHandles = 0;
  const count = <T>(name: string, call: () => Promise<T>): Promise<T> => {
    calls++;
    if (calls === n) instead?.();
    if (calls !== n || instead !== undefined) return call();
    return Promise.reject(Object.assign(new Error(`${code}: injected at call ${n} (${name})`), { code }));
  };
  const counted = <T extends object>(target: T): T =>
    Object.fromEntries(
      Object.entries(target).map(([name, method]) => [
        name,
        (...args: unknown[]) => count(name, () => (method as (...args: unknown[]) => Promise<unknown>)(...args)),
      ]),
    ) as T;
  const port = counted<NodeFs>({
    ...nodeFsPort,
    async open(path, flags) {
      const handle = await nodeFsPort.open(path, flags);
      openHandles++;
      let open = true;
      const tracked: NodeFileHandle = {
        ...handle,
        async close() {
          await handle.close();
          if (open) openHandles--;
          open = false;
        },
      };
      return counted(tracked);
    },
  });
  return {
    port,
    get calls() {
      return calls;
    },
    get openHandles() {
      return openHandles;
    },
  };
}
