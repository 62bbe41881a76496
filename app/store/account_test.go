package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func logins(list []model.Account) []string {
	names := []string{}
	for _, a := range list {
		names = append(names, a.Login)
	}
	return names
}

func TestAccountRoundTrip(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	a := model.Account{
		Login: "ada", Kind: model.User, Name: "Ada Ł'Ovelace", Email: "Ada@Example.test", Description: "writes\nprograms?",
		Company: "c", Location: "l", URL: "https://ada.example.test", PasswordHash: "$argon2id$x", IsAdmin: true, Disabled: true,
		AuthVersion: 3, Seq: 4, IndexedAt: noon, Closed: true, Immutable: true, DefaultAccess: model.Private,
		TermsVersion: "2", TermsAcceptedAt: noon, CreatedAt: noon,
	}
	check(t, s.InsertAccount(ctx, &a))
	got := get(s.Account(ctx, "ada"))(t)
	same(t, "by login", got, a)
	if at := got.CreatedAt.Location(); at != time.UTC {
		t.Errorf("moments come back in %v, want UTC", at)
	}
	same(t, "by id", get(s.AccountByID(ctx, a.ID))(t), a)

	bare := model.Account{Login: "brook", Kind: model.User, CreatedAt: noon}
	check(t, s.InsertAccount(ctx, &bare))
	same(t, "without the optional moments", get(s.Account(ctx, "brook"))(t), bare)
}

func TestAccountAbsentAndTaken(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	w.user("ada")
	_, err := w.Account(ctx, "casey")
	fails(t, err, model.NotFound, `Account "casey" does not exist.`)
	_, err = w.Account(ctx, "ad\x00a")
	fails(t, err, model.NotFound, `Account "ad\x00a" does not exist.`)
	_, err = w.AccountByID(ctx, 77)
	fails(t, err, model.NotFound, "Account 77 does not exist.")
	err = w.InsertAccount(ctx, &model.Account{Login: "ada", Kind: model.Organization, CreatedAt: noon})
	fails(t, err, model.Conflict, `Account "ada" exists already.`)
	fails(t, w.UpdateAccount(ctx, &model.Account{ID: 77, Login: "casey"}, "name"), model.NotFound, `Account "casey" does not exist.`)
	fails(t, w.DeleteAccount(ctx, 77), model.NotFound, "Account 77 does not exist.")
}

func TestUpdateAccount(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	a := w.user("ada")
	get(w.AppendChanges(ctx, a.ID, noon, []model.IndexChange{{}}))(t)

	a.Name, a.Company = "Ada", "ignored"
	check(t, w.UpdateAccount(ctx, &a, "name"))
	got := get(w.Account(ctx, "ada"))(t)
	if got.Name != "Ada" || got.Company != "" {
		t.Errorf("got name %q and company %q, want the name alone written", got.Name, got.Company)
	}

	a.Login = "lovelace"
	check(t, w.UpdateAccount(ctx, &a))
	got = get(w.Account(ctx, "lovelace"))(t)
	if got.Company != "ignored" || got.Seq != 1 || !got.IndexedAt.Equal(noon) {
		t.Errorf("got %+v, want everything but the index's state written", got)
	}
	w.user("brook")
	a.Login = "brook"
	fails(t, w.UpdateAccount(ctx, &a, "login"), model.Conflict, `Account "brook" exists already.`)
}

func TestAccountLists(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	for _, login := range []string{"mallory", "ada", "brook"} {
		a := w.user(login)
		a.Email = "Shared@Example.test"
		if login != "mallory" {
			check(t, w.UpdateAccount(ctx, &a, "email"))
		}
	}
	w.account("labs", model.Organization)
	same(t, "all", logins(get(w.Accounts(ctx, ""))(t)), []string{"ada", "brook", "labs", "mallory"})
	same(t, "users", logins(get(w.Accounts(ctx, model.User))(t)), []string{"ada", "brook", "mallory"})
	same(t, "organizations", logins(get(w.Accounts(ctx, model.Organization))(t)), []string{"labs"})
	same(t, "by email", logins(get(w.AccountsByEmail(ctx, "sHARED@example.test"))(t)), []string{"ada", "brook"})
	same(t, "by no email", logins(get(w.AccountsByEmail(ctx, ""))(t)), []string{})
}

func TestRetiredLogins(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	same(t, "before", get(s.LoginRetired(ctx, "ada"))(t), false)
	check(t, s.RetireLogin(ctx, "ada", "renamed", noon))
	check(t, s.RetireLogin(ctx, "ada", "deleted", noon))
	same(t, "after", get(s.LoginRetired(ctx, "ada"))(t), true)
	check(t, s.FreeLogin(ctx, "ada"))
	check(t, s.FreeLogin(ctx, "ada"))
	same(t, "free again", get(s.LoginRetired(ctx, "ada"))(t), false)
}

func TestHasAdministrator(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	a := w.user("ada")
	same(t, "nobody", get(w.HasAdministrator(ctx))(t), false)
	a.IsAdmin = true
	check(t, w.UpdateAccount(ctx, &a, "is_admin"))
	same(t, "ada", get(w.HasAdministrator(ctx))(t), true)
	a.Disabled = true
	check(t, w.UpdateAccount(ctx, &a, "disabled"))
	same(t, "ada, disabled", get(w.HasAdministrator(ctx))(t), false)
}

func TestIDsAreNotUsedTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.user("ada")
	check(t, w.DeleteAccount(t.Context(), a.ID))
	if b := w.user("brook"); b.ID == a.ID {
		t.Errorf("brook got ada's id %d", b.ID)
	}
}
