import { isObject, textOf, type BusinessNumber, type JsonObject } from '../model.ts';
import { DEMO_APP, type Accounts } from '../world/accounts.ts';
import { callingCodeOf } from '../ids.ts';
import { graphError, invalidParameter, refusedValue, type GraphError } from './errors.ts';
import type { Fields } from './fields.ts';
import type { Template } from './template.ts';

/** A number with what is kept of all. */
export interface NumberNode {
  number: BusinessNumber;
  accounts: Accounts;
}

/** `health_status` of a number and what is above it (Meta, "Health status"). */
function health({ number, accounts }: NumberNode, withNumber: boolean): JsonObject {
  const { canSend } = accounts.account(number.wabaId);
  const errors =
    canSend === 'AVAILABLE'
      ? {}
      : { errors: [{ error_code: 141006, error_description: 'The account is restricted.' }] };
  const entities: JsonObject[] = [
    { entity_type: 'WABA', id: number.wabaId, can_send_message: canSend, ...errors },
    { entity_type: 'APP', id: DEMO_APP.id, can_send_message: 'AVAILABLE' },
  ];
  const own = {
    entity_type: 'PHONE_NUMBER',
    id: number.phoneNumberId,
    can_send_message: 'AVAILABLE',
  };
  return { can_send_message: canSend, entities: withNumber ? [own, ...entities] : entities };
}

/** The fields of a phone number (Meta, "Business phone numbers"). */
export const NUMBER_FIELDS: Fields<NumberNode> = {
  name: 'WhatsAppBusinessPhoneNumber',
  byDefault: [
    'verified_name',
    'code_verification_status',
    'display_phone_number',
    'quality_rating',
    'platform_type',
    'throughput',
  ],
  read: {
    id: ({ number }) => number.phoneNumberId,
    verified_name: ({ number }) => number.name,
    display_phone_number: ({ number }) => `+${number.displayPhoneNumber}`,
    code_verification_status: () => 'VERIFIED',
    quality_rating: ({ number, accounts }) => accounts.number(number).quality,
    quality_score: ({ number, accounts }) => ({ score: accounts.number(number).quality }),
    platform_type: () => 'CLOUD_API',
    host_platform: () => 'CLOUD_API',
    throughput: ({ number, accounts }) => ({ level: accounts.number(number).throughput }),
    name_status: () => 'APPROVED',
    status: () => 'CONNECTED',
    account_mode: () => 'LIVE',
    is_official_business_account: () => false,
    is_on_biz_app: () => false,
    is_pin_enabled: () => true,
    country_code: () => 'US',
    country_dial_code: ({ number }) => callingCodeOf(number.displayPhoneNumber),
    messaging_limit_tier: ({ number, accounts }) => accounts.account(number.wabaId).messagingLimit,
    whatsapp_business_manager_messaging_limit: ({ number, accounts }) =>
      accounts.account(number.wabaId).messagingLimit,
    health_status: (node) => health(node, true),
  },
};

/** The fields of a business account (Meta, "WhatsApp Business Accounts"), by one of its numbers. */
export const ACCOUNT_FIELDS: Fields<NumberNode> = {
  name: 'WhatsAppBusinessAccount',
  byDefault: ['name', 'timezone_id', 'message_template_namespace'],
  read: {
    id: ({ number }) => number.wabaId,
    name: ({ number }) => number.name,
    timezone_id: () => '1',
    message_template_namespace: ({ number }) => `kestrel_${number.wabaId}`,
    account_review_status: () => 'APPROVED',
    business_verification_status: () => 'VERIFIED',
    country: () => 'US',
    currency: () => 'USD',
    ownership_type: () => 'SELF_OWNED',
    whatsapp_business_manager_messaging_limit: ({ number, accounts }) =>
      accounts.account(number.wabaId).messagingLimit,
    health_status: (node) => health(node, false),
  },
};

/** The fields of a template (Meta, "Template management"). */
export const TEMPLATE_FIELDS: Fields<Template> = {
  name: 'WhatsAppMessageTemplate',
  byDefault: ['name', 'parameter_format', 'components', 'language', 'status', 'category'],
  read: {
    id: ({ id }) => id,
    name: ({ name }) => name,
    parameter_format: ({ parameterFormat }) => parameterFormat,
    components: ({ components }) => components,
    language: ({ language }) => language,
    status: ({ status }) => status,
    category: ({ category }) => category,
    rejected_reason: ({ rejectedReason }) => rejectedReason,
    quality_score: () => ({ score: 'UNKNOWN' }),
  },
};

const PROFILE_FIELDS = ['about', 'address', 'description', 'email', 'websites', 'vertical'];
const LONGEST: Record<string, number> = { about: 139, address: 256, description: 512, email: 128 };
const VERTICALS = [
  ...['OTHER', 'AUTO', 'BEAUTY', 'APPAREL', 'EDU', 'ENTERTAIN', 'EVENT_PLAN', 'FINANCE'],
  ...['GROCERY', 'GOVT', 'HOTEL', 'HEALTH', 'NONPROFIT', 'PROF_SERVICES', 'RETAIL', 'TRAVEL'],
  ...['RESTAURANT', 'ALCOHOL', 'ONLINE_GAMBLING', 'PHYSICAL_GAMBLING', 'OTC_DRUGS'],
];

/** The fields of a business profile that were asked for; without `fields=` only the product. */
export function profileNode(
  profile: JsonObject,
  asked: string | undefined,
): { ok: true; node: JsonObject } | { ok: false; error: GraphError } {
  const names = (asked ?? '').split(',').filter((name) => name !== '');
  const known = [...PROFILE_FIELDS, 'profile_picture_url', 'messaging_product'];
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined)
    return { ok: false, error: invalidParameter(`Param fields has no field ${stranger}.`) };
  const given = names.flatMap((name) => {
    const value = profile[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ok: true, node: { ...Object.fromEntries(given), messaging_product: 'whatsapp' } };
}

/** What a change of the profile leaves of it, or the refusal (Meta, "Business profiles"). */
export function changedProfile(
  profile: JsonObject,
  raw: unknown,
): { ok: true; profile: JsonObject } | { ok: false; error: GraphError } {
  const body = isObject(raw) ? raw : {};
  if (body.messaging_product !== 'whatsapp')
    return { ok: false, error: invalidParameter('The parameter messaging_product is required.') };
  const given = Object.fromEntries(
    Object.entries(body).filter(([name]) => PROFILE_FIELDS.includes(name)),
  );
  const problem = profileProblem(given, body);
  return problem === null
    ? { ok: true, profile: { ...profile, ...given } }
    : { ok: false, error: problem };
}

function profileProblem(given: JsonObject, body: JsonObject): GraphError | null {
  if (body.profile_picture_handle !== undefined)
    return refusedValue('profile_picture_handle names no upload of this app.');
  const long = Object.entries(LONGEST).find(([name, max]) => textOf(given[name]).length > max);
  if (long !== undefined)
    return graphError(131009, `${long[0]} must be at most ${long[1]} characters long.`);
  if (given.about === '') return graphError(131009, 'about must not be empty.');
  if (given.vertical !== undefined && !VERTICALS.includes(textOf(given.vertical)))
    return invalidParameter(`Param vertical must be one of {${VERTICALS.join(', ')}}.`);
  const { websites } = given;
  if (websites === undefined) return null;
  const urls = Array.isArray(websites) ? websites.map(textOf) : [''];
  return urls.length > 2 || urls.some((url) => !/^https?:\/\//.test(url) || url.length > 256)
    ? graphError(131009, 'websites are at most two URLs of 256 characters with http or https.')
    : null;
}
