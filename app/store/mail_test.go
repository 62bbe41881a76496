package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestMailQueue(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	later := noon.Add(time.Minute)
	mails := []model.Mail{
		{Kind: model.ResetMail, AccountID: ada.ID, CreatedAt: noon, ExpiresAt: later, NextAt: noon},
		{Kind: model.GivenMail, AccountID: ada.ID, Detail: "secret", CreatedAt: noon, ExpiresAt: later, NextAt: noon.Add(time.Second)},
	}
	for i := range mails {
		check(t, w.InsertMail(ctx, &mails[i]))
	}
	same(t, "due before", get(w.MailDue(ctx, noon.Add(-time.Second)))(t), false)
	same(t, "due", get(w.MailDue(ctx, noon))(t), true)
	first := get(w.ClaimMail(ctx, later, later.Add(time.Hour)))(t)
	same(t, "claimed", []any{first.ID, first.Attempts}, []any{mails[0].ID, 1})
	second := get(w.ClaimMail(ctx, later, later.Add(time.Hour)))(t)
	same(t, "claimed next", second.ID, mails[1].ID)
	_, err := w.ClaimMail(ctx, later, later.Add(time.Hour))
	fails(t, err, model.NotFound, "A mail that is due does not exist.")
	check(t, w.PutMailOff(ctx, first.ID, later))
	same(t, "put off and due again", get(w.ClaimMail(ctx, later, later.Add(time.Hour)))(t).Attempts, 2)

	same(t, "waits", get(w.MailWaits(ctx, model.GivenMail, ada.ID))(t), true)
	check(t, w.MailSent(ctx, second.ID, "Ada@x.test", noon))
	same(t, "waits when sent", get(w.MailWaits(ctx, model.GivenMail, ada.ID))(t), false)
	same(t, "sent to ada", get(w.CountMails(ctx, "ada@X.test", model.GivenMail, noon.Add(-time.Hour)))(t), 1)
	same(t, "sent since", get(w.CountMails(ctx, "ada@x.test", model.GivenMail, noon))(t), 0)
	check(t, w.DeleteWaitingMails(ctx, model.ResetMail, ada.ID))
	check(t, w.DeleteSentMails(ctx, noon))
	n, err := w.read.NewSelect().Table("mails").Count(ctx)
	check(t, err)
	same(t, "left", int(n), 0)
}

func TestLinks(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	for _, l := range []model.Link{
		{Hash: []byte("a"), Kind: model.ResetLink, AccountID: ada.ID, ExpiresAt: noon},
		{Hash: []byte("b"), Kind: model.ConfirmLink, AccountID: ada.ID, Email: "a@x.test", ExpiresAt: noon.Add(time.Hour)},
	} {
		check(t, w.InsertLink(ctx, &l))
	}
	same(t, "found", get(w.Link(ctx, model.ConfirmLink, []byte("b")))(t).Email, "a@x.test")
	_, err := w.Link(ctx, model.ResetLink, []byte("b"))
	fails(t, err, model.NotFound, "This link does not exist.")
	check(t, w.DeleteExpiredLinks(ctx, noon))
	_, err = w.Link(ctx, model.ResetLink, []byte("a"))
	fails(t, err, model.NotFound, "This link does not exist.")
	check(t, w.DeleteLinks(ctx, model.ConfirmLink, ada.ID))
	_, err = w.Link(ctx, model.ConfirmLink, []byte("b"))
	fails(t, err, model.NotFound, "This link does not exist.")
}

func TestSignIns(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	var ids []int64
	for i, u := range []model.Account{ada, ada, brook} {
		in := model.SignIn{UserID: u.ID, Client: "c", RemoteAddr: "192.0.2.1", CreatedAt: noon, SeenAt: noon.Add(time.Duration(i) * time.Hour)}
		check(t, w.InsertSignIn(ctx, &in))
		ids = append(ids, in.ID)
	}
	_, err := w.SignIn(ctx, brook.ID, ids[0])
	fails(t, err, model.NotFound, "This session does not exist.")
	list := get(w.SignIns(ctx, ada.ID, noon.Add(-time.Second)))(t)
	same(t, "last seen first", []int64{list[0].ID, list[1].ID}, []int64{ids[1], ids[0]})
	same(t, "known address", get(w.SignedInFrom(ctx, "ada", "192.0.2.1"))(t), true)
	same(t, "unknown address", get(w.SignedInFrom(ctx, "ada", "192.0.2.2"))(t), false)
	check(t, w.TouchSignIn(ctx, ids[0], noon.Add(9*time.Hour), "192.0.2.2"))
	same(t, "touched", get(w.SignIn(ctx, ada.ID, ids[0]))(t).RemoteAddr, "192.0.2.2")
	same(t, "others ended", get(w.DeleteOtherSignIns(ctx, ada.ID, ids[0]))(t), 1)
	check(t, w.DeleteSignIn(ctx, brook.ID, ids[0]))
	get(w.SignIn(ctx, ada.ID, ids[0]))(t)
	check(t, w.DeleteOldSignIns(ctx, noon.Add(9*time.Hour)))
	same(t, "left", len(get(w.SignIns(ctx, ada.ID, time.Time{}))(t)), 0)
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	labs := w.organization("labs", ada)
	g := w.group(labs, "crew", model.Read)
	i := model.Invitation{MadeBy: ada.ID, Email: "x@x.test", GroupID: g.ID, CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
	check(t, w.InsertInvitation(ctx, &i))
	check(t, w.InsertLink(ctx, &model.Link{Hash: []byte("i"), Kind: model.InvitationLink, InvitationID: i.ID, ExpiresAt: i.ExpiresAt}))
	got := get(w.Invitation(ctx, i.ID))(t)
	same(t, "names", []string{got.Maker, got.Organization, got.Group}, []string{"ada", "labs", "crew"})
	same(t, "ada's", len(get(w.Invitations(ctx, ada.ID, noon))(t)), 1)
	same(t, "brook's", len(get(w.Invitations(ctx, brook.ID, noon))(t)), 0)
	same(t, "all that are open later", len(get(w.Invitations(ctx, 0, noon.Add(2*time.Hour)))(t)), 0)
	check(t, w.DeleteInvitation(ctx, i.ID))
	_, err := w.Link(ctx, model.InvitationLink, []byte("i"))
	fails(t, err, model.NotFound, "This link does not exist.")
	if err := w.DeleteInvitation(ctx, i.ID); model.CodeOf(err) != model.NotFound {
		t.Errorf("a second time: %v", err)
	}
}

// TestOneConfirmedAddress lets an address be confirmed by one account alone.
func TestOneConfirmedAddress(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	for _, a := range []*model.Account{&ada, &brook} {
		a.Email = "Shared@x.test"
		check(t, w.UpdateAccount(ctx, a, "email"))
	}
	ada.EmailConfirmedAt, brook.EmailConfirmedAt, brook.Email = noon, noon, "shared@X.test"
	check(t, w.UpdateAccount(ctx, &ada, "email_confirmed_at"))
	if err := w.UpdateAccount(ctx, &brook, "email", "email_confirmed_at"); model.CodeOf(err) != model.Conflict {
		t.Errorf("a second account confirms the address: %v", err)
	}
}
