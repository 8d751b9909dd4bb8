/** `/` filters trades, `e` opens the emergency stop, Escape closes what is open. */
export function listenKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') for (const open of document.querySelectorAll('.action[open]')) open.removeAttribute('open');
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') focusOn(event, document.getElementById('filter'));
    if (event.key === 'e') {
      const emergency = document.getElementById('act-emergency');
      emergency?.setAttribute('open', '');
      focusOn(event, emergency?.querySelector<HTMLInputElement>('input[name=word]'));
    }
  });
}

function focusOn(event: Event, element: HTMLElement | null | undefined): void {
  event.preventDefault();
  element?.focus();
}
