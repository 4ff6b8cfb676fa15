// Words that somebody has typed and not sent outlive an answer that draws their form again.
let drafts = [];

document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const sent = detail.requestConfig?.elt;
  drafts = [...document.querySelectorAll(':is(textarea, input)[id]')]
    .filter(field => field.value !== field.defaultValue && !(sent?.matches('form') && sent.contains(field)))
    .map(field => [field, field.value]);
});
document.addEventListener('htmx:afterSettle', () => {
  for (const [before, value] of drafts) {
    const field = document.getElementById(before.id);
    if (field && field !== before && field.value === field.defaultValue) field.value = value;
  }
});
