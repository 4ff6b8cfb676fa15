// Ctrl K: one list of everywhere to go and all that can be done, narrowed while typing. The field keeps the focus, and
// says which entry is marked (a combobox with a listbox).
const dialog = document.getElementById('palette');
const field = document.getElementById('palette-words');
const list = document.getElementById('palette-list');
const said = document.getElementById('palette-said');

function open(link) {
  if (dialog.open) return;
  field.value = '';
  dialog.showModal();
  fill(link.href);
}

async function fill(address) {
  try {
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) throw new Error(answer.status);
    list.innerHTML = await answer.text();
    narrow();
  } catch { location.assign(address); } // signed out or offline: the browser says so
}

const options = () => [...list.querySelectorAll('[role=option]')];
const shown = () => options().filter(option => !option.hidden);
const marked = () => list.querySelector('[aria-selected=true]');
const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function narrow() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  for (const option of options()) {
    const text = plain(`${option.textContent} ${option.parentElement.getAttribute('aria-label')}`);
    option.hidden = !words.every(word => text.includes(word));
  }
  number(field.value.trim().replace(/^#/, ''));
  for (const group of list.querySelectorAll('[role=group]')) group.hidden = !group.querySelector('[role=option]:not([hidden])');
  said.textContent = shown().length ? '' : said.dataset.none;
  mark(shown()[0]);
}

// A number is a card's.
function number(typed) {
  const card = document.getElementById('go-card');
  if (!card) return;
  card.hidden = !/^\d{1,18}$/.test(typed);
  card.querySelector('[data-number]').textContent = typed;
  card.dataset.to = `${card.dataset.url}${typed}`;
}

function mark(option) {
  marked()?.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) field.setAttribute('aria-activedescendant', option.id);
  else field.removeAttribute('aria-activedescendant');
}

function step(by) {
  const all = shown();
  if (all.length) mark(all[(all.indexOf(marked()) + by + all.length) % all.length]);
}

function take(option) {
  if (!option) return;
  dialog.close();
  const form = document.getElementById(option.dataset.form);
  if (form) form.requestSubmit(form.querySelector('button'));
  else location.assign(option.dataset.to ?? option.dataset.url);
}

const keys = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => take(marked()),
};

if (dialog) {
  const link = document.querySelector('a.palette');
  link.addEventListener('click', event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener('keydown', event => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else if (!document.querySelector('dialog[open]')) open(link);
  });
  field.addEventListener('input', narrow);
  field.addEventListener('keydown', event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  list.addEventListener('click', ({ target }) => take(target.closest('[role=option]')));
  dialog.addEventListener('click', ({ target }) => { if (target === dialog) dialog.close(); });
}
