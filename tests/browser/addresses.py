"""Where every page is found, typed by hand: « {company.main} » stands for the id of a row of world.py."""

from tests.browser.world import TOKEN

IMPORT_PARTS = ("confirm", "annotated", "model", "current")

NOT_PAGES = {
    *("healthz", "robots", "security_txt", "logout", "proconnect", "proconnect_callback"),
    *("session_close", "session_close_others", "session_renew", "session_state"),
    *("convention_prepare", "convention_resume", "convention_renew"),
    *("submission_transmit", "submission_validate", "submission_return", "submission_reopen", "submission_extend"),
    *("bilan_start", "bilan_rectify", "bilan_preview", "bilan_download", "bilan_version", "national_download"),
    *("bilan_schema", "national_schema", "bilan_acknowledge", "bilan_ask", "bilan_answer", "reminder_send"),
    *("publication_create", "publication_download"),
    *("national_archive", "edition_download", "board_download", "referent_download", "practice_download"),
    *("public_download", "compare_download", "indicator_download", "sent_companies_download"),
    *(f"{page}_import_{part}" for page in ("company", "convention", "result") for part in IMPORT_PARTS),
    *("catalogue_file", "draft_file", "draft_indicator_remove", "draft_drop"),
}
"""Files, parts of a page, and addresses that only take a POST."""

