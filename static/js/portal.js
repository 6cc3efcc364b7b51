// Comfort on top of pages that work without it: a refused form takes the focus, a table that fits leaves the tab order.

// The design system turns the menu into a dialog on a telephone and takes its name from here. The name cannot stand in
// the page: there the menu is a plain block, and those may not be named.
document.getElementById("menu-mobile")?.setAttribute("aria-labelledby", "bouton-menu");

document.addEventListener("DOMContentLoaded", () => {
  const summary = document.querySelector(".portal-error-summary");
  if (summary) {
    summary.focus();
    if (!/^(\d+ )?erreurs?/i.test(document.title)) {
      document.title = `Erreur : ${document.title}`;
    }
  }

  for (const region of document.querySelectorAll('.portal-table [tabindex="0"]')) {
    if (region.scrollWidth <= region.clientWidth) {
      region.removeAttribute("tabindex");
    }
  }

  // A second click while the first one travels would send the same answers twice.
  for (const form of document.querySelectorAll('form[method="post"]')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
      }
      form.dataset.sent = "yes";
    });
  }
});

// Coming back with the browser's « Précédent » shows the page as it was left: its forms must be sendable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
});
