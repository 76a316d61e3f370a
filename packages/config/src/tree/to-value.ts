import { type ConfigNode, isMissing, isNull } from './node.js';

/**
 * The plain data of a tree. Null on one of FlowerPower's own keys, and null that took back a lower layer's
 * value, leave the key out, and so does a value that is missing, where nothing stands in for it. Values given in code
 * keep their identity.
 */
export function toValue(node: ConfigNode, standIns = false): unknown {
  const isAbsent = (each: ConfigNode) => isMissing(each) && !(standIns && each.standIn !== undefined);
  switch (node.kind) {
    case 'value':
      return isMissing(node) && standIns ? node.standIn : node.value;
    case 'list':
      return node.items.filter((item) => !isAbsent(item)).map((item) => toValue(item, standIns));
    default: {
      const object: Record<string, unknown> = {};
      for (const [key, entry] of node.entries) {
        if (isAbsent(entry.node)) continue;
        if (isNull(entry.node) && (entry.node.deletes === true || entry.node.isUserData !== true)) continue;
        setOwn(object, key, toValue(entry.node, standIns));
      }
      return object;
    }
  }
}

/** Plain assignment would run the setter of `__proto__`. */
function setOwn(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
