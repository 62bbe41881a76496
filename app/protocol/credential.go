package protocol

import (
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"

	"vivarium/app/model"
)

// maxCredential bounds the header that carries a credential; anaconda-client
// knows no longer token.
const maxCredential = 8192

// Credential returns what the request's headers say about who sends it, or the
// zero Credential when they say nothing. Authorization comes before X-API-Key;
// of a header sent twice the first counts (a token in the path, which is not a
// matter of headers, comes before both: see Actor). A header that is there but
// cannot be read is Unauthenticated, never anonymous.
func Credential(r *http.Request) (model.Credential, error) {
	if values := r.Header["Authorization"]; len(values) > 0 {
		return parseAuthorization(values[0])
	}
	if values := r.Header["X-Api-Key"]; len(values) > 0 {
		return parseToken(values[0])
	}
	return model.Credential{}, nil
}

// HasCredential reports whether the request's headers carry a credential of any
// form, right or wrong.
func HasCredential(r *http.Request) bool {
	return len(r.Header["Authorization"]) > 0 || len(r.Header["X-Api-Key"]) > 0
}

func parseAuthorization(value string) (model.Credential, error) {
	if len(value) > maxCredential {
		return model.Credential{}, unreadable()
	}
	scheme, rest, _ := strings.Cut(strings.TrimSpace(value), " ")
	switch strings.ToLower(scheme) {
	case "token", "bearer":
		return parseToken(rest)
	case "basic":
		return parseBasic(strings.TrimSpace(rest))
	}
	return model.Credential{}, unreadable()
}

func parseToken(value string) (model.Credential, error) {
	token := strings.TrimSpace(value)
	if token == "" || len(token) > maxCredential || strings.ContainsFunc(token, notTokenRune) {
		return model.Credential{}, unreadable()
	}
	return model.Credential{Token: token}, nil
}

// parseBasic finds a token in either half, and otherwise a login and password.
func parseBasic(value string) (model.Credential, error) {
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return model.Credential{}, unreadable()
	}
	user, password, ok := strings.Cut(decodeText(raw), ":")
	if !ok || user == "" && password == "" || strings.ContainsFunc(user, isControl) {
		return model.Credential{}, unreadable()
	}
	switch {
	case model.IsSecret(user), password == "x-auth-token", password == "" && strings.HasPrefix(user, model.TokenPrefix):
		return parseToken(user)
	case model.IsSecret(password), user == "__token__", user == "":
		return parseToken(password)
	}
	return model.Credential{Login: user, Password: password}, nil
}

// decodeText reads UTF-8, or Latin-1 when it is not UTF-8: python-requests sends
// umlauts so (RFC 7617 leaves the charset open).
func decodeText(raw []byte) string {
	if utf8.Valid(raw) {
		return string(raw)
	}
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return string(runes)
}

func notTokenRune(r rune) bool { return r <= ' ' || r > '~' }

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

func unreadable() error {
	return model.Errorf(model.Unauthenticated, "The credential cannot be read. Send a token, or a username and password as Basic authentication.")
}
