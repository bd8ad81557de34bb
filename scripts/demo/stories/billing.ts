/** Billing: two in the queue, Priya's six, Emil's two. */
import {
  held,
  notes,
  pdf,
  reopens,
  replies,
  resolves,
  says,
  sends,
  waits,
  type Story,
} from '../story.ts';

const queue: readonly Story[] = [
  waits(
    { name: 'Pilar Ortiz', phone: '34620000942' },
    'billing',
    says('3m 40s', 'I have been charged twice for order K20511'),
  ),
  waits(
    { name: 'Quentin Moreau', phone: '33610000103' },
    'billing',
    says('2m 5s', 'Please put our company name on the invoice'),
    sends('1m 45s', pdf('Company-details.pdf')),
  ),
];

const priya: readonly Story[] = [
  held(
    { name: 'Greta Lindqvist', phone: '46730000264' },
    'priya',
    says('3d 2h', 'Where is the refund for the hood I sent back?'),
    replies('3d 1h 40m', 'priya', 'It is on its way, it leaves our bank on Friday.'),
    says('36m', 'You said the refund was sent Friday'),
  ),
  held(
    { name: 'Rui Carvalho', phone: '351910000425' },
    'priya',
    says('1h 55m', 'Can I still return the toaster without the box?'),
    replies('1h 47m', 'priya', 'Yes, within 30 days. We take €5 for the missing box.'),
    says('8m 40s', 'All right. Where do I send it?'),
  ),
  held(
    { name: 'Ken Obi', phone: '2348050000586' },
    'priya',
    says('23h 29m', 'late again, refund me'),
    replies(
      '23h 10m',
      'priya',
      'I am sorry, Ken. The delivery fee is refunded today, the rest once the oven is back.',
    ),
    notes('23h 5m', 'priya', 'Third late delivery this year. @Carmen, may I add a voucher?'),
    notes('22h 40m', 'carmen', 'Yes, €40.'),
    replies(
      '5h 35m',
      'priya',
      'The fee went out this morning, with a voucher of €40 for the trouble.',
    ),
  ),
  held(
    { name: 'Sara Nilsen', phone: '4790000747' },
    'priya',
    says('6h 30m', 'Is the invoice for the dryer also my warranty?'),
    replies('6h 20m', 'priya', 'It is. Please keep it for five years.'),
  ),
  held(
    { name: 'Thabo Nkosi', phone: '27820000808' },
    'priya',
    says('9h 15m', 'I need the invoice of March once more'),
    replies('9h', 'priya', 'Sent to the address we have, ending in @nkosi.example.', {
      reach: 'delivered',
    }),
  ),
  held(
    { name: 'Ursula Frei', phone: '41760000969' },
    'priya',
    says('4d 2h', 'My bank says the refund was refused'),
    replies(
      '4d 1h',
      'priya',
      'Then the account number is not right. Could you write it to me once more?',
    ),
  ),
];

const emil: readonly Story[] = [
  held(
    { name: 'Viktor Sokolov', phone: '380670000120' },
    'emil',
    says('8h 20m', 'When is the next instalment due?'),
    replies('8h 5m', 'emil', 'On the first, €49.'),
    resolves('7h 50m', 'emil'),
    reopens('2h 30m', 'emil'),
    replies(
      '2h 28m',
      'emil',
      'A correction: the first is a Sunday this month, so it is the second.',
    ),
  ),
  held(
    { name: 'Wei Zhang', phone: '6590000281' },
    'emil',
    says('1d 4h', 'Please send the credit note to my accountant'),
    replies('1d 3h 30m', 'emil', 'Done. A copy is in your mailbox.'),
  ),
];

export const BILLING: readonly Story[] = [...queue, ...priya, ...emil];
