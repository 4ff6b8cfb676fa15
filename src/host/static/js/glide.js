// A change of the page as one movement, where the browser can and the person has not asked for stillness.
const still = matchMedia('(prefers-reduced-motion: reduce)');

export function glide(change) {
  if (document.startViewTransition && !still.matches) document.startViewTransition(change);
  else change();
}
