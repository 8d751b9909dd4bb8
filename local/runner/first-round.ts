import type { FunctionName } from '../../shared/system/map.ts';

/** What a job logs when it ends well, as far as the first line to a person says it. */
interface Done {
  readonly message: string;
  readonly job: FunctionName;
  readonly seen?: number;
  readonly candidates?: number;
  readonly signals?: number;
  readonly orders?: number;
}

/** Listens to the log until the first scan was traded on, and says once what came of it. */
export function firstRound(say: (line: string) => void): (line: string) => void {
  let scanned: Done | undefined;
  let told = false;
  return (line) => {
    if (told || !line.includes('"message":"done"')) return;
    const done = JSON.parse(line) as Done;
    if (done.job === 'scan') scanned ??= done;
    if (done.job !== 'trade' || !scanned) return;
    told = true;
    const steps = [
      `${scanned.seen} markets`,
      `${scanned.candidates} pass the filters`,
      counted(done.signals, 'idea'),
      counted(done.orders, 'order'),
    ];
    say(`  First scan   ${steps.join(' → ')}   (why: npx pilot why)`);
  };
}

function counted(count: number | undefined, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
