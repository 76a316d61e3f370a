/**
 * Whether evaluating an expression only makes a value: it calls nobody's code and changes nothing. Errs towards no.
 */
import { isClass, isFunction, isTree, listOf, type Tree } from './syntax-tree.js';

/** @param isHarmless - of what is called: whether the call only makes something of its arguments. */
export function isInert(tree: Tree, isHarmless: (callee: Tree) => boolean): boolean {
  const inert = (value: unknown): boolean => !isTree(value) || isInert(value, isHarmless);
  if (isFunction(tree)) return true;
  if (isClass(tree)) return isInertClass(tree, inert);
  switch (tree.type) {
    case 'Literal':
    case 'Identifier':
      return true;
    case 'ArrayExpression':
      return listOf(tree['elements']).every((one) => one.type !== 'SpreadElement' && inert(one));
    case 'ObjectExpression':
      return listOf(tree['properties']).every(
        (one) => one.type === 'Property' && one['computed'] !== true && inert(one['value']),
      );
    case 'ConditionalExpression':
      return inert(tree['test']) && inert(tree['consequent']) && inert(tree['alternate']);
    case 'LogicalExpression':
      return inert(tree['left']) && inert(tree['right']);
    case 'CallExpression':
      return isHarmless(tree['callee'] as Tree) && listOf(tree['arguments']).every((one) => inert(one));
    default:
      return isConstant(tree);
  }
}

/** A primitive made of literals alone. */
export function isConstant(tree: Tree): boolean {
  switch (tree.type) {
    case 'Literal':
      return tree['regex'] === undefined || tree['regex'] === null;
    case 'TemplateLiteral':
      return listOf(tree['expressions']).every(isConstant);
    case 'UnaryExpression':
      return tree['operator'] !== 'delete' && isConstant(tree['argument'] as Tree);
    case 'BinaryExpression':
      return isConstant(tree['left'] as Tree) && isConstant(tree['right'] as Tree);
    default:
      return false;
  }
}

function isInertClass(tree: Tree, inert: (value: unknown) => boolean): boolean {
  const parent = tree['superClass'];
  if (isTree(parent) && parent.type !== 'Identifier') return false;
  return listOf((tree['body'] as Tree)['body']).every(
    (member) =>
      member.type !== 'StaticBlock' &&
      member['computed'] !== true &&
      (member['static'] !== true || inert(member['value'])),
  );
}

/** A class that keeps something itself, beside what its instances keep. */
export function hasStaticState(tree: Tree): boolean {
  return listOf((tree['body'] as Tree)['body']).some(
    ({ type, static: isStatic }) =>
      type === 'StaticBlock' || (isStatic === true && type !== 'MethodDefinition'),
  );
}
