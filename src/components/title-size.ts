const LONG = 80;
const ENDLESS = 300;

/** The class of a headline that is too long for the largest size; none for most. */
export function titleSize(title: string): 'long' | 'endless' | undefined {
  if (title.length > ENDLESS) return 'endless';
  return title.length > LONG ? 'long' : undefined;
}
