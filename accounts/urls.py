"""Addresses of accounts: sign-in, public pages, technical answers."""

from django.urls import URLPattern, path

from accounts.views import pages, sessions, sign_in, technical

urlpatterns: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("plan-du-site/", pages.site_map, name="site_map"),
    path("contact/", pages.contact, name="contact"),
    path("connexion/", sign_in.login, name="login"),
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
    path("healthz", technical.healthz, name="healthz"),
    path("robots.txt", technical.robots, name="robots"),
    path(".well-known/security.txt", technical.security_txt, name="security_txt"),
]
