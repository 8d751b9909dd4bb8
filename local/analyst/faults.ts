/** Ways in which a model, or the road to it, fails. */
export const faults = [
  'bad-json',
  'wrong-shape',
  'out-of-range',
  'cut-off',
  'refusal',
  'empty',
  'other-model',
  'no-usage',
  'invented-number',
  'hang',
  'slow',
  'drip',
  'garbage',
  'rate-limited',
  'server-error',
  'unauthorised',
  'disconnect',
] as const;
export type Fault = (typeof faults)[number];

/** Which fault the next requests meet. Only some models may be hit, to make an outage of one of them. */
export interface FaultPlan {
  readonly fault: Fault;
  /** Requests it hits; all until changed when absent. */
  readonly times?: number;
  readonly model?: string;
}

export function isFault(value: unknown): value is Fault {
  return faults.some((fault) => fault === value);
}

/** Faults in the order they were planned, used up by requests. */
export class FaultQueue {
  #plans: { fault: Fault; left: number; model: string | undefined }[] = [];

  plan({ fault, times = Number.POSITIVE_INFINITY, model }: FaultPlan): void {
    this.#plans.push({ fault, left: times, model });
  }

  clear(): void {
    this.#plans = [];
  }

  /** The fault that meets a request to `model`, counted as used. */
  next(model: string): Fault | undefined {
    const plan = this.#plans.find((one) => one.left > 0 && (one.model === undefined || one.model === model));
    if (plan) plan.left--;
    return plan?.fault;
  }
}
