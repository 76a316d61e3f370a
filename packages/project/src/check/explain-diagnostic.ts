/** From a diagnostic on a line of the shadow program to a problem that names functions, places and types. */
import { boundedList, didYouMean } from '@flowerpower/core';
import type { CheckErrorCode } from './catalogue.js';
import type { Diagnostic } from './parse-diagnostics.js';
import type { CompilerMessage, EdgeProblem, EdgeSource, EdgeTarget, NodeProblem } from './report.js';
import type { EdgeNames } from './edge-names.js';
import type { EdgeSubject, NodeEdge, NodeSubject, SavedEdge, Want } from './line-subject.js';

interface TypePair {
  readonly from: string;
  readonly to: string;
}

/** Where the arguments of a call stand in the shadow program. Further right is the inside of a literal. */
const argumentColumn = 5;

/** TS2769: the two types of the head are missing, and the details go through the overloads. */
const noOverload = 2769;

export function edgeProblem(subject: EdgeSubject, diagnostic: Diagnostic, names: EdgeNames): EdgeProblem {
  const inside = subject.kind !== 'shared' && (diagnostic.column ?? 0) > argumentColumn;
  const named = inside ? undefined : typesIn(diagnostic.message);
  const { from, gives, hint } = giverOf(subject, named, names);
  const to = takerOf(subject, named, names);
  const places = [from.place, to.place].filter((place) => place !== undefined);
  const saysTypes =
    named !== undefined &&
    bare(named.from) === bare(from.type) &&
    (subject.kind === 'saved' || bare(named.to) === bare(to.type));
  const reasons = saysTypes ? diagnostic.details : [diagnostic.message, ...diagnostic.details];
  const missing = missingColumns(subject, diagnostic, names);
  if (missing !== undefined) {
    return { code: 'FP_EDGE_TYPE', ...missing, places, from, to, ts: compilerMessage(diagnostic) };
  }
  return {
    code: 'FP_EDGE_TYPE' satisfies CheckErrorCode,
    message: [
      `${gives}, but ${wants(subject, to, diagnostic, names)}`,
      ...core(reasons, diagnostic).map((line) => `  ${line}`),
    ].join('\n'),
    hint: emptyFieldHint(subject, reasons, names) ?? hint,
    places,
    from,
    to,
    ts: compilerMessage(diagnostic),
  };
}

/** Of a table whose columns are known, what a function wants of a column that it does not have. */
function missingColumns(
  subject: EdgeSubject,
  { message, details }: Diagnostic,
  names: EdgeNames,
): Pick<EdgeProblem, 'message' | 'hint'> | undefined {
  if (subject.kind !== 'edge' || !subject.isLoaded) return undefined;
  const loader = subject.from.name;
  const columns = names.columnsOf(loader);
  const reason = details.at(-1) ?? message;
  const list =
    /^Property '(.+?)' is missing in type/.exec(reason)?.[1] ??
    /is missing the following properties from type '.*': (.+)$/s.exec(reason)?.[1];
  if (columns === undefined || list === undefined) return undefined;
  const missing = list.split(', ').filter((name) => !columns.includes(name));
  const [first, ...others] = missing;
  if (first === undefined) return undefined;
  const which = `column${others.length === 0 ? '' : 's'} ${missing.map((name) => `'${name}'`).join(', ')}`;
  const taker = names.written(subject.node);
  const has = `The columns are: ${boundedList(columns)}.`;
  const near = others.length === 0 ? didYouMean(first, columns) : undefined;
  return {
    message: `The file of io.load.${loader} has no ${which}, which ${taker} wants for its parameter '${subject.dependency.parameter}'.`,
    hint: near === undefined ? has : `${near} ${has}`,
  };
}

/** Where all that does not fit is the null of an empty field. */
function emptyFieldHint(
  subject: EdgeSubject,
  reasons: readonly string[],
  names: EdgeNames,
): string | undefined {
  if (
    subject.kind !== 'edge' ||
    !subject.isLoaded ||
    reasons.at(-1)?.startsWith("Type 'null' is not assignable") !== true
  )
    return undefined;
  const loader = subject.from.name;
  return `An empty field is null. Let ${names.written(subject.node)} take null, or set nullValues: [] under io.load.${loader}: then an empty field is an error.`;
}

