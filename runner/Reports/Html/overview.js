// The whole run in one strip: how much executes at each moment, where it failed, and what part the timeline shows.
const overview = document.getElementById("overview"), brush = document.getElementById("brush");

function drawOverview() {
  const ratio = window.devicePixelRatio || 1, w = overview.clientWidth, h = overview.clientHeight;
  if (!w) return;
  overview.width = w * ratio; overview.height = h * ratio;
  const pen = overview.getContext("2d"), style = getComputedStyle(document.documentElement), colour = name => style.getPropertyValue(name).trim();
  pen.scale(ratio, ratio);
  const load = new Float64Array(Math.ceil(w) + 1), at = ms => Math.max(0, Math.min(w - 1, (ms - earliest) / (latest - earliest) * w));
  let peak = 1;
  for (const step of steps) {
    if (step.startedAt === null || step.startedAt === undefined) continue;
    const a = Math.floor(at(step.startedAt)), b = Math.max(a + 1, Math.floor(at(step.doneAt ?? endOfStep(step))));
    load[a] += 1; load[b] -= 1;
  }
  for (let i = 1, sum = load[0]; i < load.length; i++) { sum += load[i]; load[i] = sum; if (sum > peak) peak = sum; }
  peak = Math.max(peak, load[0]);
  pen.fillStyle = colour("--ok"); pen.globalAlpha = 0.6;
  for (let i = 0; i < w; i++) { const tall = load[i] / peak * (h - 16); pen.fillRect(i, h - 6 - tall, 1, tall); }
  pen.globalAlpha = 1; pen.fillStyle = colour("--gold");
  for (const node of chain) pen.fillRect(at(node.from), h - 4, Math.max(1, at(node.to) - at(node.from)), 2.5);
  pen.fillStyle = colour("--bad");
  for (const node of failures) if (node.from !== null) pen.fillRect(at(node.from), 4, 2, h - 10);
}

function drawBrush() {
  const w = overview.clientWidth, part = ms => (ms - earliest) / (latest - earliest);
  brush.style.left = `${part(view.from) * w}px`;
  brush.style.width = `${Math.max(3, (part(view.to) - part(view.from)) * w)}px`;
}

function brushing() {
  const box = overview.parentElement;
  let from = null;
  const time = event => (event.clientX - box.getBoundingClientRect().left) / box.clientWidth * (latest - earliest) + earliest;
  box.addEventListener("pointerdown", event => { box.setPointerCapture(event.pointerId); from = time(event); });
  box.addEventListener("pointermove", event => {
    if (from === null) return;
    const to = time(event);
    if (Math.abs(to - from) > end / 200) look(Math.min(from, to), Math.max(from, to));
  });
  box.addEventListener("pointerup", event => {
    if (from !== null && Math.abs(time(event) - from) <= end / 200) { const half = (view.to - view.from) / 2; look(from - half, from + half); }
    from = null;
  });
  box.addEventListener("dblclick", fit);
}
