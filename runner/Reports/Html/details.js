// Everything about one node: its place, its words, and each attempt with its phases.
const panel = document.getElementById("details"), facts = document.getElementById("facts");

function phases(step) {
  const parts = [
    ["send", "sent", step.publishedAt, step.acceptedAt ?? step.startedAt],
    ["queue", "queue", step.acceptedAt, step.startedAt],
    ["execute", "executes", step.startedAt, step.doneAt],
    ["ack", "acknowledges", step.doneAt, step.acknowledgedAt],
  ].filter(([, , from, to]) => from !== null && from !== undefined && to !== null && to !== undefined);
  const all = parts.reduce((sum, [, , from, to]) => sum + (to - from), 0) || 1;
  return (parts.length ? `<div class="phases ${step.status}" aria-hidden="true">${parts.map(([kind, , from, to]) => `<i class="bar ${kind}" style="width:${((to - from) / all * 100).toFixed(2)}%"></i>`).join("")}</div>` : "")
    + `<dl>${[["published", step.publishedAt], ["accepted", step.acceptedAt], ["started", step.startedAt], ["done", step.doneAt], ["acknowledged", step.acknowledgedAt]].map(([name, at]) => `<dt>${name}</dt><dd>${point(at)}</dd>`).join("")}`
    + parts.map(([, name, from, to]) => `<dt>${name}</dt><dd>${duration(to - from)}</dd>`).join("") + "</dl>";
}

function detail(node, focus = true) {
  const took = node.from === null ? null : node.to - node.from;
  facts.innerHTML = `<h2>${escape(node.label)}</h2><div class="status ${node.status}">${icons[node.status]} ${escape(node.status)}${node.critical ? ` <span class="critical">◆ on the critical path</span>` : ""}</div>`
    + (node.message ? `<div class="said ${node.status}">${escape(node.message)}</div>` : "")
    + `<dl><dt>kind</dt><dd>${escape(node.kind)}</dd><dt>path</dt><dd><code>${escape(node.path)}</code></dd>${node.at ? `<dt>written</dt><dd><code>${escape(node.at)}</code></dd>` : ""}<dt>began</dt><dd>${point(node.from)}</dd><dt>ended</dt><dd>${point(node.to)}</dd><dt>took</dt><dd>${duration(took)}</dd>`
    + (node.children.length ? `<dt>steps within</dt><dd>${node.count.toLocaleString("en")}${node.fails ? `, ${node.fails.toLocaleString("en")} failed` : ""}</dd>` : "") + "</dl>"
    + node.attempts.map(step => `<h3>Attempt ${step.attempt}: <span class="status ${step.status}">${escape(step.status)}</span></h3>${step.error ? `<div class="said ${step.status}">${escape(step.error)}</div>` : ""}${phases(step)}`).join("");
  panel.hidden = false;
  if (focus) facts.focus();
}

function closeDetails() {
  if (panel.hidden) return false;
  panel.hidden = true;
  (document.body.dataset.view === "table" ? document.getElementById("search") : grid).focus();
  return true;
}
