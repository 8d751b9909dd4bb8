import { snsClient } from '../adapters/sns/sns-channel.ts';
import type { Alert } from '../domain/words/alert.ts';
import { emailText } from '../domain/words/email.ts';
import { smsText } from '../domain/words/sms.ts';
import type { Outlet } from '../jobs/alerts/deliver-alerts.ts';
import type { AlertIo } from '../jobs/alerts/raise-alerts.ts';
import type { DailyReportIo } from '../jobs/daily-report.ts';
import type { ReportIo } from '../jobs/reports.ts';
import type { MarketData } from '../ports/exchange.ts';
import { alertOutlets } from './alert-outlets.ts';
import { usd } from './config/domain-settings.ts';
import { healthThresholds, noiseSettings } from './config/watch-settings.ts';
import { functionNames } from './map.ts';
import { named, type Parts } from './parts.ts';

const client = snsClient();

/** Where alerts go out, and which of them. */
export function alertParts(parts: Parts): AlertIo {
  const { config, environment, store, clock, standIns } = parts;
  const dashboardUrl = environment.PILOT_DASHBOARD_URL;
  const render = (alert: Alert) => {
    const { subject, body } = emailText(alert, config.mode, { zone: config.zone, ...(dashboardUrl === undefined ? {} : { dashboardUrl }) });
    return { subject, email: body, sms: smsText(alert, config.mode, dashboardUrl) };
  };
  const outlets: readonly Outlet[] = standIns
    ? [{ channels: ['email'], by: standIns.alerts }]
    : alertOutlets({ client, topicArn: named(environment, 'PILOT_ALERTS_TOPIC'), render });
  return { store, clock, noise: noiseSettings(config), outlets };
}

/** What the jobs that judge, report and tell have in common. */
export function watchParts(parts: Parts, market: Pick<MarketData, 'quotes'>): DailyReportIo {
  return { ...alertParts(parts), ...reportParts(parts, market) };
}

/** What reports are computed from; nothing in it tells anybody. */
export function reportParts(parts: Parts, market: Pick<MarketData, 'quotes'>): ReportIo & Pick<DailyReportIo, 'mode'> {
  const { config, environment } = parts;
  const thresholds = healthThresholds(config);
  const alertBelow = environment.PILOT_HEALTH_THRESHOLD;
  return {
    store: parts.store,
    clock: parts.clock,
    market,
    zone: config.zone,
    mode: config.mode,
    aiBudget: usd(config.ai.dailyBudget),
    jobs: functionNames,
    thresholds: alertBelow === undefined ? thresholds : { ...thresholds, score: { ...thresholds.score, alertBelow } },
  };
}
