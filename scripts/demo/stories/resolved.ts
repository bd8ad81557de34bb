/** What is done: found under "resolved", and opened as the next case when the customer writes again. */
import { held, notes, replies, resolves, says, type Story } from '../story.ts';

export const RESOLVED: readonly Story[] = [
  held(
    { name: 'Aoife Byrne', phone: '353860000342' },
    'dana',
    says('14h 30m', 'The washing machine stopped in the middle and is full of water'),
    replies(
      '14h 24m',
      'dana',
      'Turn the small filter at the bottom left slowly, with a towel under it.',
    ),
    says('14h 5m', 'That was it, a coin'),
    replies('14h 2m', 'dana', 'Well done. Good night, Aoife.'),
    notes('14h 1m', 'dana', 'Filter blocked. No visit needed.'),
    resolves('14h', 'dana'),
  ),
  held(
    { name: 'Lucas Meyer', phone: '491520000403' },
    'jonas',
    says('5h 10m', 'Can I run the dishwasher without the lower arm?'),
    replies('5h 2m', 'jonas', 'Better not, the pump runs hot. A new arm is €18 and here tomorrow.'),
    says('4h 50m', 'Order placed, thank you'),
    resolves('4h 48m', 'jonas'),
  ),
  held(
    { name: 'Xenia Markou', phone: '306970000564' },
    'leila',
    says('1d 2h', 'Do you have the catalogue on paper?'),
    replies('1d 1h 50m', 'leila', 'We do, and it is in the post to you.'),
    resolves('1d 1h 45m', 'leila'),
  ),
  held(
    { name: 'Yusuf Demir', phone: '905320000625' },
    'emil',
    says('2d 4h', 'The amount on my invoice is not the one of the offer'),
    replies(
      '2d 3h 30m',
      'emil',
      'You are right, I have corrected it. The new invoice is in your mail.',
    ),
    says('2d 3h', 'Received, thanks'),
    resolves('2d 2h 55m', 'emil'),
  ),
  held(
    { name: 'Zofia Wójcik', phone: '48600000786' },
    'ana',
    says('6d', 'Is it normal that the new fridge clicks?'),
    replies(
      '5d 23h 50m',
      'ana',
      'Yes, for the first days. If it is still there on Monday, write to me.',
    ),
    resolves('4d 20h', 'ana'),
  ),
];
