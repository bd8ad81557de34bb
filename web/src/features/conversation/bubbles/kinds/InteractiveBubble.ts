import { h, type FunctionalComponent } from 'vue';
import type { MessageEntry } from '../../model/rows.ts';
import AnswerBubble from './AnswerBubble.vue';
import ChoicesBubble from './ChoicesBubble.vue';
import { choicesOf } from './sent-parts.ts';

/** WhatsApp calls both `interactive`: what we give to choose from, and what the customer chose. */
export const InteractiveBubble: FunctionalComponent<{ entry: MessageEntry }> = ({ entry }) => {
  const choices = choicesOf(entry);
  return choices === null ? h(AnswerBubble, { entry }) : h(ChoicesBubble, { entry, choices });
};
InteractiveBubble.props = ['entry'];
