import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vCard } from '../bubbles/kinds/vcard.ts';
import { emptyForm, readForm } from './forms.ts';
import { degrees, degreesText, readPlace } from './place-text.ts';
import { readVcards } from './read-vcard.ts';
import { hasRoom, problemsOf, replyOf } from './replies.ts';

describe('a place in a pasted text', () => {
  it.each([
    ['38.7169, -9.1399', { latitude: 38.7169, longitude: -9.1399 }],
    ['38.7169° N, 9.1399° W', { latitude: 38.7169, longitude: -9.1399 }],
    ['38,7169; -9,1399', { latitude: 38.7169, longitude: -9.1399 }],
    ['38°43\'00.8"N 9°08\'23.6"W', { latitude: 38.716889, longitude: -9.139889 }],
    [
      'https://www.google.com/maps/place/Kestrel+Works/@38.7,-9.1,17z/data=!3m1!8m2!3d38.7169!4d-9.1399',
      { latitude: 38.7169, longitude: -9.1399, name: 'Kestrel Works' },
    ],
    ['See https://maps.google.com/?q=38.7169,-9.1399', { latitude: 38.7169, longitude: -9.1399 }],
    [
      'https://maps.apple.com/?ll=38.7169,-9.1399&q=Works&address=Rua%20Augusta',
      { latitude: 38.7169, longitude: -9.1399, name: 'Works', address: 'Rua Augusta' },
    ],
    [
      'https://www.openstreetmap.org/?mlat=38.7169&mlon=-9.1399#map=17/38/9',
      { latitude: 38.7169, longitude: -9.1399 },
    ],
    ['geo:0,0?q=38.7169,-9.1399(Works)', { latitude: 38.7169, longitude: -9.1399, name: 'Works' }],
  ])('is read from %s', (text, place) => {
    expect(readPlace(text)).toEqual(place);
  });

  it.each([
    ['https://maps.app.goo.gl/abc', 'short'],
    ['https://kestrel.example/', 'nothing'],
    ['91, 200', 'nothing'],
    ['', 'nothing'],
  ])('is not in %s', (text, why) => {
    expect(readPlace(text)).toBe(why);
  });

  it('comes back as it was written, wherever on earth', () => {
    const within = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(within(90), within(180), (latitude, longitude) => {
        const [north, east] = [degreesText(latitude), degreesText(longitude)];
        fc.pre(!/e/.test(north + east));
        expect(readPlace(`${north}, ${east}`)).toEqual({
          latitude: degrees(north),
          longitude: degrees(east),
        });
      }),
      { seed: 20261123 },
    );
  });

  it('never throws, whatever is pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => void readPlace(text)),
      { seed: 20261123 },
    );
  });
});

describe('a card of a phone book', () => {
  it('is read with its names, numbers and addresses', () => {
    const text = [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'N:da Silva;Anna;;;',
      'FN:Anna da Silva',
      'ORG:Kestrel\\, Lda;Repairs',
      'item1.TEL;type=CELL;type=VOICE;waid=351910000001:+351 910 000 001',
      'EMAIL;TYPE=INTERNET,WORK:anna@kestrel.example',
      'PHOTO;ENCODING=b:AAAA==',
      'TEL;TYPE=HOME:210 000 000',
      'END:VCARD',
    ].join('\r\n');
    expect(readVcards(text)).toEqual([
      {
        firstName: 'Anna',
        lastName: 'da Silva',
        company: 'Kestrel, Lda',
        phones: [
          { phone: '+351 910 000 001', type: 'CELL', onWhatsApp: true },
          { phone: '210 000 000', type: 'HOME', onWhatsApp: false },
        ],
        emails: [{ email: 'anna@kestrel.example', type: 'WORK' }],
      },
    ]);
  });

  it('of the old version is read with its letters', () => {
    const text =
      'BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1=\noz;Jos=C3=A9\nTEL;CELL:+34600000000\nEND:VCARD';
    expect(readVcards(text)).toMatchObject([
      { firstName: 'José', lastName: 'Muñoz', phones: [{ phone: '+34600000000', type: 'CELL' }] },
    ]);
  });

  it('that we wrote says the same, and nothing that is pasted throws', () => {
    const bare = { title: undefined, birthday: undefined, urls: [], addresses: [], own: false };
    const word = fc.stringMatching(/^[\p{L};,\\]{1,60}$/u);
    fc.assert(
      fc.property(word, word, fc.string(), (name, company, other) => {
        const phones = [{ value: '+15550100', type: 'CELL' }];
        const card = vCard({ ...bare, name, company, phones, emails: [] });
        expect(readVcards(card)).toMatchObject([
          { firstName: name, company, phones: [{ phone: '+15550100', type: 'CELL' }] },
        ]);
        readVcards(`BEGIN:VCARD\n${other}`);
      }),
      { seed: 20261123 },
    );
  });
});

describe('a sheet', () => {
  it('is read as it was kept, and empty where what is kept is none', () => {
    const form = { ...emptyForm('buttons'), body: 'Which day?' };
    expect(readForm('buttons', JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(readForm('buttons', { titles: 7 })).toEqual(emptyForm('buttons'));
    expect(readForm('list', undefined)).toEqual(emptyForm('list'));
  });

  it('becomes its message, without what was left empty', () => {
    const place = {
      ...emptyForm('place'),
      latitude: '38,7169',
      longitude: '-9.1399',
      name: ' Works ',
    };
    expect(replyOf('place', place)).toEqual({
      type: 'location',
      content: { latitude: 38.7169, longitude: -9.1399, name: 'Works' },
    });
    const card = {
      ...emptyForm('card'),
      firstName: 'Anna',
      phones: [
        { phone: '', type: '', onWhatsApp: false },
        { phone: '+351 910 000 001', type: '', onWhatsApp: true },
      ],
    };
    expect(replyOf('card', card).content).toEqual({
      cards: [
        {
          name: 'Anna',
          firstName: 'Anna',
          phones: [{ phone: '+351 910 000 001', waId: '351910000001' }],
          emails: [],
        },
      ],
    });
    expect([problemsOf('place', place), problemsOf('card', card)]).toEqual([[], []]);
  });

  it('tells a coordinate that can’t be read from one that is missing', () => {
    const fields = problemsOf('place', { ...emptyForm('place'), latitude: 'north', longitude: '' });
    expect(fields.map(({ field, problem }) => [field, problem])).toEqual([
      ['latitude', 'wrong'],
      ['longitude', 'missing'],
    ]);
  });

  it('names the sections of a list that lack their title', () => {
    const rows = [{ title: 'Mon', description: '' }];
    const list = {
      ...emptyForm('list'),
      body: 'When?',
      button: 'Days',
      sections: [
        { title: 'Week', rows },
        { title: '', rows },
      ],
    };
    expect(problemsOf('list', list)).toMatchObject([
      { field: 'sections.1.title', problem: 'missing' },
    ]);
  });

  it('has room for three buttons and ten lines, as the domain has it', () => {
    const buttons = (count: number) => ({
      ...emptyForm('buttons'),
      titles: Array.from({ length: count }, () => ''),
    });
    expect([hasRoom('buttons', buttons(3)), hasRoom('buttons', buttons(4))]).toEqual([true, false]);
    const list = (count: number) => ({
      ...emptyForm('list'),
      sections: [
        { title: '', rows: Array.from({ length: count }, () => ({ title: '', description: '' })) },
      ],
    });
    expect([hasRoom('list', list(10)), hasRoom('list', list(11))]).toEqual([true, false]);
  });
});
