// The bell opens its tray in place of the page it links to, says when something new comes in, and reads what is looked at.
import { announce } from '../../js/announce.js';

const bell = () => document.getElementById('bell');
const tray = document.getElementById('tray');
let count = unread();
let wasOpen = false;

// A press outside closes the tray before its click arrives, and one on the bell would open it again.
document.addEventListener('pointerdown', () => { wasOpen = isOpen(); }, true);
document.addEventListener('click', event => {
  if (!event.target.closest('#bell') || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  tray.togglePopover(event.detail ? !wasOpen : !isOpen());
});
tray.addEventListener('toggle', () => {
  tellState();
  if (!isOpen()) return;
  tray.focus(); // from here Tab goes on to the notes; closing it leads back
  htmx.trigger(tray, 'open');
});
document.body.addEventListener('live:notifications', () => {
  if (isOpen()) htmx.trigger(tray, 'open');
});
document.addEventListener('htmx:afterSettle', () => {
  tellState();
  if (unread() > count) announce(bell().ariaLabel);
  count = unread();
});

// Whoever opens a card, comes back to it or leaves it has read what there was. What comes in while they look stays
// unread until then, so that the bell shows it.
let toldMeanwhile = false;
document.body.addEventListener('live:notifications', () => { toldMeanwhile = true; });
addEventListener('pageshow', () => { if (!document.hidden) readShown(); });
document.addEventListener('visibilitychange', readShown);

function readShown() {
  for (const form of document.querySelectorAll(toldMeanwhile ? 'form[data-reading]' : 'form[data-reading="now"]')) {
    // Kept alive: the page may be on its way out. The answer leads to a page that nobody needs.
    fetch(form.action, { method: 'POST', body: new FormData(form), keepalive: true, redirect: 'manual' });
    form.dataset.reading = 'later';
  }
  toldMeanwhile = false;
}

function tellState() {
  bell().ariaExpanded = String(isOpen());
}

function isOpen() {
  return tray.matches(':popover-open');
}

function unread() {
  return Number(bell().dataset.count);
}
