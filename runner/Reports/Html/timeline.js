// The Gantt: only the rows in sight exist, so that a run of any size stays quick.
const grid = document.getElementById("grid"), space = document.getElementById("space"), holder = document.getElementById("rows"), links = document.getElementById("links");
const rowHeight = 26;
const earliest = -end * 0.012, latest = end * 1.09;
const view = { from: earliest, to: latest };
let width = 600;
let pending = false;

const x = ms => (ms - view.from) / (view.to - view.from) * width;
const scale = () => width / (view.to - view.from);

function bar(kind, from, to, tone = "", extra = "") {
  const left = x(from), right = x(to);
  if (right < -4 || left > width + 4) return "";
  const a = Math.max(left, -4), b = Math.min(right, width + 4);
  return `<i class="bar ${kind} ${tone}" style="left:${a.toFixed(2)}px;width:${Math.max(b - a, 0).toFixed(2)}px"${extra}></i>`;
}

function note(text, from, to, tone = "") {
  const right = x(to), left = x(from);
  if (right < 0 || left > width) return "";
  // Where there is no room after the bar, the words go before it.
  const room = width - right, needed = text.length * 6.4 + 10;
  // What went wrong is long: as much as there is room for beside the bar, never over it. The details have it all.
  if (tone.startsWith("bad") && room < needed && left <= needed && Math.max(room, left) > 48) {
    return room >= left
      ? `<span class="note cut ${tone}" style="left:${Math.max(right, 0).toFixed(1)}px;width:${room.toFixed(1)}px">${escape(text)}</span>`
      : `<span class="note before cut ${tone}" style="right:${(width - left).toFixed(1)}px;width:${left.toFixed(1)}px">${escape(text)}</span>`;
  }
  if (room < needed && left > needed) return `<span class="note before ${tone}" style="right:${(width - left).toFixed(1)}px">${escape(text)}</span>`;
  if (room < needed && right - Math.max(left, 0) > room) return `<span class="note over ${tone}" style="left:${(Math.max(left, 0) + 6).toFixed(1)}px">${escape(text)}</span>`;
  return `<span class="note ${tone}" style="left:${Math.max(right, 0).toFixed(1)}px">${escape(text)}</span>`;
}

function attempt(step) {
  const { publishedAt: sent, acceptedAt: taken, startedAt: begun, doneAt: done, acknowledgedAt: known, status } = step;
  if (sent === null || sent === undefined) return "";
  const last = endOfStep(step);
  let bars = "";
  if (begun === null || begun === undefined) return bar(status === "rejected" ? "refusal" : "lost", sent, last, status);
  bars += bar("send", sent, taken ?? begun, status);
  if (taken !== null && taken !== undefined && begun - taken > 0) bars += bar("queue", taken, begun, status);
  bars += bar("execute", begun, done ?? last, status);
  if (done !== null && done !== undefined && known > done) bars += bar("ack", done, known, status);
  return bars;
}

function chart(node) {
  if (node.from === null) return node.message ? note(node.message, 0, 0) : "";
  // What lies outside the time that is shown says where; a click leads there.
  if (node.to < view.from) return `<span class="away" data-look>‹ ${point(node.from)}</span>`;
  if (node.from > view.to) return `<span class="away after" data-look>${point(node.from)} ›</span>`;
  const took = duration(node.to - node.from);
  if (node.children.length) {
    const folded = !node.open && !filtering();
    let bars = bar(folded ? "span" : "open", node.from, node.to, node.status);
    if (folded) {
      bars += activity(node);
      if (node.critical) bars += bar("crit", node.from, node.to);
      bars += note(took, node.from, node.to);
    }
    return bars + said(node, folded);
  }
  if (node.attempts.length) {
    const known = endOfStep(node.attempts.at(-1));
    let bars = node.attempts.map(attempt).join("");
    if (happened(known) && node.to - known > 0.5) bars += bar("pause", known, node.to); // what it expects is waited for
    if (node.critical) bars += bar("crit", node.attempts[0].publishedAt ?? node.from, node.to);
    const again = node.retried ? `↻ ${node.attempts.length} attempts · ` : "";
    const last = node.attempts.at(-1);
    return bars + note(node.failing ? `${again}${node.status}: ${node.message ?? last.error ?? ""}` : again + took, node.from, node.to, bad.has(node.status) ? `bad ${node.status}` : "");
  }
  if (node.to - node.from > 0.5) return bar("pause", node.from, node.to) + (node.critical ? bar("crit", node.from, node.to) : "") + note(node.message && bad.has(node.status) ? node.message : took, node.from, node.to, bad.has(node.status) ? `bad ${node.status}` : "");
  return (x(node.from) < -8 || x(node.from) > width + 8 ? "" : `<i class="point ${node.status}" style="left:${x(node.from).toFixed(1)}px">◆</i>`) + (node.message ? note(node.message, node.from, node.from, bad.has(node.status) ? `bad ${node.status}` : "") : "");
}

