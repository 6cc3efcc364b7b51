// Comfort on top of pages that work without it: a refused form takes the focus, a table that scrolls says so.

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

  // On a telephone the menu is behind its button: that is where one skips to.
  document.querySelector('.fr-skiplinks a[href="#menu"]')?.addEventListener("click", (event) => {
    const button = document.getElementById("bouton-menu");
    if (button.getClientRects().length) {
      event.preventDefault();
      button.focus();
    }
  });

  // A region that scrolls is a stop of the keyboard and shows on which side it goes on; one that fits is neither. Asked
  // again whenever it or what it holds changes size: a screen that turns, a part that unfolds, a preview that comes.
  for (const region of document.querySelectorAll('[role="region"][tabindex="0"]')) {
    const box = region.closest(".fr-table__container") ?? region;
    const tell = () => {
      const hidden = box.scrollWidth - box.clientWidth;
      if (hidden > 0 || box.scrollHeight > box.clientHeight) {
        region.tabIndex = 0;
      } else {
        region.removeAttribute("tabindex");
      }
      region.closest(".portal-table")?.classList.toggle("portal-table--before", box.scrollLeft > 1);
      region.closest(".portal-table")?.classList.toggle("portal-table--after", box.scrollLeft < hidden - 1);
    };
    const observer = new ResizeObserver(tell);
    observer.observe(box);
    for (const child of region.children) {
      observer.observe(child);
    }
    box.addEventListener("scroll", tell, { passive: true });
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
