import path from 'node:path';

const FEATURE = /\/src\/features\/([^/]+)\/(.*)$/;

/**
 * The inside of another feature that an import reaches, or null where it reaches none: a feature is
 * used through its `index.ts`.
 * @param {string} filename absolute path of the importing file
 * @param {string} source the import as written
 * @returns {string | null}
 */
export function reachedInside(filename, source) {
  if (!source.startsWith('.')) return null;
  const from = FEATURE.exec(filename);
  const to = FEATURE.exec(path.resolve(path.dirname(filename), source));
  if (!to || from?.[1] === to[1] || to[2] === 'index.ts') return null;
  return to[1];
}

/** The ESLint rule `feature-index`. */
export const featureIndex = {
  meta: {
    type: 'problem',
    messages: { inside: 'Use `features/{{feature}}/index.ts`: export there what others may use.' },
    schema: [],
  },
  create(context) {
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      const feature = reachedInside(context.filename, source);
      if (feature) context.report({ node: node.source, messageId: 'inside', data: { feature } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
