import type { Refusal } from '../matching/refusal.ts';

/** Code, message and details as the exchange names them. */
export function errorBody({ code, message, details }: Refusal) {
  return { code, message, ...(details === undefined ? undefined : { details }) };
}

/** A refusal in the shape it goes out in. */
export function refusalBody(refusal: Refusal): object {
  switch (refusal.shape) {
    case 'nested':
      return { error: errorBody(refusal) };
    case 'flat':
      return errorBody(refusal);
    case 'msg':
      return { msg: refusal.message };
    case 'text':
      return { error: refusal.message };
  }
}
