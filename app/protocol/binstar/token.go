package binstar

import (
	"net/http"
	"strconv"

	"vivarium/app/model"
)

// tokenAnswer is a token as lists show it, without its secret.
type tokenAnswer struct {
	ID          string   `json:"id"`
	Application string   `json:"application"`
	NoteURL     string   `json:"note_url"`
	Hostname    string   `json:"hostname"`
	RemoteAddr  string   `json:"remote_addr"`
	CreatedAt   *string  `json:"created_at"`
	Expires     *string  `json:"expires"`
	Scopes      []string `json:"scopes"`
}

func answerToken(t model.Token) tokenAnswer {
	return tokenAnswer{
		ID: strconv.FormatInt(t.ID, 10), Application: t.Name, NoteURL: t.NoteURL, Hostname: t.Hostname, RemoteAddr: t.RemoteAddr,
		CreatedAt: moment(t.CreatedAt), Expires: moment(t.ExpiresAt), Scopes: t.ScopeSet().Strings(),
	}
}

func (s *Surface) listTokens(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	tokens, err := s.Registry.Tokens(r.Context(), actor, actor.Login)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, each(tokens, answerToken))
}

func (s *Surface) showToken(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	t, err := s.Registry.CurrentToken(r.Context(), actor)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerToken(t))
}

// endToken ends the token that the request came with.
func (s *Surface) endToken(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	if err := s.Registry.EndToken(r.Context(), actor); err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}

// revokeToken ends a token by its name, which is the whole rest of the path: it
// may hold slashes, colons and blanks.
func (s *Surface) revokeToken(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	owner := r.PathValue("org")
	if owner == "" {
		owner = actor.Login
	}
	if err := s.Registry.RevokeToken(r.Context(), actor, owner, r.PathValue("name")); err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, empty{})
}

// each turns a list into a list of answers, never null.
func each[T, A any](list []T, answer func(T) A) []A {
	answers := make([]A, len(list))
	for i, item := range list {
		answers[i] = answer(item)
	}
	return answers
}
