/** Reads the words in our screens from their syntax tree; for tools/check-i18n.ts. */
import { parseSync } from '@swc/core';

type Node = Record<string, unknown> & { type?: string };
const chinese = /[\u2e80-\u9fff\uff00-\uffef]/;
const spoken = new Set(['aria-label', 'alt', 'title', 'placeholder', 'label']);

function walk(value: unknown, parents: readonly Node[], visit: (node: Node, parents: readonly Node[]) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, parents, visit);
  else if (typeof value === 'object' && value !== null) {
    const node = value as Node;
    visit(node, parents);
    for (const [key, child] of Object.entries(node)) if (key !== 'span') walk(child, [...parents, node], visit);
  }
}

const nameOf = (node: unknown): string => String((node as Node | undefined)?.['value'] ?? '');
/** `<T>(…)` means a type in .ts and a tag in .tsx. */
const parse = (file: string, source: string): unknown =>
  parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2022' });

/** Literal words in one file of src/web outside i18n: text between tags, spoken attributes, Chinese in any string. */
export function literalWords(file: string, source: string): string[] {
  const found: string[] = [];
  walk(parse(file, source), [], (node, parents) => {
    const text = String(node['value'] ?? (node['cooked'] as unknown) ?? '');
    const parent = parents.at(-1);
    if (node.type === 'JSXText' && /\p{L}/u.test(text)) found.push(text.trim());
    else if (
      node.type === 'StringLiteral' &&
      parent?.type === 'JSXAttribute' &&
      spoken.has(nameOf(parent['name'])) &&
      /\p{L}/u.test(text)
    )
      found.push(text);
    else if ((node.type === 'StringLiteral' || node.type === 'TemplateElement') && chinese.test(text)) found.push(text);
  });
  return found;
}

/** Keys of a dictionary as paths: `map.zoomIn`. */
export function keysOf(dictionary: object, prefix = ''): string[] {
  return Object.entries(dictionary).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? keysOf(value as object, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

/** Names read from objects in one file, as leaves (`t.close`) or as whole groups (`t.names[x]`, `f(t.names)`, `{ names }`). */
export function namesRead(file: string, source: string): Set<string> {
  const names = new Set<string>();
  walk(parse(file, source), [], (node, parents) => {
    const parent = parents.at(-1);
    if (node.type === 'AssignmentPatternProperty' || node.type === 'KeyValuePatternProperty')
      names.add(nameOf(node['key']));
    if (node.type !== 'MemberExpression') return;
    const object = node['object'] as Node;
    const property = node['property'] as Node;
    if (property.type === 'Computed' && object.type === 'Identifier') names.add(nameOf(object));
    const further =
      parent?.type === 'MemberExpression' &&
      parent['object'] === node &&
      (parent['property'] as Node).type !== 'Computed';
    const group = parent?.type === 'VariableDeclarator' && nameOf(parent['id']) === 't';
    if (property.type === 'Identifier' && !further && !group) names.add(nameOf(property));
  });
  return names;
}
