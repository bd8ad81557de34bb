/** Plays one story through the capabilities, each step at its hour and only where it is permitted. */
import {
  agentActor,
  COLLECTIONS,
  conversationPath,
  create,
  entryPath,
  parseEntryPath,
  personOf,
  refuses,
  releaseEntryId,
  takeEntryId,
  update,
  type Conversation,
  type Operation,
} from '@switchboard/domain';
import { command, dispatch, type Past } from '@switchboard/functions/seeding';
import type { Customer, JsonObject } from '@switchboard/sandbox';
import { Line, type Written } from './line.ts';
import type { Uid } from './office.ts';
import type { Step, Story } from './story.ts';

/** A customer as the sandbox knows them, and what they wrote. */
export interface Played {
  readonly customer: Customer;
  readonly written: readonly Written[];
}

/**
 * Plays a story up to `start`, epoch ms in whole seconds. Throws where a step is out of order, or is
 * one that the person may not do then: a demo shows nothing that could not have happened.
 */
export async function play(past: Past, story: Story, start: number): Promise<Played> {
  const line = new Line(past, story.person, start);
  const player = new Player(past, line);
  let before = Infinity;
  for (const step of story.steps) {
    if (step.ago > before) throw new Error(`${story.person.name}: ${step.does} is out of order.`);
    before = step.ago;
    await player.act(step, start - step.ago);
  }
  return { customer: line.customer, written: line.written };
}

interface Message {
  readonly wamid: string;
  readonly entryId: string;
}

class Player {
  private readonly past: Past;
  private readonly line: Line;
  private readonly named = new Map<string, Message>();
  private conversationId = '';

  constructor(past: Past, line: Line) {
    this.past = past;
    this.line = line;
  }

  async act(step: Step, at: number): Promise<void> {
    this.line.thread.setHour(at);
    switch (step.does) {
      case 'write':
        return this.write(step, at);
      case 'react':
        return this.react(step, at);
      case 'reply':
        return this.reply(step, at);
      case 'note':
        return this.note(step, at);
      case 'take':
      case 'release':
        return this.change(step.by, step.does, at);
      case 'look':
        return this.look(step.by, at);
      case 'resolve':
      case 'reopen':
        return this.command(step.by, { type: step.does });
      case 'move':
        return this.command(step.by, { type: 'assign', to: { kind: 'team', id: step.team } });
    }
  }

  private async write(step: Extract<Step, { does: 'write' }>, at: number): Promise<void> {
    const item = step.item as JsonObject;
    const quoted = step.quotes === undefined ? null : { id: this.find(step.quotes).wamid };
    const wamid = await this.line.bring(at, quoted ? { ...item, context: quoted } : item);
    const [entry] = await this.past.store.query({
      collection: COLLECTIONS.timeline,
      everywhere: true,
      where: [['wamid', '==', wamid]],
      limit: 1,
    });
    const found = entry ? parseEntryPath(entry.path) : null;
    if (found === null) throw new Error(`${this.name}: a message became no entry.`);
    this.conversationId = found.conversationId;
    if (step.as !== undefined) this.named.set(step.as, { wamid, entryId: found.entryId });
  }

  private async react(step: Extract<Step, { does: 'react' }>, at: number): Promise<void> {
    const reaction = { message_id: this.find(step.to).wamid, emoji: step.emoji };
    await this.line.bring(at, { type: 'reaction', reaction });
  }

  /** Queued as a client queues it, then sent by the dispatcher. */
  private async reply(step: Extract<Step, { does: 'reply' }>, at: number): Promise<void> {
    const { ports } = this.line.thread;
    this.look(step.by, at);
    const { assignment } = this.permit('timeline.reply', step.by, at);
    const entryId = ports.clock.newId();
    const quoted = step.quotes === undefined ? null : { entryId: this.find(step.quotes).entryId };
    this.add(entryId, step.by, at, {
      kind: 'outbound',
      state: 'queued',
      fence: assignment.version,
      type: 'text',
      text: step.text,
      ...(quoted ? { context: quoted } : {}),
    });
    const wamid = await this.line.carry(at, step.reach, () => dispatch(ports, this.conversationId));
    if (step.as !== undefined && wamid !== null) this.named.set(step.as, { wamid, entryId });
  }

  private note(step: Extract<Step, { does: 'note' }>, at: number): void {
    this.permit('timeline.note', step.by, at);
    const { newId } = this.line.thread.ports.clock;
    this.add(newId(), step.by, at, { kind: 'note', type: 'text', text: step.text });
  }

  /** A change of holder with its event, as a client commits both under the rules. */
  private change(by: Uid, kind: 'take' | 'release', at: number): void {
    const { assignment } = this.permit(`conversation.${kind}`, by, at);
    const version = assignment.version + 1;
    const [type, entryId, assignee] =
      kind === 'take'
        ? (['taken', takeEntryId(version), agentActor(by)] as const)
        : (['released', releaseEntryId(version), null] as const);
    this.set({ assignee, assignment: { version, at, by } });
    this.add(entryId, by, at, { kind: 'event', type });
    if (kind === 'take') this.look(by, at);
  }

  private look(by: Uid, at: number): void {
    const { inboundCount } = this.permit('conversation.markRead', by, at);
    this.set({ readCount: inboundCount });
  }

  private async command(by: Uid, asked: object): Promise<void> {
    const { ports } = this.line.thread;
    const caller = { uid: by, token: { ...this.past.agent(by).claims } };
    const { code } = await command(ports, caller, {
      ...asked,
      commandId: ports.clock.newId(),
      conversationId: this.conversationId,
      expectedVersion: this.conversation.assignment.version,
    });
    if (code !== 'ok') throw new Error(`${this.name}: ${by} was told ${code}.`);
  }

  /** The conversation, where this person may do this with it now. */
  private permit(operation: Operation, by: Uid, at: number): Conversation {
    const agent = this.past.agent(by);
    const { conversation } = this;
    const code = refuses(operation, personOf(by, agent.claims, agent), conversation, at);
    if (code !== null) throw new Error(`${this.name}: ${by}, ${operation}: ${code}.`);
    return conversation;
  }

  private add(id: string, by: Uid, at: number, entry: Readonly<Record<string, unknown>>): void {
    const path = entryPath(this.conversationId, id);
    this.past.store.apply([create(path, { at, author: agentActor(by), ...entry })]);
  }

  private set(fields: Partial<Conversation>): void {
    this.past.store.apply([update(conversationPath(this.conversationId), fields)]);
  }

  private get conversation(): Conversation {
    return this.past.conversation(this.conversationId);
  }

  private find(name: string): Message {
    const found = this.named.get(name);
    if (!found) throw new Error(`${this.name}: no message is called "${name}".`);
    return found;
  }

  private get name(): string {
    return this.line.customer.name;
  }
}
