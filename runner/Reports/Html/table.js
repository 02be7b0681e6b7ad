// The same as a table: for screen readers, for sorting, for copying.
const perPage = 200;
const columns = [
  ["#", step => step.index + 1, "number"], ["step", step => `${step.device}.${step.command}`], ["status", step => step.status, "status"], ["attempt", step => step.attempt, "number"],
  ["published", step => step.publishedAt ?? NaN, "number", point], ["queue", step => between(step.acceptedAt, step.startedAt), "number", duration], ["executes", step => between(step.startedAt, step.doneAt), "number", duration],
  ["acknowledged after", step => between(step.doneAt, step.acknowledgedAt), "number", duration], ["took", step => between(step.publishedAt, endOfStep(step)), "number", duration],
  ["critical", step => step.critical ? "◆" : ""], ["error", step => step.error ?? "", "error"], ["path", step => step.path],
];
steps.forEach((step, at) => { step.index = at; });
const collator = new Intl.Collator("en", { numeric: true });
let sorted = { column: 0, down: false }, page = 0;

const tableMatches = step => {
  const node = byId.get(step.node);
  return (show === "all" || (show === "failures" && bad.has(step.status)) || (show === "retries" && node?.retried) || (show === "critical" && step.critical))
    && (!query || (node?.text ?? "").includes(query) || `${step.device}.${step.command}\n${step.error ?? ""}`.toLowerCase().includes(query));
};

function drawTable() {
  const value = columns[sorted.column][1];
  const list = steps.filter(tableMatches);
  if (sorted.column || sorted.down) list.sort((a, b) => {
    const one = value(a), other = value(b);
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other) || a.index - b.index; // what did not happen comes last
    const order = typeof one === "number" && typeof other === "number" ? one - other : collator.compare(one, other);
    return (sorted.down ? -order : order) || a.index - b.index;
  });
  const pages = Math.max(1, Math.ceil(list.length / perPage));
  page = Math.min(page, pages - 1);
  document.getElementById("columns").innerHTML = columns.map(([name, , kind = ""], at) => `<th scope="col" class="${kind}" aria-sort="${at === sorted.column ? (sorted.down ? "descending" : "ascending") : "none"}"><button type="button" data-column="${at}">${name}${at === sorted.column ? (sorted.down ? " ↓" : " ↑") : ""}</button></th>`).join("");
  document.getElementById("cells").innerHTML = list.slice(page * perPage, (page + 1) * perPage).map(step => `<tr data-node="${step.node}">${columns.map(([, get, kind = "", format = String]) => `<td class="${kind} ${kind === "status" ? step.status : ""}">${escape(format(get(step)))}</td>`).join("")}</tr>`).join("");
  document.getElementById("page").textContent = list.length ? `${(page * perPage + 1).toLocaleString("en")}–${Math.min(list.length, (page + 1) * perPage).toLocaleString("en")} of ${list.length.toLocaleString("en")}` : "nothing";
  document.getElementById("previous").disabled = page === 0;
  document.getElementById("next").disabled = page >= pages - 1;
  if (filtering()) document.getElementById("found").textContent = `${list.length.toLocaleString("en")} found`;
}
