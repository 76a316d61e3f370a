import type { EcmaScriptModule } from 'oxc-parser';
import { sha256 } from '../files/source-text.js';
import type { CodeOutline, Piece } from './code-outline.js';

/** No identifier is called like this. */
const all = '*all*';

/** A module as one piece that may do anything and reaches everything: one whose tree is too deep to be looked through. */
export function opaqueOutline(code: string, { staticExports }: EcmaScriptModule): CodeOutline {
  const piece: Piece = {
    hash: sha256(code),
    names: [all],
    effect: 'anything',
    holds: 'state',
    reads: [],
    changes: [],
    evaluatesText: false,
    changesGlobals: true,
    imports: [],
    importsUnknown: true,
  };
  const entries = staticExports.flatMap((each) => each.entries);
  return {
    pieces: [piece],
    names: new Map([[all, 0]]),
    exports: new Map(
      entries.flatMap(({ exportName }) => (exportName.name === null ? [] : [[exportName.name, all]])),
    ),
    stars: entries.flatMap(({ exportName, moduleRequest }) =>
      exportName.name === null && moduleRequest !== null ? [moduleRequest.value] : [],
    ),
    bare: [],
  };
}
