/** Why a deployment to a target failed, in words for the operator. */
export class DeployFailure extends Error {
  /** What to do about it, as a sentence; null where the message says it all. */
  readonly advice: string | null;
  /** Whether another try could end otherwise: false for what only a person can change. */
  readonly again: boolean;

  constructor(
    message: string,
    { advice = null, again = true }: { advice?: string | null; again?: boolean } = {},
  ) {
    super(message);
    this.advice = advice;
    this.again = again;
  }
}
