// Before the page shows: the theme chosen in « Paramètres d’affichage », kept by the design system, or the device's own.
// The design system takes over afterwards; without this, a dark page begins with a flash of white.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("scheme");
  } catch {
    // A browser that refuses to keep anything: the device decides.
  }
  const isDark = kept === "dark" || (kept !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const root = document.documentElement;
  root.dataset.frTheme = isDark ? "dark" : "light";

  // Paper is white, whatever the screen.
  let shown = root.dataset.frTheme;
  addEventListener("beforeprint", () => {
    shown = root.dataset.frTheme;
    root.dataset.frTheme = "light";
  });
  addEventListener("afterprint", () => {
    root.dataset.frTheme = shown;
  });
})();
