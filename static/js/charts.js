// The server draws the charts; this reads them out to a pointer, a finger and the keyboard. Each drawing says in
// "data-at" where the rows of its table are; what is read out is the row.
const SVG = "http://www.w3.org/2000/svg";
const NEAR = 24; // pixels within which a click follows the link of a mark
const COLON = document.documentElement.lang === "fr" ? "\u00a0: " : ": ";
const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

class Chart {
  constructor(figure) {
    this.figure = figure;
    this.area = figure.querySelector(".chart-area");
    this.readout = figure.querySelector(".readout");
    this.hint = words(this.readout);
    this.plot = figure.querySelector(".plot");
    this.plot.tabIndex = 0;
    this.plot.setAttribute("role", "application");
    this.plot.addEventListener("keydown", (event) => this.onKey(event));
    this.plot.addEventListener("pointermove", (event) => this.onPointer(event));
    this.plot.addEventListener("pointerdown", (event) => this.onPointer(event));
    this.plot.addEventListener("click", (event) => this.onClick(event));
  }

  get svg() {
    return [...this.plot.querySelectorAll("svg")].find((svg) => svg.getBoundingClientRect().width);
  }

  get rows() {
    const { table } = this.figure.dataset;
    const place = table ? document.getElementById(table)?.closest("table") : this.figure.querySelector("table");
    return place ? [...place.querySelectorAll("tbody tr")] : [];
  }

  // The marks in the order in which keys go through them.
  get marks() {
    const found = this.svg.dataset.at.split(" ").map((at, row) => ({ at, row })).filter(({ at }) => at !== "-")
      .map(({ at, row }) => ({ row, x: Number(at.split(",")[0]), y: Number(at.split(",")[1]) }));
    return "inTime" in this.figure.dataset ? found.sort((a, b) => a.x - b.x || b.y - a.y) : found;
  }

  onKey(event) {
    const { marks } = this;
    const place = marks.findIndex(({ row }) => row === this.row);
    const last = marks.length - 1;
    const next = Math.min(place + 1, last);
    const steps = { ArrowRight: next, ArrowDown: next, Home: 0, End: last, PageDown: Math.min(place + 10, last) };
    steps.ArrowLeft = steps.ArrowUp = place < 0 ? last : Math.max(place - 1, 0);
    steps.PageUp = Math.max(place - 10, 0);
    if (event.key in steps) this.show(marks[steps[event.key]]);
    else if (event.key === "Escape") this.clear();
    else if (event.key !== "Enter" || !this.follow(event)) return;
    event.preventDefault();
  }

  onPointer(event) {
    const near = this.nearest(event);
    if (near.row !== this.row) this.show(near);
  }

  onClick(event) {
    if (event.pointerType !== "touch" && this.nearest(event).distance < NEAR) this.follow(event);
  }

  nearest({ clientX, clientY }) {
    const { svg } = this;
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
    const height = "byColumn" in this.figure.dataset ? 0 : 1;
    const distance = (mark) => Math.hypot(mark.x - x, (mark.y - y) * height);
    return this.marks.map((mark) => ({ ...mark, distance: distance(mark) })).reduce((a, b) => (b.distance < a.distance ? b : a));
  }

  follow(event) {
    const link = this.readout.querySelector("a");
    return link && !link.dispatchEvent(new MouseEvent("click", { ...this.keysOf(event), bubbles: true, cancelable: true })) || Boolean(link);
  }

  keysOf({ ctrlKey, metaKey, shiftKey }) {
    return { ctrlKey, metaKey, shiftKey };
  }

  show(mark) {
    this.row = mark.row;
    const { text, href } = this.read(mark.row);
    const line = document.createElement(href ? "a" : "span");
    line.textContent = text;
    if (href) line.href = href;
    this.readout.replaceChildren(line);
    this.point(mark);
  }

  read(place) {
    const { rows } = this;
    const headings = [...rows[0].closest("table").tHead.rows[0].cells].map(words);
    const byCell = "byCell" in this.figure.dataset;
    const width = headings.length - 1;
    const row = rows[byCell ? Math.floor(place / width) : place];
    const [head, ...cells] = [...row.cells];
    const said = cells.map((cell, column) => [cell, headings[column + 1]])
      .filter(([cell], column) => words(cell) && (!byCell || column === place % width))
      .map(([cell, heading]) => (cell.classList.contains("numeric") ? heading + COLON + words(cell) : words(cell)));
    return { text: [words(head), ...said].join(" · "), href: row.querySelector("a")?.getAttribute("href") };
  }

  // A ring about the mark, and a line down to its date.
  point({ x, y }) {
    this.unpoint();
    const { svg } = this;
    const ring = document.createElementNS(SVG, "circle");
    const line = document.createElementNS(SVG, "line");
    const group = document.createElementNS(SVG, "g");
    for (const [node, attributes] of [
      [ring, { cx: x, cy: y, r: 9, fill: "none", "stroke-width": 2.5 }],
      [line, { x1: x, x2: x, y1: y + 9, y2: Math.max(svg.viewBox.baseVal.height - 42, y + 9), "stroke-width": 1, "stroke-dasharray": "2 3" }],
      [group, { class: "pointed", stroke: "var(--ink)" }],
    ]) for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    group.append(ring, line);
    svg.append(group);
  }

  unpoint() {
    for (const old of this.plot.querySelectorAll(".pointed")) old.remove();
  }

  clear() {
    this.row = undefined;
    this.unpoint();
    this.readout.textContent = this.hint;
  }
}

const charts = [...document.querySelectorAll("figure.chart")].map((figure) => new Chart(figure));

// A switch or a score shows at once: the page as it is at its new address, of which the changed parts are taken over.
const PARTS = [".plot", ".exports", "caption", "thead", "tbody"];
const PAGE = [".languages", ".print-only", "link[rel=canonical]"];

const takeOver = (from, to, selectors) => {
  for (const selector of selectors) {
    const [fresh, old] = [from.querySelector(selector), to.querySelector(selector)];
    if (!fresh || !old) continue;
    if (selector === "link[rel=canonical]") old.href = fresh.href;
    else old.replaceChildren(...fresh.childNodes);
  }
};

const addressOf = (form) => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (!form.querySelector("[name=stream]:not(:checked)")) asked.delete("stream");
  return `${location.pathname}${String(asked) && "?"}${asked}`;
};

const refresh = async (form) => {
  const address = addressOf(form);
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return form.submit();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (address !== addressOf(form)) return undefined;
  for (const chart of charts) {
    const fresh = page.getElementById(chart.figure.id);
    if (!fresh) continue;
    chart.clear();
    takeOver(fresh, chart.figure, PARTS);
    for (const box of chart.figure.querySelectorAll("[name=stream]")) {
      box.checked = fresh.querySelector(`[name=stream][value="${box.value}"]`)?.checked ?? box.checked;
    }
  }
  takeOver(page, document, PAGE);
  history.replaceState(null, "", address);
  return undefined;
};

for (const form of document.querySelectorAll("form.choice")) {
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 200, form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh(form);
  });
}
