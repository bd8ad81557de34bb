export default { singleQuote: true, printWidth: 100, semi: true, trailingComma: 'all' };
