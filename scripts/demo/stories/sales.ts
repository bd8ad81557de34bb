/** Sales: three in the queue, Tomás's eleven, Leila's eight, Omar's three. */
import { held, notes, photo, replies, says, sends, waits, type Story } from '../story.ts';

const queue: readonly Story[] = [
  waits(
    { name: 'Beatriz Nunes', phone: '351930000204' },
    'sales',
    says('9m 5s', 'Do you take the old washing machine away when you bring the new one?'),
  ),
  waits(
    { name: 'Farid Rahimi', phone: '491600000336' },
    'sales',
    says('6m 20s', 'Hello, is the Forno 60 still on offer?'),
    says('6m', 'the one in white'),
  ),
  waits(
    { name: 'Grace Wanjiru', phone: '254700000495' },
    'sales',
    says('2m 15s', 'I need a quiet dishwasher for an open kitchen'),
  ),
];

const tomas: readonly Story[] = [
  held(
    { name: 'Samir Khan', phone: '923000000618' },
    'tomas',
    says('2h 10m', 'What would two ovens cost with installation?'),
    replies('2h', 'tomas', '€1,460 for both, fitted. I can hold them until Friday.'),
    says('31m', 'And if I install them myself?'),
  ),
  held(
    { name: 'Hotel Miramar', phone: '351289000777' },
    'tomas',
    says('1d 1h', 'Good morning, we are renewing our laundry and look for six dryers'),
    replies(
      '1d 30m',
      'tomas',
      'With pleasure. Could you send me a picture of the room and the old ones?',
    ),
    notes('1d 20m', 'tomas', 'Hotel with 64 rooms. Asks for an invoice at 30 days, @Priya agreed.'),
    says('16m', 'Here it is'),
    sends('15m 40s', photo('entrance.jpg', 'The entrance, 92 cm wide')),
    says('15m 10s', 'Gas is on the left wall'),
    sends('14m 50s', photo('laundry-room.jpg', 'six dryers, laundry room')),
  ),
  held(
    { name: 'Ingrid Dahl', phone: '4790000081' },
    'tomas',
    says('1h 5m', 'I cannot decide between the two induction hobs'),
    replies(
      '58m',
      'tomas',
      'The wider one has a bridge zone. Do you use a fish kettle or a griddle?',
    ),
    says('11m', 'A griddle, every Sunday'),
  ),
  held(
    { name: 'Kwame Boateng', phone: '233200000512' },
    'tomas',
    says('3h 40m', 'Can I see the steam oven somewhere before I buy it?'),
    replies('3h 31m', 'tomas', 'In our showroom in Ferry Lane, Tuesday to Saturday.'),
    says('5m 30s', 'Is tomorrow at five all right?'),
  ),
  held(
    { name: 'Beto Ramos', phone: '5521900000163' },
    'tomas',
    says('2d 5h', 'When do you deliver to Setúbal?'),
    replies('2d 4h 40m', 'tomas', 'Every Thursday. Shall I put you down for this week?'),
  ),
  held(
    { name: 'Sunil Rao', phone: '919000000724' },
    'tomas',
    says('3d 2h', 'Four fridges for a shared house. What is your best price?'),
    replies(
      '3d 1h 30m',
      'tomas',
      '€1,980 for the four. I ask for a better one and come back to you.',
    ),
    notes('2d 23h', 'tomas', 'I promised him an answer. Do not reassign, he deals with me only.'),
  ),
  held(
    { name: 'Marie Dubois', phone: '33700000185' },
    'tomas',
    says('5h 20m', 'Is the black hood also available 90 cm wide?'),
    replies('5h 10m', 'tomas', 'Yes, from stock. €389.'),
  ),
  held(
    { name: 'Andrei Ionescu', phone: '40740000246' },
    'tomas',
    says('8h 30m', 'Do the handles of the fridge come in steel?'),
    replies('8h', 'tomas', 'They do, as an extra for €24 the pair.', { reach: 'delivered' }),
  ),
  held(
    { name: 'Julia Wagner', phone: '491700000307' },
    'tomas',
    says('1d 3h', 'We would like the same oven as our neighbours, they are the Seidels'),
    replies('1d 2h 50m', 'tomas', 'That is the Forno 60 with pyrolysis. Here in two days.'),
  ),
  held(
    { name: 'Hassan Omar', phone: '252610000468' },
    'tomas',
    says('10h', 'Is there a discount for a kitchen of five appliances?'),
    replies('9h 40m', 'tomas', 'Ten percent from four on. Send me the list and I write the offer.'),
  ),
  held(
    { name: 'Carla Conti', phone: '393400000529' },
    'tomas',
    says('20h', 'Do you also sell second choice with scratches?'),
    replies(
      '19h 45m',
      'tomas',
      'Twice a year. The next sale is in January, shall I write you then?',
    ),
  ),
];

