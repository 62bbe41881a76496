package registry_test

import (
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	tests := []struct {
		name, login, password string
		want                  model.Code
	}{
		{"by username", "brook", registrytest.Password, model.Internal},
		{"in capitals", " Brook ", registrytest.Password, model.Internal},
		{"by address", "BROOK@example.test", registrytest.Password, model.Internal},
		{"wrong password", "brook", "wrong password", model.Invalid},
		{"no such user", "nobody", registrytest.Password, model.Invalid},
		{"no such address", "nobody@example.test", registrytest.Password, model.Invalid},
		{"an organization", "labs", registrytest.Password, model.Invalid},
		{"nothing", "", "", model.Invalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := s.SignIn(t.Context(), model.Actor{}, tt.login, tt.password)
			check(t, tt.name, err, tt.want)
		})
	}
}

func TestTooManyAttempts(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.SignInAttempts = 3 })
	here, there := model.Actor{RemoteAddr: "192.0.2.9"}, model.Actor{RemoteAddr: "192.0.2.10"}
	for range 3 {
		_, err := s.SignIn(t.Context(), here, "brook", "wrong password")
		check(t, "a wrong try", err, model.Invalid)
	}
	_, err := s.SignIn(t.Context(), here, "brook", registrytest.Password)
	check(t, "the right one after too many wrong", err, model.TooMany)
	_, err = s.Authenticate(t.Context(), here, model.Credential{Login: "brook", Password: registrytest.Password})
	check(t, "the same by a program", err, model.TooMany)
	_, err = s.SignIn(t.Context(), there, "brook", registrytest.Password)
	check(t, "the owner from elsewhere", err, model.Internal)
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	op := model.LocalOperator()
	tests := map[string]func(login string) error{
		"disabled":         func(l string) error { return s.SetDisabled(t.Context(), op, l, true) },
		"password changed": func(l string) error { return s.SetPassword(t.Context(), op, l, "another one") },
		"deleted":          func(l string) error { return s.DeleteUser(t.Context(), op, l) },
	}
	for name, change := range tests {
		login := "user-" + name[:3]
		s.User(t, login)
		a, err := s.Store.Account(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		if err := change(login); err != nil {
			t.Fatal(err)
		}
		_, err = s.SessionActor(t.Context(), model.Actor{}, a.ID, a.AuthVersion, "")
		check(t, name, err, model.Unauthenticated)
		_, err = s.Authenticate(t.Context(), model.Actor{}, model.Credential{Login: login, Password: registrytest.Password})
		check(t, name+", password", err, model.Unauthenticated)
	}
}

func TestActingAs(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	for login, want := range map[string]string{"brook": "labs", "casey": "casey"} {
		a, err := s.Store.Account(t.Context(), login)
		if err != nil {
			t.Fatal(err)
		}
		actor, err := s.SessionActor(t.Context(), model.Actor{}, a.ID, a.AuthVersion, "labs")
		if err != nil || actor.Login != want || actor.UserID != a.ID {
			t.Errorf("%s acting as labs is %q of user %d (%v), want %s", login, actor.Login, actor.UserID, err, want)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	make := func(actor model.Actor, owner string, in registry.NewToken) error {
		_, _, err := s.CreateToken(t.Context(), actor, owner, in)
		return err
	}
	check(t, "first", make(brook, "brook", registry.NewToken{Name: "ci"}), model.Internal)
	check(t, "same name", make(brook, "brook", registry.NewToken{Name: "ci"}), model.Conflict)
	check(t, "same name, replacing", make(brook, "brook", registry.NewToken{Name: "ci", Replace: true}), model.Internal)
	check(t, "no name", make(brook, "brook", registry.NewToken{Name: " "}), model.Invalid)
	check(t, "unknown scope", make(brook, "brook", registry.NewToken{Name: "x", Scopes: []string{"root"}}), model.Invalid)
	check(t, "life over", make(brook, "brook", registry.NewToken{Name: "x", Lifetime: -time.Second}), model.Invalid)
	check(t, "for an owned organization", make(brook, "labs", registry.NewToken{Name: "ci"}), model.Internal)
	check(t, "for another", make(brook, "casey", registry.NewToken{Name: "ci"}), model.Forbidden)
	check(t, "anonymous", make(model.Actor{}, "brook", registry.NewToken{Name: "y"}), model.Unauthenticated)
	check(t, "by a token", make(token(t, s, "brook", "all")(writeDoor), "brook", registry.NewToken{Name: "y"}), model.Forbidden)
	check(t, "another's token", s.RevokeToken(t.Context(), s.Actor(t, "casey"), "brook", "ci"), model.Forbidden)
	check(t, "unknown token", s.RevokeToken(t.Context(), brook, "brook", "nosuch"), model.NotFound)
}

func TestTokenDies(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	try := func(site *registrytest.Site, secret string) error {
		_, err := site.Authenticate(t.Context(), model.Actor{}, model.Credential{Token: secret})
		return err
	}
	secret := s.Token(t, "casey")
	check(t, "alive", try(s, secret), model.Internal)
	check(t, "after a year", try(s.Later(366*24*time.Hour), secret), model.Unauthenticated)
	check(t, "misspelt", try(s, secret[:len(secret)-1]+"!"), model.Unauthenticated)
	check(t, "made up", try(s, "viv-nonsense"), model.Unauthenticated)
	actor := s.TokenActor(t, secret)
	if err := s.EndToken(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	check(t, "ended", try(s, secret), model.Unauthenticated)
	other := s.Token(t, "casey")
	if err := s.SetDisabled(t.Context(), model.LocalOperator(), "casey", true); err != nil {
		t.Fatal(err)
	}
	check(t, "its user disabled", try(s, other), model.Unauthenticated)
}

func TestPathTokenOnlyDownloads(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	secret := s.Token(t, "brook", "all")
	actor, err := s.Authenticate(t.Context(), model.Actor{}, model.Credential{Token: secret, InPath: true})
	if err != nil {
		t.Fatal(err)
	}
	if !actor.Scopes.Has(condaDoor) || actor.Scopes.Has(writeDoor) || actor.Scopes.Has(readDoor) {
		t.Errorf("a token in the path has scopes %v", actor.Scopes)
	}
}
