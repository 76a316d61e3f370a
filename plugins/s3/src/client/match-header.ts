/** No object has it. */
const neverMatches = '"no-such-version"';

/**
 * A text that is no entity tag matches nothing, whatever the header takes it for: `*` would match everything, commas part
 * several, and others cannot be sent.
 */
export function matchHeader(ifMatch: string | undefined): { readonly IfMatch?: string } {
  if (ifMatch === undefined) return {};
  const isEntityTag = /^[\x21-\x29\x2b\x2d-\x7e]+$/.test(ifMatch);
  return { IfMatch: isEntityTag ? ifMatch : neverMatches };
}
