// A question that was swapped in place takes the focus where its markup says so. Not the autofocus attribute:
// browsers complain about it in the console while something else has the focus.
document.addEventListener("htmx:after:swap", () => {
  const target = document.querySelector("[data-focus]");
  if (!target) return;
  target.removeAttribute("data-focus");
  target.focus();
});

// Whoever stands on a placeholder's link while its content comes in is led to what came, not left nowhere.
let left = null;
document.addEventListener("htmx:before:swap", (event) => {
  left = event.target.contains(document.activeElement) ? event.target : null;
});
document.addEventListener("htmx:after:swap", () => {
  if (document.activeElement === document.body) left?.querySelector("input:not([type=hidden]), a, button")?.focus();
  left = null;
});
