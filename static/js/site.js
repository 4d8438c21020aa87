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
