// Pointing at a term of a programme, or reaching it by keyboard, marks its words in the quotations. They stand beside it anyway.
(() => {
  const rows = document.querySelectorAll(".term-rows > [data-words]");
  if (!rows.length || !window.Highlight) return;

  const occurrences = (words) => {
    const found = [];
    for (const paragraph of document.querySelectorAll(".quotation p")) {
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = node.data.indexOf(words); words && at >= 0; at = node.data.indexOf(words, at + 1)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          found.push(range);
        }
      }
    }
    return found;
  };
  for (const row of rows) {
    const mark = () => CSS.highlights.set("term-words", new Highlight(...occurrences(row.dataset.words)));
    const unmark = () => CSS.highlights.delete("term-words");
    row.addEventListener("pointerenter", mark);
    row.addEventListener("focusin", mark);
    row.addEventListener("pointerleave", unmark);
    row.addEventListener("focusout", unmark);
  }
  document.documentElement.classList.add("marks-terms");
})();
