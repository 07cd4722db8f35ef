// The remaining views: the summary above the names, the groups, the findings, the figures.

function scoreOf(measure, level, direction = "ar-en") {
  return DATA.scores.find((score) => score.measure === measure && score.level === level && score.signature.includes(`direction:${direction}`));
}

function card(value, label, more) {
  return h("li", {}, h("b", {}, value), label, more ? h("small", {}, ` ${more}`) : null);
}

function namesView() {
  const agreement = scoreOf("agreement", "written");
  const loose = scoreOf("agreement", "romanisation");
  const seen = INDEX.filter((row) => row.seen).length;
  const varied = INDEX.filter((row) => row.varied).length;
  const view = namesTable();
  show(
    "Names",
    h("h1", {}, "Who spells which name how"),
    h("ul", { class: "cards" },
      card(DATA.documents.toLocaleString("en"), DATA.documents === 1 ? "document" : "documents"),
      card(seen.toLocaleString("en"), "names", `${DATA.occurrences.toLocaleString("en")} occurrences`),
      card(varied.toLocaleString("en"), "spelled in several ways"),
      agreement && card(figure(agreement.micro), "agreement as written", interval(agreement.micro_interval)),
      loose && card(figure(loose.micro), "agreement but for romanisation"),
      card(DATA.found.toLocaleString("en"), "findings")),
    DATA.warnings.map((warning) => h("p", { class: "note" }, warning)),
    namesTools(view.refresh), view.status, view.table,
  );
  current = view;
  view.refresh();
}

function groupsView() {
  show("Groups", h("h1", {}, "Who departs from the usual spelling"), DATA.by.map((by) => {
    const groups = DATA.groups.filter((group) => group.by === by);
    return h("section", {}, h("h2", {}, `By ${by.replace(/_/g, " ")}`), groupTable(by, groups), together(by, groups));
  }));
}

function groupTable(by, groups) {
  return h("div", { class: "scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, [by.replace(/_/g, " "), "Documents", "Occurrences", "Names", "Not the usual spelling", "Agreement"].map((text, number) =>
      h("th", { scope: "col", class: number ? "num" : null }, text)))),
    h("tbody", {}, groups.map((group) => h("tr", {},
      h("th", { scope: "row" }, bdi(group.group)),
      ["documents", "occurrences", "names"].map((key) => h("td", { class: "num" }, group[key])),
      h("td", { class: "num" }, `${group.departures} (${percent(group.departures, group.occurrences)})`),
      h("td", { class: "num" }, figure(group.agreement.written), h("span", { class: "soft" }, interval(group.interval))))))));
}

// The names that vary most against the groups: a cell is the share of the usual spelling.
function together(by, groups) {
  const rows = INDEX.filter((row) => row.varied).map((row) => row.number)
    .filter((number) => Object.keys(DATA.names[number].groups[by] || {}).length > 1)
    .sort((a, b) => DATA.names[b].count - DATA.names[a].count).slice(0, 30);
  const columns = groups.filter((group) => group.occurrences).sort((a, b) => b.occurrences - a.occurrences).slice(0, 20);
  if (!rows.length || columns.length < 2) return null;
  return [h("h3", {}, "The names that most need a decision: share of the usual spelling"), h("div", { class: "scroll" }, h("table", { class: "heat" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "name"), columns.map((group) => h("th", { scope: "col" }, bdi(group.group))))),
    h("tbody", {}, rows.map((number) => {
      const name = DATA.names[number];
      return h("tr", {}, h("th", { scope: "row" }, nameLink(number, bdi(name.usual))), columns.map((group) => {
        const counts = name.groups[by][group.group];
        if (!counts) return h("td", { class: "none" }, "·");
        const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
        const usual = counts[name.usual] || 0;
        const often = usual * 2 >= total;
        const cell = shade(often ? usual : total - usual, total, colour(often ? 0 : 1));
        cell.textContent = `${usual}/${total}`;
        return cell;
      }));
    }))))];
}

function findingList(findings, here) {
  const pageOf = new Map(DATA.pages.map((page, number) => [page.id, number]));
  const render = (finding) => {
    const page = pageOf.get(finding.page);
    const use = (DATA.uses[finding.name] || []).find((item) => item[1] === page && placeOf(DATA.pages[page], item[2]).endsWith(`:${finding.line}:${finding.column}`));
    const where = `${finding.path}:${finding.line}:${finding.column}`;
    return h("li", {}, h("span", { class: `chip ${finding.severity}` }, `${finding.severity}: ${finding.code}`), " ", h("bdi", {}, finding.message),
      h("div", { class: "where soft" }, use ? h("a", { href: useLink(page, use[2]) }, where) : where,
        here || finding.name === null ? null : [" · ", nameLink(finding.name, "the name")]));
  };
  return growing(findings, render, 100, h("ul", { class: "list" }));
}

function findingsView() {
  const holder = h("div");
  const kinds = ["error", "warning", "note"].filter((kind) => DATA.findings.some((finding) => finding.severity === kind));
  const chosenKinds = new Set(kinds);
  const fill = () => holder.replaceChildren(...findingList(DATA.findings.filter((finding) => chosenKinds.has(finding.severity))));
  const buttons = kinds.map((kind) => h("button", { type: "button", "aria-pressed": "true", onclick: (event) => {
    const on = !chosenKinds.has(kind);
    if (on) chosenKinds.add(kind); else chosenKinds.delete(kind);
    event.currentTarget.setAttribute("aria-pressed", String(on));
    fill();
  } }, `${kind}s (${DATA.findings.filter((finding) => finding.severity === kind).length})`));
  show("Findings", h("h1", {}, "Findings"), h("p", { class: "soft" }, "Each departure from a name's usual or prescribed spelling."), h("div", { class: "tools" }, buttons), holder);
  fill();
}

// A measure by name, and which spelling a pseudo-reference is.
function measureOf(score) {
  const kind = score.signature.match(/\|reference:([a-z_]+)/);
  return `${score.measure}${kind ? `, ${kind[1]}` : ""}`.replace(/_/g, " ");
}

function figuresView() {
  const directions = [["ar-en", "One Arabic name, many English spellings"], ["en-ar", "One English spelling, many Arabic names"]];
  show("Figures", h("h1", {}, "Figures and how they were made"), directions.map(([direction, title]) => h("section", {}, h("h2", {}, title), h("div", { class: "scroll" }, h("table", {},
    h("thead", {}, h("tr", {}, ["Measure", "Level", "Micro", "Macro", "Names", "Once", "Signature"].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, DATA.scores.filter((score) => score.signature.includes(`direction:${direction}`)).map((score) => h("tr", {},
      h("th", { scope: "row" }, measureOf(score)), h("td", {}, score.level),
      h("td", { class: "num" }, figure(score.micro), h("span", { class: "soft" }, interval(score.micro_interval))),
      h("td", { class: "num" }, figure(score.macro), h("span", { class: "soft" }, interval(score.macro_interval))),
      h("td", { class: "num" }, score.names), h("td", { class: "num" }, score.once), h("td", {}, h("code", {}, score.signature))))))))));
}

function missing() {
  show("Not found", h("h1", {}, "Not found"), h("p", {}, h("a", { href: "#/" }, "All names")));
}
