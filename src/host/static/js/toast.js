// A word at the foot of the page. It leaves by itself, unless it tells of a failure or someone is reading it.
const tray = document.getElementById('toasts');
const STAY = 8000;

export function toast(text, { failed = false } = {}) {
  const box = document.createElement('div');
  box.className = 'toast row';
  box.setAttribute('role', failed ? 'alert' : 'status');
  box.toggleAttribute('data-stays', failed);
  box.append(text);
  tray.append(box);
}

function tend(box) {
  box.append(closer(box));
  if (!box.hasAttribute('data-stays')) leaveLater(box);
}

function closer(box) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'icon-btn';
  button.ariaLabel = tray.dataset.close;
  button.textContent = '×';
  button.addEventListener('click', () => box.remove());
  return button;
}

function leaveLater(box) {
  const leave = () => (box.matches(':hover, :focus-within') ? leaveLater(box) : box.remove());
  setTimeout(leave, STAY);
}

// Toasts come from the server too (flashed, or swapped in by htmx): all of them are tended here.
const boxes = nodes => [...nodes].filter(node => node.matches?.('.toast'));
boxes(tray.children).forEach(tend);
new MutationObserver(changes => changes.forEach(change => boxes(change.addedNodes).forEach(tend)))
  .observe(tray, { childList: true });
