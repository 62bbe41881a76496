package binstar

import (
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// tokenRequest is the body of POST /api/authentications.
type tokenRequest struct {
	Scopes       []string `json:"scopes"`
	Note         string   `json:"note"`
	NoteURL      string   `json:"note_url"`
	Hostname     string   `json:"hostname"`
	Organization string   `json:"user"`
	MaxAge       *float64 `json:"max-age"` // seconds
	Strength     string   `json:"strength"`
	FailIfExists *bool    `json:"fail-if-exists"`
}

// maxLifetime is the longest that a duration can say, in seconds.
const maxLifetime = float64(1<<63-1) / float64(time.Second)

// createToken makes a token for who sends a login and password: a token makes no
// tokens.
func (s *Surface) createToken(w http.ResponseWriter, r *http.Request, from model.Actor) error {
	actor, err := s.passwordActor(r, from)
	if err != nil {
		return err
	}
	var body tokenRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	wanted, err := body.wanted()
	if err != nil {
		return err
	}
	owner := body.Organization
	if owner == "" {
		owner = actor.Login
	}
	secret, _, err := s.Registry.CreateToken(r.Context(), actor, owner, wanted)
	if model.CodeOf(err) == model.Conflict {
		// The client asks its user whether to replace it at 400 only.
		return model.Errorf(model.Invalid, "A token named %q already exists.", body.Note)
	}
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]string{"token": secret})
}

// passwordActor checks the request's login and password. Any Bearer is refused in
// the words at which anaconda-client falls back to asking for a password.
func (s *Surface) passwordActor(r *http.Request, from model.Actor) (model.Actor, error) {
	if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "bearer") {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "Bearer token authentication is not enabled")
	}
	c, err := protocol.Credential(r)
	if err != nil {
		return model.Actor{}, err
	}
	if c.IsZero() {
		return model.Actor{}, model.Errorf(model.Unauthenticated, "Send your username and password as Basic authentication to get a token.")
	}
	actor, err := s.Registry.Authenticate(r.Context(), from, c)
	if err == nil && c.Token != "" {
		err = model.Errorf(model.Forbidden, "A token cannot create tokens. Send your username and password.")
	}
	return actor, err
}

// wanted says to registry what the body asks for.
func (b tokenRequest) wanted() (registry.NewToken, error) {
	weak, err := b.weak()
	if err != nil {
		return registry.NewToken{}, err
	}
	lifetime, err := b.lifetime()
	return registry.NewToken{
		Name: b.Note, Scopes: b.Scopes, Lifetime: lifetime, Weak: weak, NoteURL: b.NoteURL, Hostname: b.Hostname,
		Replace: b.FailIfExists != nil && !*b.FailIfExists,
	}, err
}

func (b tokenRequest) weak() (bool, error) {
	switch b.Strength {
	case "", "strong":
		return false, nil
	case "weak":
		return true, nil
	}
	return false, model.FieldErrorf("strength", "Strength is strong or weak, not %.20q.", b.Strength)
}

// lifetime is 0, the site's default, when the body names none.
func (b tokenRequest) lifetime() (time.Duration, error) {
	if b.MaxAge == nil {
		return 0, nil
	}
	life := time.Duration(0)
	if *b.MaxAge < maxLifetime {
		life = time.Duration(*b.MaxAge * float64(time.Second))
	}
	if life <= 0 {
		return 0, model.FieldErrorf("max-age", "A token cannot live for %g seconds. Give a max-age above 0 that is shorter, or null for the usual one.", *b.MaxAge)
	}
	return life, nil
}
