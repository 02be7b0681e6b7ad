// The run as the page needs it: nodes linked to their children and attempts, with what is searched and counted.
const run = JSON.parse(document.getElementById("run").textContent);
const nodes = [];
const steps = run.steps;
const byId = new Map();
const bad = new Set(["failed", "timed-out", "rejected", "expired", "unknown", "unreachable"]);
const icons = { succeeded: "✓", failed: "✕", "timed-out": "⏱", rejected: "⊘", expired: "⌛", unknown: "?", unreachable: "⚡", cancelled: "–", skipped: "·", pending: "…" };

for (const given of run.nodes) {
  const node = { ...given, children: [], attempts: [], depth: 0, count: 0, fails: 0, again: 0, open: true };
  node.parent = given.parent === null || given.parent === undefined ? null : byId.get(given.parent);
  node.depth = node.parent ? node.parent.depth + 1 : 0;
  if (node.parent) node.parent.children.push(node);
  byId.set(node.id, node);
  nodes.push(node);
}
const places = new Map(run.errors.filter(error => error.at).map(error => [error.path, error.at]));
for (const step of steps) byId.get(step.node)?.attempts.push(step);

const endOfStep = step => step.acknowledgedAt ?? step.doneAt ?? step.startedAt ?? step.acceptedAt ?? step.publishedAt;
let end = Math.max(run.makespanMs, 1);
for (const node of nodes) {
  node.from = node.startedAt ?? node.attempts[0]?.publishedAt ?? null;
  node.to = node.endedAt ?? endOfStep(node.attempts.at(-1) ?? {}) ?? node.from;
  if (node.to > end) end = node.to;
  node.retried = node.attempts.length > 1;
  node.failing = bad.has(node.status);
  node.at = places.get(node.path);
  node.device = node.attempts[0]?.device ?? null;
  node.text = [node.label, node.path, node.kind, node.status, node.message, ...node.attempts.map(step => step.error)].filter(Boolean).join("\n").toLowerCase();
}
for (let at = nodes.length - 1; at >= 0; at--) {
  const node = nodes[at];
  if (!node.children.length) { node.count ||= 1; node.fails += node.failing ? 1 : 0; node.again += node.retried ? 1 : 0; }
  if (node.children.length) {
    // A group that is one device's business says so; else it says how it begins.
    node.device = node.children.every(child => child.device && child.device === node.children[0].device) ? node.children[0].device : null;
    node.hint = !node.parent || node.children.length > 1 && node.children[0].hint && !node.device ? "" : node.device && !node.label.includes(node.device) ? node.device : "";
  }
  if (node.parent) { node.parent.count += node.count; node.parent.fails += node.fails; node.parent.again += node.again; }
}
// A sample of a big run leaves commands out, which are counted nevertheless.
for (const node of nodes) if (node.children.length) node.count += node.omitted ?? 0;
const roots = nodes.filter(node => !node.parent);
const chain = nodes.filter(node => node.critical && !node.children.length && node.from !== null).sort((a, b) => a.to - b.to || a.from - b.from);
const failures = nodes.filter(node => !node.children.length && node.failing);
const retries = nodes.filter(node => node.retried);

// A big run opens folded, but for what failed.
const openAtFirst = () => {
  const big = nodes.length > 400;
  for (const node of nodes) node.open = !big || node.depth < 1 || (node.depth < 2 && node.children.length <= 60) || (node.fails > 0 && failures.length <= 100);
};
openAtFirst();

const escape = text => String(text).replace(/[&<>"']/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);
const duration = ms => ms === null || ms === undefined || Number.isNaN(ms) ? "–" : ms < 0.05 ? "0 ms" : ms < 9.95 ? ms.toFixed(1) + " ms" : ms < 999.5 ? ms.toFixed(0) + " ms"
  : ms < 59999.5 ? (ms / 1000).toFixed(3) + " s" : ms < 3599500 ? `${Math.floor(Math.round(ms / 1000) / 60)} m ${String(Math.round(ms / 1000) % 60).padStart(2, "0")} s`
  : `${Math.floor(Math.round(ms / 60000) / 60)} h ${String(Math.round(ms / 60000) % 60).padStart(2, "0")} m`;
const happened = at => at !== null && at !== undefined;
const between = (from, to) => happened(from) && happened(to) ? to - from : NaN;
const point = ms => ms === null || ms === undefined || Number.isNaN(ms) ? "–" : (ms / 1000).toFixed(3) + " s";
