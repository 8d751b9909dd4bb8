/** The tab's icon carries the state: violet paper, blue demo, red live; a square when trading stopped. */
const colours: Readonly<Record<string, string>> = { paper: '#6d28d9', demo: '#1d4ed8', live: '#b91c1c', unknown: '#57534e' };

export function icon(name: string): string {
  const [mode = 'unknown', state = 'unknown'] = name.replace('.svg', '').split('-');
  const colour = colours[mode] ?? colours.unknown;
  const sign =
    state === 'active'
      ? '<path d="M8 22 14 15l4 4 7-9" fill="none" stroke="#fff" stroke-width="3"/>'
      : state === 'halted'
        ? '<rect x="10" y="10" width="12" height="12" fill="#fff"/>'
        : '<path d="M12 9v14M20 9v14" stroke="#fff" stroke-width="4"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${colour}"/>${sign}</svg>`;
}
