/** A request as a function URL and an HTTP API hand it on: payload format 2.0. */
export interface HttpEvent {
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestContext: { readonly domainName: string; readonly http: { readonly method: string } };
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
  readonly isBase64Encoded: true;
}

/** One request, answered by what serves the page everywhere else. */
export async function serveEvent(fetch: (request: Request) => Response | Promise<Response>, event: HttpEvent): Promise<HttpResult> {
  const response = await fetch(requestOf(event));
  const cookies = response.headers.getSetCookie();
  response.headers.delete('set-cookie');
  const body = Buffer.from(await response.arrayBuffer()).toString('base64');
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), cookies, body, isBase64Encoded: true };
}

function requestOf({ rawPath, rawQueryString, cookies, headers, requestContext, body, isBase64Encoded }: HttpEvent): Request {
  const { domainName, http } = requestContext;
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`;
  const sent = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) sent.set(name, asciiText(value));
  if (cookies !== undefined) sent.set('cookie', cookies.join('; '));
  return new Request(`https://${domainName}${rawPath}${query}`, {
    method: http.method,
    headers: sent,
    ...(body === undefined || body === '' ? {} : { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
  });
}

/** What a header cannot carry is written as an address would. */
function asciiText(value: string): string {
  return /^[\x20-\x7e\t]*$/.test(value) ? value : encodeURIComponent(value);
}
