// Saves the draft while one types. The buttons do the same without JavaScript; nothing typed is ever dropped.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.querySelector("[data-autosave-status]");
  if (!form || !status) {
    return;
  }
  const DELAY = 1500;
  let timer = 0;
  let travelling = null;
  let dirty = false;
  let stopped = false;

  const say = (sentences) => {
    status.textContent = sentences.join(" ");
  };

  const hour = () => new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

  const understand = async (response) => {
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isJson) {
      stopped = true;
      say(["L’enregistrement automatique s’est arrêté : utilisez le bouton « Enregistrer le brouillon »."]);
      return;
    }
    const answer = await response.json();
    if (answer.saved) {
      form.elements.version.value = answer.version;
      say([`Brouillon enregistré à ${hour()}.`, ...answer.sentences]);
      return;
    }
    // Somebody else saved: only a person can choose, on the page that the button opens.
    stopped = response.status === 409 || response.status === 403;
    dirty = true;
    say(["Pas encore enregistré :", ...answer.sentences]);
  };

  const save = async () => {
    dirty = false;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
      });
      await understand(response);
    } catch {
      dirty = true;
      say(["Pas de connexion : votre saisie reste sur cette page et sera enregistrée au retour du réseau."]);
      timer = window.setTimeout(start, 10 * DELAY);
    }
  };

  const start = () => {
    window.clearTimeout(timer);
    if (stopped || travelling) {
      return;
    }
    travelling = save().finally(() => {
      travelling = null;
    });
  };

  form.addEventListener("input", () => {
    dirty = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(start, DELAY);
  });

  window.addEventListener("online", () => {
    if (dirty) {
      start();
    }
  });

  // A press on a button waits for the save that travels: otherwise the two would meet as strangers.
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    dirty = false;
    if (travelling) {
      event.preventDefault();
      const button = event.submitter;
      travelling.finally(() => {
        delete form.dataset.sent;
        form.requestSubmit(button);
      });
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty) {
      event.preventDefault();
    }
  });
});
