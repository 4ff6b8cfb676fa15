// Words come into a field as if they were typed: the browser's own undo takes them back, and whoever listens to `input`
// hears of them. Where the field has not the focus there is nobody to undo them.
export function type(field, words, start, end) {
  if (field.matches(':focus') && typed(field, words, start, end)) return;
  field.setRangeText(words, start, end, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

// Deprecated, and still the only way into the list of what can be undone.
function typed(field, words, start, end) {
  field.setSelectionRange(start, end);
  return words || start === end ? document.execCommand('insertText', false, words) : document.execCommand('delete');
}
