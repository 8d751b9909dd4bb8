import type { Kalshi } from '../../shared/adapters/kalshi/connect-kalshi.ts';
import { getMarkets } from '../../shared/adapters/kalshi/endpoints/get-markets.ts';
import type { ExchangeStatus } from '../../shared/ports/exchange.ts';
import { ExchangeError } from '../../shared/ports/exchange-error.ts';
import type { Finding } from './finding.ts';

/** Milliseconds; what the exchange accepts in a signature's time is 5 s. */
const SKEW_PROBLEM = 5000;
const SKEW_WARNING = 2000;

/** Whether the exchange answers and trades, how far its clock is away, and whether its answers look as they should. */
export async function examineExchange({ transport, marketData, canary }: Kalshi): Promise<readonly Finding[]> {
  let status: ExchangeStatus;
  try {
    status = await marketData.status();
    await transport.call(getMarkets, { query: { limit: 20, status: 'open', mve_filter: 'exclude' } });
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    const [text = ''] = error.message.split(' Fix: ');
    return [
      { check: 'Clock', state: 'unchecked', text: 'not checked: the exchange did not answer' },
      { check: 'Exchange', state: 'problem', text, fix: error.fix },
      { check: 'Schema', state: 'unchecked', text: 'not checked: the exchange did not answer' },
    ];
  }
  return [clockFinding(status.skew), statusFinding(status), schemaFinding(canary)];
}

function clockFinding(skew: number | undefined): Finding {
  if (skew === undefined)
    return {
      check: 'Clock',
      state: 'warning',
      text: 'the exchange did not say what time it is',
      fix: 'see that the clock of this machine is set',
    };
  const text = `${(Math.abs(skew) / 1000).toFixed(1)} s from Kalshi's clock`;
  if (Math.abs(skew) <= SKEW_WARNING) return { check: 'Clock', state: 'ok', text };
  const fix = `set the clock of this machine: it is ${skew > 0 ? 'behind' : 'ahead'}`;
  return { check: 'Clock', state: Math.abs(skew) > SKEW_PROBLEM ? 'problem' : 'warning', text, fix };
}

function statusFinding({ exchangeActive, tradingActive, shards, estimatedResume }: ExchangeStatus): Finding {
  const resting = [...shards].flatMap(([shard, { exchangeActive: up, tradingActive: trading }]) => (up && trading ? [] : [shard]));
  if (exchangeActive && tradingActive && resting.length === 0)
    return { check: 'Exchange', state: 'ok', text: shards.size === 0 ? 'trading' : `trading, all ${shards.size} shards` };
  const text =
    exchangeActive && tradingActive
      ? `no trading on shard ${resting.join(', ')}`
      : exchangeActive
        ? 'trading is paused'
        : 'the exchange is closed';
  const until =
    estimatedResume === undefined
      ? 'maintenance is usually on Thursday morning, 3 to 5 in New York'
      : `expected back ${new Date(estimatedResume).toISOString()}`;
  return { check: 'Exchange', state: 'warning', text, fix: `wait: ${until}` };
}

/** Answers that are not as documented still work, but somebody should know. */
function schemaFinding(canary: Kalshi['canary']): Finding {
  const sightings = canary.sightings();
  if (sightings.length === 0) return { check: 'Schema', state: 'ok', text: 'answers are as documented' };
  const named = sightings.slice(0, 3).map(({ oddity, field }) => `${oddity} ${field}`);
  const more = sightings.length > named.length ? ` and ${sightings.length - named.length} more` : '';
  return {
    check: 'Schema',
    state: 'warning',
    text: `the exchange changed its answers: ${named.join(', ')}${more}`,
    fix: 'update Kalshi Pilot; what is missing counts as unknown until then',
  };
}
