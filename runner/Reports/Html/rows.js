// Which rows there are: all open ones, or, while something is searched, what matches and what is around it.
let rows = [];
let query = "";
let show = "all";
let chosen = null;

const matches = node => (show === "all" || (show === "failures" && !node.children.length && node.failing) || (show === "retries" && node.retried)
  || (show === "critical" && !node.children.length && node.critical)) && (!query || node.text.includes(query));
const filtering = () => query !== "" || show !== "all";

function layOut() {
  rows = [];
  let found = 0;
  if (filtering()) {
    for (const node of nodes) node.kept = false;
    for (const node of nodes) {
      if (!matches(node)) continue;
      found++;
      for (let up = node; up && !up.kept; up = up.parent) up.kept = true;
    }
  }
  const stack = [...roots].reverse();
  while (stack.length) {
    const node = stack.pop();
    if (filtering() && !node.kept) { node.row = -1; continue; }
    node.row = rows.length;
    rows.push(node);
    if (node.open || filtering()) for (let at = node.children.length - 1; at >= 0; at--) stack.push(node.children[at]);
  }
  document.getElementById("found").textContent = filtering() ? `${found.toLocaleString("en")} found` : "";
}

// The row that stands for a node: its own, or that of the folded group around it; -1 where it is filtered away.
function rowOf(node) {
  let shown = node;
  for (let up = node.parent; up; up = up.parent) if (!up.open && !filtering()) shown = up;
  return rows[shown.row] === shown ? shown.row : -1;
}

function reveal(node) {
  for (let up = node.parent; up; up = up.parent) up.open = true;
  if (filtering() && !matches(node)) setFilter("all", "");
  layOut();
}
