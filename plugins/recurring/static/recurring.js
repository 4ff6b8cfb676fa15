// Queues under the hands: the list and the runs of one are kept fresh, but never under a hand.
import { keepFresh } from '../../js/fresh.js';
import '../../js/drafts.js';

const part = () => document.getElementById('queues');

keepFresh('queues', {
  part,
  ask: () => htmx.ajax('GET', part().dataset.url, {
    source: part(), target: '#queues', select: '#queues', selectOOB: '#coming,#queue-head', swap: 'outerHTML',
  }),
  busy: () => part().contains(document.activeElement) || document.querySelector('.removing[open]'),
});

// One box of a deletion at a time, gone with Escape or a click elsewhere.
document.addEventListener('click', event => {
  for (const each of document.querySelectorAll('.removing[open]')) if (!each.contains(event.target)) each.open = false;
});
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && document.querySelector('.removing[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

// Who has chosen no time zone lives, as far as anybody can tell, where the browser does.
const zone = document.querySelector('#f-zone[data-guess]');
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && [...zone.options].some(option => option.value === here)) zone.value = here;
