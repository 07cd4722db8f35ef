// The pages: a list, and one page as its labelled segments with the names in it.

const KINDS = {
  title: "#8250df", headline: "#6e7781", body: "#2f6fb5", dateline: "#2a9d9d", credits: "#b8478f", date: "#c98a1b",
  category: "#3a9a4f", tag: "#7a9a2f", navigation: "#a3a9af", boilerplate: "#c3c7cb", caption: "#c0603a",
};
const FAINT = new Set(["navigation", "boilerplate"]);

// Occurrences on every page, made once when a page is first opened.
let onPage = null;
function usesOn(number) {
  if (!onPage) {
    onPage = new Map();
    for (const [name, uses] of Object.entries(DATA.uses)) {
      for (const use of uses) {
        if (!onPage.has(use[1])) onPage.set(use[1], []);
        onPage.get(use[1]).push({ name: Number(name), variant: use[0], start: use[2], end: use[2] + use[3] });
      }
    }
    for (const uses of onPage.values()) uses.sort((a, b) => a.start - b.start || b.end - a.end);
  }
  return onPage.get(number) || [];
}

function pagesView() {
  const list = h("div");
  const search = h("input", { type: "search", id: "search", placeholder: "Search titles, people, files ( / )", "aria-label": "Search pages", oninput: fill });
  const keys = DATA.pages.map((page) => fold([page.title, page.source, ...page.credits.map(([, person]) => person), ...page.tags, page.date || ""].join(" ")));
  function fill() {
    const wanted = fold(search.value);
    const numbers = DATA.pages.map((_, number) => number).filter((number) => keys[number].includes(wanted));
    list.replaceChildren(h("p", { class: "soft", role: "status" }, plural(numbers.length, "page")), ...growing(numbers, pageItem, 100, h("ul", { class: "list" })));
  }
  show("Pages", h("h1", {}, "Pages"), h("div", { class: "tools", role: "search" }, search), list);
  fill();
}

function pageItem(number) {
  const page = DATA.pages[number];
  return h("li", {},
    h("a", { href: `#/page/${number}` }, bdi(page.title || page.source)),
    h("div", { class: "soft" }, day(page.date), page.credits.map(([role, person]) => [" · ", role.replace(/_/g, " "), " ", bdi(person)]), ` · ${page.source}`));
}

function pageView(number, start) {
  const page = DATA.pages[number];
  if (!page) return missing();
  const rows = [["Source", page.source], ["Published", page.date || "not dated"], ["Language", page.language], ["Sections", page.categories], ["Tags", page.tags],
    ...page.credits.map(([role, person]) => [role.replace(/_/g, " "), person]), ["Warnings", page.warnings]]
    .filter(([, value]) => value.length);
  show(
    page.title || page.source,
    h("p", {}, h("a", { href: "#/pages" }, "← All pages")),
    h("h1", { dir: "auto" }, bdi(page.title || page.source)),
    h("dl", { class: "facts" }, rows.map(([term, value]) => [h("dt", {}, term), h("dd", {}, Array.isArray(value) ? value.map((item, place) => [place ? ", " : "", bdi(item)]) : bdi(value))]),
      page.url ? [h("dt", {}, "Address"), h("dd", {}, address(page.url))] : null),
    page.text === null
      ? h("p", { class: "note" }, "Only the occurrences of this text are kept, not the text itself.")
      : h("article", { class: "page" }, page.segments.map((segment) => segmentView(number, page, segment, start))),
  );
  const here = MAIN.querySelector(".here");
  if (here) {
    here.scrollIntoView({ block: "center" });
    here.focus({ preventScroll: true });
  }
}

function segmentView(number, page, [begin, end, kind, reason], start) {
  const text = page.text.slice(begin, end);
  if (!text.trim()) return null;
  const arabic = isArabic(text) && !/[A-Za-z]{3}/.test(text.slice(0, 200));
  return h("div", { class: FAINT.has(kind) ? "segment faint" : "segment", style: { "--kind": KINDS[kind] || "#888" } },
    h("div", { class: "kind", title: reason }, kind, h("span", { class: "hidden" }, `: ${reason}`)),
    h("p", { class: "text", dir: arabic ? "rtl" : "auto", lang: arabic ? "ar" : null }, withNames(number, page.text, begin, end, start)));
}

function withNames(number, text, begin, end, start) {
  const parts = [];
  let at = begin;
  for (const use of usesOn(number)) {
    if (use.start < at || use.end > end) continue;
    const usual = DATA.names[use.name].usual;
    const written = DATA.names[use.name].variants[use.variant][0];
    const title = written === usual ? DATA.names[use.name].ar || "" : `usually ${usual}`;
    parts.push(text.slice(at, use.start),
      nameLink(use.name, text.slice(use.start, use.end), { class: use.start === start ? "hit here" : "hit", title, style: use.variant ? { "text-decoration-color": colour(use.variant), "text-decoration-thickness": "3px" } : {} }));
    at = use.end;
  }
  parts.push(text.slice(at, end));
  parts[0] = parts[0].replace(/^\s+/, "");
  parts[parts.length - 1] = parts.at(-1).replace(/\s+$/, "");
  return parts;
}
