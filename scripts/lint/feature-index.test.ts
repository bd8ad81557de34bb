import { describe, expect, it } from 'vitest';
import { reachedInside } from './feature-index.mjs';

const file = '/repo/web/src/features/inbox/components/Row.vue';

describe('feature-index', () => {
  it('finds an import that reaches inside another feature', () => {
    expect(reachedInside(file, '../../conversation/store.ts')).toBe('conversation');
    expect(reachedInside('/repo/web/src/pages/Home.vue', '../features/inbox/store.ts')).toBe(
      'inbox',
    );
  });

  it('allows the own feature, the index of another and what is no feature', () => {
    expect(reachedInside(file, '../composables/useRows.ts')).toBeNull();
    expect(reachedInside(file, '../../conversation/index.ts')).toBeNull();
    expect(reachedInside(file, '../../../ui/Button.vue')).toBeNull();
    expect(reachedInside(file, 'vue')).toBeNull();
  });
});
