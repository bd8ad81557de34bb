/** What Jonas holds: six, two of them waiting for him. */
import {
  held,
  moves,
  notes,
  pdf,
  photo,
  place,
  reacts,
  releases,
  replies,
  resolves,
  says,
  sends,
  takes,
  voiceNote,
  type Story,
} from '../story.ts';

const marta: Story = {
  person: { name: 'Marta Oliveira', phone: '351912000408', username: 'marta.o' },
  steps: [
    says('254d 3h', 'Hello, can my fridge K20418 come on Thursday instead of Wednesday?'),
    moves('254d 2h 58m', 'sales'),
    takes('254d 2h 55m', 'leila'),
    replies('254d 2h 50m', 'leila', 'Of course. Thursday between 10 and 12, is that good for you?'),
    says('254d 2h 41m', 'Perfect, thank you'),
    replies('254d 2h 39m', 'leila', 'Then Thursday it is.'),
    resolves('254d 2h 38m', 'leila'),

    says('104d 5h', 'The door of my fridge does not close properly since yesterday'),
    sends('104d 4h 59m', photo('door-seal.jpg', 'You can see the gap here')),
    moves('104d 4h 52m', 'support'),
    takes('104d 4h 50m', 'ana'),
    replies(
      '104d 4h 47m',
      'ana',
      'I see it, thank you. The seal is warped. We replace it tomorrow, no charge.',
    ),
    says('103d 1h 20m', 'New seal is in and it closes well. Thank you Ana'),
    replies('103d 1h 10m', 'ana', 'Good to hear. Write any time.'),
    resolves('103d 1h', 'ana'),

    says('4h 56m', 'Good morning, my fridge is leaking. I bought it from you in March.'),
    takes('4h 55m', 'ana'),
    replies(
      '4h 53m',
      'ana',
      'Morning Marta, sorry to hear that. Can you send a photo and the order confirmation?',
    ),
    sends('4h 47m', photo('fridge-leak.jpg')),
    sends('4h 46m 50s', pdf('Order-K20418.pdf')),
    notes(
      '4h 42m',
      'ana',
      'Serial starts with 24B, so it is the batch with the bad drain valve. Swap the valve, do not charge. @Jonas has one in the van.',
    ),
    notes('4h 37m 20s', 'ana', 'To @Jonas: needs a valve visit. I promised a time today.'),
    releases('4h 37m', 'ana'),
    takes('4h 36m 45s', 'jonas'),
    sends('30m', voiceNote('still-dripping.ogg'), { as: 'voice' }),
    sends('29m', place('14 Ferry Lane, flat 2', 38.70712, -9.13655)),
    replies(
      '16m',
      'jonas',
      'Thanks, that is close to our van. A technician can come today between 16:00 and 18:00. No charge.',
      { quotes: 'voice', as: 'visit' },
    ),
    reacts('15m', '👍', 'visit'),
    replies('5m', 'jonas', 'Please switch the fridge off at the wall until then.', {
      reach: 'too-fast',
      quotes: 'voice',
    }),
    says('4m', 'It is still dripping'),
    says('3m 40s', 'Now there is water under the drawer too'),
  ],
};

const yuki = held(
  { name: 'Yuki Tanaka', phone: '819000000162' },
  'jonas',
  says('1h 24m', 'My washing machine makes a loud noise when it spins'),
  replies('1h 18m', 'jonas', 'Could you record the noise for me? A voice note is enough.'),
  sends('19m', voiceNote('loud-drum.ogg')),
);

const samo = held(
  { name: 'samo.k', phone: '385910000512', username: 'samo.k', phoneHidden: true },
  'jonas',
  says('41m', 'hi, I need a new drum belt, do you have it?'),
  replies('33m', 'jonas', 'Probably. Which machine do you have?'),
  says('9m', 'an Aqualine, where do I find the model number?'),
  replies('8m', 'jonas', 'The model number is inside the door', { reach: 'delivered' }),
);

const rosa = held(
  { name: 'Rosa Delgado', phone: '34600000239' },
  'jonas',
  says('22h 5m', 'The dishwasher leaves the plates dirty since the last repair'),
  replies(
    '21h 50m',
    'jonas',
    'Sorry about that, Rosa. I would rather send somebody than guess. Which day suits you?',
  ),
  says('20h 48m', 'Wednesday, any time after 11'),
  replies('1h 12m', 'jonas', 'Technician is booked for Wed, 11:30 to 13:00'),
);

const chloe = held(
  { name: 'Chloé Martin', phone: '33600000877' },
  'jonas',
  says('19h 30m', 'Bonjour, when does the installer come for the hob?'),
  replies('19h 5m', 'jonas', 'He calls you the evening before and agrees a time.'),
  says('18h 40m', 'Thanks, I will wait for the call then'),
  replies('1h 28m', 'jonas', 'He will ring you today after 18:00'),
);

const peter = held(
  { name: 'Peter Adeyemi', phone: '2348030000771' },
  'jonas',
  says('2d 3h 25m', 'The oven heats on the left only. Cakes come out half raw.'),
  replies('2d 2h 46m', 'jonas', 'We can swap the fan element. Is the oven heating evenly now?', {
    reach: 'delivered',
  }),
);

export const JONAS: readonly Story[] = [marta, yuki, samo, rosa, chloe, peter];
