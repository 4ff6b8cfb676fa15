// A part of the page that asks for itself again when others change it: never under someone's hands, and never with an
// answer that is older than what was done here meanwhile, or that shows what is not asked for any more.
//
// A key that was just pressed counts as a hand: the next may be on its way to what has the focus.
//
// part() is the element that asks, ask() its request, busy() whether a hand is on it. Gives a function that asks if need be.
const CALM = 600; // ms

export function keepFresh(topic, { part, ask, busy }) {
  let stale = false;
  let asking = false;
  let doing = 0; // changes on their way
  let done = 0; // changes that were ever sent
  let asked = 0; // how many of them the answer knows of
  let where; // the address that it is of
  let pressed = -CALM;
  let later;

  function restless() {
    const left = pressed + CALM - performance.now();
    clearTimeout(later);
    if (left > 0) later = setTimeout(refresh, left + 1);
    return left > 0;
  }

  function refresh() {
    if (!stale || asking || doing || busy() || restless()) return;
    stale = false;
    asked = done;
    where = address();
    asking = true;
    ask().then(() => {
      asking = false;
      refresh();
    }, () => {
      asking = false;
      stale = true; // until something else happens
    });
  }

  const overtaken = () => done !== asked || where !== address();

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
  // By the request itself: the form that sent it may be drawn anew before the answer comes, and then hears of nothing.
  document.addEventListener('htmx:beforeSend', ({ detail: { xhr, requestConfig } }) => {
    const changes = requestConfig.verb !== 'get';
    const before = done;
    if (changes) {
      doing += 1;
      done += 1;
    }
    xhr.addEventListener('loadend', () => {
      if (changes) doing -= 1;
      if (changes ? doing : done !== before) stale = true; // of two answers the older may have come last
      refresh();
    });
  });
  document.addEventListener('htmx:beforeSwap', ({ detail }) => {
    const { verb, elt } = detail.requestConfig;
    if (verb !== 'get' || elt !== part() || !(busy() || restless() || overtaken())) return;
    detail.shouldSwap = false;
    stale = true;
    setTimeout(refresh);
  });
  return refresh;
}

// A board that is narrowed has its filter in the address.
function address() {
  return location.pathname + location.search;
}
