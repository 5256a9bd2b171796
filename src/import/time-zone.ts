/** Whether a text is the name of a time zone that can be reckoned with. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^(?:UTC|[A-Za-z_]+\/[\w+/-]+)$/.test(name);
  } catch {
    return false;
  }
}
