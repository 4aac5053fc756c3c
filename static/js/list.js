// Beside the hx-* attributes of the list: what htmx leaves open. Without any of it the list works by plain links and forms.
(() => {
  const folds = () => [...document.querySelectorAll("#filters details")];
  let open = [];

  // Empty values are not asked: they would only clutter the address.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    for (const name of Object.keys(detail.parameters)) {
      if (detail.parameters[name] === "") delete detail.parameters[name];
    }
  });

  // What is ticked just now goes along, in place of what the address had ticked.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const brief = document.getElementById("brief");
    if (!brief) return;
    const address = new URL(detail.path, location.href);
    address.searchParams.delete("programme");
    detail.path = address.pathname + address.search;
    detail.parameters.programme = new FormData(brief).getAll("programme");
  });

  // What the reader opened stays open.
  document.addEventListener("htmx:beforeSwap", () => { open = folds().map((fold) => fold.open); });
  document.addEventListener("htmx:afterSwap", () => {
    folds().forEach((fold, i) => { if (i in open) fold.open = open[i]; });
    // What had the focus keeps it; where it is gone (a chip, a page's link), the results begin.
    const heading = document.querySelector("#results h1");
    if (!heading) return;
    if (document.activeElement === document.body) heading.focus();
    document.getElementById("announced").textContent = heading.textContent;
  });
})();
