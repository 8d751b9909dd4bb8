/** A browser as far as cookies and redirects go: one jar, cookies by host and path. */
export class Jar {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string; readonly attributes: string }>();
  /** Every address that was visited, in order. */
  readonly visited: string[] = [];

  /** What is kept for the page's own host. */
  get(name: string): string | undefined {
    return [...this.#cookies].find(([key]) => key.endsWith(`|${name}`))?.[1].value;
  }

  attributes(name: string): string {
    return [...this.#cookies].find(([key]) => key.endsWith(`|${name}`))?.[1].attributes ?? '';
  }

  forget(name: string): void {
    for (const key of this.#cookies.keys()) if (key.endsWith(`|${name}`)) this.#cookies.delete(key);
  }

  /** Goes where it is sent, up to ten times. */
  async open(address: string, init: RequestInit = {}): Promise<Response> {
    let [url, options] = [new URL(address), init];
    for (let step = 0; step < 10; step++) {
      this.visited.push(url.href);
      const headers = new Headers(options.headers);
      headers.set('cookie', this.#sent(url));
      const response = await fetch(url, { ...options, redirect: 'manual', headers });
      this.#keep(url, response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (location === null) return response;
      url = new URL(location, url);
      options = {};
    }
    throw new Error(`sent round and round: ${this.visited.slice(-4).join(' ')}`);
  }

  #sent({ host, pathname }: URL): string {
    const fitting = [...this.#cookies].filter(
      ([key, { path }]) => key.startsWith(`${host}|`) && `${pathname}/`.startsWith(path === '/' ? '/' : `${path}/`),
    );
    return fitting.map(([key, { value }]) => `${key.slice(host.length + 1)}=${value}`).join('; ');
  }

  #keep({ host }: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...rest] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const attributes = rest.join('; ');
      const path = /Path=([^;]+)/.exec(attributes)?.[1] ?? '/';
      if (/Max-Age=0(;|$)/.test(attributes)) this.#cookies.delete(`${host}|${name}`);
      else this.#cookies.set(`${host}|${name}`, { value: pair.slice(pair.indexOf('=') + 1), path, attributes });
    }
  }
}
