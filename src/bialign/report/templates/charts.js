// Pictures of counts: a bar of spellings, a strip over time, a heat map by group.

function bar(variants) {
  const seen = variants.filter((variant) => variant[1] > 0);
  const total = seen.reduce((sum, variant) => sum + variant[1], 0);
  const label = seen.map((variant) => `${variant[0]} ${variant[1]}`).join(", ");
  return h(
    "div",
    { class: "bar", role: "img", "aria-label": label, title: label },
    seen.map((variant, number) =>
      h("span", { style: { width: `${(100 * variant[1]) / total}%`, background: colour(number) } }),
    ),
  );
}

// Occurrences over time: a row a spelling, a dot a day, its area the count; changes as dashed lines.
function strip(name, uses, changes) {
  const dated = uses.filter((use) => DATA.pages[use[1]].date);
  const days = [...new Set(dated.map((use) => day(DATA.pages[use[1]].date)))].sort();
  if (days.length < 2) return null;
  const rows = name.variants.filter((variant) => variant[1] > 0).slice(0, 12);
  const from = Date.parse(days[0]);
  const span = Date.parse(days.at(-1)) - from;
  const width = Math.max(320, Math.min(900, MAIN.clientWidth - 40));
  const left = Math.min(190, 0.36 * width), height = 34 * rows.length + 46;
  const letters = Math.floor((left - 16) / 7);
  const x = (date) => left + ((Date.parse(date) - from) / span) * (width - left - 30);
  const counts = new Map();
  for (const use of dated) {
    const key = `${use[0]} ${day(DATA.pages[use[1]].date)}`;
    counts.set(key, (counts.get(key) || 0) + 1);
  }
  const most = Math.max(...counts.values());
  const marks = [];
  rows.forEach((variant, row) => {
    const y = 34 * row + 24;
    const label = variant[0].length > letters ? `${variant[0].slice(0, letters - 1)}…` : variant[0];
    marks.push(s("line", { class: "grid", x1: left, x2: width - 20, y1: y, y2: y }));
    marks.push(s("text", { x: left - 16, y: y + 4, "text-anchor": "end" }, label));
  });
  for (const [key, count] of counts) {
    const [row, date] = key.split(" ");
    if (Number(row) >= rows.length) continue;
    const radius = 3 + 9 * Math.sqrt(count / most);
    const title = `${rows[row][0]}, ${date}: ${plural(count, "occurrence")}`;
    marks.push(
      s("circle", { cx: x(date), cy: 34 * row + 24, r: radius.toFixed(1), "fill-opacity": 0.75, style: { fill: colour(Number(row)) } }, s("title", {}, title)),
    );
  }
  for (const change of changes) {
    const at = x(change.date);
    marks.push(s("line", { class: "change", x1: at, x2: at, y1: 4, y2: height - 30 }, s("title", {}, changeText(change))));
  }
  marks.push(s("text", { class: "soft", x: left, y: height - 10 }, days[0]));
  marks.push(s("text", { class: "soft", x: width - 20, y: height - 10, "text-anchor": "end" }, days.at(-1)));
  const label = `Spellings from ${days[0]} to ${days.at(-1)}; the table of spellings gives first and last days`;
  const picture = s("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "strip", role: "img", "aria-label": label }, marks);
  const undated = uses.length - dated.length;
  return h("div", { class: "scroll" }, picture, undated ? h("p", { class: "soft" }, `${plural(undated, "occurrence")} on undated pages are not drawn.`) : null);
}

function changeText(change) {
  const who = change.group ? `${change.group}: ` : "";
  return `${who}from ${change.date}, “${change.before}” (${change.count_before}) became “${change.after}” (${change.count_after}); p = ${change.p_value.toFixed(3)}`;
}

// Rows are groups, columns spellings; a cell's shade is the share of the row.
function heat(by, groups, variants) {
  const columns = variants.filter((variant) => variant[1] > 0).slice(0, 12);
  const rows = Object.entries(groups);
  if (!rows.length) return null;
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { class: "heat" },
      h("caption", { class: "hidden" }, `Spellings by ${by}`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, by.replace(/_/g, " ")), columns.map((variant) => h("th", { scope: "col" }, bdi(variant[0]))))),
      h(
        "tbody",
        {},
        rows.map(([group, counts]) => {
          const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
          return h("tr", {}, h("th", { scope: "row" }, bdi(group)), columns.map((variant, number) => shade(counts[variant[0]] || 0, total, colour(number))));
        }),
      ),
    ),
  );
}

function shade(count, total, base) {
  if (!count) return h("td", { class: "none" }, "·");
  const share = Math.round(12 + (58 * count) / total);
  return h("td", { style: { background: `color-mix(in srgb, ${base} ${share}%, transparent)` }, title: percent(count, total) }, count);
}
