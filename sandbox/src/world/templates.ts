import type { BusinessNumber } from '../model.ts';
import type { Template } from '../graph/template.ts';
import { demoTemplates } from './demo-templates.ts';

/** The message templates of every business account, in memory. */
export class TemplateStore {
  private readonly numbers: BusinessNumber[];
  private templates = new Map<string, Template[]>();

  constructor(numbers: BusinessNumber[]) {
    this.numbers = numbers;
    this.clear();
  }

  /** Back to the templates that every account starts with. */
  clear(): void {
    const accounts = new Set(this.numbers.map(({ wabaId }) => wabaId));
    this.templates = new Map([...accounts].map((wabaId) => [wabaId, demoTemplates(wabaId)]));
  }

  /** All templates of an account, in the order of their making. */
  of(wabaId: string): Template[] {
    return this.templates.get(wabaId) ?? [];
  }

  /** The template of this name in this very language. */
  find(wabaId: string, name: string, language: string): Template | undefined {
    return this.of(wabaId).find((one) => one.name === name && one.language === language);
  }

  /** The template with this id, in whichever account. */
  byId(id: string): Template | undefined {
    return [...this.templates.values()].flat().find((one) => one.id === id);
  }

  /** Takes in a template; there must be none of its name and language. */
  add(wabaId: string, template: Template): void {
    this.templates.set(wabaId, [...this.of(wabaId), template]);
  }

  /** Forgets what `matches` names, and answers how many that were. */
  remove(wabaId: string, matches: (template: Template) => boolean): number {
    const before = this.of(wabaId);
    const kept = before.filter((one) => !matches(one));
    this.templates.set(wabaId, kept);
    return before.length - kept.length;
  }
}
