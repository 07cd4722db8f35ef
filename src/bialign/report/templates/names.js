// The table of names: searched, sorted, and only as many rows in the page as can be seen.

const ROW = 60;
const COLUMNS = [
  ["ar", "Arabic", "c-ar"],
  ["usual", "Spelling", "c-en"],
  ["departures", "How it is spelled", "c-bar"],
  ["count", "Count", "c-n"],
  ["pages", "Pages", "c-p"],
  ["agreement", "Agreement", "c-a"],
  [null, "Differences", "c-d"],
];
const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
const INDEX = DATA.names.map((name, number) => ({
  number,
  key: fold([name.ar || "", ...name.variants.map((variant) => variant[0])].join("\n").replace(/\n/g, " \u0001 ")),
  varied: name.variants.filter((variant) => variant[1] > 0).length > 1,
  seen: name.count > 0,
}));

const ORDERS = {
  ar: (a, b) => !a.ar - !b.ar || (a.ar || "").localeCompare(b.ar || "", "ar"),
  usual: (a, b) => collator.compare(a.usual, b.usual),
  count: (a, b) => b.count - a.count,
  pages: (a, b) => b.pages - a.pages,
  departures: (a, b) => departures(b) - departures(a) || b.count - a.count,
  agreement: (a, b) => (a.agreement[0] ?? 2) - (b.agreement[0] ?? 2) || b.count - a.count,
};
const ASCENDING = new Set(["ar", "usual", "agreement"]);
// Occurrences that do not have the usual spelling, which stands first: what an editor has to look at.
const departures = (name) => name.count - (name.count ? name.variants[0][1] : 0);
const state = { query: "", sort: "departures", turned: false, which: "seen", type: "" };

function chosen() {
  const wanted = fold(state.query);
  const rows = INDEX.filter(
    (row) =>
      (state.which === "all" || (state.which === "varied" ? row.varied : row.seen)) &&
      (!state.type || DATA.names[row.number].type === state.type) &&
      (!wanted || row.key.includes(wanted)),
  ).map((row) => row.number);
  const order = ORDERS[state.sort];
  rows.sort((a, b) => order(DATA.names[a], DATA.names[b]) || a - b);
  return state.turned ? rows.reverse() : rows;
}

function nameRow(number, position) {
  const name = DATA.names[number];
  const kinds = [...new Set(name.variants.filter((variant) => variant[1] > 0).flatMap((variant) => variant[5]))];
  const others = name.variants.filter((variant) => variant[1] > 0).length - 1;
  return h(
    "tr",
    { class: "row", "aria-rowindex": position + 2 },
    h("td", { class: "ar" }, h("div", { class: "lines", dir: "rtl" }, arabicOf(name) || h("span", { class: "soft" }, "–"))),
    h("td", { class: "spell" }, h("div", { class: "lines" }, nameLink(number, bdi(name.usual)), name.variants[0][6] ? [" ", made("proposed", "No page has this spelling: it is a proposal")] : null, others > 0 ? h("span", { class: "soft" }, ` +${others}`) : null)),
    h("td", { class: "c-bar" }, name.count ? bar(name.variants) : h("span", { class: "soft" }, "not on these pages")),
    h("td", { class: "num" }, name.count),
    h("td", { class: "num c-p" }, name.pages),
    h("td", { class: "num" }, figure(name.agreement[0])),
    h("td", { class: "c-d" }, kinds.slice(0, 3).map((kind) => h("span", { class: "chip" }, kind))),
  );
}

function namesTable() {
  const body = h("tbody");
  const table = h(
    "table",
    { id: "names" },
    h("caption", { class: "hidden" }, "Names with their spellings"),
    h("thead", {}, h("tr", { "aria-rowindex": 1 }, COLUMNS.map(([sort, text, style]) => heading(sort, text, style)))),
    body,
  );
  const status = h("p", { class: "soft", role: "status", id: "found" });
  let rows = [], first = -1, last = -1;
  function refresh() {
    rows = chosen();
    first = last = -1;
    table.setAttribute("aria-rowcount", rows.length + 1);
    status.textContent = plural(rows.length, "name");
    for (const cell of table.querySelectorAll("th[data-sort]")) {
      if (cell.dataset.sort !== state.sort) cell.removeAttribute("aria-sort");
      else cell.setAttribute("aria-sort", ASCENDING.has(state.sort) !== state.turned ? "ascending" : "descending");
    }
    draw();
  }
  function draw(everything) {
    if (!table.isConnected) return;
    const top = -body.getBoundingClientRect().top;
    const begin = everything ? 0 : Math.max(0, Math.floor(top / ROW) - 20);
    const end = everything ? rows.length : Math.min(rows.length, Math.ceil((top + innerHeight) / ROW) + 20);
    if (begin === first && end === last) return;
    const focused = document.activeElement && body.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    [first, last] = [begin, end];
    body.replaceChildren(gap(begin), ...rows.slice(begin, end).map((number, position) => nameRow(number, begin + position)), gap(rows.length - end));
    const again = focused && body.querySelector(`a[href="${focused}"]`);
    if (again) again.focus({ preventScroll: true });
  }
  body.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const row = event.target.closest("tr.row");
    const next = row && (event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
    const link = next && next.querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });
  function heading(sort, text, style) {
    if (!sort) return h("th", { scope: "col", class: style }, text);
    const turn = () => {
      state.turned = state.sort === sort ? !state.turned : false;
      state.sort = sort;
      refresh();
    };
    const number = ["count", "pages", "agreement"].includes(sort) ? " num" : "";
    return h("th", { scope: "col", class: style + number, "data-sort": sort }, h("button", { type: "button", onclick: turn }, text));
  }
  return { table, status, refresh, draw };
}

const gap = (count) => h("tr", { class: "gap", "aria-hidden": "true" }, h("td", { colspan: COLUMNS.length, style: { height: `${count * ROW}px` } }));

let current = null;
addEventListener("scroll", () => current && current.draw(), { passive: true });
addEventListener("resize", () => current && current.draw());
addEventListener("beforeprint", () => current && current.draw(true));
addEventListener("afterprint", () => current && current.draw());

function namesTools(refresh) {
  const search = h("input", {
    type: "search", id: "search", placeholder: "Search Arabic or English ( / )", "aria-label": "Search names", value: state.query,
    oninput: (event) => { state.query = event.target.value; refresh(); },
    onkeydown: (event) => { if (event.key === "Escape") { state.query = event.target.value = ""; refresh(); } },
  });
  const choice = (label, key, options) =>
    h("label", {}, h("span", { class: "hidden" }, label), h("select", { id: key, onchange: (event) => { state[key] = event.target.value; refresh(); } },
      options.map(([value, text]) => h("option", { value, selected: state[key] === value }, text))));
  const types = [...new Set(DATA.names.map((name) => name.type))].sort();
  return h("div", { class: "tools", role: "search" }, search,
    choice("Which names", "which", [["seen", "Names on these pages"], ["varied", "Spelled in several ways"], ["all", "Whole lexicon"]]),
    choice("Type", "type", [["", "All types"], ...types.map((type) => [type, type])]));
}
