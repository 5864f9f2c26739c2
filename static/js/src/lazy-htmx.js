// A lesson needs htmx only where its questions stand: it is fetched well before the first of them comes into view.
const holder = document.querySelector("[data-htmx]");
if (holder) {
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    const script = document.createElement("script");
    script.src = holder.dataset.htmx;
    document.head.append(script);
  }, { rootMargin: "1600px" });
  holder.querySelectorAll("[hx-get]").forEach((element) => near.observe(element));
}
