import type { ChartConfiguration, ChartDataset, Point } from 'chart.js';
import { Chart, Decimation, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import type { ChartData } from '../../shared/api/contract/figures.ts';
import { measured } from './measured.ts';

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement, Tooltip);

type Line = Chart<'line', Point[]>;

/** Puts charts that can be pointed at in the place of the drawn ones; returns how to read them again. */
export function drawCharts(): () => Promise<void> {
  let pnl: Line | undefined;
  let drawdown: Line | undefined;
  const place = document.getElementById('charts');
  if (!place) return async () => {};
  const show = (data: ChartData) => {
    const limits = data.points.map(({ at }) => ({ x: Date.parse(at), y: -data.drawdownLimit * 100 }));
    const fall = known(
      data.points.map(({ at, drawdown: share }) => ({ x: Date.parse(at), y: share === null ? Number.NaN : -share * 100 })),
    );
    const curve = known(data.points.map(({ at, pnl: value }) => ({ x: Date.parse(at), y: value === null ? Number.NaN : Number(value) })));
    pnl = draw(pnl, 'pnl-canvas', [line('P&L', curve, '--focus'), markers(data, curve)], dollars);
    const lines = [line('Drawdown', fall, '--focus'), line('Limit', limits, '--down', [6, 5])];
    drawdown = draw(drawdown, 'drawdown-canvas', lines, (value) => `${value.toFixed(1)}%`);
  };
  const update = async () => {
    const data = await read();
    if (data && data.points.filter(({ pnl: value }) => value !== null).length > 1) measured(() => show(data));
  };
  place.addEventListener('change', () => void update());
  void update();
  return update;
}

async function read(): Promise<ChartData | undefined> {
  const chosen = document.querySelector<HTMLInputElement>('input[name=range]:checked');
  const book = encodeURIComponent(document.body.dataset.book ?? '');
  const response = await fetch(`/api/chart-data?book=${book}&range=${chosen?.value ?? '1m'}`).catch(() => undefined);
  return response?.ok ? ((await response.json()) as ChartData) : undefined;
}

function draw(
  chart: Line | undefined,
  id: string,
  datasets: ChartDataset<'line', Point[]>[],
  write: (value: number) => string,
): Line | undefined {
  if (chart) {
    chart.data.datasets = datasets;
    chart.update('none');
    return chart;
  }
  const canvas = document.getElementById(id);
  if (!(canvas instanceof HTMLCanvasElement)) return undefined;
  const figure = canvas.closest('figure');
  figure?.querySelector('.plot')?.removeAttribute('hidden');
  figure?.querySelector('svg')?.setAttribute('hidden', '');
  return new Chart(canvas, configuration(datasets, write));
}

function configuration(datasets: ChartDataset<'line', Point[]>[], write: (value: number) => string): ChartConfiguration<'line', Point[]> {
  const ticks = { color: colour('--muted') };
  const grid = { color: colour('--line') };
  return {
    type: 'line',
    data: { datasets },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: {
          type: 'linear',
          bounds: 'data',
          grid,
          ticks: {
            ...ticks,
            maxTicksLimit: 6,
            maxRotation: 0,
            autoSkipPadding: 24,
            includeBounds: false,
            callback(value) {
              return clock(Number(value), this.max - this.min > DAYS_ONLY);
            },
          },
        },
        y: { grid, ticks: { ...ticks, callback: (value) => write(Number(value)) } },
      },
      plugins: {
        decimation: { enabled: true, algorithm: 'min-max' },
        tooltip: {
          callbacks: {
            title: ([item]) => (item ? clock(item.parsed.x ?? 0, false) : ''),
            label: ({ dataset, parsed }) => `${dataset.label} ${write(parsed.y ?? 0)}`,
          },
        },
      },
    },
  };
}

function line(label: string, data: Point[], name: string, borderDash: number[] = []): ChartDataset<'line', Point[]> {
  return { label, data, borderColor: colour(name), borderWidth: 2, borderDash, pointRadius: 0 };
}

/** Trades stand on the curve where they closed. */
function markers({ trades }: ChartData, curve: readonly Point[]): ChartDataset<'line', Point[]> {
  const data = trades.flatMap(({ at }) => {
    const x = Date.parse(at);
    const y = between(curve, x);
    return y === undefined ? [] : [{ x, y }];
  });
  const points = { pointRadius: 5, pointStyle: 'rectRot', backgroundColor: colour('--warn'), borderColor: colour('--warn') } as const;
  return { label: 'Trade closed, P&L', data: data.toSorted((a, b) => a.x - b.x), showLine: false, ...points };
}

/** The curve's height at a time between two of its points. */
function between(curve: readonly Point[], x: number): number | undefined {
  const next = curve.findIndex((point) => (point.x ?? 0) >= x);
  const [before, after] = [curve[next - 1], curve[next]];
  if (after?.y == null) return undefined;
  if (before?.y == null || before.x == null || after.x == null || after.x === before.x) return after.y;
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x);
}

function known(points: readonly Point[]): Point[] {
  return points.filter(({ y }) => !Number.isNaN(y));
}

function dollars(value: number): string {
  return `${value < 0 ? '-' : ''}$${Math.abs(value).toFixed(2)}`;
}

/** Over so many milliseconds the time of day says nothing. */
const DAYS_ONLY = 3 * 86_400_000;

function clock(at: number, daysOnly: boolean): string {
  const timeZone = document.body.dataset.zone ?? 'UTC';
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    day: 'numeric',
    month: 'short',
    ...(daysOnly ? {} : ({ hour: '2-digit', minute: '2-digit' } as const)),
  }).format(at);
}

function colour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
