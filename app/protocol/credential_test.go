package protocol

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vivarium/app/model"
)

func secret(t testing.TB) string {
	t.Helper()
	s, err := model.NewSecret(bytes.NewReader(bytes.Repeat([]byte{7, 19, 42}, 64)), false)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func basic(userinfo string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(userinfo))
}

func TestCredential(t *testing.T) {
	t.Parallel()
	token := secret(t)
	byToken := model.Credential{Token: token}
	tests := []struct {
		name, header, value string
		want                model.Credential
	}{
		{"nothing", "Accept", "application/json", model.Credential{}},
		{"anaconda-client's word", "Authorization", "token " + token, byToken},
		{"schemes have no case", "Authorization", "TOKEN " + token, byToken},
		{"bearer", "Authorization", "Bearer " + token, byToken},
		{"blanks around it", "Authorization", "  Bearer   " + token + " ", byToken},
		{"api key", "X-API-Key", token, byToken},
		{"a token that is not ours is still one", "Authorization", "token xx-1234", model.Credential{Token: "xx-1234"}},
		{"basic, pip's user", "Authorization", basic("__token__:" + token), byToken},
		{"basic, pip's user, not ours", "Authorization", basic("__token__:nonsense"), model.Credential{Token: "nonsense"}},
		{"basic, conda's password", "Authorization", basic(token + ":x-auth-token"), byToken},
		{"basic, conda's password, not ours", "Authorization", basic("nonsense:x-auth-token"), model.Credential{Token: "nonsense"}},
		{"basic, user alone", "Authorization", basic(token + ":"), byToken},
		{"basic, wrong checksum alone", "Authorization", basic("viv-oops:"), model.Credential{Token: "viv-oops"}},
		{"basic, password alone", "Authorization", basic(":" + token), byToken},
		{"basic, any user", "Authorization", basic("brook:" + token), byToken},
		{"basic, any password", "Authorization", basic(token + ":whatever"), byToken},
		{"basic, lower case scheme", "Authorization", "basic" + basic("brook:secret")[5:], model.Credential{Login: "brook", Password: "secret"}},
		{"password with colons", "Authorization", basic("brook:a:b:c"), model.Credential{Login: "brook", Password: "a:b:c"}},
		{"password in UTF-8", "Authorization", basic("brook:pässwörd"), model.Credential{Login: "brook", Password: "pässwörd"}},
		{"password in Latin-1", "Authorization", basic("brook:p\xe4ssw\xf6rd"), model.Credential{Login: "brook", Password: "pässwörd"}},
		{"empty password", "Authorization", basic("brook:"), model.Credential{Login: "brook"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.Header.Set(tt.header, tt.value)
			got, err := Credential(r)
			if err != nil || got != tt.want {
				t.Errorf("Credential(%s: %s) = %+v, %v, want %+v", tt.header, tt.value, got, err, tt.want)
			}
		})
	}
}

func TestCredentialThatCannotBeReadIsNotAnonymous(t *testing.T) {
	t.Parallel()
	for _, h := range []struct{ name, value string }{
		{"Authorization", ""}, {"Authorization", "token"}, {"Authorization", "token "}, {"Authorization", "Bearer"}, {"Authorization", "Bearer a b"},
		{"Authorization", "Basic"}, {"Authorization", "Basic %%%"}, {"Authorization", basic("nocolon")}, {"Authorization", basic(":")},
		{"Authorization", basic("a\nb:c")}, {"Authorization", basic("__token__:")}, {"Authorization", basic("__token__:a b")}, {"Authorization", "Digest username=x"},
		{"Authorization", "Negotiate abc"}, {"Authorization", secret(t)}, {"Authorization", "token " + strings.Repeat("a", 9000)}, {"X-API-Key", ""},
		{"X-API-Key", "a b"}, {"X-API-Key", "ä"}, {"X-API-Key", strings.Repeat("a", 9000)},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set(h.name, h.value)
		got, err := Credential(r)
		if model.CodeOf(err) != model.Unauthenticated || !got.IsZero() {
			t.Errorf("Credential(%s: %.40s) = %+v, %v, want unauthenticated", h.name, h.value, got, err)
		}
		if !HasCredential(r) {
			t.Errorf("HasCredential(%s: %.40s) = false", h.name, h.value)
		}
	}
}

func TestCredentialOrder(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Add("Authorization", "token first")
	r.Header.Add("Authorization", "token second")
	r.Header.Set("X-API-Key", "third")
	if got, err := Credential(r); err != nil || got.Token != "first" {
		t.Errorf("Credential = %+v, %v, want the first Authorization", got, err)
	}
	r.Header.Set("Authorization", "broken")
	if _, err := Credential(r); model.CodeOf(err) != model.Unauthenticated {
		t.Errorf("Credential = %v: a broken Authorization must not fall through to X-API-Key", err)
	}
}

func FuzzCredential(f *testing.F) {
	for _, v := range []string{"", "token x", "Bearer x", basic("a:b"), basic("__token__:x"), basic("\xff:\x00"), "Basic =", "token\tx", "  "} {
		f.Add(v, true)
		f.Add(v, false)
	}
	f.Fuzz(func(t *testing.T, value string, key bool) {
		r := &http.Request{Header: http.Header{}}
		if key {
			r.Header.Set("X-API-Key", value)
		} else {
			r.Header.Set("Authorization", value)
		}
		c, err := Credential(r)
		switch {
		case err != nil && (model.CodeOf(err) != model.Unauthenticated || !c.IsZero()):
			t.Fatalf("%q: %+v, %v", value, c, err)
		case err != nil:
			return
		case c.IsZero():
			t.Fatalf("%q became anonymous", value)
		case c.Token != "" && (c.Login != "" || c.Password != ""):
			t.Fatalf("%q is both a token and a login: %+v", value, c)
		case strings.ContainsAny(c.Token+c.Login, "\x00\r\n"):
			t.Fatalf("%q let a control character through: %+v", value, c)
		}
	})
}
