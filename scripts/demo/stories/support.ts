/** The rest of Support: six in the queue, Ana's five, Marek's two, and Nadia's four, whose shift has ended. */
import {
  held,
  looks,
  notes,
  photo,
  poll,
  replies,
  says,
  sends,
  voiceNote,
  waits,
  type Story,
} from '../story.ts';

const queue: readonly Story[] = [
  waits(
    { name: 'Sofia Almeida', phone: '351960000115' },
    'support',
    says('14m 20s', 'The gas hob smells when it is off, what should I do?'),
    says('13m 50s', 'I have opened the windows'),
  ),
  waits(
    { name: 'Ivan Petrov', phone: '359880000643' },
    'support',
    says('7m', 'Hello'),
    says('6m 40s', 'the dishwasher stops at 0:40 and shows E15'),
    says('5m 10s', 'Hello? Is someone there'),
  ),
  waits(
    { name: 'Hannah Cole', phone: '447700900226' },
    'support',
    says('11m 5s', 'My tumble dryer will not start after the power cut'),
    sends('10m 30s', photo('dryer-display.jpg', 'This is what the display says')),
  ),
  waits(
    { name: 'Abdou Diallo', phone: '221770000390' },
    'support',
    says('5m 45s', 'Good afternoon. The freezer is icing up again, as in the summer.'),
  ),
  waits(
    { name: 'Lena Hofmann', phone: '491510000274' },
    'support',
    sends('3m 30s', voiceNote('washer-stopped.ogg')),
    looks('2m', 'marek'),
  ),
  waits(
    { name: 'Mateus Rocha', phone: '5511900000058' },
    'support',
    sends('1m 50s', poll()),
    says('1m 10s', 'Which of these two days can your technician come?'),
  ),
];

const ana: readonly Story[] = [
  held(
    { name: 'Bilal Aziz', phone: '447700900118' },
    'ana',
    says('1h 18m', 'Hi, my washing machine was due between 10 and 12. Nobody came.'),
    replies(
      '1h 11m',
      'ana',
      'Hello Bilal, I am checking with the driver now. I will be back to you by 14:15.',
      { as: 'promise' },
    ),
    notes(
      '56m',
      'ana',
      'Van 4 broke down near the A12. Dispatch is moving the load to van 7. Do not promise before 15:00.',
    ),
    says('22m', 'I took the day off for this, I need a real time please', { quotes: 'promise' }),
    sends('21m 50s', photo('delivery-slip.jpg', 'Order K20533')),
    looks('20m', 'ana'),
  ),
  held(
    { name: 'Mei Lin', phone: '6591000433' },
    'ana',
    says('52m', 'The fridge light stays on when the door is closed. Is that dangerous?'),
    replies(
      '47m',
      'ana',
      'Not dangerous, but it warms the fridge. Can you press the switch at the top of the frame?',
    ),
    says('2m 30s', 'I pressed it and now the light is off for good'),
  ),
  held(
    { name: 'Noor Haidari', phone: '31610000907' },
    'ana',
    says('23h 16m', 'where is my dryer? it was for this morning'),
    replies(
      '23h 12m',
      'ana',
      'Hi Noor, Ana here. Your dryer is in van 7, third stop. Expect it by 15:20.',
    ),
    replies('2h 5m', 'ana', 'Did it arrive in one piece?', { reach: 'delivered' }),
  ),
  held(
    { name: 'Oskar Nyström', phone: '46700000181' },
    'ana',
    says('6h 15m', 'Do I have to defrost the new freezer by hand?'),
    replies('6h 2m', 'ana', 'No, it does that by itself every ten days.'),
  ),
  held(
    { name: 'Gloria Mensah', phone: '233240000369' },
    'ana',
    says('3d 4h', 'The repair last week did not help, it still beeps'),
    replies(
      '3d 3h 40m',
      'ana',
      'Then the control board has to be changed. I have ordered it and write when it is here.',
    ),
    notes('1d 2h', 'ana', 'Board is due on Thursday, supplier says.'),
  ),
];

const marek: readonly Story[] = [
  held(
    { name: 'Tereza Dvořáková', phone: '420600000742' },
    'marek',
    says('3h 20m', 'Your technician left his torch here, and the machine runs well'),
    replies('3h 4m', 'marek', 'That is mine, thank you. I pass by tomorrow around 13:00.'),
  ),
  held(
    { name: 'Ahmed Mansour', phone: '201000000518' },
    'marek',
    says('1d 6h', 'Is the spare key for the dryer lock in the bag you left?'),
    replies('1d 5h 30m', 'marek', 'Yes, in the small pocket.'),
  ),
];

const nadia: readonly Story[] = [
  held(
    { name: 'Elena Popescu', phone: '40720000066' },
    'nadia',
    says('1h 50m', 'The hood does not turn off any more'),
    replies(
      '1h 44m',
      'nadia',
      'Please switch it off at the fuse for five minutes, then try once more.',
    ),
    says('9m', 'I did, and it starts by itself again'),
  ),
  held(
    { name: 'Callum Reid', phone: '447700900351' },
    'nadia',
    says('4h 10m', 'Which descaler can I use for the coffee machine?'),
    replies('4h', 'nadia', 'Any citric one. Please none with vinegar, it eats the seals.'),
  ),
  held(
    { name: 'Zeynep Kaya', phone: '905300000829' },
    'nadia',
    says('7h 5m', 'The timer of the oven is one hour behind'),
    replies('6h 58m', 'nadia', 'Hold the clock key for five seconds, then turn the right knob.', {
      reach: 'delivered',
    }),
  ),
  held(
    { name: 'Paolo Ricci', phone: '393200000147' },
    'nadia',
    says('1d 8h', 'Can you send me the manual of the Aqualine 70?'),
    replies('1d 7h 45m', 'nadia', 'It is on kestrel.example/manuals, second from the top.'),
  ),
];

export const SUPPORT: readonly Story[] = [...queue, ...ana, ...marek, ...nadia];
