import { DriverFailure, type DriverWrite } from '@flowerpower/fs';

/** Refuses a content type or metadata that would end its header, or that no header can carry. */
export function describable({ contentType, metadata = {} }: Partial<DriverWrite>): void {
  const faults = [
    contentType !== undefined && !/^[\x20-\x7e]+$/.test(contentType)
      ? `contentType is a text of printable ASCII characters, not ${JSON.stringify(contentType)}`
      : undefined,
    ...Object.entries(metadata).map(([key, value]) =>
      hasControl(key) || hasControl(value)
        ? `metadata holds no control characters, as ${JSON.stringify(key)} does`
        : undefined,
    ),
  ].filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new DriverFailure('BadOption', faults.join('; '));
}

function hasControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- it is those that are looked for
  return /[\x00-\x1f\x7f]/.test(text);
}
