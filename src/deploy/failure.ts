/** Why a deployment to a target failed, in words for the operator. */
export class DeployFailure extends Error {
  /** What to do about it, as a sentence; null where the message says it all. */
  readonly advice: string | null;
  /** Whether another try could end otherwise: false for what only a person can change. */
  readonly again: boolean;
  /** Whether another deployment was at work at the same place: this one has to begin anew, with no fault of its own. */
  readonly overtaken: boolean;

  constructor(
    message: string,
    {
      advice = null,
      again = true,
      overtaken = false,
    }: { advice?: string | null; again?: boolean; overtaken?: boolean } = {},
  ) {
    super(message);
    this.advice = advice;
    this.again = again;
    this.overtaken = overtaken;
  }
}
