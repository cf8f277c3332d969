//! The rules of OAuth 2.0 that a server of these endpoints has to keep, each with the scenarios that prove it.

/// A rule, and the names of its scenarios below `beyond_identity::`.
type Rule = (&'static str, &'static [&'static str]);

/// RFC 6749, 6750, 7009, 7517, 7519, 7636, 7662, 8414, 9207, 9700 and OpenID Connect Core 1.0, by section.
pub const RULES: &[Rule] = &[
    (
        "RFC 6749, 2.1: a confidential client keeps a secret, a public one has none",
        &[
            "client_authentication::a_confidential_client_cannot_do_without_its_secret",
            "code::a_confidential_client_has_to_authenticate",
            "client_authentication::an_empty_secret_is_that_of_a_public_client",
        ],
    ),
    (
        "RFC 6749, 2.3: one way of authentication in a request",
        &["client_authentication::refuses_two_ways_at_once"],
    ),
    (
        "RFC 6749, 2.3.1: HTTP Basic, both parts form-encoded",
        &[
            "client_authentication::mints_by_http_basic",
            "client_authentication::credentials_in_basic_are_form_encoded",
        ],
    ),
    (
        "RFC 6749, 2.3.1: credentials in the body",
        &[
            "client_authentication::mints_by_credentials_in_the_body",
            "code::redeems_by_credentials_in_the_body",
        ],
    ),
    (
        "RFC 6749, 3.1: GET, and POST where supported",
        &[
            "authorize::shows_a_page",
            "posted::a_request_by_post_is_the_same_as_by_get",
        ],
    ),
    (
        "RFC 6749, 3.1 and 3.2: unknown parameters are ignored",
        &[
            "authorize::ignores_unknown_parameters",
            "token::ignores_unknown_parameters",
        ],
    ),
    (
        "RFC 6749, 3.1 and 3.2: empty parameters count as left out",
        &[
            "authorize::wants_the_response_type_code",
            "token::empty_parameters_count_as_left_out",
        ],
    ),
    (
        "RFC 6749, 3.1 and 3.2: no parameter twice",
        &[
            "authorize::refuses_repeated_parameters",
            "token::refuses_repeated_parameters",
            "revoke::refuses_repeated_parameters",
            "page::refuses_incomplete_forms",
        ],
    ),
    (
        "RFC 6749, 3.1.2: the query of a redirect URI is kept",
        &["redirects::keeps_the_query_of_a_redirect_uri"],
    ),
    (
        "RFC 6749, 3.1.2.3: with several redirect URIs one is named",
        &[
            "redirects::of_several_redirect_uris_one_has_to_be_named",
            "redirects::the_only_redirect_uri_may_be_left_out",
        ],
    ),
    (
        "RFC 6749, 3.1.2.4: no redirect to an invalid URI",
        &[
            "redirects::never_redirects_to_a_uri_that_is_not_registered",
            "redirects::never_redirects_for_an_unknown_client",
        ],
    ),
    (
        "RFC 6749, 3.2: POST only, forms only",
        &["token::takes_post_only", "token::takes_forms_only"],
    ),
    (
        "RFC 6749, 3.2.1: a code is redeemed by its own client",
        &["code::a_code_is_bound_to_its_client"],
    ),
    (
        "RFC 6749, 3.3: scope left out has a documented default",
        &["token::scope_left_out_means_all"],
    ),
    (
        "RFC 6749, 3.3: scopes granted as asked, told in the answer, order free",
        &["token::grants_the_scopes_asked_for"],
    ),
    (
        "RFC 6749, 3.3: invalid_scope",
        &[
            "token::refuses_scopes_that_are_not_allowed",
            "token::refuses_malformed_scopes",
            "authorize::refuses_scopes_that_are_not_allowed",
            "code::scopes_may_be_narrowed_not_widened",
        ],
    ),
    (
        "RFC 6749, 4.1.1 and 4.1.2.1: response_type",
        &["authorize::wants_the_response_type_code"],
    ),
    (
        "RFC 6749, 4.1.2: the state comes back exactly, if it was sent",
        &[
            "redirects::gives_the_state_back_exactly",
            "redirects::sends_no_state_that_was_not_sent",
        ],
    ),
    (
        "RFC 6749, 4.1.2: a code lives ten minutes at most",
        &["code::a_code_lives_at_most_ten_minutes"],
    ),
    (
        "RFC 6749, 4.1.2: a code works once; a replay revokes what it minted",
        &[
            "code::a_code_works_once",
            "code::a_code_works_once_under_concurrency",
            "code::a_replayed_code_revokes_what_it_minted",
            "code::a_replay_revokes_even_after_the_code_s_time",
        ],
    ),
    (
        "RFC 6749, 4.1.2.1: access_denied",
        &["page::denying_sends_access_denied_back"],
    ),
    (
        "RFC 6749, 4.1.2.1: unauthorized_client",
        &["authorize::a_client_without_the_grant_is_unauthorized"],
    ),
    (
        "RFC 6749, 4.1.3: the redirect URI comes again and is the same",
        &["code::a_code_is_bound_to_its_redirect_uri"],
    ),
    (
        "RFC 6749, 4.4: client credentials are for confidential clients",
        &[
            "token::a_public_client_has_no_client_credentials",
            "token::a_client_may_use_only_its_grant_types",
        ],
    ),
    (
        "RFC 6749, 4.4.3: no refresh token",
        &["token::hands_out_no_refresh_token"],
    ),
    (
        "RFC 6749, 5.1: token_type, expires_in, no-store",
        &[
            "client_authentication::mints_by_http_basic",
            "token::management_tokens_live_for_three_months",
            "token::other_tokens_live_as_long_as_registered",
        ],
    ),
    (
        "RFC 6749, 5.2: invalid_client is 401 with WWW-Authenticate",
        &[
            "client_authentication::refuses_unknown_clients",
            "client_authentication::refuses_another_application_s_client",
        ],
    ),
    (
        "RFC 6749, 5.2: invalid_request, unsupported_grant_type",
        &[
            "token::wants_a_grant_type",
            "token::refuses_other_grant_types",
        ],
    ),
    (
        "RFC 6749, 5.2: invalid_grant",
        &["code::refuses_what_is_no_code"],
    ),
    (
        "RFC 6749, 10.10: credentials cannot be guessed",
        &[
            "page::refuses_forged_tickets",
            "page::approving_sends_the_code_back",
        ],
    ),
    (
        "RFC 6749, 10.12: what a person approves was asked of them, once",
        &[
            "page::a_ticket_works_once",
            "page::a_ticket_works_once_under_concurrency",
            "page::a_ticket_expires",
            "page::a_ticket_is_good_for_its_own_application_only",
        ],
    ),
    (
        "RFC 6749, 10.13: the page is framed nowhere",
        &["page::is_framed_nowhere_and_kept_nowhere"],
    ),
    (
        "RFC 6749, 10.14: what others wrote is escaped",
        &["page::escapes_what_others_wrote"],
    ),
    (
        "RFC 7636, 4.1 and 4.6: the verifier has its form and meets the challenge",
        &["code::the_verifier_has_to_meet_the_challenge"],
    ),
    (
        "RFC 7636, 4.2: challenges have their form",
        &["authorize::refuses_malformed_challenges"],
    ),
    (
        "RFC 7636, 4.3 and 4.4.1: S256 only, but where plain is set; invalid_request for the rest",
        &[
            "authorize::takes_s256_only",
            "settings::pkce_may_be_plain_where_that_is_set",
        ],
    ),
    (
        "RFC 9700, 2.1: redirect URIs are compared exactly",
        &["redirects::never_redirects_to_a_uri_that_is_not_registered"],
    ),
    (
        "RFC 9700, 2.1.1: public clients must use PKCE",
        &[
            "authorize::a_public_client_must_use_pkce",
            "settings::a_public_client_uses_s256_whatever_is_set",
        ],
    ),
    (
        "RFC 9700, 2.1.1 and 4.8.2: no PKCE downgrade",
        &["code::a_verifier_without_a_challenge_is_a_downgrade"],
    ),
    (
        "RFC 9700, 2.1.2: no implicit grant",
        &["authorize::wants_the_response_type_code"],
    ),
    (
        "RFC 9700, 2.3: tokens are bound to an audience and a scope",
        &[
            "revoke::a_bearer_for_another_audience_is_refused",
            "revoke::a_bearer_without_the_scope_is_forbidden",
        ],
    ),
    (
        "RFC 9700, 2.4: no password grant",
        &["token::refuses_other_grant_types"],
    ),
    (
        "RFC 9700, 2.6: no CORS at the authorization endpoint",
        &[
            "authorize::is_not_open_to_scripts_of_other_origins",
            "cross_origin::nothing_else_is_open",
        ],
    ),
    (
        "RFC 9700, 2.6: CORS at the endpoints for apps in browsers",
        &[
            "cross_origin::apps_in_browsers_read_every_answer_of_their_endpoints",
            "cross_origin::browsers_are_told_before_they_send",
        ],
    ),
    (
        "RFC 9700, 4.2.4: no referrer",
        &["page::is_framed_nowhere_and_kept_nowhere"],
    ),
    (
        "RFC 9700, 4.11.2: no open redirector",
        &[
            "redirects::never_redirects_to_a_uri_that_is_not_registered",
            "redirects::auto_approve_checks_all_the_same",
        ],
    ),
    (
        "RFC 9700, 4.12: redirects are never 307",
        &["page::approving_sends_the_code_back"],
    ),
    (
        "RFC 7009, 2.1: token is required; Basic authentication",
        &[
            "revoke::wants_a_token",
            "revoke::revokes_by_form",
            "revoke::wants_a_credential",
            "revoke::refuses_bad_clients",
        ],
    ),
    (
        "RFC 7009, 2.1: a client revokes its own tokens only",
        &["revoke::revokes_no_other_client_s_token"],
    ),
    (
        "RFC 7009, 2.1: hints are hints",
        &["revoke::the_hint_changes_nothing"],
    ),
    (
        "RFC 7009, 2.2: 200 for what is not valid",
        &[
            "revoke::unknown_tokens_are_answered_like_revoked_ones",
            "revoke::expired_tokens_are_answered_like_revoked_ones",
        ],
    ),
    (
        "RFC 7009, 2.1: a public client names itself; a refresh token takes its access tokens along",
        &[
            "userinfo::ends_with_the_token",
            "refresh::revoking_it_ends_the_access_tokens",
        ],
    ),
    (
        "RFC 6750, 2: a bearer token in the header field or in the body, and in one way only",
        &["userinfo::takes_the_token_in_the_body_by_post"],
    ),
    (
        "RFC 6750, 3: no error for who presented no token",
        &["userinfo::wants_a_token"],
    ),
    (
        "RFC 6750, 3.1: invalid_token, insufficient_scope",
        &[
            "revoke::refuses_bad_bearers",
            "revoke::a_bearer_without_the_scope_is_forbidden",
            "userinfo::refuses_bad_tokens",
            "userinfo::says_what_is_wrong_with_a_token",
            "userinfo::wants_the_scope_openid",
            "introspect::a_bearer_without_the_scope_is_forbidden",
        ],
    ),
    (
        "RFC 6749, 6: the client authenticates, and a refresh token is bound to it",
        &[
            "refresh::a_public_client_refreshes",
            "refresh::a_confidential_client_has_to_authenticate",
            "refresh::a_token_is_bound_to_its_client",
        ],
    ),
    (
        "RFC 6749, 6: the scope is the same or narrower, and the new refresh token's is the old one's",
        &["refresh::the_scope_may_be_narrowed_not_widened"],
    ),
    (
        "RFC 9700, 4.14.2: refresh tokens rotate, and a replay ends the family",
        &[
            "refresh::a_token_works_once",
            "refresh::a_token_that_comes_again_ends_its_whole_family",
            "refresh::of_many_at_once_one_is_served_and_the_family_ends",
        ],
    ),
    (
        "RFC 9700, 4.14.2: refresh tokens end when they are not used",
        &["refresh::a_life_of_three_months"],
    ),
    (
        "RFC 7517, 4 and 5: the public keys, and nothing of the private ones",
        &["keys::what_is_signed_verifies_by_the_published_keys"],
    ),
    (
        "RFC 7519, 4.1: registered claims",
        &[
            "token::access_tokens_are_rs256_jwts",
            "settings::a_token_lives_as_long_as_was_asked_for",
        ],
    ),
    (
        "RFC 7662, 2.1: the endpoint is protected",
        &[
            "introspect::wants_a_credential",
            "introspect::refuses_callers_of_another_realm",
        ],
    ),
    (
        "RFC 7662, 2.1: POST and a form with a token",
        &["introspect::wants_a_token", "introspect::takes_forms_only"],
    ),
    (
        "RFC 7662, 2.2: what is told of a good token, and nothing of others",
        &[
            "introspect::says_what_a_client_s_token_is_good_for",
            "introspect::of_what_is_not_good_nothing_else_is_said",
            "introspect::says_nothing_of_another_realm_s_tokens",
            "introspect::a_refresh_token_is_its_client_s_alone",
        ],
    ),
    (
        "RFC 8414, 2 and 3: the metadata, behind the path and before it; the issuer is where it leads from",
        &[
            "discovery::clients_find_it_where_they_look",
            "discovery::says_what_clients_need",
            "discovery::every_endpoint_is_there",
        ],
    ),
    (
        "RFC 9207, 2: iss in every answer of the authorization endpoint",
        &["openid::every_answer_names_its_issuer"],
    ),
    (
        "OpenID Connect Core, 2 and 3.1.3.6: the ID token's claims, nonce and at_hash",
        &[
            "openid::an_id_token_says_what_it_has_to",
            "openid::the_nonce_comes_back_exactly",
        ],
    ),
    (
        "OpenID Connect Core, 3.1.2.1: no ID token without the scope openid",
        &["openid::without_openid_there_is_no_id_token"],
    ),
    (
        "OpenID Connect Core, 3.1.2.1: requests by GET and POST",
        &[
            "posted::a_request_by_post_is_the_same_as_by_get",
            "posted::refuses_the_same_as_by_get",
        ],
    ),
    (
        "OpenID Connect Core, 3.1.2.2: nobody else is approved for than whom id_token_hint names",
        &[
            "hints::nobody_else_may_approve",
            "hints::nobody_else_is_approved_for",
            "hints::one_that_has_expired_will_do",
        ],
    ),
    (
        "OAuth 2.0 Multiple Response Types, 2.1; Form Post Response Mode, 2: response_mode",
        &[
            "posted::an_answer_in_the_fragment",
            "posted::an_answer_by_form_post",
            "posted::every_answer_goes_the_way_that_was_asked_for",
        ],
    ),
    (
        "OpenID Connect Core, 3.1.2.1: prompt, max_age, login_hint",
        &[
            "openid::prompt_none_shows_no_page",
            "openid::other_prompts_show_the_page",
            "openid::max_age_is_a_number",
            "openid::a_hint_puts_the_person_first",
        ],
    ),
    (
        "OpenID Connect Core, 5.3: userinfo by GET and POST, with the ID token's subject",
        &["userinfo::tells_who_approved"],
    ),
    (
        "OpenID Connect Core, 6: unsupported requests are refused",
        &["openid::requests_are_not_jwts"],
    ),
    (
        "OpenID Connect Core, 11: offline_access is ignored where there are no refresh tokens",
        &["refresh::only_where_the_application_has_them"],
    ),
    (
        "OpenID Connect Core, 12.2: the ID token of a refresh",
        &["refresh::the_id_token_names_the_same_person_and_time"],
    ),
];

/// Panics when a rule names a scenario that does not exist.
pub fn assert_ticked(scenarios: &[String]) {
    for (rule, named) in RULES {
        for name in *named {
            let full = format!("beyond_identity::{name}");
            assert!(
                scenarios.contains(&full),
                "{rule}: there is no scenario {full}"
            );
        }
    }
}
