import { describe, expect, it } from 'vitest';
import { compileMessages } from '../../build/compile-messages.ts';
import {
  chooseLanguage,
  LANGUAGES,
  preferredLanguage,
  startLanguage,
  allTexts,
  useI18n,
} from './index.ts';
import { byKey, say, type Groups } from './say.ts';

/** A catalogue as the build makes it. */
const compiled = (tree: Parameters<typeof compileMessages>[0]) =>
  byKey((0, eval)(`(${compileMessages(tree)})`) as Groups);

const messages = compiled({
  plain: 'Sign out',
  deep: { named: 'Switch off {name}?' },
  two: '{n} person | {n} people',
  three: 'no one | one | {n}',
  literal: "mail {'@'} us",
});

describe('a message', () => {
  it('that has no values is its text', () => {
    expect(messages['plain']).toBe('Sign out');
    expect(say(messages, 'plain', {}, 1)).toBe('Sign out');
  });

  it('takes values as text, whatever they contain', () => {
    expect(say(messages, 'deep.named', { name: '<b>{x} | @:y</b>' }, 1)).toBe(
      'Switch off <b>{x} | @:y</b>?',
    );
    expect(say(messages, 'literal', {}, 1)).toBe('mail @ us');
  });

  it('of two forms tells one from more, none included', () => {
    expect([0, 1, 2].map((n) => say(messages, 'two', { n }, n))).toEqual([
      '0 people',
      '1 person',
      '2 people',
    ]);
  });

  it('of three forms tells none, one and more', () => {
    expect([0, 1, 2, 40].map((n) => say(messages, 'three', { n }, n))).toEqual([
      'no one',
      'one',
      '2',
      '40',
    ]);
  });

  it('that is unknown shows its key, and a missing value nothing', () => {
    expect(say(messages, 'nowhere', {}, 1)).toBe('nowhere');
    expect(say(messages, 'deep.named', {}, 1)).toBe('Switch off ?');
  });

  it('that cannot be read stops the build and names itself', () => {
    expect(() => compileMessages({ a: { b: 'Hello {name' } })).toThrow('"a.b"');
  });
});

describe('the language', () => {
  it('is the one chosen on this device, else the first of the browser that there is', async () => {
    expect(Object.keys(LANGUAGES)).toContain(preferredLanguage());
    await chooseLanguage('pt');
    expect(preferredLanguage()).toBe('pt');
  });

  it('begins with the texts of the sign-in and goes on with all others', async () => {
    await startLanguage('es');
    const { t, language } = useI18n();
    expect([language.value, document.documentElement.lang]).toEqual(['es', 'es']);
    expect(t('session.signIn')).toBe('Iniciar sesión');
    await allTexts();
    expect(t('people.title')).toBe('Personas');
    expect(t('session.signIn')).toBe('Iniciar sesión');
  });

  it('changes at once when another is chosen', async () => {
    await chooseLanguage('en');
    expect(useI18n().t('people.count', 3)).toBe('3 work here');
  });
});
