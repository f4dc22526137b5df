// Makes the pages quicker to use. Every one of them works without it.
"use strict";

// What it says, in the reader's language.
const words = JSON.parse(document.body.dataset.words);

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Keys: / to the box, ? to the help, n and p to the next and previous result or marked word.

let steps = [];
let at = -1;

function step(by) {
  if (!steps.length) return;
  at = Math.min(Math.max(at + by, 0), steps.length - 1);
  const target = steps[at];
  target.scrollIntoView({ block: "center" });
  if (target.matches("a")) target.focus({ preventScroll: true });
  document.querySelectorAll("mark.here").forEach((mark) => mark.classList.remove("here"));
  if (target.matches("mark")) target.classList.add("here");
  document.dispatchEvent(new CustomEvent("stepped"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const box = document.getElementById("q");
  if (event.key === "/" && box) {
    box.focus();
    box.select();
  } else if (event.key === "?") {
    location.assign("/help#keys");
  } else if (event.key === "n") {
    step(1);
  } else if (event.key === "p") {
    step(-1);
  } else {
    return;
  }
  event.preventDefault();
});

function countMatches(bar) {
  const said = bar.querySelector("span");
  const label = said.textContent;
  said.setAttribute("role", "status");
  bar.querySelector("a").remove();
  for (const [sign, name, by] of [["↑", words.previous, -1], ["↓", words.next, 1]]) {
    const button = make("button", { type: "button", className: "key", textContent: sign, title: name });
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => step(by));
    bar.append(button);
  }
  document.addEventListener("stepped", () => {
    said.textContent = at < 0 ? label : words.place.replace("{n}", at + 1).replace("{m}", steps.length);
  });
}

// Lists that can be narrowed by typing.

function filterLists(root) {
  for (const input of root.querySelectorAll("[data-filter-list]")) {
    const list = root.querySelector(`#${input.dataset.filterList}`);
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const items = [...list.querySelectorAll("li")].map((item) => [item, fold(item.textContent)]);
    input.addEventListener("input", () => {
      const wanted = fold(input.value.trim());
      for (const [item, text] of items) item.hidden = !text.includes(wanted) && !item.querySelector(":checked");
      for (const group of list.querySelectorAll("ul")) {
        const empty = ![...group.children].some((item) => !item.hidden);
        group.hidden = empty;
        if (group.previousElementSibling?.matches("h2")) group.previousElementSibling.hidden = empty;
      }
    });
  }
}

// "More" of a facet opens over the results; without the script it is a page.

async function openDialog(href) {
  const response = await fetch(href);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const content = document.importNode(page.querySelector("[data-dialog-content]"), true);
  content.querySelector(".back")?.remove();
  content.className = "";
  const close = make("button", { type: "button", className: "key close", textContent: words.close });
  const dialog = make("dialog", { className: "facet-dialog" }, close, content);
  dialog.setAttribute("aria-label", content.querySelector("h1").textContent);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  filterLists(dialog);
  dialog.showModal();
  dialog.querySelector("[data-filter-list]")?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openDialog(link.href).catch(() => location.assign(link.href));
});

// Completion of speakers, countries and titles below the box.

function complete(input) {
  const list = make("div", { id: "suggestions", className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestions);
  const status = make("span", { className: "sr" });
  status.setAttribute("role", "status");
  input.after(list);
  input.closest("form").append(status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let options = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  function choose(index) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    options[chosen]?.setAttribute("aria-selected", "true");
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function show(found) {
    options = found.map((item, index) => {
      const label = make("span", { textContent: item.label, dir: "auto" });
      const kind = make("span", { className: "kind", textContent: `${item.kind} · ${item.note}` });
      const option = make("div", { id: `suggestion-${index}` }, label, kind);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.href = item.href;
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  async function ask() {
    const number = ++asked;
    const text = input.value.trim();
    if (text.length < 2) return show([]);
    const response = await fetch(`/complete.json?q=${encodeURIComponent(text)}`);
    const found = response.ok ? await response.json() : [];
    if (number !== asked || document.activeElement !== input) return;
    show(found);
    status.textContent = found.length ? `${words.suggestions}: ${found.length}` : "";
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => show([])), 150);
  });
  input.addEventListener("blur", () => { asked += 1; show([]); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const by = event.key === "ArrowDown" ? 1 : -1;
      const places = options.length + 1;
      choose(((chosen + 1 + by + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      location.assign(options[chosen].dataset.href);
    } else if (event.key === "Escape") {
      show([]);
    } else {
      return;
    }
    event.preventDefault();
  });
  // Before the input loses its focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
}

// My list: kept in this browser; its address shows it.

const MOST_KEPT = 100;
const KEY = /^[\w-]{1,64}(\.\d{1,5})?$/;

function kept() {
  try {
    const held = JSON.parse(localStorage.getItem("kept"));
    return Array.isArray(held) ? held.filter((key) => typeof key === "string" && KEY.test(key)).slice(0, MOST_KEPT) : [];
  } catch {
    return [];  // storage may be switched off
  }
}

function keepOnly(keys) {
  try {
    localStorage.setItem("kept", JSON.stringify(keys.slice(0, MOST_KEPT)));
  } catch {
    // Nothing is kept then, and the boxes show it.
  }
  showKept();
}

function showKept() {
  const keys = kept();
  const link = document.querySelector("[data-kept]");
  link.search = keys.map((key) => `id=${key}`).join("&");
  if (keys.length) link.textContent = words.kept.replace("{n}", keys.length);
  else link.textContent = words.keptNone;
  for (const box of document.querySelectorAll("input[form=keep]")) box.checked = keys.includes(box.value);
  const all = document.querySelector("[data-keep-all]");
  const boxes = [...document.querySelectorAll("input[form=keep]")];
  all?.classList.toggle("unneeded", boxes.every((box) => box.checked));
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[form=keep]")) return;
  const others = kept().filter((key) => key !== target.value);
  keepOnly(target.checked ? [...others, target.value] : others);
});
document.addEventListener("click", ({ target }) => {
  const listed = [...document.querySelectorAll("input[form=keep]")].map((box) => box.value);
  if (target.matches("[data-keep-all]")) keepOnly([...new Set([...kept(), ...listed])]);
  if (target.matches("[data-forget]")) keepOnly(kept().filter((key) => !listed.includes(key)));
});
addEventListener("storage", showKept);
addEventListener("pageshow", showKept);

// A button that copies a citation.

function copyable(text) {
  if (!navigator.clipboard) return;
  const citation = text.textContent;
  const button = make("button", { type: "button", className: "key", textContent: words.copy });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(citation);
    button.textContent = words.copied;
    setTimeout(() => { button.textContent = words.copy; }, 2000);
  });
  text.append(button);
}

const bar = document.querySelector("[data-matches]");
if (bar) countMatches(bar);
const marks = document.querySelectorAll(".body mark[id]");
steps = [...(marks.length ? marks : document.querySelectorAll(".hits > .hit :is(h2, h3) a, .hits > .said blockquote a"))];
filterLists(document);
document.querySelectorAll("[data-complete]").forEach(complete);
document.querySelectorAll("[data-copy]").forEach(copyable);
