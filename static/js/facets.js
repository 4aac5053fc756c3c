// Roving tabindex: a facet value is one stop of the keyboard. The arrow keys lead from its box to its minus and its number.
(() => {
  const controls = (value) => [...value.querySelectorAll(":scope > label > input, :scope > a[href]")];

  const prepare = () => {
    for (const value of document.querySelectorAll(".choice")) {
      controls(value).forEach((control, i) => { control.tabIndex = i ? -1 : 0; });
    }
  };

  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const value = event.target.closest?.(".choice");
    if (!step || !value || event.ctrlKey || event.metaKey || event.altKey) return;
    const stops = controls(value);
    const next = stops[stops.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  document.addEventListener("htmx:afterSwap", prepare);
  prepare();
})();
