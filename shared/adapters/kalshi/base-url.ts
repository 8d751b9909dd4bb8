import { InvalidValue } from '../../domain/money.ts';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The REST base, like https://external-api.kalshi.com/trade-api/v2. Throws InvalidValue unless https or loopback. */
export function parseBaseUrl(text: string, field = 'KALSHI_BASE_URL'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)));
  if (!url || !safe || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new InvalidValue(
      field,
      text,
      'give an https URL with its path, like https://external-api.kalshi.com/trade-api/v2 (http on loopback only)',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The stream that belongs to a REST base: Kalshi's own hosts have a `-ws` twin, any other host serves both. */
export function streamUrl(base: URL): URL {
  const url = new URL(base);
  url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hostname = base.hostname.replace(/^external-api\./, 'external-api-ws.');
  url.pathname = base.pathname.replace(/\/v2$/, '/ws/v2');
  return url;
}

/** A given stream address. Throws InvalidValue unless wss or loopback. */
export function parseStreamUrl(text: string, field = 'KALSHI_WS_URL'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !(url.protocol === 'wss:' || (url.protocol === 'ws:' && loopback.test(url.hostname)))) {
    throw new InvalidValue(
      field,
      text,
      'give a wss URL with its path, like wss://external-api-ws.kalshi.com/trade-api/ws/v2 (ws on loopback only)',
    );
  }
  return url;
}