export function nodeProblem({ kind, node }: NodeSubject, diagnostic: Diagnostic): NodeProblem {
  const what = kind === 'call' ? 'its inputs' : 'the node context';
  return {
    code: 'FP_CHECK_NODE' satisfies CheckErrorCode,
    message: [
      `${node.name} cannot be called with ${what}: ${diagnostic.message}`,
      ...diagnostic.details.map((line) => `  ${line}`),
    ].join('\n'),
    hint:
      kind === 'call'
        ? `Look at the parameters of ${node.name}.`
        : 'A parameter after the inputs receives the context: give it the type NodeContext.',
    places: node.place === undefined ? [] : [node.place],
    node: node.name,
    ts: compilerMessage(diagnostic),
  };
}

export function compilerMessage({ code, message, details }: Diagnostic): CompilerMessage {
  return { code, message: [message, ...details].join('\n') };
}

/**
 * True when all that is wrong with a call is that the type of the inputs has keys which the function does not read
 * from it: at run time nothing is missing.
 */
export function isUnreadInput(
  { kind, node }: NodeSubject | EdgeSubject,
  { message, details }: Diagnostic,
): boolean {
  if (kind !== 'call' || node.style !== 'object') return false;
  return [message, ...details].some((line) =>
    /^(?:Property '.*' is missing in type|Type '.*' is missing the following properties from type)/.test(
      line,
    ),
  );
}

/** The giving end of an edge, what it does in a sentence, and what the user can do. */
interface Giver {
  readonly from: EdgeSource;
  readonly gives: string;
  readonly hint: string;
}

const misfit = 'a value that does not fit';

function giverOf(subject: EdgeSubject, named: TypePair | undefined, names: EdgeNames): Giver {
  const { node, dependency } = subject;
  if (subject.kind === 'edge' || subject.kind === 'saved') {
    const { name } = subject.from;
    const given = typeGiven(subject, named);
    const place = subject.isLoaded ? names.placeOfIo('load', name) : subject.from.place;
    return {
      from: { node: name, place, type: given },
      gives: `${howItGives(subject)} ${given ?? misfit}`,
      hint: hintFor(subject, names),
    };
  }
  if (subject.kind === 'schema') {
    return {
      from: { node: node.name, place: names.placeOfIo('load', node.name), type: named?.from },
      gives: `The loader of io.load.${node.name} gives ${named?.from ?? misfit}`,
      hint: `Make its options (types, infer) and the schema ${subject.schema} agree: no row can fit both.`,
    };
  }
  if (subject.kind === 'shared') {
    const other = rival(subject, subject.others, named?.from);
    const type = written(other.dependency.type) ?? named?.from;
    const { place } = other.node;
    const name = names.written(other.node);
    const { parameter } = other.dependency;
    return {
      from: { node: name, parameter, place, type },
      gives: `'${dependency.node}' goes to both functions: ${name} wants ${type ?? 'one type'} for its parameter '${parameter}'`,
      hint: 'Make the two types agree, or let one function take another input.',
    };
  }
  const { parameter } = dependency;
  const [name, place] =
    subject.kind === 'bound'
      ? [`params.${names.written(node)}.${parameter}`, names.placeOfBound(node, parameter)]
      : [dependency.node, names.placeOfInput(dependency.node)];
  return {
    from: { node: name, place, type: named?.from },
    gives: `${subject.kind === 'bound' ? name : `The input '${name}'`} is ${named?.from ?? misfit}`,
    hint:
      named?.from === 'string' && /\bDate\b/.test(dependency.type ?? '')
        ? 'Write a date such as 2026-01-31 or 2026-01-31T12:00:00Z.'
        : 'Change the value in the configuration, or the type of the parameter.',
  };
}

/** The taking end of an edge. A saver and a schema are not annotated: the compiler says what they take. */
function takerOf(subject: EdgeSubject, named: TypePair | undefined, names: EdgeNames): EdgeTarget {
  const { node, dependency } = subject;
  const { parameter } = dependency;
  if (subject.kind === 'saved') {
    const { name, type } = subject.saver;
    return { node: node.name, parameter, place: names.placeOfIo('save', name), type };
  }
  const type = written(dependency.type) ?? named?.to;
  if (subject.kind === 'schema') return { node: node.name, parameter, type };
  return { node: node.name, parameter, place: node.place, type };
}

