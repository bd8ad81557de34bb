import { anInbound } from '@switchboard/domain/testing';
import { cleanup, render } from '@testing-library/vue';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../../i18n/index.ts';
import { inThread } from '../testing/in-thread.ts';
import { KindBubble } from './kinds-on-demand.ts';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

let asked = 0;
vi.mock('./kinds/index.ts', () => {
  asked += 1;
  throw new Error('There is no connection.');
});

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);

it('a bubble whose chunk does not come keeps the name of its type, and the next one asks again', async () => {
  const draw = () =>
    render(inThread(KindBubble, () => ({ entry: { ...anInbound({ type: 'order' }), id: 'a' } })));
  const { container } = draw();
  await vi.waitFor(() => expect(asked).toBeGreaterThan(0));
  const first = asked;
  await vi.waitFor(() => {
    draw();
    expect(asked).toBeGreaterThan(first);
  });
  expect(container.textContent).toBe('Order');
});
