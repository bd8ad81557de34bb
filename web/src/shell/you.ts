export { YouSheet as default } from '../features/you/index.ts';
