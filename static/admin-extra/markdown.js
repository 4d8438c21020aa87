"use strict";
// Keeps the previews of Markdown texts in step with what is typed; without it they show the saved text.
addEventListener("DOMContentLoaded", () => {
  const address = location.pathname.replace(/[^/]+\/(change|add)\/$|add\/$/, "") + "markdown/";
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const preview of document.querySelectorAll("[data-markdown-of]")) {
    const text = document.getElementById(preview.dataset.markdownOf);
    let waiting;
    text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const body = new URLSearchParams({ text: text.value });
        const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
        if (answer.ok) preview.innerHTML = await answer.text(); // sanitised by the server
      }, 400);
    });
  }
});
