// Keys: "/" or Ctrl-K go to search, "n" and "p" to the next and previous page.
// Never while somebody types, nor from within a question, nor with a modifier held.
function isTyping(target) {
  return Boolean(target.closest("input, select, textarea, [contenteditable], .q, dialog[open], [popover]"));
}

function focusSearch() {
  const field = document.querySelector("input[type=search]");
  if (!field || !field.checkVisibility()) return false;
  field.focus();
  field.select();
  return true;
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "k") {
    if (focusSearch()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === "/" && focusSearch()) event.preventDefault();
  const rel = { n: "next", p: "prev" }[event.key];
  const link = rel && document.querySelector(`a[rel~=${rel}]`);
  if (link) link.click();
});
