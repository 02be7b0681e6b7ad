// Wires the parts together.
const $ = id => document.getElementById(id);

function refresh() {
  if (document.body.dataset.view === "table") drawTable(); else { layOut(); redraw(); }
}
function setView(name) {
  document.body.dataset.view = name;
  $("view-timeline").setAttribute("aria-pressed", name === "timeline");
  $("view-table").setAttribute("aria-pressed", name === "table");
  refresh();
}
function setFilter(what, words) {
  show = what; query = words.trim().toLowerCase(); page = 0; grid.scrollTop = 0;
  if ($("search").value.trim().toLowerCase() !== query) $("search").value = words;
  for (const button of document.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", button.dataset.show === show);
  refresh();
}
function fold(open) {
  for (const node of nodes) node.open = open || node.depth < 1;
  layOut(); redraw();
}

$("count-failures").textContent = failures.length || "";
$("count-retries").textContent = retries.length || "";
document.querySelector('[data-show="failures"]').disabled = !failures.length;
document.querySelector('[data-show="retries"]').disabled = !retries.length;
for (const button of document.querySelectorAll("[data-show]")) button.addEventListener("click", () => setFilter(button.dataset.show, $("search").value));
$("search").addEventListener("input", () => setFilter(show, $("search").value));
$("view-timeline").addEventListener("click", () => setView("timeline"));
$("view-table").addEventListener("click", () => setView("table"));
$("collapse").addEventListener("click", () => fold(false));
$("expand").addEventListener("click", () => fold(true));
$("zoom-in").addEventListener("click", () => zoom(0.5));
$("zoom-out").addEventListener("click", () => zoom(2));
$("zoom-fit").addEventListener("click", fit);
$("close").addEventListener("click", closeDetails);
$("previous").addEventListener("click", () => { page--; drawTable(); });
$("next").addEventListener("click", () => { page++; drawTable(); });
$("columns").addEventListener("click", event => {
  const column = event.target.closest("[data-column]");
  if (!column) return;
  const at = Number(column.dataset.column);
  sorted = { column: at, down: sorted.column === at && !sorted.down };
  drawTable();
  document.querySelector(`[data-column="${at}"]`).focus();
});
$("cells").addEventListener("click", event => {
  const line = event.target.closest("[data-node]");
  if (line && byId.has(Number(line.dataset.node))) detail(byId.get(Number(line.dataset.node)));
});
for (const button of document.querySelectorAll("[data-go]")) button.addEventListener("click", () => {
  const node = nodes.findLast(each => each.path === button.dataset.go && !each.children.length) ?? nodes.find(each => each.path === button.dataset.go);
  if (node) { go(node); grid.focus(); }
});

grid.addEventListener("scroll", redraw, { passive: true });
grid.addEventListener("click", event => {
  const line = event.target.closest(".row");
  if (!line || dragged) return;
  const node = rows[Number(line.dataset.at)];
  if (event.target.closest("[data-fold]")) { node.open = !node.open; layOut(); }
  else if (event.target.closest("[data-look]")) lookAt(node);
  else detail(node, false);
  choose(node, false);
});
grid.addEventListener("dblclick", event => {
  const node = rows[Number(event.target.closest(".row")?.dataset.at)];
  if (node?.children.length) { node.open = !node.open; layOut(); redraw(); }
});
grid.addEventListener("wheel", event => {
  const sideways = event.shiftKey ? event.deltaY : event.deltaX;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const at = view.from + (event.clientX - $("axis").getBoundingClientRect().left) / scale();
    zoom(Math.exp(event.deltaY * 0.002), at);
  } else if (sideways) {
    event.preventDefault();
    look(view.from + sideways / scale(), view.to + sideways / scale());
  }
}, { passive: false });

let dragged = false, drag = null;
grid.addEventListener("pointerdown", event => {
  dragged = false;
  if (event.button === 0 && event.target.closest(".chart")) drag = { x: event.clientX, from: view.from, to: view.to };
});
addEventListener("pointermove", event => {
  if (!drag || Math.abs(event.clientX - drag.x) < 4 && !dragged) return;
  dragged = true;
  const by = (event.clientX - drag.x) / scale();
  look(drag.from - by, drag.to - by);
});
addEventListener("pointerup", () => { drag = null; });

grid.addEventListener("keydown", event => {
  const at = chosen && rows[chosen.row] === chosen ? chosen.row : -1;
  const node = rows[at];
  const pageful = Math.max(1, Math.floor(grid.clientHeight / rowHeight) - 1);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: at + pageful, PageUp: at - pageful };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in moves) choose(rows[Math.max(0, Math.min(rows.length - 1, moves[event.key]))]);
  else if (event.key === "ArrowRight" && event.shiftKey) look(view.from + (view.to - view.from) / 8, view.to + (view.to - view.from) / 8);
  else if (event.key === "ArrowLeft" && event.shiftKey) look(view.from - (view.to - view.from) / 8, view.to - (view.to - view.from) / 8);
  else if (event.key === "ArrowRight" && node) { if (node.children.length && !node.open) { node.open = true; layOut(); choose(node); } else if (node.children.length) choose(rows[at + 1]); }
  else if (event.key === "ArrowLeft" && node) { if (node.children.length && node.open && !filtering()) { node.open = false; layOut(); choose(node); } else if (node.parent) choose(node.parent); }
  else if ((event.key === "Enter" || event.key === " ") && node) detail(node);
  else return;
  event.preventDefault();
});
addEventListener("keydown", event => {
  const typing = event.target.matches?.("input");
  if (event.key === "Escape") { if (!closeDetails() && typing) setFilter("all", ""); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { $("search").focus(); event.preventDefault(); }
  else if (event.key === "+" || event.key === "=") zoom(0.5);
  else if (event.key === "-") zoom(2);
  else if (event.key === "0") fit();
});

const themes = ["auto", "light", "dark"];
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = { auto: "◐ auto", light: "☀ light", dark: "☾ dark" }[theme];
  try { localStorage.setItem("iotmqtt-theme", theme); } catch { /* a page from a file may have no storage */ }
  drawOverview();
}
$("theme").hidden = false;
$("theme").addEventListener("click", () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % 3]));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawOverview);

document.body.dataset.view = "timeline";
document.getElementById("app").hidden = false;
let remembered = null;
try { remembered = localStorage.getItem("iotmqtt-theme"); } catch { /* as above */ }
layOut();
fit();
draw();
setTheme(themes.includes(remembered) ? remembered : document.documentElement.dataset.theme);
brushing();
new ResizeObserver(() => { redraw(); drawOverview(); }).observe(space);
document.documentElement.dataset.ready = rows.length;
