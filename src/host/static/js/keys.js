// Single keys. An element asks for one with aria-keyshortcuts="c" (a field is focused, anything else clicked);
// a script binds one with bind(). Off while typing, with a modifier held, and for who switched them off.
const bound = new Map();
const off = document.documentElement.dataset.keys === 'off';

/** act(event) runs on the key; return false to let the browser have it. The label shows in the list that `?` opens. */
export function bind(key, label, act) {
  bound.set(key, { label, act });
}

/** Name a key in the list that something else listens for, such as one with a modifier. */
export function note(key, label) {
  bound.set(key, { label });
}

document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === 'Escape') return letGo(event.target);
  if (off || event.target.closest('input, textarea, select, [contenteditable], dialog')) return;
  const act = bound.get(event.key)?.act ?? actOf(asking(event.key));
  if (act && act(event) !== false) event.preventDefault();
});

bind('?', document.querySelector('.keylist')?.dataset.list, () => {
  const list = document.getElementById('keys');
  if (!list) return false;
  fill(list.querySelector('.keylist'));
  list.showModal();
});

// A field in a form is left, not emptied; popovers and dialogs close by themselves. Then what narrows the page is let go.
function letGo(element) {
  if (document.querySelector('dialog[open], :popover-open')) return;
  if (element.matches('input, textarea, select')) element.blur();
  else [...document.querySelectorAll('[data-escape]')].findLast(way => way.checkVisibility())?.click();
}

function asking(key) {
  return shown().find(element => element.getAttribute('aria-keyshortcuts') === key);
}

function shown() {
  return [...document.querySelectorAll('[aria-keyshortcuts]')].filter(element => element.checkVisibility());
}

function actOf(element) {
  if (!element) return null;
  return () => (element.matches('input, textarea') ? element.focus() : element.click());
}

function fill(list) {
  const asked = shown().map(element => [element.getAttribute('aria-keyshortcuts'), nameOf(element)]);
  const given = [...bound].map(([key, { label }]) => [key, label]);
  const rows = new Map([...asked, ...given, ['Esc', list.dataset.close]]);
  list.replaceChildren(...[...rows].flatMap(([key, label]) => [term(key), detail(label)]));
}

function nameOf(element) {
  return element.ariaLabel ?? element.labels?.[0]?.textContent ?? element.textContent;
}

function term(key) {
  const dt = document.createElement('dt');
  const kbd = document.createElement('kbd');
  kbd.textContent = key.length === 1 ? key.toUpperCase() : key.replace('Control+', 'Ctrl ');
  dt.append(kbd);
  return dt;
}

function detail(label) {
  const dd = document.createElement('dd');
  dd.textContent = label.trim();
  return dd;
}
