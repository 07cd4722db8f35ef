// One name: its figures, spellings, who used them when, and every occurrence in context.

// Letters of context on either side of an occurrence.
const AROUND = 90;

function nameView(number) {
  const name = DATA.names[number];
  if (!name) return missing();
  const uses = DATA.uses[number] || [];
  const changes = DATA.changes.filter((change) => change.name === number);
  const findings = DATA.findings.filter((finding) => finding.name === number);
  show(
    name.usual,
    h("p", {}, h("a", { href: "#/" }, "← All names")),
    h("h1", {}, bdi(name.usual), arabicOf(name, " ")),
    h("p", { class: "soft" }, name.count
      ? `${name.type}; ${plural(name.count, "occurrence")} on ${plural(name.pages, "page")}; agreement ${figure(name.agreement[0])}${interval(name.interval)}`
      : `${name.type}; in the lexicon, not on these pages in English`),
    h("div", { class: "columns" },
      h("section", {}, h("h2", {}, "Spellings"), spellings(name)),
      h("section", {}, name.count ? [h("h2", {}, "Agreement by strictness"), strictness(name)] : h("h2", {}, "Where it is from"), evidence(name)),
    ),
    timeline(name, uses, changes),
    DATA.by.map((by) => name.groups[by] && Object.keys(name.groups[by]).length
      ? h("section", {}, h("h2", {}, `By ${by.replace(/_/g, " ")}`), heat(by, name.groups[by], name.variants)) : null),
    findings.length ? h("section", {}, h("h2", {}, "Findings"), findingList(findings, true)) : null,
    h("section", {}, h("h2", {}, "Occurrences"), occurrences(name, uses)),
  );
}

function spellings(name) {
  const total = Math.max(name.count, 1);
  return h("div", { class: "scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, ["Spelling", "Count", "Pages", "Seen", "Differs in"].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, name.variants.map((variant, number) => h("tr", { class: variant[6] ? "made" : null },
      h("th", { scope: "row", style: { "font-weight": number ? "400" : "600" } }, h("span", { class: "nowrap" }, variant[1] ? dot(number) : null, bdi(variant[0])), variant[6] ? [" ", made("proposed", "No page has this spelling: it is a proposal")] : null),
      h("td", { class: "num" }, variant[1] ? `${variant[1]} (${percent(variant[1], total)})` : variant[6] ? "–" : "not here"),
      h("td", { class: "num" }, variant[2]),
      h("td", { class: "seen" }, variant[3] ? [h("span", { class: "nowrap" }, variant[3]), variant[4] === variant[3] ? null : [" to ", h("span", { class: "nowrap" }, variant[4])]] : "–"),
      h("td", {}, variant[5].map((kind) => h("span", { class: "chip" }, kind))))))));
}

function strictness(name) {
  return h("table", {}, h("tbody", {}, DATA.levels.map((level, number) =>
    h("tr", {}, h("th", { scope: "row" }, level), h("td", { class: "num" }, figure(name.agreement[number]))))));
}

function evidence(name) {
  return h("details", { open: name.count === 0 }, h("summary", {}, `Evidence for the pair (${name.status})`),
    h("ul", {}, name.evidence.map(([kind, detail, source]) => h("li", {}, h("span", { class: "chip" }, kind), " ", h("bdi", {}, detail), " ", h("span", { class: "soft" }, source)))));
}

function timeline(name, uses, changes) {
  const picture = name.count ? strip(name, uses, changes) : null;
  if (!picture) return null;
  return h("section", {}, h("h2", {}, "Over time"), picture, changes.map((change) => h("p", { class: "note" }, changeText(change))));
}

function occurrences(name, uses) {
  if (!uses.length) return h("p", { class: "soft" }, "No page here has this name.");
  const holder = h("div");
  const buttons = [["All", null], ...name.variants.map((variant, number) => [variant[0], number]).filter(([, number]) => name.variants[number][1] > 0)]
    .map(([text, number]) => h("button", { type: "button", "aria-pressed": number === null ? "true" : "false", onclick: (event) => choose(event.currentTarget, number) },
      number === null ? text : [dot(number), bdi(text)]));
  function choose(button, number) {
    for (const other of buttons) other.setAttribute("aria-pressed", other === button ? "true" : "false");
    const wanted = number === null ? uses : uses.filter((use) => use[0] === number);
    holder.replaceChildren(...growing(wanted, (use) => context(name, use), 50, h("ul", { class: "uses" })));
  }
  choose(buttons[0], null);
  return [h("div", { class: "tools" }, buttons), holder];
}

function context(name, use) {
  const page = DATA.pages[use[1]];
  const [, pageNumber, start, length] = use;
  const tidy = (text) => text.replace(/[\s\p{Cc}\p{Co}]+/gu, " ");
  let parts;
  if (page.text === null) {
    const at = use[4].indexOf(name.variants[use[0]][0]);
    const size = name.variants[use[0]][0].length;
    parts = at < 0 ? [use[4]] : [use[4].slice(0, at), h("mark", {}, use[4].slice(at, at + size)), use[4].slice(at + size)];
  } else {
    // no further than the segment: what stands beside a title on the page is not its context
    const [low, high] = page.segments.find(([from, to]) => from <= start && start < to) || [0, page.text.length];
    const end = start + length;
    const before = tidy(page.text.slice(Math.max(low, start - AROUND), start));
    const after = tidy(page.text.slice(end, Math.max(end, Math.min(high, end + AROUND))));
    parts = [start - AROUND > low ? "…" : null, before, h("mark", {}, tidy(page.text.slice(start, end))), after, end + AROUND < high ? "…" : null];
  }
  const who = DATA.by.includes("translator") ? page.credits.filter(([role]) => role === "translator").map(([, person]) => person) : [];
  return h("li", {},
    h("div", { dir: "ltr" }, dot(use[0]), parts),
    h("div", { class: "where" }, h("a", { href: useLink(pageNumber, start) }, placeOf(page, start)), ` · ${day(page.date)}`, who.map((person) => [" · ", bdi(person)])));
}