function hintFor({ kind, from, node, isLoaded, ...rest }: NodeEdge | SavedEdge, names: EdgeNames): string {
  const giver = from.name;
  const { dependency } = rest;
  const items = dependency.collect === undefined ? names.itemsOf(from) : undefined;
  if (items !== undefined && /\]$|^(Readonly)?Array</.test(written(dependency.type) ?? ''))
    return `${names.written(node)} runs once for each item of ${items}; collect('${dependency.parameter}') gives it the list.`;
  if (kind === 'saved') {
    const { name } = (rest as SavedEdge).saver;
    return isLoaded
      ? `Convert it in a node, or change the type under io.save.${name}.`
      : `Change what ${giver} returns, or the type under io.save.${name}.`;
  }
  const taker = names.written(node);
  return isLoaded
    ? `Say what the data is under io.load.${giver} (types, or a schema), or change what ${taker} takes.`
    : `Change what ${giver} returns or what ${taker} takes, or convert in a node between them.`;
}

/** The annotation speaks for what a function returns, which is not what modifiers and fan-outs make of it. */
function typeGiven(
  { from, isLoaded, dependency }: NodeEdge | SavedEdge,
  named: TypePair | undefined,
): string | undefined {
  if (isLoaded) return named?.from;
  const isReturned = !from.derived && from.fanOut === undefined && dependency.collect === undefined;
  return isReturned ? (awaited(written(from.type)) ?? named?.from) : named?.from;
}

function howItGives({ from: { name, fanOut }, dependency }: NodeEdge | SavedEdge): string {
  if (dependency.collect !== undefined) return `${name}, collected, gives`;
  return fanOut === undefined ? `${name} gives` : `Each item of ${name} is`;
}

/** Of the functions that share a value, the one whose type the compiler compared. */
function rival(own: Want, others: readonly Want[], type: string | undefined): Want {
  const isOpen = ({ dependency }: Want) => /^(?:unknown|any)$/.test(dependency.type ?? '');
  return (
    others.find(({ dependency }) => type !== undefined && bare(dependency.type) === bare(type)) ??
    others.find((other) => !isOpen(other) && bare(other.dependency.type) !== bare(own.dependency.type)) ??
    others[0]!
  );
}

/** A type without the differences of writing between users and the compiler. */
function bare(type: string | undefined): string | undefined {
  return type?.replace(/[\s;,]/g, '').replaceAll("'", '"');
}

function wants(
  subject: EdgeSubject,
  { parameter, type }: EdgeTarget,
  { code }: Diagnostic,
  names: EdgeNames,
): string {
  if (subject.kind === 'saved') {
    const { name, format } = subject.saver;
    return `io.save.${name} (${format}) takes ${type ?? 'another type'}.`;
  }
  if (subject.kind === 'schema') return `its schema ${subject.schema} wants ${type ?? 'another type'}.`;
  const node = names.written(subject.node);
  return code === noOverload
    ? `no overload of ${node} takes it as parameter '${parameter}'.`
    : `${node} wants ${type ?? 'another type'} for its parameter '${parameter}'.`;
}

/** The end of the explanation names the cause; the steps before it lead there. For overloads every step counts. */
function core(reasons: readonly string[], { code }: Diagnostic): readonly string[] {
  return code === noOverload ? reasons.slice(1, 9) : reasons.slice(-2);
}

const typePatterns = [
  /^(?:Argument of type|Type) '(?<from>.*)' is not assignable to (?:parameter of )?type '(?<to>.*)'/s,
  /^Type '(?<from>.*)' is missing the following properties from type '(?<to>.*)':/s,
  /^Property '.*' is missing in type '(?<from>.*)' but required in type '(?<to>.*)'/s,
  /^Type '(?<from>.*)' has no properties in common with type '(?<to>.*)'/s,
  /^The type '(?<from>.*)' is 'readonly' and cannot be assigned to the mutable type '(?<to>.*)'/s,
];

/** The two types that a message of the compiler compares. */
function typesIn(message: string): TypePair | undefined {
  for (const pattern of typePatterns) {
    const { from, to } = pattern.exec(message)?.groups ?? {};
    if (from !== undefined && to !== undefined) return { from, to };
  }
  return undefined;
}

/** An annotation on one line. */
function written(type: string | undefined): string | undefined {
  return type?.replace(/\s+/g, ' ');
}

function awaited(type: string | undefined): string | undefined {
  return type === undefined ? undefined : (/^Promise<(.*)>$/s.exec(type)?.[1] ?? type);
}
