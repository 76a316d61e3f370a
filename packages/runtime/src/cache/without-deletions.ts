import type { FileSystem } from '@flowerpower/fs';

/** The same filesystem, on which a deletion does nothing. */
export function withoutDeletions(fs: FileSystem): FileSystem {
  return new Proxy(fs, {
    get(target, key) {
      if (key === 'delete') return () => Promise.resolve();
      if (key === 'sub') return (path: string) => withoutDeletions(target.sub(path));
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
