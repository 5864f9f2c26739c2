// Marks the section being read in every list of contents (.toc).
const links = new Map();
for (const link of document.querySelectorAll(".toc a[href^='#']")) {
  const section = document.getElementById(link.getAttribute("href").slice(1)); // as written: an anchor may hold a lone %
  if (section) links.set(section, [...(links.get(section) || []), link]);
}

function mark(current) {
  for (const [section, its] of links) {
    for (const link of its) {
      if (section === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  }
}

if (links.size) {
  const sections = [...links.keys()];
  // A heading counts as reached above a line a quarter down the window. All that lies higher is watched
  // too: a jump past several headings changes where they stand without any of them being seen.
  const observer = new IntersectionObserver(() => {
    const line = innerHeight / 4;
    const reached = sections.filter((section) => section.checkVisibility() && section.getBoundingClientRect().top <= line);
    mark(reached.at(-1));
  }, { rootMargin: "1000000px 0px -75% 0px" });
  sections.forEach((section) => observer.observe(section));
}
