import type { BusinessNumber, JsonObject } from '../model.ts';

/** How customers have received a number's messages of late (Meta, "Phone number quality rating"). */
export type Quality = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';

/** Whether Meta lets a node send (Meta, "Health status"). */
export type CanSend = 'AVAILABLE' | 'LIMITED' | 'BLOCKED';

/** What Meta keeps of a business number beside its messages. */
export interface NumberState {
  quality: Quality;
  throughput: 'STANDARD' | 'HIGH';
  /** Fields of the business profile without `messaging_product`. */
  profile: JsonObject;
}

/** What Meta keeps of a business account. */
export interface AccountState {
  /** The app that the token belongs to gets the account's webhooks. */
  subscribed: boolean;
  canSend: CanSend;
  /** Customers outside windows in a rolling day, shared by the whole portfolio. */
  messagingLimit: string;
}

/** The app whose token the sandbox takes. */
export const DEMO_APP = { id: '500000000000001', name: 'Switchboard' };

const freshNumber = (number: BusinessNumber): NumberState => ({
  quality: 'GREEN',
  throughput: 'STANDARD',
  profile: {
    about: 'Repairs of washing machines, fridges and ovens, at home',
    address: '12 Harbour Street, Lisbon',
    description: `${number.name} repairs household appliances, mostly on the same day.`,
    email: 'hello@kestrel.example',
    websites: ['https://kestrel.example/'],
    vertical: 'PROF_SERVICES',
  },
});

const freshAccount = (): AccountState => ({
  subscribed: true,
  canSend: 'AVAILABLE',
  messagingLimit: 'TIER_2K',
});

/** The state of every number and account. */
export class Accounts {
  private readonly numbers: BusinessNumber[];
  private readonly states = new Map<string, NumberState>();
  private readonly accounts = new Map<string, AccountState>();

  constructor(numbers: BusinessNumber[]) {
    this.numbers = numbers;
    this.clear();
  }

  /** Back to a number and an account in good standing, subscribed to. */
  clear(): void {
    for (const number of this.numbers) {
      this.states.set(number.phoneNumberId, freshNumber(number));
      this.accounts.set(number.wabaId, freshAccount());
    }
  }

  /** The numbers of an account; none where there is no such account. */
  numbersOf(wabaId: string): BusinessNumber[] {
    return this.numbers.filter((number) => number.wabaId === wabaId);
  }

  /** What is kept of a number. */
  number(number: BusinessNumber): NumberState {
    return known(this.states.get(number.phoneNumberId));
  }

  /** What is kept of a number's account. */
  account(wabaId: string): AccountState {
    return known(this.accounts.get(wabaId));
  }
}

function known<T>(state: T | undefined): T {
  if (state === undefined) throw new Error('The sandbox does not serve this number.');
  return state;
}