PAGES: dict[str, tuple[str, ...]] = {
    "home": ("/",),
    "accessibility": ("/accessibilite/",),
    "legal_notice": ("/mentions-legales/",),
    "privacy": ("/donnees-personnelles/",),
    "site_map": ("/plan-du-site/",),
    "contact": ("/contact/",),
    "login": ("/connexion/",),
    "password_reset": ("/mot-de-passe/oubli/",),
    "password_reset_done": ("/mot-de-passe/oubli/envoye/",),
    "password_reset_complete": ("/mot-de-passe/change/",),
    "password_reset_confirm": ("/mot-de-passe/MQ/perime/",),
    "kept_form": ("/saisie-conservee/",),
    "session_list": ("/mon-compte/connexions/",),
    "sign_in_code": ("/connexion/code/",),
    "sign_in_set_up": ("/connexion/second-facteur/",),
    "sign_in_link": ("/connexion/lien/",),
    "sign_in_link_sent": ("/connexion/lien/envoye/",),
    "sign_in_link_confirm": ("/connexion/lien/perime/",),
    "account": ("/mon-compte/",),
    "password_change": ("/mon-compte/mot-de-passe/",),
    "address_change": ("/mon-compte/adresse/",),
    "address_confirm": ("/mon-compte/adresse/perime/",),
    "second_factor": ("/mon-compte/second-facteur/",),
    "second_factor_codes": ("/mon-compte/second-facteur/codes/",),
    "second_factor_renew": ("/mon-compte/second-facteur/renouveler/",),
    "second_factor_turn_off": ("/mon-compte/second-facteur/desactiver/",),
    "dashboard": ("/tableau-de-bord/",),
    "journal": ("/journal/",),
    "team_list": ("/equipe/",),
    "team_hand_over": ("/equipe/{account.animateur}/confier/", "/equipe/{account.referent}/confier/"),
    "team_deactivate": ("/equipe/{account.referent}/desactiver/", "/equipe/{account.animateur}/desactiver/"),
    "team_reactivate": ("/equipe/{account.gone}/reactiver/",),
    "company_list": ("/entreprises/", "/entreprises/?q=introuvable"),
    "company_create": ("/entreprises/nouvelle/",),
    "company_import": ("/entreprises/importer/",),
    "company_detail": (
        "/entreprises/{company.main}/",
        "/entreprises/{company.free}/",
        "/entreprises/{company.longest}/",
    ),
    "company_update": ("/entreprises/{company.main}/modifier/", "/entreprises/{company.longest}/modifier/"),
    "company_members": ("/entreprises/{company.main}/membres/",),
    "company_contacts": ("/entreprises/{company.main}/contacts/",),
    "company_establishments": ("/entreprises/{company.main}/etablissements/",),
    "company_group": ("/entreprises/{company.main}/groupe/", "/entreprises/{company.longest}/groupe/"),
    "company_charters": ("/entreprises/{company.main}/chartes/", "/entreprises/{company.longest}/chartes/"),
    "charter_list": ("/chartes/", "/chartes/?etat=a-convertir", "/chartes/?q=introuvable"),
    "charter_create": ("/chartes/nouvelle/",),
    "unreachable_list": ("/courriels/non-remis/",),
    "invitation_list": ("/invitations/", "/invitations/?etat=expirees", "/invitations/?etat=acceptees"),
    "invitation_create": (
        "/invitations/nouvelle/",
        *(f"/invitations/nouvelle/?pour={kind}" for kind in ("entreprise", "animateur", "lecteur", "referent", "cget")),
    ),
    "invitation_resend": ("/invitations/{invitation.pending}/renvoyer/",),
    "invitation_revoke": ("/invitations/{invitation.pending}/annuler/",),
    "invitation_accept": (f"/invitation/{TOKEN}/",),
    "convention_list": ("/conventions/", "/conventions/?q=introuvable"),
    "convention_create": ("/conventions/nouvelle/",),
    "convention_import": ("/conventions/importer/",),
    "convention_detail": tuple(
        f"/conventions/{{convention.{key}}}/" for key in ("signed", "ready", "draft", "terminated", "longest")
    ),
    "convention_update": ("/conventions/{convention.draft}/modifier/",),
    "convention_targets": ("/conventions/{convention.draft}/objectifs/",),
    "convention_commitments": ("/conventions/{convention.draft}/engagements/",),
    "convention_sign": ("/conventions/{convention.ready}/signer/",),
    "convention_cancel": ("/conventions/{convention.cancellable}/annuler/",),
    "convention_drop": ("/conventions/{convention.draft}/supprimer/",),
    "convention_terminate": ("/conventions/{convention.signed}/resilier/",),
    "convention_elsewhere": ("/conventions/{convention.signed}/comptee-ailleurs/",),
    "result_import": ("/resultats/importer/",),
    "submission_list": ("/resultats/", "/resultats/?etat=delai-depasse", "/resultats/?q=introuvable"),
    "submission_detail": tuple(
        f"/resultats/{{submission.{key}}}/"
        for key in ("progress", "transmitted", "validated", "returned", "blank", "extended", "longest")
    ),
    "submission_step": tuple(
        f"/resultats/{{submission.progress}}/saisie/{step}/"
        for step in ("sensibiliser", "former", "recruter", "acheter", "exemples")
    ),
    "campaign_list": ("/campagnes/",),
    "campaign_create": ("/campagnes/nouvelle/",),
    "campaign_update": ("/campagnes/2020-S1/",),
    "catalogue_list": ("/campagnes/catalogue/",),
    "catalogue_detail": ("/campagnes/catalogue/versions/paqte-2018/",),
    "draft_create": ("/campagnes/catalogue/nouvelle/",),
    "draft_detail": ("/campagnes/catalogue/{version.main}/",),
    "draft_frame": ("/campagnes/catalogue/{version.main}/version/",),
    "draft_indicator_create": ("/campagnes/catalogue/{version.main}/ajouter/",),
    "draft_indicator_update": ("/campagnes/catalogue/{version.main}/indicateurs/SEN-02/",),
    "draft_import": ("/campagnes/catalogue/{version.main}/importer/",),
    "draft_publish": ("/campagnes/catalogue/{version.main}/publier/",),
    "bilan_list": ("/bilans/", "/bilans/?semestre=2019-S1"),
    "bilan_detail": ("/bilans/62/2019-S1/", "/bilans/62/2019-S2/", "/bilans/62/2020-S1/"),
    "bilan_exchange": ("/bilans/62/2019-S2/echange/",),
    "bilan_edit": ("/bilans/62/2020-S1/rediger/",),
    "bilan_transmit": ("/bilans/62/2020-S1/transmettre/",),
    "bilan_figure": tuple(
        f"/bilans/62/{semester}/chiffres/{code}/"
        for semester, code in (("2020-S1", "REC-02"), ("2019-S2", "FOR-02"), ("2019-S2", "RAT-05"))
    ),
    "bilan_overlap": ("/bilans/62/2019-S2/doubles-comptes/{group.main}/",),
    "bilan_partners": ("/bilans/62/2020-S1/partenaires/",),
    "bilan_examples": ("/bilans/62/2020-S1/exemples/",),
    "bilan_context": ("/bilans/62/2020-S1/contexte/",),
    "national_home": ("/national/",),
    "sent_companies": ("/national/transmis/62/2019-S2/entreprises/",),
    "sent_company": ("/national/transmis/62/2019-S2/entreprises/{siret.main}/",),
    "publication_detail": ("/national/2019-S1/publication/",),
    "national_compare": ("/national/2019-S2/comparer/", "/national/2019-S2/comparer/?axe=former&par=semestres"),
    "indicator_detail": ("/national/2019-S2/indicateurs/REC-01/", "/national/2019-S2/indicateurs/RAT-05/?region=32"),
    "national_detail": ("/national/2019-S1/", "/national/2020-S1/", "/national/2019-S1/?region=32"),
    "referent_list": ("/national/referents/", "/national/referents/?region=32&situation=en-retard"),
    "reminder_list": ("/national/relances/",),
    "practice_list": ("/national/bonnes-pratiques/", "/national/bonnes-pratiques/?q=introuvable"),
    "gathered_list": ("/national/2019-S2/rubriques/", "/national/2019-S2/rubriques/?rubrique=signatories"),
    "edition_create": ("/national/2019-S1/figer/",),
    "edition_detail": ("/national/versions/{edition.main}/",),
    "message_list": ("/national/messages/",),
    "message_create": ("/national/messages/nouveau/", "/national/messages/nouveau/?region=11"),
    "message_detail": ("/national/messages/{message.main}/",),
    "national_choose": ("/national/2019-S1/choisir/",),
}
OF_SOMEBODY_ELSE = frozenset({"invitation_accept"})
CLOSED = {
    **dict.fromkeys(("referent", "lecteur", "animateur", "administrateur"), OF_SOMEBODY_ELSE),
    "contributeur": OF_SOMEBODY_ELSE
    | {"company_members", "company_contacts", "company_establishments", "invitation_resend", "invitation_revoke"},
    "cget": OF_SOMEBODY_ELSE | {"invitation_resend", "invitation_revoke"},
}
"""What a role may open by its kind, while none of these objects is its own or in a state that allows it."""
