/** The person at the terminal broke off: nothing is written. */
export class Cancelled extends Error {}