// A group's own words are its children's, unless none of them says it.
const said = (node, folded) => node.message && bad.has(node.status) && !folded && node.fails === 0 ? note(node.message, node.from, node.to, `bad ${node.status}`) : "";

// What a folded group hides: when anything in it executes, and where something failed or was tried again. Found once.
function within(group) {
  if (group.within) return group.within;
  const spans = [], fails = [], again = [], open = [...group.children];
  while (open.length) {
    const node = open.pop();
    open.push(...node.children);
    if (node.children.length) continue;
    if (node.failing && node.from !== null) fails.push(node.from);
    for (const step of node.attempts) {
      if (happened(step.startedAt)) spans.push([step.startedAt, step.doneAt ?? endOfStep(step)]);
      if (step.attempt > 1 && happened(step.publishedAt)) again.push(step.publishedAt);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  const busy = [];
  for (const [from, to] of spans) {
    const last = busy.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to); else busy.push([from, to]);
  }
  const order = (a, b) => a - b;
  return group.within = { busy, fails: fails.sort(order), again: again.sort(order) };
}

// No more than the screen can show of it.
function activity(group) {
  const { busy, fails, again } = within(group), gap = 1.5 / scale();
  let bars = "", from = null, to = null;
  for (const [start, end] of busy) {
    if (end < view.from) continue;
    if (start > view.to) break;
    if (from !== null && start - to < gap) { to = Math.max(to, end); continue; }
    if (from !== null) bars += bar("busy", from, to, group.status);
    from = start; to = end;
  }
  if (from !== null) bars += bar("busy", from, to, group.status);
  for (const [kind, times] of [["again", again], ["", fails]]) {
    let last = -Infinity;
    for (const at of times) {
      if (at < view.from || at > view.to || at - last < 2 * gap) continue;
      bars += `<i class="tick ${kind}" style="left:${x(at).toFixed(1)}px"></i>`;
      last = at;
    }
  }
  return bars;
}

function marked(text) {
  const at = query ? text.toLowerCase().indexOf(query) : -1;
  return at < 0 ? escape(text) : `${escape(text.slice(0, at))}<mark>${escape(text.slice(at, at + query.length))}</mark>${escape(text.slice(at + query.length))}`;
}

function rowOfNode(node, at) {
  const group = node.children.length > 0;
  const open = node.open || filtering();
  const fold = group ? `<span class="fold" data-fold>${open ? "▾" : "▸"}</span>` : `<span class="fold"></span>`;
  const count = group && !open ? `<span class="count">${node.count.toLocaleString("en")}</span>` : "";
  const omitted = node.omitted ? `<span class="count" title="commands within it that this page leaves out">… ${node.omitted.toLocaleString("en")} left out</span>` : "";
  const fails = group && node.fails ? `<span class="fails">${node.fails.toLocaleString("en")} ✕</span>` : "";
  const again = group && !open && node.again ? `<span class="again">${node.again.toLocaleString("en")} ↻</span>` : "";
  return `<div class="row ${group ? "group" : ""} ${node.depth ? "" : "root"}" role="row" id="row-${node.id}" data-at="${at}" aria-level="${node.depth + 1}" aria-rowindex="${at + 1}"${group ? ` aria-expanded="${open}"` : ""} aria-selected="${node === chosen}" title="${escape(node.path)}">`
    + `<div class="name" role="rowheader" style="--depth:${Math.min(node.depth, 12)}">${fold}<span class="icon ${node.status}" aria-hidden="true">${icons[node.status]}</span><span class="text">${marked(node.label)}${node.hint ? `<span class="hint">${marked(node.hint)}</span>` : ""}</span>${count}${omitted}${again}${fails}</div>`
    + `<div class="chart" role="gridcell" aria-label="${escape(node.status)}, at ${point(node.from)}, ${duration(node.to - node.from)}${node.critical ? ", on the critical path" : ""}${node.message ? ", " + escape(node.message) : ""}">${chart(node)}</div></div>`;
}

function ticks() {
  const raw = (view.to - view.from) / Math.max(2, width / 110);
  const base = 10 ** Math.floor(Math.log10(raw));
  const every = [1, 2, 5, 10].map(k => k * base).find(k => k >= raw);
  const list = [];
  for (let t = Math.ceil(view.from / every) * every; t <= view.to; t += every) list.push(t);
  return { list, every };
}

function drawAxis() {
  const { list, every } = ticks();
  // Seconds, until the steps between the lines are finer than a tenth of one.
  const unit = every < 100 ? 1 : 1000, name = unit === 1 ? "ms" : "s";
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(every / unit) + 1e-9)));
  document.getElementById("axis").innerHTML = list.map(t => {
    const text = `${(t / unit).toFixed(decimals)} ${name}`;
    return `<span style="left:${x(t).toFixed(1)}px">${width - x(t) < text.length * 7 + 6 ? "" : text}</span>`; // half a number is a wrong one
  }).join("");
  const gap = every * scale(), offset = x(list[0] ?? 0);
  lineStyle.textContent = `.chart { background-size: ${gap.toFixed(3)}px 100%; background-position-x: ${offset.toFixed(2)}px; }`;
}
const lineStyle = document.head.appendChild(document.createElement("style"));

