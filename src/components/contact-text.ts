/**
 * What a contact's link says: its label, and the number or address where the label does not name it already. Not
 * everybody who reads it does so on the telephone. In a text that runs from right to left (`direction`) the number
 * still runs from left to right, its plus in front.
 */
export function contactText(label: string, url: string, direction: 'ltr' | 'rtl' = 'ltr'): string {
  const [, scheme = '', rest = ''] = /^(tel|mailto):([^?]*)/i.exec(url) ?? [];
  const spelled = decoded(rest);
  const named = scheme.toLowerCase() === 'tel' ? /\d(?:\D{0,3}\d){4}/.test(label) : label.includes('@');
  const number = direction === 'rtl' ? `\u2066${spelled}\u2069` : spelled;
  const text = spelled === '' || named ? label : `${label}\u00a0${number}`;
  // A number is not torn apart at a line's end.
  return scheme.toLowerCase() === 'tel' ? text.replace(/ (?=\d)/g, '\u00a0') : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
