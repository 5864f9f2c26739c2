// A copy button on every listing. Made here, so that a page without script shows no dead control.
const { sprite, copy, copied } = document.documentElement.dataset;
const SAID_MS = 2000;

function say(button, icon, word) {
  button.innerHTML = `<svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><use href="${sprite}#i-${icon}"/></svg>`;
  button.append(word);
}

// What is typed at a prompt, without the prompt.
function textOf(code) {
  const clone = code.cloneNode(true);
  clone.querySelectorAll(".gp").forEach((prompt) => prompt.remove());
  return clone.textContent;
}

async function copyFrom(code, button) {
  try {
    await navigator.clipboard.writeText(textOf(code).replace(/\n$/, ""));
  } catch {
    getSelection().selectAllChildren(code); // no right to the clipboard: the reader's own keys can copy
    return;
  }
  say(button, "tick", copied);
  document.getElementById("status").textContent = copied;
  setTimeout(() => say(button, "copy", copy), SAID_MS);
}

function addCopyButtons() {
  for (const figure of document.querySelectorAll(".code:not(:has(.code__copy))")) {
    const code = figure.querySelector("pre");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icon-btn code__copy";
    say(button, "copy", copy);
    button.addEventListener("click", () => copyFrom(code, button));
    (figure.querySelector(".code__bar") || figure).append(button);
  }
}

addCopyButtons();
document.addEventListener("htmx:after:swap", addCopyButtons);