function drawLinks(first, last) {
  const top = first * rowHeight;
  let paths = "", drawn = 0;
  for (let at = 1; at < chain.length && drawn < 1500; at++) {
    const before = chain[at - 1], after = chain[at];
    const a = rowOf(before), b = rowOf(after);
    if (a < 0 || b < 0 || a === b || Math.max(a, b) < first || Math.min(a, b) > last) continue;
    const from = x(before.to), to = x(after.from);
    if (Math.max(from, to) < -20 || Math.min(from, to) > width + 20) continue;
    const y1 = a * rowHeight - top + (b > a ? 24 : 4), y2 = b * rowHeight - top + (b > a ? 5 : 22);
    paths += `<path d="M${from.toFixed(1)} ${y1}V${((y1 + y2) / 2).toFixed(1)}H${to.toFixed(1)}V${y2}"/>`;
    drawn++;
  }
  links.setAttribute("width", width);
  links.setAttribute("height", (last - first + 1) * rowHeight);
  links.style.transform = `translateY(${top}px)`;
  links.innerHTML = paths;
}

function draw() {
  pending = false;
  if (!space.clientWidth) return; // not in sight: the table is
  const label = parseFloat(getComputedStyle(document.querySelector(".axis-title")).width);
  width = Math.max(60, space.clientWidth - label);
  space.style.height = `${rows.length * rowHeight}px`;
  const first = Math.max(0, Math.floor(grid.scrollTop / rowHeight) - 4);
  const last = Math.min(rows.length - 1, Math.ceil((grid.scrollTop + grid.clientHeight) / rowHeight) + 4);
  holder.style.transform = `translateY(${first * rowHeight}px)`;
  drawAxis();
  holder.innerHTML = rows.length ? rows.slice(first, last + 1).map((node, at) => rowOfNode(node, first + at)).join("") : `<div class="empty">Nothing here matches.</div>`;
  if (!rows.length) space.style.height = "90px";
  drawLinks(first, last);
  drawBrush();
  grid.setAttribute("aria-rowcount", rows.length);
  if (chosen && rows[chosen.row] === chosen) grid.setAttribute("aria-activedescendant", `row-${chosen.id}`); else grid.removeAttribute("aria-activedescendant");
}
const redraw = () => { if (!pending) { pending = true; requestAnimationFrame(draw); } };

function look(from, to) {
  const least = Math.min(end, Math.max(0.02, end / 1e6));
  const span = Math.min(Math.max(to - from, least), latest - earliest);
  from = Math.max(earliest, Math.min(from, latest - span));
  view.from = from; view.to = from + span;
  redraw();
}
const fit = () => look(earliest, latest);
function zoom(factor, at = (view.from + view.to) / 2) { look(at - (at - view.from) * factor, at + (view.to - at) * factor); }

function choose(node, scroll = true) {
  chosen = node;
  if (scroll && node && rows[node.row] === node) {
    const top = node.row * rowHeight;
    if (top < grid.scrollTop) grid.scrollTop = top - rowHeight;
    else if (top + rowHeight > grid.scrollTop + grid.clientHeight) grid.scrollTop = top + 2 * rowHeight - grid.clientHeight;
  }
  redraw();
}

// Its time into sight, as large as time is shown now.
function lookAt(node) {
  const half = (view.to - view.from) / 2, middle = (node.from + node.to) / 2;
  look(middle - half, middle + half);
}

// Bring a node into sight: unfolded, scrolled to, and within the time that is shown.
function go(node) {
  setView("timeline");
  reveal(node);
  if (node.from !== null && (node.to < view.from || node.from > view.to)) lookAt(node);
  grid.scrollTop = Math.max(0, node.row * rowHeight - grid.clientHeight / 2);
  choose(node, false);
}
