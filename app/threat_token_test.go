package main

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestT3TokensMakeNoTokens tries with a token of every scope to make another, and to
// change what passwords and sessions are for.
func TestT3TokensMakeNoTokens(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	for _, scope := range model.Scopes {
		secret := s.Token(t, brook, string(scope.Scope))
		for _, body := range []string{`{"note": "more"}`, `{"note": "more", "scopes": ["all"], "user": "labs", "for_user": "labs"}`} {
			gets(t, string(scope.Scope), s.ask(http.MethodPost, "/api/authentications", secret, body), http.StatusForbidden)
		}
		for page, form := range map[string]string{
			"/brook/settings/access": "name=more&preset=all", "/labs/settings/access": "name=more&preset=all", "/account/security": "current=" + registrytest.Password + "&new=another one 1",
			"/account/email": "email=x@evil.example&password=" + registrytest.Password, "/account/rename": "to=evil&password=" + registrytest.Password, "/organizations": "name=evil",
		} {
			gets(t, page, s.ask(http.MethodPost, page, secret, form, "Content-Type", "application/x-www-form-urlencoded"), http.StatusUnauthorized)
		}
	}
	tokens, err := s.Tokens(t.Context(), s.brook, brook)
	if err != nil || len(tokens) != len(model.Scopes) {
		t.Errorf("brook has %d tokens, want %d (%v)", len(tokens), len(model.Scopes), err)
	}
	weak := s.Token(t, brook, "conda:download")
	gets(t, "another by a weak one", s.ask(http.MethodDelete, "/api/authentications/name/"+tokens[0].Name, weak, ""), http.StatusForbidden)
	gets(t, "itself", s.ask(http.MethodDelete, "/api/authentications", weak, ""), http.StatusOK, http.StatusCreated, http.StatusNoContent)
	gets(t, "itself again", s.ask(http.MethodDelete, "/api/authentications", weak, ""), http.StatusUnauthorized)
}

// conditionally asks for something again, of which the client has the bytes.
func (s *canarySite) conditionally(at, secret, etag string) int {
	return s.ask(http.MethodGet, at, secret, "", "If-None-Match", etag, "If-Modified-Since", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)).Code
}

// TestT4EndedAtOnce ends tokens in every way while clients hold what they got by
// them: the next request is refused, a conditional one too, in this process and in
// another that has answered the same requests.
func TestT4EndedAtOnce(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	other := openCanarySite(t, s.config.DataDir, 0)
	t.Cleanup(other.parts.close)
	ways := map[string]func(secret string){
		"revoked":      func(secret string) { check(t, s.EndToken(t.Context(), s.TokenActor(t, secret))) },
		"disabled":     func(string) { check(t, s.SetDisabled(t.Context(), model.LocalOperator(), "casey", true)) },
		"user deleted": func(string) { check(t, s.DeleteUser(t.Context(), model.LocalOperator(), "casey")) },
	}
	check(t, s.SetCollaborator(t.Context(), s.brook, labs, "raven", "casey", model.Read))
	addresses := append(ofRaven(t), "/conda/labs/noarch/repodata.json", "/conda/labs/noarch/repodata_shards.msgpack.zst", "/pypi/labs/simple/", "/conda/labs/channeldata.json")
	for _, way := range []string{"revoked", "disabled", "user deleted"} {
		secret, tags, unchanged := s.Token(t, "casey"), map[string]string{}, 0
		for _, at := range addresses {
			for _, process := range []*canarySite{s, other} {
				answer := process.ask(http.MethodGet, at, secret, "")
				gets(t, at, answer, http.StatusOK)
				tags[at] = answer.Header().Get("ETag")
				if process.conditionally(at, secret, tags[at]) == http.StatusNotModified {
					unchanged++
				}
			}
		}
		if unchanged < len(addresses) {
			t.Errorf("only %d of %d conditional requests were answered 304, so that this says little", unchanged, 2*len(addresses))
		}
		ways[way](secret)
		for _, at := range addresses {
			for _, process := range []*canarySite{other, s} {
				for _, got := range []int{process.ask(http.MethodGet, at, secret, "").Code, process.conditionally(at, secret, tags[at])} {
					if got != http.StatusUnauthorized {
						t.Errorf("%s, %s: %d, want 401", way, at, got)
					}
				}
			}
		}
		if way == "disabled" {
			check(t, s.SetDisabled(t.Context(), model.LocalOperator(), "casey", false))
		}
	}
}

// TestT4Expired lets an hour pass over a token of half an hour.
func TestT4Expired(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	secret, _, err := s.CreateToken(t.Context(), s.brook, brook, registry.NewToken{Name: "short", Lifetime: time.Hour / 2})
	check(t, err)
	later := openCanarySite(t, s.config.DataDir, time.Hour)
	t.Cleanup(later.parts.close)
	for _, at := range ofRaven(t) {
		answer := s.ask(http.MethodGet, at, secret, "")
		gets(t, at, answer, http.StatusOK)
		if got := later.conditionally(at, secret, answer.Header().Get("ETag")); got != http.StatusUnauthorized {
			t.Errorf("an hour later %s: %d, want 401", at, got)
		}
	}
}

// TestT7TokensOfOthers: by name or by number nobody reaches a token that is not
// theirs, and it goes on working.
func TestT7TokensOfOthers(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	secret, robot, err := s.CreateToken(t.Context(), s.brook, labs, registry.NewToken{Name: "robot"})
	check(t, err)
	casey, session := s.Token(t, "casey"), signIn(t, s, "casey")
	id := "/" + strconv.FormatInt(robot.ID, 10) + "/revoke"
	gets(t, "by name", s.ask(http.MethodDelete, "/api/authentications/name/robot", casey, ""), http.StatusNotFound)
	gets(t, "of the organization", s.ask(http.MethodDelete, "/api/authentications/org/labs/name/robot", casey, ""), http.StatusForbidden)
	gets(t, "of the organization by number", s.fill(session, "/labs/settings/access"+id), http.StatusForbidden)
	gets(t, "as one's own", s.fill(session, "/casey/settings/access"+id), http.StatusNotFound)
	gets(t, "to look at", s.look(session, "/casey/settings/access"+id), http.StatusNotFound)
	gets(t, "the token", s.ask(http.MethodGet, "/api/package/labs/raven", secret, ""), http.StatusOK)
}

// TestT10TokensAtRest looks for tokens in the database, in three spellings, and asks
// with misspelled ones when there is no database any more: only a token whose
// checksum is right would be looked up.
func TestT10TokensAtRest(t *testing.T) {
	t.Parallel()
	s := newAttacked(t)
	secrets := []string{s.Token(t, brook), s.Token(t, labs)}
	dump := s.Dump(t)
	for _, secret := range secrets {
		random := strings.TrimPrefix(secret, "viv-")
		for _, spelling := range []string{random, hexOf([]byte(secret)), base64.StdEncoding.EncodeToString([]byte(random))} {
			if strings.Contains(dump, spelling) {
				t.Errorf("the database holds a token as %s", spelling)
			}
		}
	}
	check(t, s.store.Close())
	secret := secrets[0]
	last := byte('0')
	if secret[len(secret)-1] == last {
		last = '1'
	}
	gets(t, "bad checksum", s.ask(http.MethodGet, "/api/user", secret[:len(secret)-1]+string(last), ""), http.StatusUnauthorized)
	if got := s.ask(http.MethodGet, "/api/user", secret, "").Code; got < 500 {
		t.Errorf("without a database a good token answers %d, so that this says nothing", got)
	}
}
