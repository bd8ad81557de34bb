import { asList, asObjects, asText, type Json } from '@switchboard/domain';

/** A phone number, an e-mail or web address with the kind that the phone book gives it. */
export interface Reach {
  readonly value: string;
  readonly type: string | undefined;
}

/** A shared contact; any part of it may be missing. */
export interface Card {
  readonly name: string | undefined;
  readonly company: string | undefined;
  readonly title: string | undefined;
  readonly birthday: string | undefined;
  readonly phones: readonly Reach[];
  readonly emails: readonly Reach[];
  readonly urls: readonly Reach[];
  readonly addresses: readonly string[];
  /** The customer's own number, sent because they were asked for it. */
  readonly own: boolean;
}

/** Reads the cards of a contacts message. */
export const cardsOf = (content: Json): readonly Card[] =>
  asObjects(content['cards']).map((card) => ({
    name: asText(card['name']),
    company: asText(card['company']),
    title: asText(card['title']),
    birthday: asText(card['birthday']),
    phones: reaches(card['phones'], 'phone'),
    emails: reaches(card['emails'], 'email'),
    urls: reaches(card['urls'], 'url'),
    addresses: asList(card['addresses']).flatMap((address) => asText(address) ?? []),
    own: card['origin'] === 'contact_request',
  }));

const reaches = (list: unknown, member: string): readonly Reach[] =>
  asObjects(list).flatMap((one) => {
    const value = asText(one[member]);
    return value === undefined ? [] : [{ value, type: asText(one['type']) }];
  });
