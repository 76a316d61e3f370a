/** The tags of the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema), and `!`, which says "as it is". */
const coreTags: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
]);

/** True for a node without a tag, or with one of the core schema. The parser only warns of others. */
export function hasCoreTag({ tag }: { readonly tag?: string | undefined }): boolean {
  return tag === undefined || coreTags.has(tag);
}
