"""Addresses of accounts: sign-in, public pages, technical answers."""

from django.urls import URLPattern, path

from accounts.views import account, pages, proconnect, second_factor, sessions, sign_in, sign_in_link, technical

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("plan-du-site/", pages.site_map, name="site_map"),
    path("contact/", pages.contact, name="contact"),
    path("connexion/", sign_in.login, name="login"),
    path("connexion/code/", second_factor.sign_in_code, name="sign_in_code"),
    path("connexion/second-facteur/", second_factor.sign_in_set_up, name="sign_in_set_up"),
    path("connexion/lien/", sign_in_link.sign_in_link, name="sign_in_link"),
    path("connexion/lien/envoye/", sign_in_link.sign_in_link_sent, name="sign_in_link_sent"),
    path("connexion/lien/<str:token>/", sign_in_link.sign_in_link_confirm, name="sign_in_link_confirm"),
    path("connexion/proconnect/", proconnect.proconnect, name="proconnect"),
    path("connexion/proconnect/retour/", proconnect.proconnect_callback, name="proconnect_callback"),
    path("deconnexion/", sign_in.logout, name="logout"),
    path("mot-de-passe/oubli/", sign_in.password_reset, name="password_reset"),
    path("mot-de-passe/oubli/envoye/", sign_in.password_reset_done, name="password_reset_done"),
    path("mot-de-passe/change/", sign_in.password_reset_complete, name="password_reset_complete"),
    path("mot-de-passe/<uidb64>/<token>/", sign_in.password_reset_confirm, name="password_reset_confirm"),
    path("mon-compte/connexions/", sessions.session_list, name="session_list"),
    path("mon-compte/connexions/fermer/", sessions.session_close_others, name="session_close_others"),
    path("mon-compte/connexions/prolonger/", sessions.session_renew, name="session_renew"),
    path("mon-compte/connexions/etat/", sessions.session_state, name="session_state"),
    path("mon-compte/connexions/<uuid:pk>/fermer/", sessions.session_close, name="session_close"),
    path("mon-compte/", account.account, name="account"),
    path("mon-compte/mot-de-passe/", account.password_change, name="password_change"),
    path("mon-compte/adresse/", account.address_change, name="address_change"),
    path("mon-compte/adresse/<str:token>/", account.address_confirm, name="address_confirm"),
    path("mon-compte/second-facteur/", second_factor.second_factor_page, name="second_factor"),
    path("mon-compte/second-facteur/codes/", second_factor.second_factor_codes, name="second_factor_codes"),
    path("mon-compte/second-facteur/renouveler/", second_factor.second_factor_renew, name="second_factor_renew"),
    path("mon-compte/second-facteur/desactiver/", second_factor.second_factor_turn_off, name="second_factor_turn_off"),
    path("healthz", technical.healthz, name="healthz"),
    path("robots.txt", technical.robots, name="robots"),
    path(".well-known/security.txt", technical.security_txt, name="security_txt"),
]
