import type { JsonObject } from '../model.ts';

/** A refusal by the Graph API before it becomes an HTTP answer. */
export interface GraphError {
  httpStatus: number;
  code: number;
  message: string;
  type: string;
  subcode?: number;
  details?: string;
  /** Words for the person who called, with which Meta refuses templates. */
  user?: { title: string; message: string };
}

interface KnownError {
  title: string;
  httpStatus: number;
  details: string;
}

/** Codes with titles, HTTP statuses and details (Meta, "Cloud API error codes"); rate limits are 400. */
const KNOWN: Record<number, KnownError> = {
  1: { title: 'API Unknown', httpStatus: 500, details: 'Unknown error occurred.' },
  2: { title: 'API Service', httpStatus: 503, details: 'Temporary failure. Try again later.' },
  4: {
    title: 'Application request limit reached',
    httpStatus: 400,
    details: 'The app has reached its API call rate limit.',
  },
  10: {
    title: 'Application does not have permission for this action',
    httpStatus: 403,
    details: 'The permission is either not granted or has been removed.',
  },
  100: { title: 'Invalid parameter', httpStatus: 400, details: 'A parameter is not valid.' },
  368: {
    title: 'Temporarily blocked for policies violations',
    httpStatus: 403,
    details: 'The WhatsApp Business Account has been restricted or disabled.',
  },
  80007: {
    title: 'Rate limit issues',
    httpStatus: 400,
    details: 'The WhatsApp Business Account has reached its rate limit.',
  },
  130429: {
    title: 'Rate limit hit',
    httpStatus: 400,
    details: 'Cloud API message throughput has been reached.',
  },
  130472: {
    title: "User's number is part of an experiment",
    httpStatus: 400,
    details: "Failed to send message because this user's phone number is part of an experiment.",
  },
  131000: {
    title: 'Something went wrong',
    httpStatus: 500,
    details: 'Message failed to send due to an unknown error.',
  },
  131005: {
    title: 'Access denied',
    httpStatus: 403,
    details: 'Permission is either not granted or has been removed.',
  },
  131008: {
    title: 'Required parameter is missing',
    httpStatus: 400,
    details: 'The request is missing a required parameter.',
  },
  131009: {
    title: 'Parameter value is not valid',
    httpStatus: 400,
    details: 'One or more parameter values are invalid.',
  },
  131016: {
    title: 'Service unavailable',
    httpStatus: 500,
    details: 'A service is temporarily unavailable.',
  },
  131021: {
    title: 'Recipient cannot be sender',
    httpStatus: 400,
    details: 'Sender and recipient phone number is the same.',
  },
  131026: {
    title: 'Message undeliverable',
    httpStatus: 400,
    details: 'Message Undeliverable.',
  },
  131031: {
    title: 'Business Account locked',
    httpStatus: 403,
    details: 'Account has been locked.',
  },
  131042: {
    title: 'Business eligibility payment issue',
    httpStatus: 400,
    details:
      'Message failed to send because there were one or more errors related to your payment method.',
  },
  131045: {
    title: 'Incorrect certificate',
    httpStatus: 500,
    details: 'Message failed to send due to a phone number registration error.',
  },
  131047: {
    title: 'Re-engagement message',
    httpStatus: 400,
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  },
  131048: {
    title: 'Spam rate limit hit',
    httpStatus: 400,
    details:
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
  },
  131049: {
    title: 'This message was not delivered to maintain healthy ecosystem engagement.',
    httpStatus: 400,
    details:
      'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  },
  131051: {
    title: 'Unsupported message type',
    httpStatus: 400,
    details: 'Message type is currently not supported.',
  },
  131052: {
    title: 'Media download error',
    httpStatus: 400,
    details: 'Unable to download the media sent by the user.',
  },
  131053: {
    title: 'Media upload error',
    httpStatus: 400,
    details: 'Unable to upload the media used in the message.',
  },
  131056: {
    title: '(Business Account, Consumer Account) pair rate limit hit',
    httpStatus: 400,
    details:
      'Message failed to send because there were too many messages sent from this phone number to the same phone number in a short period of time.',
  },
  131057: {
    title: 'Account in maintenance mode',
    httpStatus: 500,
    details: 'Business Account is in maintenance mode.',
  },
  131059: {
    title: 'Invalid pagination cursor',
    httpStatus: 400,
    details: 'The cursor is not valid. Ask again without one.',
  },
  131062: {
    title: 'Message type cannot be sent to a business-scoped user ID',
    httpStatus: 400,
    details: 'Authentication templates need the phone number of the recipient.',
  },
  132000: {
    title: 'Number of parameters does not match the expected number of params',
    httpStatus: 400,
    details: 'The number of variable parameter values does not match the template.',
  },
  132001: {
    title: 'Template name does not exist in the translation',
    httpStatus: 404,
    details: 'The template does not exist in the specified language or has not been approved.',
  },
  132005: {
    title: 'Translated text too long',
    httpStatus: 400,
    details: 'Translated text is too long.',
  },
  132007: {
    title: 'Template format character policy violated',
    httpStatus: 400,
    details: 'Template content violates a WhatsApp policy.',
  },
  132012: {
    title: 'Parameter format does not match format in the created template',
    httpStatus: 400,
    details: 'Variable parameter values are formatted incorrectly.',
  },
  132015: {
    title: 'Template is paused',
    httpStatus: 400,
    details: 'Template is paused due to low quality.',
  },
  132016: {
    title: 'Template is disabled',
    httpStatus: 400,
    details:
      'Template has been paused too many times due to low quality and is now permanently disabled.',
  },
  132018: {
    title: 'There is an issue with the parameters in your template',
    httpStatus: 400,
    details: 'A parameter value is not valid.',
  },
  133010: {
    title: 'Phone number Not Registered',
    httpStatus: 400,
    details: 'Phone number not registered on the WhatsApp Business Platform.',
  },
};

const UNKNOWN: KnownError = {
  title: 'Something went wrong',
  httpStatus: 500,
  details: 'Message failed to send due to an unknown error.',
};

const DOCS = 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/';

/** A refusal with Meta's title for the code; `details` and `httpStatus` replace Meta's where given. */
export function graphError(code: number, details?: string, httpStatus?: number): GraphError {
  if (code === 190 || code === 0) return invalidToken();
  const known = KNOWN[code] ?? UNKNOWN;
  return {
    code,
    httpStatus: httpStatus ?? known.httpStatus,
    type: 'OAuthException',
    message: `(#${code}) ${known.title}`,
    details: details ?? known.details,
  };
}

/** (#100) with its own sentence and no `error_data`, as Graph answers for top-level parameters. */
export function invalidParameter(sentence: string): GraphError {
  return { code: 100, httpStatus: 400, type: 'OAuthException', message: `(#100) ${sentence}` };
}

/**
 * (#100) with Meta's title and details in `error_data`, as for values inside a message; `subcode` and
 * `user` as template management has them.
 */
export function refusedValue(
  details: string,
  subcode?: number,
  user?: { title: string; message: string },
): GraphError {
  return {
    ...graphError(100, details),
    ...(subcode === undefined ? {} : { subcode }),
    ...(user === undefined ? {} : { user }),
  };
}

/** A field that this kind of node does not have (code 100). */
export const unknownField = (field: string, node: string): GraphError =>
  invalidParameter(`Tried accessing nonexisting field (${field}) on node type (${node})`);

/** No token, or another than the sandbox was given (HTTP 401, code 190). */
export function invalidToken(): GraphError {
  return {
    code: 190,
    httpStatus: 401,
    type: 'OAuthException',
    message: 'Invalid OAuth access token - Cannot parse access token',
  };
}

/** An id that names nothing this token may see (code 100, subcode 33). */
export function unknownObject(method: 'get' | 'post' | 'delete', id: string): GraphError {
  return {
    code: 100,
    subcode: 33,
    httpStatus: 400,
    type: 'GraphMethodException',
    message: `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  };
}

/** A path that Graph does not know (code 2500). */
export function unknownPath(path: string): GraphError {
  return {
    code: 2500,
    httpStatus: 400,
    type: 'OAuthException',
    message: `Unknown path components: ${path}`,
  };
}

/** The body of a refusal, in Meta's key order. `traceId` becomes `fbtrace_id`. */
export function errorBody(error: GraphError, traceId: string): JsonObject {
  return {
    error: {
      message: error.message,
      type: error.type,
      code: error.code,
      ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
      ...(error.user === undefined
        ? {}
        : {
            is_transient: false,
            error_user_title: error.user.title,
            error_user_msg: error.user.message,
          }),
      ...(error.details === undefined
        ? {}
        : { error_data: { messaging_product: 'whatsapp', details: error.details } }),
      fbtrace_id: traceId,
    },
  };
}

/** One element of `statuses[].errors` (Meta, "Status messages webhook reference"). */
export function statusError(code: number): JsonObject {
  const known = KNOWN[code] ?? UNKNOWN;
  return {
    code,
    title: known.title,
    message: known.title,
    error_data: { details: known.details },
    href: DOCS,
  };
}
