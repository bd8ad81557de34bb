/**
 * A number's country code: one digit or two, else three (ITU-T E.164, "List of assigned country
 * codes").
 */
const COUNTRY = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(?=\d)/;

/** A number as a row may show it: its beginning and its last three digits, `+351 912 ••• 408`. */
export const maskPhone = (digits: string): string =>
  digits.length < 8
    ? '•••'
    : `+${digits.slice(0, -6).replace(COUNTRY, '$& ')} ••• ${digits.slice(-3)}`;
