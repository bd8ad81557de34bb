/** A number as a row may show it: its beginning and its last three digits, `+351912 ••• 408`. */
export const maskPhone = (digits: string): string =>
  digits.length < 8 ? '•••' : `+${digits.slice(0, -6)} ••• ${digits.slice(-3)}`;
