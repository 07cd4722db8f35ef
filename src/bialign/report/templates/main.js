// Which view the address asks for, the tabs, the theme, the keyboard.

const TABS = [["#/", "Names"], ["#/groups", "Groups"], ["#/findings", "Findings"], ["#/pages", "Pages"], ["#/figures", "Figures"]];
const places = new Map();
let shown = null;

function route() {
  const hash = location.hash || "#/";
  if (hash === "#main") return;
  if (shown !== null) places.set(shown, scrollY);
  const [, view = "", first, second] = hash.split("/");
  current = null;
  if (view === "name") nameView(Number(first));
  else if (view === "page") pageView(Number(first), second === undefined ? null : Number(second));
  else ({ "": namesView, groups: groupsView, findings: findingsView, pages: pagesView, figures: figuresView }[view] || missing)();
  const tab = { name: "#/", page: "#/pages" }[view] || `#/${view}`;
  document.getElementById("tabs").replaceChildren(...TABS.map(([link, text]) => h("a", { href: link, "aria-current": link === tab ? "page" : null }, text)));
  if (!MAIN.querySelector(".here")) {
    scrollTo({ top: view === "" ? places.get(hash) || 0 : 0, behavior: "instant" });
    if (shown !== null) MAIN.focus({ preventScroll: true });
  }
  if (current) current.draw();
  const left = view === "" && shown && MAIN.querySelector(`#names a[href="${shown}"]`);
  if (left) left.focus({ preventScroll: true });
  shown = hash;
}

const THEMES = ["auto", "dark", "light"];
const themeButton = document.getElementById("theme");
function theme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  themeButton.textContent = `Theme: ${name}`;
}
themeButton.addEventListener("click", () => {
  const now = document.documentElement.dataset.theme || "auto";
  theme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && /^#\/name\//.test(location.hash)) location.hash = "#/";
  if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const search = document.getElementById("search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

theme("auto");
addEventListener("hashchange", route);
route();
