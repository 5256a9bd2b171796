/** Wrong usage, in a sentence that says what to write instead: nothing is written. */
export class Misused extends Error {}
