import type { Millis } from '../../../shared/domain/money.ts';
import { between, mix, normal } from './chance.ts';

/** The time in which an outcome becomes known, cut into 2^depth steps. `word` decides the path. */
export interface Life {
  readonly word: number;
  readonly from: Millis;
  readonly to: Millis;
  readonly depth: number;
}

/** What is known at the start of a step: the share of all news that is out, and the path of the news so far. */
export interface Knowledge {
  readonly step: number;
  readonly known: number;
  readonly path: number;
}

/**
 * The news of an event is one Brownian path from 0 over one unit of variance; the outcome is decided by where it ends. News comes
 * in bursts: each half of a span gets a random share of its variance. Asked for any step directly by halving (Lévy's
 * construction of Brownian motion), so nothing is stored.
 */
export function knowledgeAt(life: Life, at: Millis): Knowledge {
  return knowledgeAtStep(life, stepAt(life, at));
}

export function knowledgeAtStep(life: Life, step: number): Knowledge {
  if (step >= 2 ** life.depth) return { step: 2 ** life.depth, known: 1, path: normal(mix(life.word, 0)) };
  const asked = lately.get(life) ?? [];
  const found = asked.find((knowledge) => knowledge.step === step);
  if (found) return found;
  const knowledge = descend(life, (middle) => step >= middle);
  lately.set(life, [knowledge, ...asked.slice(0, 3)]);
  return knowledge;
}

/** Markets of one event share its news, so the same steps are asked for again at once. */
const lately = new WeakMap<Life, readonly Knowledge[]>();

/** The last step at whose start no more than `known` was known. */
export function knowledgeOf(life: Life, known: number): Knowledge {
  return descend(life, (_middle, knownThere) => known >= knownThere);
}

export function stepAt(life: Life, at: Millis): number {
  const steps = 2 ** life.depth;
  return Math.max(0, Math.min(steps, Math.floor(((at - life.from) / (life.to - life.from)) * steps + 1e-9)));
}

export function stepStart(life: Life, step: number): Millis {
  return Math.ceil(life.from + ((life.to - life.from) * step) / 2 ** life.depth);
}

function descend(life: Life, goRight: (middle: number, known: number) => boolean): Knowledge {
  let low = 0;
  let high = 2 ** life.depth;
  let node = 1;
  let known = 0;
  let knownHigh = 1;
  let path = 0;
  let pathHigh = normal(mix(life.word, 0));
  while (high - low > 1) {
    const word = mix(life.word, node);
    const part = between(word, 0.2, 0.8);
    const span = knownHigh - known;
    const middle = (low + high) / 2;
    const knownMiddle = known + part * span;
    const pathMiddle = path + part * (pathHigh - path) + Math.sqrt(span * part * (1 - part)) * normal(mix(word, 1));
    node *= 2;
    if (goRight(middle, knownMiddle)) {
      low = middle;
      known = knownMiddle;
      path = pathMiddle;
      node += 1;
    } else {
      high = middle;
      knownHigh = knownMiddle;
      pathHigh = pathMiddle;
    }
  }
  return { step: low, known, path };
}
