// Who has chosen no time zone is offered the browser's.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const choice = document.getElementById('f-zone');
const offer = document.getElementById('use-zone');

if (!choice.value && [...choice.options].some(option => option.value === zone)) {
  offer.textContent = offer.dataset.text.replace('{}', zone);
  offer.hidden = false;
}
offer.addEventListener('click', () => {
  choice.value = zone;
  offer.hidden = true;
  choice.focus();
});
