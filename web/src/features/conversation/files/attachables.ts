import type { MessageKey } from '../../../i18n/index.ts';
import type { IconName } from '../../../ui/index.ts';
import type { FormKind } from '../structured/forms.ts';

/** Something that the paper clip offers. */
export type Attachable = {
  readonly id: string;
  readonly label: MessageKey;
  readonly icon: IconName;
  /** Only where a finger points. */
  readonly touch?: true;
} & (
  | {
      /** The files that are chosen from, as an `<input type="file">` has it. */
      readonly picks: { readonly accept: string; readonly capture?: 'environment' };
    }
  | {
      /** The sheet in which it is written. */
      readonly opens: FormKind | 'template';
    }
);

/** What the paper clip offers, in its order. */
export const ATTACHABLES: readonly Attachable[] = [
  {
    id: 'photo',
    label: 'conversation.files.photo',
    icon: 'image',
    picks: { accept: 'image/*,video/mp4,video/3gpp' },
  },
  {
    id: 'camera',
    label: 'conversation.files.camera',
    icon: 'image',
    touch: true,
    picks: { accept: 'image/*', capture: 'environment' },
  },
  {
    id: 'document',
    label: 'conversation.files.document',
    icon: 'file',
    // Any: what can't be sent is told with its reason, which a greyed-out name is not.
    picks: { accept: '' },
  },
  { id: 'place', label: 'conversation.files.place', icon: 'pin', opens: 'place' },
  { id: 'card', label: 'conversation.files.card', icon: 'person', opens: 'card' },
  { id: 'buttons', label: 'conversation.files.buttons', icon: 'hand', opens: 'buttons' },
  { id: 'list', label: 'conversation.files.list', icon: 'down', opens: 'list' },
  { id: 'link', label: 'conversation.files.link', icon: 'link', opens: 'link' },
  { id: 'askPlace', label: 'conversation.files.askPlace', icon: 'pin', opens: 'askPlace' },
  { id: 'template', label: 'conversation.files.template', icon: 'template', opens: 'template' },
];
