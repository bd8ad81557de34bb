import * as logger from 'firebase-functions/logger';
import type { Log } from '../ports.ts';

/** Structured lines in Cloud Logging, with the trace of the request. */
export const cloudLog: Log = {
  info: (event, fields = {}) => {
    logger.info(event, fields);
  },
  error: (event, fields = {}) => {
    logger.error(event, fields);
  },
};
