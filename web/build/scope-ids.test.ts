// @vitest-environment node
import { expect, it } from 'vitest';
import { scopeIds } from './scope-ids.ts';

it('gives a file the same id each time, and another file another', () => {
  const idOf = scopeIds();
  expect(idOf('src/App.vue')).toBe(idOf('src/App.vue'));
  expect(idOf('src/App.vue')).not.toBe(idOf('src/ui/UiMenu.vue'));
});

it('refuses two files of one id, whose styles would mix', () => {
  const idOf = scopeIds(0);
  idOf('src/App.vue');
  expect(() => idOf('src/ui/UiMenu.vue')).toThrow('src/App.vue and src/ui/UiMenu.vue');
});
