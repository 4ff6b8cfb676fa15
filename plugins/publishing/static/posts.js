// The calendar and the composer under the hands: dragging, arrow keys, and what others change meanwhile.
import { keepFresh } from '../../js/fresh.js';
import '../../js/drafts.js';

const calendar = () => document.getElementById('calendar');
const composer = () => document.getElementById('composer');

// To another day, at the hour it had; a draft without a day gets one, and an hour.
function move(post, day) {
  held = `[data-post="${post.dataset.post}"][data-day="${day}"]`;
  const values = { item: `${post.dataset.post}@${post.dataset.day ?? ''}`, day, do: 'place' };
  const swap = { target: '#calendar', select: '#calendar', swap: 'outerHTML', values };
  return htmx.ajax('POST', movesUrl(), { source: calendar(), ...swap }).catch(() => {});
}

function movesUrl() {
  return `/publishing/moves${new URL(calendar().dataset.url, location.href).search}`;
}

// Dragging with the mouse.
let dragged = null;
document.addEventListener('dragstart', event => {
  dragged = event.target.closest?.('.post[data-movable]');
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.post);
  requestAnimationFrame(() => dragged?.toggleAttribute('data-dragging', true));
});
document.addEventListener('dragend', () => {
  dragged?.removeAttribute('data-dragging');
  dragged = null;
  mark(null);
  refresh();
});
document.addEventListener('dragover', event => {
  const day = dragged && event.target.closest?.('#calendar [data-date]');
  if (!day) return;
  event.preventDefault();
  mark(day);
});
document.addEventListener('drop', event => {
  const day = event.target.closest?.('#calendar [data-date]');
  if (!dragged || !day) return;
  event.preventDefault();
  if (day.dataset.date !== dragged.dataset.day) move(dragged, day.dataset.date);
});

function mark(day) {
  for (const each of calendar().querySelectorAll('[data-drop]')) if (each !== day) each.removeAttribute('data-drop');
  day?.setAttribute('data-drop', '');
}

// Shift and an arrow move the post that has the focus by a day or a week; one without a day to the first that is open.
const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
document.addEventListener('keydown', event => {
  const post = event.target.closest?.('.post[data-movable]');
  const days = steps[event.key];
  if (!post || !days || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  if (!post.dataset.day) {
    move(post, calendar().dataset.first);
    return;
  }
  const day = new Date(`${post.dataset.day}T12:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  move(post, day.toISOString().slice(0, 10));
});

// What was moved keeps the focus where it is drawn anew.
let held = null;
document.addEventListener('htmx:afterSettle', () => {
  if (held && document.activeElement === document.body) document.querySelector(held)?.focus();
  held = null;
  for (const post of calendar().querySelectorAll('.post[data-post]')) {
    post.toggleAttribute('aria-current', post.dataset.post === composer().dataset.post);
    if (post.hasAttribute('aria-current')) post.setAttribute('aria-current', 'true');
  }
  listen();
});

// Which networks it goes to decides which tabs there are: drawn again from what was typed, and kept by the next button.
document.addEventListener('change', event => {
  const form = document.getElementById('composer-form');
  if (!form?.contains(event.target)) return;
  dirty = true;
  if (event.target.id === 'at') follow(form, event.target);
  if (event.target.name === 'connection') form.requestSubmit(); // no button: a look at what was typed
  if (event.target.name === 'picture' && event.target.files.length) document.getElementById('do-upload').click();
});

// Times that nobody has touched go with the one above them.
function follow(form, { value }) {
  for (const field of form.querySelectorAll('input[data-follows=post]')) {
    const followed = document.getElementById(field.id.replace('at-', 'follows-'));
    if (field.value === followed.value) field.value = followed.value = value;
  }
}

// What is refused because of others, or comes too late, is drawn as well: it has what was typed in it.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.xhr.status !== 409 || detail.requestConfig.elt.id !== 'composer-form') return;
  detail.shouldSwap = true;
  detail.isError = false;
});

// Changes of others: the calendar at once, the composer only where nothing was typed; else how it stands.
let dirty = false;
document.addEventListener('input', event => { if (event.target.closest('#composer-form')) dirty = true; });
document.addEventListener('htmx:afterSwap', ({ detail }) => { if (detail.target.id === 'composer') dirty = false; });

const refresh = keepFresh('posts', {
  part: calendar,
  ask: () => htmx.ajax('GET', calendar().dataset.url, { source: calendar(), target: '#calendar', select: '#calendar', swap: 'outerHTML' }),
  busy: () => dragged || calendar().querySelector('#picks') || calendar().contains(document.activeElement),
});

let heard = null;
function listen() {
  const post = composer().dataset.post;
  if (post === heard) return;
  if (heard) document.body.removeEventListener(`live:post-${heard}`, redraw);
  if (post) document.body.addEventListener(`live:post-${post}`, redraw);
  heard = post;
}
listen();

function redraw() {
  const { url } = composer().dataset;
  if (!url) return;
  const pills = [...composer().querySelectorAll('[id^=pill-]')].map(pill => `#${pill.id}`).join();
  const [part, more] = typing() ? ['#states', pills] : ['#composer', undefined];
  htmx.ajax('GET', url, { source: document.body, target: part, select: part, selectOOB: more, swap: 'outerHTML' }).catch(() => {});
}

function typing() {
  return dirty || composer().querySelector('form')?.contains(document.activeElement);
}

// Somebody began to type while the answer was on its way: it is asked for again, without the words.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.requestConfig.elt !== document.body || detail.target?.id !== 'composer' || !typing()) return;
  detail.shouldSwap = false;
  setTimeout(redraw);
});
