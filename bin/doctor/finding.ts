/** ✓ fine · ! look at it · ✗ does not work · - not checked. */
export type FindingState = 'ok' | 'warning' | 'problem' | 'unchecked';

/** What was found about one thing. Whatever is not fine says what to do. */
export interface Finding {
  readonly check: string;
  readonly state: FindingState;
  readonly text: string;
  readonly fix?: string;
}

const marks: Readonly<Record<FindingState, string>> = { ok: '✓', warning: '!', problem: '✗', unchecked: '-' };

/** Findings for people: one line each, the fix below. */
export function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  return findings
    .map(({ check, state, text, fix }) => {
      const line = `  ${marks[state]} ${check.padEnd(width)}  ${text}`;
      return fix === undefined ? `${line}\n` : `${line}\n${' '.repeat(width + 6)}Fix: ${fix}\n`;
    })
    .join('');
}
