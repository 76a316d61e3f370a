import { onceAborted } from '../../facade/once-aborted.js';
import type { CallSite, Guard } from '../../facade/guard.js';
import type { CountedMethod, Delay, Fault, RecordedCall } from './fault.js';

/** A call that is about to be made. */
interface Attempt {
  readonly guard: Guard;
  /** As errors describe it. */
  readonly site: CallSite;
  readonly record: RecordedCall;
}

/** Counts calls and lets the faults that are meant for one happen to it. */
export interface FaultMeter {
  readonly calls: readonly RecordedCall[];
  /** Faults that no call has met. */
  readonly unmet: readonly Fault[];
  /** Makes the call, unless it was to fail. It is told after how many bytes its content ends. */
  meet<T>(attempt: Attempt, call: (truncateAfter: number) => Promise<T>): Promise<T>;
}

export function faultMeter(faults: readonly Fault[]): FaultMeter {
  const calls: RecordedCall[] = [];
  const countOf = new Map<CountedMethod, number>();
  const unmet = new Set(faults);

  function faultsOfNextCall(record: RecordedCall): Fault[] {
    calls.push(record);
    const ofMethod = (countOf.get(record.method) ?? 0) + 1;
    countOf.set(record.method, ofMethod);
    return [...unmet].filter(({ call, method }) =>
      method === undefined ? call === calls.length : method === record.method && call === ofMethod,
    );
  }

  return {
    calls,
    get unmet() {
      return [...unmet];
    },
    async meet({ guard, site, record }, call) {
      const met = faultsOfNextCall(record);
      let truncateAfter = Infinity;
      for (const fault of met) {
        unmet.delete(fault);
        if (fault.delay !== undefined) {
          const { delay } = fault;
          await guard.run(site, () => released(delay, record, site.signal));
        }
        if (fault.fail !== undefined) {
          const which = fault.method === undefined ? `${fault.call}` : `${fault.call} of '${fault.method}'`;
          throw guard.fail(site, fault.fail, `call ${which} was made to fail`);
        }
        truncateAfter = Math.min(truncateAfter, fault.truncateAfter ?? Infinity);
      }
      return call(truncateAfter);
    },
  };
}

function released(delay: Delay, record: RecordedCall, signal: AbortSignal | undefined): Promise<unknown> {
  const end = typeof delay === 'function' ? delay(record) : delay;
  if (signal === undefined) return end;
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason as Error);
    const dismiss = onceAborted(signal, give);
    // The function may have been what aborted it.
    if (signal.aborted) give();
    end.then(resolve, reject).finally(dismiss);
  });
}
