/** Hides the trades that do not hold every word that was typed. */
export function filterTrades(): void {
  const input = document.getElementById('filter');
  if (!(input instanceof HTMLInputElement)) return;
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll<HTMLTableRowElement>('#trades tbody tr')) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
}
