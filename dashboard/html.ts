import { html } from 'hono/html';

/** Markup whose holes are escaped: text of markets can never become an element. */
export type Html = ReturnType<typeof html>;

export const nothing: Html = html``;
