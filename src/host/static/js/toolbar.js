// The buttons over a field of Markdown. They change what is selected, or else the word or line at the caret; pressed again
// they take it back. Ctrl (or Cmd) B, I and K do the same, Enter goes on with a list, and Enter on an empty item ends it.
import './completion.js'; // before us: Enter takes what it offers
import { giveBack } from './preview.js';
import { type } from './typing.js';
import { bringInto } from './uploads.js';

const KEYS = { b: 'bold', i: 'italic', k: 'link' };
const PAIRS = { bold: '**', italic: '_' };
const LINES = {
  heading: { is: /^\s*#{1,6} /, mark: () => '## ' },
  list: { is: /^\s*[-*+] (?!\[[ xX]\] )/, mark: () => '- ' },
  numbers: { is: /^\s*\d{1,9}[.)] /, mark: at => `${at + 1}. ` },
  tasks: { is: /^\s*[-*+] \[[ xX]\] /, mark: () => '- [ ] ' },
  quote: { is: /^\s*> /, mark: () => '> ' },
};
const MARK = /^(\s*)(?:#{1,6} |[-*+] (?:\[[ xX]\] )?|\d{1,9}[.)] )?/;
const ITEM = /^(\s*(?:> ?)*)(?:([-*+] )(\[[ xX]\] )?|(\d{1,9})([.)] ))?(.*)$/;

const barOf = field => field.matches?.('textarea') && document.querySelector(`[role=toolbar][aria-controls="${CSS.escape(field.id)}"]`);
const fieldOf = bar => document.getElementById(bar.getAttribute('aria-controls'));

document.addEventListener('mousedown', event => {
  if (event.target.closest?.('.toolbar')) event.preventDefault(); // the field keeps the focus
});
document.addEventListener('click', ({ target }) => {
  const button = target.closest?.('[data-mark]');
  if (button) act(fieldOf(button.closest('.toolbar')), button.dataset.mark);
});
// Before the page's own keys, of which Ctrl K is one.
document.addEventListener('keydown', event => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return;
  const { target, key } = event;
  if (walk(target, key)) event.preventDefault();
  else if (barOf(target) && pressed(target, key, event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

function pressed(field, key, withControl) {
  if (!withControl) return key === 'Enter' && goOn(field);
  const mark = KEYS[key.toLowerCase()];
  if (mark) act(field, mark);
  return mark;
}

// One stop for Tab, and arrows between the buttons.
function walk(button, key) {
  const all = [...button.closest?.('.toolbar')?.querySelectorAll('button') ?? []];
  const to = { ArrowRight: all.indexOf(button) + 1, ArrowLeft: all.indexOf(button) - 1, Home: 0, End: -1 }[key];
  if (!all.length || to === undefined) return false;
  for (const each of all) each.tabIndex = -1;
  const next = all.at(to % all.length);
  next.tabIndex = 0;
  next.focus();
  return true;
}

function act(field, mark) {
  giveBack(field);
  field.focus();
  if (PAIRS[mark]) surround(field, PAIRS[mark]);
  else if (LINES[mark]) begin(field, mark);
  else ({ code, link, picture })[mark](field);
}

function surround(field, mark) {
  const { value } = field;
  const [start, end] = words(field);
  const [before, after] = [Math.max(0, start - mark.length), end + mark.length];
  const inside = value.slice(start, end);
  if (value.slice(before, start) === mark && value.slice(end, after) === mark) {
    put(field, inside, before, after);
  } else if (inside.length > 2 * mark.length && inside.startsWith(mark) && inside.endsWith(mark)) {
    put(field, inside.slice(mark.length, -mark.length), start, end);
  } else {
    put(field, mark + inside + mark, start, end, mark.length);
  }
}

// What is selected without the spaces at its ends, where a mark would mean nothing.
function words({ value, selectionStart: start, selectionEnd: end }) {
  while (start < end && /\s/.test(value[start])) start += 1;
  while (end > start && /\s/.test(value[end - 1])) end -= 1;
  return [start, end];
}

// The words stay selected, without the marks that were put around them.
function put(field, text, start, end, margin = 0) {
  type(field, text, start, end);
  field.setSelectionRange(start + margin, start + text.length - margin);
}

function begin(field, mark) {
  const [start, end] = lines(field);
  const caret = field.selectionStart === field.selectionEnd && end - field.selectionEnd;
  const before = field.value.slice(start, end).split('\n');
  const { is, mark: marked } = LINES[mark];
  const worn = before.filter(line => line.trim()).every(line => is.test(line)) && before.some(line => line.trim());
  let number = 0;
  const after = before.map(line => {
    if (!line.trim() && before.length > 1) return line;
    if (worn) return line.replace(is, found => found.match(/^\s*/)[0]);
    return mark === 'quote' ? `> ${line}` : line.replace(MARK, `$1${marked(number++)}`);
  }).join('\n');
  put(field, after, start, end);
  if (caret !== false) field.setSelectionRange(start + after.length - caret, start + after.length - caret);
}

// The lines that the selection touches; one that it only reaches the beginning of is none of them.
function lines({ value, selectionStart, selectionEnd }) {
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === '\n' ? selectionEnd - 1 : selectionEnd;
  const end = value.indexOf('\n', last);
  return [lineStart(value, selectionStart), end < 0 ? value.length : end];
}

function lineStart(value, caret) {
  return value.slice(0, caret).lastIndexOf('\n') + 1;
}

function code(field) {
  const [start, end] = words(field);
  const inside = field.value.slice(start, end);
  if (!inside.includes('\n')) return surround(field, '`');
  const lead = start === lineStart(field.value, start) ? '' : '\n';
  type(field, `${lead}\`\`\`\n${inside}\n\`\`\``, start, end);
}

function link(field) {
  const [start, end] = words(field);
  const inside = field.value.slice(start, end);
  const [said, address] = /^(https?:\/\/|mailto:|\/)\S+$/.test(inside) ? ['', inside] : [inside, 'https://'];
  type(field, `[${said}](${address})`, start, end);
  const at = start + said.length + 3;
  if (said) field.setSelectionRange(at, at + address.length);
  else field.setSelectionRange(start + 1, start + 1);
}

function picture(field) {
  const chooser = Object.assign(document.createElement('input'), { type: 'file', accept: 'image/*', multiple: true });
  chooser.addEventListener('change', () => bringInto(field, [...chooser.files]));
  chooser.click();
}

// Whether there was a list, or a quotation, to go on with.
function goOn(field) {
  const { value, selectionStart: caret, selectionEnd } = field;
  const start = lineStart(value, caret);
  const [, lead, bullet, box, number, dot, said] = ITEM.exec(value.slice(start, caret)) ?? [];
  if (caret !== selectionEnd || !(bullet || number || lead?.includes('>')) || inFence(value.slice(0, start))) return false;
  if (!said.trim() && (caret === value.length || value[caret] === '\n')) type(field, '', start, caret);
  else type(field, `\n${lead}${bullet ?? ''}${box ? '[ ] ' : ''}${number ? Number(number) + 1 + dot : ''}`, caret, caret);
  return true;
}

function inFence(before) {
  return (before.match(/^\s*(?:```|~~~)/gm) ?? []).length % 2 === 1;
}
