import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { allTexts, startLanguage } from '../../i18n/index.ts';
import { DEMO_TEXTS } from './demo-texts.ts';
import { FIRST, OTHERS } from './demo.ts';
import DemoSignIn from './DemoSignIn.vue';
import SignIn from './SignIn.vue';

const endedBecause = ref<'deactivated' | null>(null);
const signIn = vi.fn<(email: string, password: string) => Promise<string>>();
vi.mock('../../data/session.ts', () => ({
  useSession: () => ({ signIn, prepare: () => undefined, endedBecause }),
}));

beforeAll(async () => {
  await startLanguage('en');
  await allTexts();
});
beforeEach(() => {
  endedBecause.value = null;
  signIn.mockReset().mockResolvedValue('ok');
});
afterEach(cleanup);

const email = () => screen.getByLabelText<HTMLInputElement>('Work email');
const password = () => screen.getByLabelText<HTMLInputElement>('Password');
const press = () => fireEvent.submit(screen.getByRole('form', { name: 'Sign in' }));

async function fill() {
  await fireEvent.update(email(), ' ana@demo.test ');
  await fireEvent.update(password(), 'secret');
}

describe('the sign-in', () => {
  it('sends what was typed, without the blanks around the address', async () => {
    render(SignIn);
    await fill();
    await press();
    expect(signIn).toHaveBeenCalledWith('ana@demo.test', 'secret');
  });

  it('asks for what is missing and leads to it, without asking the server', async () => {
    render(SignIn);
    await fireEvent.update(email(), 'ana@demo.test');
    await press();
    expect(screen.getByRole('alert').textContent).toContain('Something is missing.');
    expect(document.activeElement).toBe(password());
    expect(password().getAttribute('aria-invalid')).toBe('true');
    expect(signIn).not.toHaveBeenCalled();
  });

  it.each([
    ['wrong-password', 'Email and password do not match.'],
    ['offline', 'No connection.'],
    ['deactivated', 'This account is switched off.'],
    ['too-many', 'Too many attempts.'],
    ['failed', 'Sign-in did not work.'],
  ])('says what went wrong: %s', async (answer, sentence) => {
    signIn.mockResolvedValue(answer);
    render(SignIn);
    await fill();
    await press();
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain(sentence));
    expect(email().value).toBe('ana@demo.test');
    expect(password().value).toBe(answer === 'wrong-password' ? '' : 'secret');
  });

  it('is sent once however often it is pressed', async () => {
    signIn.mockReturnValue(new Promise(() => undefined));
    render(SignIn);
    await fill();
    await press();
    await press();
    expect(signIn).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('button', { name: 'Sign in' }).getAttribute('aria-busy')).toBe('true');
  });

  it('tells somebody whom an admin switched off why the session ended', () => {
    endedBecause.value = 'deactivated';
    render(SignIn);
    expect(screen.getByRole('alert').textContent).toContain('Your account was switched off.');
  });

  it('has no demo people outside a build for the emulators', () => {
    render(SignIn);
    expect(screen.queryByText(DEMO_TEXTS.en.title)).toBeNull();
  });
});

describe('the demo people', () => {
  it('are three with one tap each, and the others behind a link', async () => {
    const enter = vi.fn();
    render(DemoSignIn, { props: { busy: false, onEnter: enter } });
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
    await fireEvent.click(screen.getByRole('button', { name: /Carmen Ortega/ }));
    expect(enter).toHaveBeenCalledWith('carmen@demo.test', 'switchboard');
    await fireEvent.click(screen.getByRole('button', { name: DEMO_TEXTS.en.others }));
    expect(screen.getAllByRole('listitem')).toHaveLength(12);
  });

  it('are as many as the link says, each once', () => {
    const ids = [...FIRST, ...OTHERS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(12);
    for (const texts of Object.values(DEMO_TEXTS))
      expect(texts.others).toContain(`${OTHERS.length}`);
  });
});
