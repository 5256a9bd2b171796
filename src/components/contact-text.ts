/**
 * What a contact's link says: its label, and the number or address where the label does not name it already. Not
 * everybody who reads it does so on the telephone.
 */
export function contactText(label: string, url: string): string {
  const [, scheme = '', rest = ''] = /^(tel|mailto):([^?]*)/i.exec(url) ?? [];
  const spelled = decoded(rest);
  const named = scheme.toLowerCase() === 'tel' ? /\d(?:\D{0,3}\d){4}/.test(label) : label.includes('@');
  const text = spelled === '' || named ? label : `${label}\u00a0${spelled}`;
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
