// "/" moves to the first search box, that of the header or of the search page, unless the reader is writing somewhere.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing) return;
  event.preventDefault();
  document.querySelector("form[data-suggest] [name=q]")?.select();
});
