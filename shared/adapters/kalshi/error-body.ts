/** What an error answer says, whichever of the four shapes it has. All in the exchange's own words. */
export interface ErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly details: string | undefined;
}

const silent: ErrorBody = { code: undefined, message: undefined, details: undefined };

/**
 * The four shapes: `{"error":{code,message,details?}}`, flat `{code,message,details?}`, `{"msg":"…"}` of parameter checks
 * and `{"error":"too many requests"}`. Anything else says nothing.
 */
export function readErrorBody(text: string): ErrorBody {
  const body = parse(text);
  if (!isRecord(body)) return silent;
  if (isRecord(body.error)) return fields(body.error);
  if (typeof body.error === 'string') return { ...silent, message: body.error };
  if (typeof body.msg === 'string') return { ...silent, message: body.msg };
  return fields(body);
}

function fields({ code, message, details }: Readonly<Record<string, unknown>>): ErrorBody {
  return { code: word(code), message: word(message), details: word(details) };
}

function word(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
