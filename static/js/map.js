// The evidence map: one focus stop, arrow keys among its links, and axes that apply as they are chosen.
// Without it every number is a link of its own, and the axes have a button.
(() => {
  const form = document.querySelector(".map-axes");
  form?.querySelector("button")?.setAttribute("hidden", "");
  form?.addEventListener("change", () => form.requestSubmit());

  const table = document.querySelector(".map table");
  const links = [...(table?.querySelectorAll("a[href]") ?? [])];
  if (!links.length) return;
  table.querySelector("[data-map-keys]").hidden = false;
  // In rows with links no cell spans columns but one that begins its row, so that cellIndex is the column.
  const rows = [...table.rows].map((row) => [...row.querySelectorAll("a[href]")]).filter((row) => row.length);
  const column = (link) => link.closest("th, td").cellIndex;
  const rowOf = (link) => rows.findIndex((row) => row.includes(link));

  let stop = table.querySelector("tbody td a[href]") ?? links[0];
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  const stopAt = (link) => {
    stop.tabIndex = -1;
    stop = link;
    stop.tabIndex = 0;
  };
  table.addEventListener("focusin", ({ target }) => {
    const link = target.closest("a[href]");
    if (link) stopAt(link);
  });

  const beside = (link, step) => {
    const row = rows[rowOf(link)];
    return row[row.indexOf(link) + step];
  };
  // The nearest link above or below in the same column.
  const vertically = (link, step) => {
    const place = column(link);
    for (let i = rowOf(link) + step; rows[i]; i += step) {
      const found = rows[i].find((other) => column(other) === place);
      if (found) return found;
    }
    return undefined;
  };
  const targets = {
    ArrowRight: (link) => beside(link, 1),
    ArrowLeft: (link) => beside(link, -1),
    ArrowDown: (link) => vertically(link, 1),
    ArrowUp: (link) => vertically(link, -1),
    Home: (link) => rows[rowOf(link)][0],
    End: (link) => rows[rowOf(link)].at(-1),
  };
  table.addEventListener("keydown", (event) => {
    const link = event.target.closest("a[href]");
    const target = targets[event.key];
    if (!link || !target || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    target(link)?.focus();
  });
})();
