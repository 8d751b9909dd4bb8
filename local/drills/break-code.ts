import { registerHooks } from 'node:module';
import { broken } from './breakages.ts';

// Loaded before everything else, by --import: what is loaded after it is broken in the way that DRILL_BREAKAGE names.
const name = process.env.DRILL_BREAKAGE;
if (name !== undefined) {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!url.includes('/shared/') || loaded.source === undefined || loaded.source === null) return loaded;
      const text = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      return { ...loaded, source: broken(name, url, text) };
    },
  });
}
