// Dragging by mouse and by touch, by Sortable (vendor/): one way for cards, columns and steps. Keys have ways of their own.
const still = matchMedia('(prefers-reduced-motion: reduce)');
const HANDS = {
  forceFallback: true, // the browser's own way knows no touch, and on a phone its long press gets in between
  fallbackTolerance: 4, // px: less is a click
  delay: 250, // ms: a finger that moves sooner scrolls
  delayOnTouchOnly: true,
  touchStartThreshold: 6,
  preventOnFilter: false,
};

/**
 * Let what `options.draggable` names be moved within `list`, or between lists of one `options.group`.
 *
 * dropped(event, putBack) is called when something lies elsewhere than before; putBack() is for when that cannot be.
 */
export function sortable(list, options, dropped) {
  if (Sortable.get(list)) return;
  let next; // what it lay before
  Sortable.create(list, {
    ...HANDS,
    animation: still.matches ? 0 : 150,
    ...options,
    onChoose({ item }) { next = item.nextElementSibling; },
    onEnd(event) {
      const { item, from, to, oldDraggableIndex, newDraggableIndex, originalEvent } = event;
      const below = next;
      const putBack = () => from.insertBefore(item, below?.parentNode === from ? below : null);
      swallowClick();
      if (originalEvent.type.endsWith('cancel')) putBack();
      else if (from !== to || oldDraggableIndex !== newDraggableIndex) dropped(event, putBack);
    },
  });
}

/** Whether something is pressed or carried: drawn anew, it would slip out of the hand. */
export function inHand() {
  return Boolean(Sortable.dragged);
}

/** Call `act` whenever a hand has let go, and what it held is where it belongs. */
export function whenLetGo(act) {
  for (const end of ['pointerup', 'pointercancel']) document.addEventListener(end, () => setTimeout(act));
}

// What is let go of over a link is no click on it.
function swallowClick() {
  const swallow = event => { event.preventDefault(); event.stopPropagation(); };
  addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener('click', swallow, { capture: true }));
}

// Lists that are drawn anew leave nothing behind.
document.addEventListener('htmx:beforeCleanupElement', ({ target }) => Sortable.get(target)?.destroy());
// The answer to what was done before is no reason to draw under the hand: the change itself makes the page ask again.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (Sortable.active && (detail.requestConfig.verb !== 'get' || detail.target.contains(Sortable.dragged))) detail.shouldSwap = false;
});
// What a drag leaves in a style attribute htmx would write into the new element of the same id, which the policy forbids.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.shouldSwap) for (const each of detail.target.querySelectorAll('[id][style]')) each.removeAttribute('style');
});
// Escape lets go, and all is as before.
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || !Sortable.active) return;
  event.preventDefault();
  event.stopPropagation();
  document.dispatchEvent(new PointerEvent('pointercancel'));
}, true);
// A long press is for taking hold, and opens no menu.
document.addEventListener('contextmenu', event => { if (Sortable.active || event.target.closest?.('.sortable-chosen')) event.preventDefault(); });