const leila: readonly Story[] = [
  held(
    { name: 'Anita Desai', phone: '919800000581' },
    'leila',
    says('48m', 'Which washer dries as well and fits under a worktop?'),
    replies('40m', 'leila', 'The Duo 8. It is 82 cm high. What is the height under your top?'),
    says('3m 5s', '84 cm, and 60 wide'),
  ),
  held(
    { name: 'Duarte Lopes', phone: '351920000642' },
    'leila',
    says('2h 25m', 'May I pay in three parts?'),
    replies('2h 18m', 'leila', 'Yes, without interest from €300 on.'),
  ),
  held(
    { name: 'Freja Holm', phone: '4520000703' },
    'leila',
    says('3h 55m', 'Is the delivery on Friday morning sure?'),
    replies('3h 45m', 'leila', 'It is. The driver calls half an hour before.'),
  ),
  held(
    { name: 'George Papas', phone: '306900000864' },
    'leila',
    says('5h 40m', 'How loud is the Nordfrost 320?'),
    replies('5h 32m', 'leila', '35 dB, you hear it only at night with the door open.'),
  ),
  held(
    { name: 'Helga Braun', phone: '436600000925' },
    'leila',
    says('7h 45m', 'I would like to change my order to the silver one'),
    replies('7h 30m', 'leila', 'Done. Nothing changes in price or date.'),
  ),
  held(
    { name: 'Isabel Torres', phone: '34610000086' },
    'leila',
    says('12h', 'Do you deliver to the islands?'),
    replies('6h 10m', 'leila', 'By ship, once a week, €60 for a large appliance.', {
      reach: 'delivered',
    }),
  ),
  held(
    { name: 'Jamal Carter', phone: '15550104147' },
    'leila',
    says('2d 8h', 'Does your dryer run on 110 volts?'),
    replies('2d 7h 30m', 'leila', 'Ours are for 230 volts only. Where will it stand?'),
  ),
  held(
    { name: 'Katarina Horvat', phone: '385920000308' },
    'leila',
    says('16h', 'My sister recommended you. We need everything for a new flat.'),
    replies('15h 30m', 'leila', 'How nice. Shall we go through it room by room in the showroom?', {
      reach: 'sent',
    }),
  ),
];

const omar: readonly Story[] = [
  held(
    { name: 'Liam Byrne', phone: '353850000469' },
    'omar',
    says('1h 40m', 'Is the small fridge enough for two?'),
    replies('1h 32m', 'omar', 'For two who cook, I would take the 240.'),
  ),
  held(
    { name: 'Nadezhda Ilieva', phone: '359890000620' },
    'omar',
    says('2h 50m', 'Please reserve one Duo 8 for me until Saturday'),
    replies('2h 41m', 'omar', 'Reserved under your name.'),
  ),
  held(
    { name: 'Owen Price', phone: '447700900781' },
    'omar',
    says('1d 9h', 'What is the smallest dishwasher you have?'),
    replies('1d 8h 40m', 'omar', 'The tabletop one: 55 by 50, six place settings.'),
  ),
];

export const SALES: readonly Story[] = [...queue, ...tomas, ...leila, ...omar];
