// Suggestions under each search box: the combobox pattern of the ARIA practices. Without this the form works as ever.
document.querySelectorAll("form[data-suggest]").forEach((form) => {
  const input = form.querySelector("[name=q]");
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let chosen = -1;
  let timer;
  let asking;

  Object.assign(list, { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const choose = (next) => {
    options[chosen]?.removeAttribute("aria-selected");
    chosen = next;
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const option = ({ kind, label, url }, i) => {
    const item = document.createElement("li");
    const small = document.createElement("span");
    Object.assign(item, { id: `${input.id}-suggestion-${i}`, textContent: label });
    Object.assign(small, { className: "note", textContent: kind });
    item.setAttribute("role", "option");
    item.dataset.url = url;
    item.append(" ", small);
    return item;
  };
  const ask = async () => {
    const q = input.value.trim();
    asking?.abort();
    if (q.length < 2) {
      options = [];
      return show(false);
    }
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q })}`, { signal: asking.signal });
      const { suggestions } = await answer.json();
      chosen = -1;
      options = suggestions.map(option);
      list.replaceChildren(...options);
      status.textContent = `${options.length} suggestions`;
      show(options.length > 0);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden && event.key === "ArrowDown" && options.length) show(true);
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose((chosen + steps[event.key] + options.length + (chosen < 0 && event.key === "ArrowUp" ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options[chosen].dataset.url);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
  // Before the input loses the focus, and so the list is gone.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.url);
  });
  input.addEventListener("blur", () => show(false));
});
