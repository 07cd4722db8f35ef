// What every view uses: the data, elements made of text alone, numbers, languages, links.

const DATA = JSON.parse(document.getElementById("data").textContent);
const MAIN = document.getElementById("main");
const SVG = "http://www.w3.org/2000/svg";
const COLOURS = 8;

// An element with attributes and children; strings become text, never markup.
function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}
const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]/;
const isArabic = (text) => ARABIC.test(text);

// A name, tag or title of either script inside other text, isolated so that order stays right.
function bdi(text) {
  return isArabic(text) ? h("bdi", { lang: "ar", dir: "rtl" }, text) : h("bdi", { lang: "en" }, text);
}

// What no text has: a spelling proposed, an Arabic form generated. It always says so.
const made = (word, why) => h("span", { class: "chip made", title: why }, word);
function arabicOf(name, before) {
  if (!name.ar) return null;
  return [before, bdi(name.ar), name.generated ? [" ", made("generated", "Arabic made by the model, seen in no text")] : null];
}

const figure = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));
const interval = (pair) => (pair ? ` [${figure(pair[0])}, ${figure(pair[1])}]` : "");
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");
const colour = (number) => `var(--v${Math.min(number, COLOURS - 1)})`;
const dot = (number) => h("span", { class: "dot", style: { background: colour(number) }, "aria-hidden": "true" });
const day = (date) => (date ? date.slice(0, 10) : "undated");

// What a search compares: marks, points and the freer letters of either script folded.
function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640'’‘ʼʿʾ`´-]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/[ىی]/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/ک/g, "ك")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

const nameLink = (number, text, attributes) => h("a", { href: `#/name/${number}`, ...attributes }, text);
const useLink = (page, start) => `#/page/${page}/${start}`;

// Only web addresses become links; anything else in a record stays text.
function address(url) {
  return /^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noreferrer noopener" }, url) : h("span", {}, url);
}

// File, line and column (from one, in code points) of a place in a page, as the findings say it.
function placeOf(page, start) {
  if (page.text === null) return `${page.source.replace(/#\d+$/, "")}:${page.line}:${start + 1}`;
  const before = page.text.slice(0, start);
  const numbered = page.source.match(/^(.+)#(\d+)$/s);
  if (numbered) return `${numbered[1]}:${numbered[2]}:${[...before].length + 1}`;
  const lines = before.split(/\r\n|\r|\n/);
  return `${page.source}:${lines.length}:${[...lines.at(-1)].length + 1}`;
}

function show(title, ...children) {
  document.title = `${title} – bialign`;
  MAIN.replaceChildren(...children.flat(Infinity).filter((child) => child instanceof Node));
}

// A list that grows on demand, so that a thousand items cost nothing until they are wanted.
function growing(items, render, step, list) {
  let shown = 0;
  const more = h("button", { type: "button", onclick: () => grow() });
  function grow() {
    const part = items.slice(shown, shown + step).map(render);
    list.append(...part);
    const focus = shown ? part[0] && part[0].querySelector("a, button") : null;
    shown += part.length;
    more.hidden = shown >= items.length;
    more.textContent = `Show more (${(items.length - shown).toLocaleString("en")} left)`;
    if (focus) focus.focus();
  }
  grow();
  return [list, more];
}
