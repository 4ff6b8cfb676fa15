// One polite live region: a change of the page is said once, in words.
const region = document.getElementById('announcer');

export function announce(text) {
  region.textContent = '';
  // A region that gets the same words again stays silent unless it was empty in between.
  setTimeout(() => { region.textContent = text; }, 50);
}
