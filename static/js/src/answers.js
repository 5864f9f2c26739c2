// A question that was swapped in place takes the focus where its markup says so. Not the autofocus attribute:
// browsers complain about it in the console while something else has the focus.
document.addEventListener("htmx:after:swap", () => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
});
