// A part of the page that asks for itself again when others change it: never under someone's hands, and never with an
// answer that is older than what was done here meanwhile.
//
// A key that was just pressed counts as a hand: the next may be on its way to what has the focus.
//
// part() is the element that asks, ask() its request, busy() whether a hand is on it. Gives a function that asks if need be.
const CALM = 600; // ms

export function keepFresh(topic, { part, ask, busy }) {
  let stale = false;
  let doing = 0; // changes on their way
  let done = 0; // changes that were ever sent
  let asked = 0; // how many of them the answer knows of
  let pressed = -CALM;
  let later;

  function restless() {
    const left = pressed + CALM - performance.now();
    clearTimeout(later);
    if (left > 0) later = setTimeout(refresh, left + 1);
    return left > 0;
  }

  function refresh() {
    if (!stale || doing || busy() || restless()) return;
    stale = false;
    asked = done;
    ask().catch(() => { stale = true; });
  }

  document.body.addEventListener(`live:${topic}`, () => {
    stale = true;
    refresh();
  });
  // What may have changed anything, such as a tag, or a stream that was away. Later, for the topic itself may come along.
  document.addEventListener('fallow:live', ({ detail }) => {
    if (detail.topic !== 'everything') return;
    stale = true;
    setTimeout(refresh);
  });
  document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  document.addEventListener('focusout', () => setTimeout(refresh));
  document.addEventListener('htmx:beforeRequest', ({ detail }) => {
    if (detail.requestConfig.verb === 'get') return;
    doing += 1;
    done += 1;
  });
  document.addEventListener('htmx:afterRequest', ({ detail }) => {
    if (detail.requestConfig.verb === 'get') return;
    doing -= 1;
    if (doing) stale = true; // of two answers the older may come last
    refresh();
  });
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const { verb, elt } = detail.requestConfig;
    if (verb !== 'get' || elt !== part() || !(busy() || restless() || done !== asked)) return;
    detail.shouldSwap = false;
    stale = true;
    setTimeout(refresh);
  });
  return refresh;
}
