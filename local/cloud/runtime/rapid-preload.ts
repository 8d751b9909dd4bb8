import { registerHooks } from 'node:module';
import { setTime, shiftDates } from './shifted-date.ts';

/** Loaded before AWS's runtime interface client: where it asks for its native addon, it gets ours. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === './rapid-client.node'
      ? { url: new URL('./rapid-client.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const at = new URL(import.meta.url).searchParams.get('now');
if (at !== null) {
  setTime(Number(at));
  shiftDates();
}
