import { describe, expect, it } from 'vitest';
import { actionResult } from '../../shared/api/contract/action.ts';
import { actionToken } from '../../shared/api/routes/access.ts';
import { api } from '../../shared/api/routes/api.ts';
import { aDesk } from './seeded-desk.ts';

function posting(body: Record<string, unknown>, headers: Record<string, string> = {}) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost', ...headers },
    body: JSON.stringify(body),
  };
}

function opened() {
  const desk = aDesk();
  return { ...desk, app: api(desk.io), token: actionToken(desk.io.access) };
}

describe('an action', () => {
  it.each(['pause', 'cancel-all', 'emergency', 'flatten', 'run-scan'])('%s happens with token and typed word', async (name) => {
    const { app, acts, token } = opened();
    const response = await app.request(`/api/actions/${name}`, posting({ token, word: 'PAPER' }));
    expect(response.status).toBe(200);
    expect(actionResult.parse(await response.json()).ok).toBe(true);
    expect(acts.map(({ action }) => action)).toEqual([name === 'run-scan' ? { name: 'run', job: 'scan' } : { name }]);
  });

  it.each(['pause', 'resume', 'cancel-all', 'emergency', 'flatten', 'run-scan'])(
    '%s does not happen without the word of its mode',
    async (name) => {
      const { app, acts, token } = opened();
      for (const word of [undefined, '', 'paper', 'LIVE', 'yes']) {
        const response = await app.request(
          `/api/actions/${name}`,
          posting({ token, ...(word === undefined ? {} : { word }), reason: 'r' }),
        );
        expect(response.status).toBe(400);
      }
      expect(acts).toEqual([]);
    },
  );

  it('resumes only with a reason', async () => {
    const { app, acts, token } = opened();
    expect((await app.request('/api/actions/resume', posting({ token, word: 'PAPER', reason: '  ' }))).status).toBe(400);
    expect((await app.request('/api/actions/resume', posting({ token, word: 'PAPER', reason: 'it was a test' }))).status).toBe(200);
    expect(acts).toHaveLength(1);
  });

  it('is refused without the token of this server', async () => {
    const { app, acts } = opened();
    for (const token of ['', 'x', actionToken({ secret: 'another' })]) {
      expect((await app.request('/api/actions/pause', posting({ token, word: 'PAPER' }))).status).toBe(403);
    }
    expect(acts).toEqual([]);
  });

  it.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }])(
    'is refused to another site that sends %o, even with the token',
    async (headers) => {
      const { app, acts, token } = opened();
      const response = await app.request('/api/actions/emergency', posting({ token, word: 'PAPER' }, headers));
      expect(response.status).toBe(403);
      expect(acts).toEqual([]);
    },
  );

  it.each(['halt-everything', 'run-api', 'run-control', 'run-trade', 'run-', '__proto__', 'run-nothing'])(
    'that is called %s does not exist',
    async (name) => {
      const { app, acts, token } = opened();
      expect((await app.request(`/api/actions/${name}`, posting({ token, word: 'PAPER' }))).status).toBe(404);
      expect(acts).toEqual([]);
    },
  );

  it('acknowledges a cause without a word, for nothing is lost by it', async () => {
    const { app, acts, token } = opened();
    expect((await app.request('/api/actions/acknowledge', posting({ token }))).status).toBe(400);
    expect((await app.request('/api/actions/acknowledge', posting({ token, cause: 'paper:cash-low' }))).status).toBe(200);
    expect(acts[0]?.body.cause).toBe('paper:cash-low');
  });

  it('closes the position it names, down to the price that was shown', async () => {
    const { app, acts, token } = opened();
    const body = { token, word: 'PAPER', ticker: 'KXFED-26DEC', floor: '0.5600' };
    expect((await app.request('/api/actions/close', posting({ token, word: 'PAPER' }))).status).toBe(400);
    expect((await app.request('/api/actions/close', posting({ ...body, word: 'yes' }))).status).toBe(400);
    expect((await app.request('/api/actions/close', posting({ ...body, floor: '56' }))).status).toBe(400);
    expect((await app.request('/api/actions/close', posting(body))).status).toBe(200);
    expect(acts).toMatchObject([{ action: { name: 'close' }, body: { ticker: 'KXFED-26DEC', floor: '0.5600' } }]);
  });

  it('is about the book that was shown, and wants the word of that book', async () => {
    const desk = aDesk({ mode: 'live' });
    const app = api(desk.io);
    const token = actionToken(desk.io.access);
    const close = { token, book: 'paper', ticker: 'KXA', floor: '0.5600' };
    expect((await app.request('/api/actions/close', posting({ ...close, word: 'LIVE' }))).status).toBe(400);
    expect((await app.request('/api/actions/close', posting({ ...close, word: 'PAPER' }))).status).toBe(200);
    expect((await app.request('/api/actions/pause', posting({ token, word: 'PAPER' }))).status).toBe(400);
    expect((await app.request('/api/actions/pause', posting({ token, book: 'every', word: 'EVERY' }))).status).toBe(400);
    expect(desk.acts.map(({ body }) => body.book)).toEqual(['paper']);
  });

  it('answers a form with a page, so that it works without scripts', async () => {
    const { app, acts, token } = opened();
    const body = new URLSearchParams({ token, word: 'PAPER', reason: '' });
    const response = await app.request('/api/actions/pause', { method: 'POST', headers: { origin: 'http://localhost' }, body });
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('pause done');
    expect(acts).toHaveLength(1);
  });

  it('is bounded in size', async () => {
    const { app, acts, token } = opened();
    const response = await app.request('/api/actions/pause', posting({ token, word: 'PAPER', reason: 'x'.repeat(20_000) }));
    expect(response.status).toBe(413);
    expect(acts).toEqual([]);
  });

  it('is never done by reading', async () => {
    const { app, acts } = opened();
    expect((await app.request('/api/actions/pause')).status).toBe(404);
    expect(acts).toEqual([]);
  });
});
