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
  document.documentElement.dataset.frTheme = isDark ? "dark" : "light";
})();
