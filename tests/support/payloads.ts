/** A webhook body as Meta sends it: one change of field `messages` per number. */
export const aDelivery = (
  value: {
    readonly messages?: readonly object[];
    readonly statuses?: readonly object[];
    readonly contacts?: readonly object[];
  },
  number = '100000000000001',
) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '200000000000001',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: number },
            ...value,
          },
        },
      ],
    },
  ],
});

let count = 0;

/** A text message with an id of its own, written at `at` (epoch ms, now by default). */
export const aText = (text: string, over: Readonly<Record<string, unknown>> = {}) => ({
  from: '15550123456',
  id: `wamid.TEST${(count += 1)}`,
  timestamp: String(Math.floor(Date.now() / 1000)),
  type: 'text',
  text: { body: text },
  ...over,
});

/** The `contacts[]` member of a number. */
export const aSender = (waId = '15550123456', name = 'Marta Oliveira') => ({
  profile: { name },
  wa_id: waId,
});
