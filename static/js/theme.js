// Before anything is drawn: light or dark as chosen in this browser, or as the device says.
{
  const page = document.documentElement;
  const dark = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.media)
    .filter((media) => media?.mediaText.includes("prefers-color-scheme"));
  const byDevice = dark.map((media) => media.mediaText);
  const show = (theme) => {
    page.dataset.theme = theme;
    dark.forEach((media, place) => {
      media.mediaText = { light: "not all", dark: "screen" }[theme] ?? byDevice[place];
    });
  };
  const kept = () => {
    try { return localStorage.getItem("theme") ?? "auto"; } catch { return "auto"; }
  };
  page.classList.add("scripts");
  show(kept());
  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("theme");
    if (!choice) return;
    choice.value = kept();
    choice.addEventListener("change", () => {
      try { localStorage.setItem("theme", choice.value); } catch { /* for this page only */ }
      show(choice.value);
    });
  });
}
