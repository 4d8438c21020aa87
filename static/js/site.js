// Comfort only: every page works without this file.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
// A tip under the pointer: the label that a chart's mark has anyway.
for (const chart of document.querySelectorAll(".chart svg")) {
  chart.addEventListener("pointerover", ({ target }) => {
    const label = target.getAttribute("aria-label");
    if (!label || target.firstChild) return;
    const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
    tip.textContent = label;
    target.append(tip);
  });
}
// Suggestions while one types a job title or code; the browser's own list shows them and takes the keys.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-suggestions`;
  box.after(list);
  box.setAttribute("list", list.id);
  box.autocomplete = "off";
  const french = document.documentElement.lang === "fr";
  const suggest = async () => {
    const typed = box.value.trim();
    if (typed.length < 2) return;
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || typed !== box.value.trim()) return;
    list.replaceChildren(...(await answer.json()).map((one) => new Option(
      `${one.code} ${french ? one.title_fr : one.title}`,
      one.reason.endsWith("title") ? one.text : one.code,
    )));
  };
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 150);
  });
}
