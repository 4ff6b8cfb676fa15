// The bar that narrows cards: an address holds only what is asked for, and the bar is as the address says also when one
// goes back.
const form = document.getElementById('filters');

form.addEventListener('htmx:configRequest', ({ detail: { parameters, elt } }) => {
  if (elt !== form) return;
  for (const name of Object.keys(parameters)) if (parameters[name] === '' || (name === 'sort' && parameters.sort === 'last_active')) delete parameters[name];
});
