// A term opens its tip on hover and focus by CSS alone; Escape puts it away until it is left and met again.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".term:hover, .term:focus, .term:focus-within")) {
    term.classList.add("is-shut");
    const reopen = () => term.classList.remove("is-shut");
    term.addEventListener("pointerleave", reopen, { once: true });
    term.addEventListener("blur", reopen, { once: true });
  }
});
