// Saves the draft while one types. The buttons do the same without JavaScript; nothing typed is ever dropped.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.querySelector("[data-autosave-status]");
  const session = window.portalSession;
  if (!form || !status) {
    return;
  }
  const DELAY = 1500;
  const LATER = 10 * DELAY;
  let timer = 0;
  let travelling = null;
  let dirty = false;
  let stopped = false;
  let signedOut = false;
  let leaving = false;
  let renewed = false;

  const say = (sentences) => {
    status.textContent = sentences.join(" ");
  };

  const hour = () => new Date().toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

  const again = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(start, LATER);
  };

  const waitForSignIn = () => {
    dirty = signedOut = true;
    say(["Votre session est terminée : votre saisie reste dans cette page et sera enregistrée dès que vous serez reconnecté. "]);
    const link = document.createElement("a");
    link.className = "fr-link";
    link.href = session.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.title = "Se reconnecter – nouvelle fenêtre";
    link.textContent = "Se reconnecter";
    status.append(link);
  };

  // Signed in again, here or elsewhere, the forms have another token: it is fetched once.
  const renewToken = async () => {
    const now = renewed ? undefined : await session.state();
    if (now === null) {
      waitForSignIn();
    } else if (now === undefined || now.account !== session.account) {
      stop(now ? OTHER : STOPPED);
    } else {
      renewed = dirty = true;
      session.useToken(now.token);
      timer = window.setTimeout(start, 0);
    }
  };

  const STOPPED = "L’enregistrement automatique s’est arrêté : utilisez le bouton « Enregistrer le brouillon ».";
  const OTHER = "Un autre compte est connecté dans ce navigateur : votre saisie reste dans cette page, elle n’est pas enregistrée.";
  const stop = (sentence) => {
    stopped = dirty = true;
    say([sentence]);
  };

  const understand = async (response, typed) => {
    if (response.status === 401 || response.type === "opaqueredirect") {
      waitForSignIn();
      return;
    }
    if (response.status >= 500 || response.status === 429) {
      dirty = true;
      say(["Le portail ne répond pas : votre saisie reste dans cette page, nouvel essai dans quelques secondes."]);
      again();
      return;
    }
    const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
    const answer = isJson ? await response.json() : {};
    if (answer.reason === "token") {
      await renewToken();
      return;
    }
    if (!isJson) {
      stop(STOPPED);
      return;
    }
    signedOut = renewed = false;
    session?.lasts(response.headers.get("Session-Ends"));
    if (answer.saved) {
      if ("version" in answer) {
        form.elements.version.value = answer.version;
      }
      // What is stored as typed is what the page stands on from now on.
      for (const [name, loaded] of Object.entries(answer.loaded)) {
        form.elements[name].value = loaded;
      }
      form.dispatchEvent(new CustomEvent("portal:saved", { detail: { typed } }));
      say([`Brouillon enregistré à ${hour()}.`, ...answer.sentences]);
      return;
    }
    // Somebody else saved: only a person can choose, on the page that the button opens. Refused: no button would save it.
    stopped = response.status === 409 || response.status === 403;
    dirty = true;
    say([answer.refused ? "Votre saisie n’est pas enregistrée :" : "Pas encore enregistré :", ...answer.sentences]);
  };

  const save = async () => {
    dirty = false;
    const typed = form.portalTyped?.() || {};
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
      });
      await understand(response, typed);
    } catch {
      dirty = true;
      say(["Pas de connexion : votre saisie reste sur cette page et sera enregistrée au retour du réseau."]);
      again();
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

  // What was typed before came back into the page: it is not saved yet.
  if (form.dataset.restored) {
    dirty = true;
    timer = window.setTimeout(start, DELAY);
  }

  window.addEventListener("online", () => {
    if (dirty) {
      start();
    }
  });

  session?.onReturn({
    wanted: () => signedOut,
    back: (isSame) => (isSame ? start() : say([OTHER])),
  });

  // A press on a button waits for the save that travels: otherwise the two would meet as strangers.
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    leaving = true;
    if (travelling) {
      event.preventDefault();
      const button = event.submitter;
      travelling.finally(() => {
        delete form.dataset.sent;
        form.requestSubmit(button);
      });
    }
  });
  form.addEventListener("portal:discard", () => {
    leaving = true;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) {
      event.preventDefault();
    }
  });
});
