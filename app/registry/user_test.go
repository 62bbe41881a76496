package registry_test

import (
	"strings"
	"sync"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func TestSignUp(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	good := registry.SignUp{Login: "Dana", Email: "dana@example.test", Password: "seven77", Confirm: "seven77", AcceptTerms: true}
	tests := []struct {
		name   string
		change func(*registry.SignUp)
		fields string
	}{
		{"six characters", func(in *registry.SignUp) { in.Password, in.Confirm = "sixsix", "sixsix" }, "password"},
		{"confirmation differs", func(in *registry.SignUp) { in.Confirm = "seven78" }, "confirm"},
		{"terms not accepted", func(in *registry.SignUp) { in.AcceptTerms = false }, "terms"},
		{"occupied", func(in *registry.SignUp) { in.Login = "BROOK" }, "username"},
		{"an organization's name", func(in *registry.SignUp) { in.Login = "labs" }, "username"},
		{"reserved", func(in *registry.SignUp) { in.Login = "linux-64stuff" }, "username"},
		{"look-alike", func(in *registry.SignUp) { in.Login = "асме" }, "username"},
		{"no address", func(in *registry.SignUp) { in.Email = "dana" }, "email"},
		{"password is the username", func(in *registry.SignUp) { in.Login, in.Password, in.Confirm = "danadana", "DanaDana", "DanaDana" }, "password"},
		{"a common password", func(in *registry.SignUp) { in.Password, in.Confirm = "Password1", "Password1" }, "password"},
		{"all at once", func(in *registry.SignUp) { *in = registry.SignUp{Confirm: "x"} }, "confirm email password terms username"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := good
			tt.change(&in)
			_, err := s.SignUp(t.Context(), model.Actor{}, in)
			fields := model.FieldsOf(err)
			for _, f := range strings.Fields(tt.fields) {
				if fields[f] == "" {
					t.Errorf("no message for %s in %v", f, fields)
				}
			}
			if len(fields) != len(strings.Fields(tt.fields)) {
				t.Errorf("messages %v, want for %s", fields, tt.fields)
			}
		})
	}
	a, err := s.SignUp(t.Context(), model.Actor{}, good)
	if err != nil || a.Login != "dana" || a.TermsVersion == "" || a.IsAdmin {
		t.Errorf("signed up as %+v, %v", a, err)
	}
}

func TestSignUpClosed(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.SignupOpen = false })
	_, err := s.SignUp(t.Context(), model.Actor{}, registry.SignUp{})
	check(t, "sign-up", err, model.Forbidden)
}

// TestOneNameOnce starts many creations of one name together (A15).
func TestOneNameOnce(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	var made, refused sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			_, err := s.CreateUser(t.Context(), model.LocalOperator(), registry.NewUser{Login: "single", Email: "s@example.test", Password: "seven77"})
			switch {
			case err == nil:
				made.Store(i, true)
			case model.CodeOf(err) == model.Conflict:
				refused.Store(i, true)
			default:
				t.Errorf("unexpected: %v", err)
			}
		})
	}
	all.Wait()
	if got := count(&made); got != 1 {
		t.Errorf("%d accounts made, want 1", got)
	}
}

func count(m *sync.Map) (n int) {
	m.Range(func(any, any) bool { n++; return true })
	return n
}

func TestRetiredLogins(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	op := model.LocalOperator()
	if err := s.RenameUser(t.Context(), op, "casey", "kasey"); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUser(t.Context(), op, "mallory"); err != nil {
		t.Fatal(err)
	}
	for _, login := range []string{"casey", "mallory"} {
		_, err := s.SignUp(t.Context(), model.Actor{}, registry.SignUp{Login: login, Email: "e@example.test", Password: "seven77", Confirm: "seven77", AcceptTerms: true})
		if model.FieldsOf(err)["username"] == "" {
			t.Errorf("%s is free again: %v", login, err)
		}
		if _, err := s.CreateUser(t.Context(), op, registry.NewUser{Login: login, Email: "e@example.test", Password: "seven77"}); err != nil {
			t.Errorf("%s is not free to an administrator: %v", login, err)
		}
	}
}

func TestLastOwnerStays(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	err := s.DeleteUser(t.Context(), model.LocalOperator(), "brook")
	check(t, "delete the only owner of labs", err, model.Conflict)
	if err == nil || !strings.Contains(err.Error(), "labs") {
		t.Errorf("the sentence does not name the organization: %v", err)
	}
}

func TestOnlyTheOperator(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	casey := s.Actor(t, "casey")
	check(t, "disable", s.SetDisabled(t.Context(), casey, "brook", true), model.Forbidden)
	check(t, "delete", s.DeleteUser(t.Context(), casey, "brook"), model.Forbidden)
	check(t, "grant admin", s.SetAdmin(t.Context(), casey, "casey", true), model.Forbidden)
	check(t, "set password", s.SetPassword(t.Context(), casey, "brook", "another one"), model.Forbidden)
	_, err := s.Users(t.Context(), casey)
	check(t, "list", err, model.Forbidden)
	_, err = s.CreateOrganization(t.Context(), casey, registry.NewOrganization{Login: "newlabs", Owner: "brook"})
	check(t, "an organization for another", err, model.Forbidden)
	check(t, "by a token of an administrator", s.SetDisabled(t.Context(), token(t, s, "ada", "all")(writeDoor), "brook", true), model.Forbidden)
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	casey := s.Actor(t, "casey")
	_, err := s.ChangePassword(t.Context(), casey, "wrong one", registry.NewPassword{Password: "another one", Confirm: "another one"})
	if model.FieldsOf(err)["current"] == "" {
		t.Errorf("wrong current password: %v", err)
	}
	_, err = s.ChangePassword(t.Context(), casey, registrytest.Password, registry.NewPassword{Password: "another one", Confirm: "yet another"})
	if model.FieldsOf(err)["confirm"] == "" {
		t.Errorf("confirmation differs: %v", err)
	}
	a, err := s.ChangePassword(t.Context(), casey, registrytest.Password, registry.NewPassword{Password: "another one", Confirm: "another one"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SessionActor(t.Context(), model.Actor{}, a.ID, a.AuthVersion, ""); err != nil {
		t.Errorf("the session that changed it has ended: %v", err)
	}
	_, err = s.SignIn(t.Context(), model.Actor{}, "casey", "another one")
	check(t, "sign in with the new one", err, model.Internal)
}
