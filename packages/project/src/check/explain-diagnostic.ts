/** From a diagnostic on a line of the shadow program to a problem that names functions, places and types. */
import type { CheckErrorCode } from './catalogue.js';
import type { Diagnostic } from './parse-diagnostics.js';
import type { CompilerMessage, EdgeProblem, EdgeSource, EdgeTarget, NodeProblem } from './report.js';
import type { EdgeSubject, NodeEdge, NodeSubject, Want } from './line-subject.js';

interface TypePair {
  readonly from: string;
  readonly to: string;
}

/** Where the arguments of a call stand in the shadow program. Further right is the inside of a literal. */
const argumentColumn = 5;

/** TS2769: the two types of the head are missing, and the details go through the overloads. */
const noOverload = 2769;

export function edgeProblem(subject: EdgeSubject, diagnostic: Diagnostic): EdgeProblem {
  const inside = subject.kind !== 'shared' && (diagnostic.column ?? 0) > argumentColumn;
  const named = inside ? undefined : typesIn(diagnostic.message);
  const { from, gives, hint } = giverOf(subject, named);
  const to: EdgeTarget = {
    node: subject.node.name,
    parameter: subject.dependency.parameter,
    place: subject.node.place,
    type: written(subject.dependency.type) ?? named?.to,
  };
  const places = [from.place, to.place].filter((place) => place !== undefined);
  const saysTypes = named !== undefined && named.from === from.type && named.to === to.type;
  const reasons = saysTypes ? diagnostic.details : [diagnostic.message, ...diagnostic.details];
  return {
    code: 'FP_EDGE_TYPE' satisfies CheckErrorCode,
    message: [
      `${gives}, but ${wants(to, diagnostic)}`,
      ...core(reasons, diagnostic).map((line) => `  ${line}`),
    ].join('\n'),
    hint,
    places,
    from,
    to,
    ts: compilerMessage(diagnostic),
  };
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

function giverOf(subject: EdgeSubject, named: TypePair | undefined): Giver {
  const { node, dependency } = subject;
  if (subject.kind === 'edge') {
    const { name, place } = subject.from;
    const given = typeGiven(subject, named);
    return {
      from: { node: name, place, type: given },
      gives: `${howItGives(subject)} ${given ?? misfit}`,
      hint: subject.isLoaded
        ? `Say what the data is under io.load.${name} (types, or a schema), or change what ${node.name} takes.`
        : `Change what ${name} returns or what ${node.name} takes, or convert in a node between them.`,
    };
  }
  if (subject.kind === 'shared') {
    const other = rival(subject, subject.others, named?.from);
    const type = written(other.dependency.type) ?? named?.from;
    const { name, place } = other.node;
    const { parameter } = other.dependency;
    return {
      from: { node: name, parameter, place, type },
      gives: `'${dependency.node}' goes to both functions: ${name} wants ${type ?? 'one type'} for its parameter '${parameter}'`,
      hint: 'Make the two types agree, or let one function take another input.',
    };
  }
  const name = subject.kind === 'bound' ? `params.${node.name}.${dependency.parameter}` : dependency.node;
  return {
    from: { node: name, type: named?.from },
    gives: `${subject.kind === 'bound' ? name : `The input '${name}'`} is ${named?.from ?? misfit}`,
    hint: 'Change the value in the configuration, or the type of the parameter.',
  };
}

/** The annotation speaks for what a function returns, which is not what modifiers and fan-outs make of it. */
function typeGiven(
  { from, isLoaded, dependency }: NodeEdge,
  named: TypePair | undefined,
): string | undefined {
  if (isLoaded) return named?.from;
  const isReturned = !from.derived && from.fanOut === undefined && dependency.collect === undefined;
  return isReturned ? (awaited(written(from.type)) ?? named?.from) : named?.from;
}

function howItGives({ from, dependency }: NodeEdge): string {
  if (dependency.collect !== undefined) return `${from.name}, collected, gives`;
  return from.fanOut === undefined ? `${from.name} gives` : `${from.name} gives, item by item,`;
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

function wants({ node, parameter, type }: EdgeTarget, { code }: Diagnostic): string {
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
