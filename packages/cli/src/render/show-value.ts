import { inspect, type InspectOptions } from 'node:util';

/** As `inspect` of Node shows a value. Never throws, whatever the value does when it is looked at. */
export function showValue(value: unknown, options: InspectOptions): string {
  try {
    return inspect(value, options);
  } catch {
    return `<a value of type ${typeof value} that cannot be shown>`;
  }
}
