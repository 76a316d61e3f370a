import { FlowerPowerError } from '@flowerpower/core';
import type { ConfigErrorCode } from '../errors/catalogue.js';
import { suggestKey } from '../read/key-problems.js';
import { anyShape, findKey, type ObjectShape, type Shape } from '../schema/shape.js';

/**
 * The keys of a path such as `run.retry.max_retries`, as this package spells them.
 *
 * @throws FlowerPowerError with code `FP_CONFIG_UNKNOWN_KEY` when no configuration has such a path.
 */
export function canonicalPath(path: string, root: ObjectShape): string[] {
  const out: string[] = [];
  let shape: Shape = root;
  for (const key of path === '' ? [] : path.split('.')) {
    switch (shape.kind) {
      case 'object': {
        const meaning = findKey(shape, key, 'exact');
        if (meaning?.kind === 'moved') out.push(meaning.parent);
        const isUnknown = meaning === undefined ? !shape.isOpen : meaning.kind === 'retired';
        if (isUnknown) throw unknownPath(path, suggestKey(key, shape, 'exact'));
        const name = meaning?.key ?? key;
        out.push(name);
        shape = shape.children.get(name) ?? anyShape;
        continue;
      }
      case 'entries':
        shape = shape.value;
        break;
      case 'userMap':
      case 'any':
        shape = anyShape;
        break;
      case 'list':
      case 'scalar':
        throw unknownPath(path, undefined);
    }
    out.push(key);
  }
  return out;
}

function unknownPath(path: string, near: string | undefined): FlowerPowerError {
  const code: ConfigErrorCode = 'FP_CONFIG_UNKNOWN_KEY';
  return new FlowerPowerError({
    code,
    message: `The configuration has no '${path}'.${near ? ` ${near}` : ''}`,
    hint: 'Write a path as in run.retry.maxRetries.',
    context: { path },
  });
}
