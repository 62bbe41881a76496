package registry

import (
	"cmp"
	"context"
	"errors"
	"time"

	"vivarium/app/mail"
	"vivarium/app/model"
	"vivarium/app/store"
)

const (
	// mailLease is for how long a mail belongs to the process that sends it.
	mailLease = 3 * time.Minute
	// mailPause is how long a mail waits after the first failure; the pause doubles
	// with each, up to longestMailPause.
	mailPause        = 5 * time.Second
	longestMailPause = 10 * time.Minute
	// mailLife is for how long a mail without a link of its own is tried.
	mailLife = 3 * 24 * time.Hour
	// mailsPerHour bounds how many mails of a kind go to one address, whoever asks
	// for them.
	mailsPerHour = 3
)

// HasMail reports whether this site can send mail.
func (r *Registry) HasMail() bool { return r.Mailer != nil }

// queue lets a mail wait in tx. Without a mail server there is nothing to wait
// for.
func (r *Registry) queue(ctx context.Context, tx *store.Store, actor model.Actor, m model.Mail) error {
	if !r.HasMail() {
		return nil
	}
	m.CreatedAt = r.Clock.Now()
	m.Base, m.RemoteAddr, m.NextAt = r.base(actor), actor.RemoteAddr, m.CreatedAt
	m.ExpiresAt = m.CreatedAt.Add(r.lifeOf(m.Kind))
	return tx.InsertMail(ctx, &m)
}

// lifeOf is how long a mail is worth sending, and how long the link in it works.
func (r *Registry) lifeOf(kind model.MailKind) time.Duration {
	switch kind {
	case model.ForgotPasswordMail, model.ResetMail:
		return r.ResetLifetime
	case model.WelcomeMail, model.ConfirmMail:
		return confirmLifetime
	}
	return mailLife
}

// base is the address of the site for links made by actor: as the browser sees
// it, and for commands as it is configured.
func (r *Registry) base(actor model.Actor) string { return cmp.Or(actor.Base, r.Address) }

// SendMail sends the mails that are due, until none is left. One that cannot be
// sent now is tried again later; that is no error.
func (r *Registry) SendMail(ctx context.Context) error {
	if !r.HasMail() {
		return nil
	}
	for ctx.Err() == nil {
		now := r.Clock.Now()
		if due, err := r.Store.MailDue(ctx, now); err != nil || !due {
			return err
		}
		m, err := r.Store.ClaimMail(ctx, now, now.Add(mailLease))
		if model.CodeOf(err) == model.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		if err := r.workOff(ctx, m); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// SendGiven sends the mail to a user who was just made, and reports whether the
// server took it.
func (r *Registry) SendGiven(ctx context.Context, login string) (sent bool, err error) {
	a, err := r.Store.Account(ctx, model.FoldLogin(login))
	if err != nil {
		return false, err
	}
	if err := r.SendMail(ctx); err != nil {
		return false, err
	}
	waits, err := r.Store.MailWaits(ctx, model.GivenMail, a.ID)
	return !waits, err
}

// workOff sends a claimed mail, puts it off, or gives it up.
func (r *Registry) workOff(ctx context.Context, m model.Mail) error {
	if !r.Clock.Now().Before(m.ExpiresAt) {
		r.Log.WarnContext(ctx, "mail given up", "kind", m.Kind, "attempt", m.Attempts)
		return r.Store.DeleteMail(ctx, m.ID)
	}
	if m.Kind == model.ForgotPasswordMail {
		return r.spread(ctx, m)
	}
	to, facts, err := r.address(ctx, m)
	if model.CodeOf(err) == model.NotFound {
		return r.Store.DeleteMail(ctx, m.ID)
	}
	if err != nil {
		return err
	}
	message, err := mail.Compose(m.Kind, facts)
	if err != nil {
		return err
	}
	message.To = to
	return r.hand(ctx, m, message)
}

// hand gives a mail to the server and notes what became of it.
func (r *Registry) hand(ctx context.Context, m model.Mail, message mail.Message) error {
	err := r.Mailer.Send(ctx, message)
	if err == nil {
		r.Log.InfoContext(ctx, "mail sent", "kind", m.Kind, "attempt", m.Attempts)
		return r.Store.MailSent(ctx, m.ID, message.To, r.Clock.Now())
	}
	var refusal *mail.Refusal
	if errors.As(err, &refusal) && refusal.Final {
		r.Log.WarnContext(ctx, "mail refused", "kind", m.Kind, "attempt", m.Attempts, "error", err)
		return r.Store.DeleteMail(ctx, m.ID)
	}
	pause := min(mailPause<<min(m.Attempts-1, 16), longestMailPause)
	r.Log.WarnContext(ctx, "mail put off", "kind", m.Kind, "attempt", m.Attempts, "error", err)
	return r.Store.PutMailOff(ctx, m.ID, r.Clock.Now().Add(pause))
}

// notTooMany fails with nobody when an address has had enough mails of a kind for
// now.
func (r *Registry) notTooMany(ctx context.Context, to string, kind model.MailKind) error {
	n, err := r.Store.CountMails(ctx, to, kind, r.Clock.Now().Add(-time.Hour))
	if err == nil && n >= mailsPerHour {
		return nobody()
	}
	return err
}
