import type { Json } from '@switchboard/domain';
import { graphOf, type Graph, type GraphAnswer } from '@switchboard/functions/testing';

/** A Graph API that keeps what was sent and answers what it is told. */
export interface ScriptedGraph {
  readonly graph: Graph;
  readonly sent: readonly Json[];
  /** Texts in the order in which they left. */
  texts(): readonly string[];
}

/** Answers these one after the other, and accepts everything after the last. */
export function aGraph(
  ...answers: readonly (GraphAnswer | (() => GraphAnswer | Promise<GraphAnswer>))[]
): ScriptedGraph {
  const sent: Json[] = [];
  const graph: Graph = graphOf({
    async send(_, body) {
      sent.push(body);
      const answer = answers[sent.length - 1] ?? accepted(`wamid.SENT${sent.length}`);
      return typeof answer === 'function' ? answer() : answer;
    },
  });
  const texts = () => sent.map((body) => (body['text'] as { readonly body: string }).body);
  return { graph, sent, texts };
}

export const accepted = (wamid: string): GraphAnswer => ({ kind: 'accepted', wamid });

/** A refusal with Meta's code. */
export const refused = (code: number, httpStatus = 400): GraphAnswer => ({
  kind: 'refused',
  httpStatus,
  code,
  title: `(#${code})`,
  details: '',
});

/** A promise and the way to fulfil it. */
export function aSignal<T = void>() {
  let fulfil: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => (fulfil = resolve));
  return { promise, fulfil };
}
