// "/" moves to the first search box that is shown, that of the header or of the page, unless the reader is writing somewhere.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
  event.preventDefault();
  [...document.querySelectorAll("form[data-suggest] [name=q]")].find((box) => box.checkVisibility())?.select();
});

// The link to the brief in the navigation says how many programmes are ticked just now, and leads to them.
document.addEventListener("change", ({ target }) => {
  const link = document.querySelector(".site-nav a[href*='/brief/']");
  if (!link || !target.matches("[name=programme][form=brief]")) return;
  const ticked = new FormData(target.form).getAll("programme");
  const [number, words] = [document.createElement("span"), document.createElement("span")];
  Object.assign(number, { className: "number-of", textContent: ticked.length });
  Object.assign(words, { className: "visually-hidden", textContent: " ticked" });
  link.replaceChildren("Brief", ...(ticked.length ? [" ", number, words] : []));
  const query = new URLSearchParams(ticked.map((slug) => ["programme", slug]));
  link.setAttribute("href", `${link.pathname}${ticked.length ? "?" : ""}${query}`);
});
