package store

import (
	"context"
	"time"

	"vivarium/app/model"
)

// InsertMail lets a mail wait to be sent and sets its ID.
func (s *Store) InsertMail(ctx context.Context, m *model.Mail) error {
	_, err := s.write.NewInsert().Model(m).Exec(ctx)
	return classify(err, "keep a mail")
}

// ClaimMail returns the mail that has been due longest at now, and puts it off, so
// that no other process takes it until then. It is NotFound when none is due.
func (s *Store) ClaimMail(ctx context.Context, now, until time.Time) (m model.Mail, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		err := tx.read.NewSelect().Model(&m).Where("next_at <= ?", now).Order("next_at", "id").Limit(1).Scan(ctx)
		if err != nil {
			return classify(err, "a mail that is due")
		}
		m.Attempts++
		m.NextAt = until
		_, err = tx.write.NewUpdate().Model(&m).Column("attempts", "next_at").WherePK().Exec(ctx)
		return classify(err, "claim a mail")
	})
	return m, err
}

// PutMailOff lets a claimed mail be due at a moment of its own.
func (s *Store) PutMailOff(ctx context.Context, id int64, until time.Time) error {
	_, err := s.write.NewUpdate().Model((*model.Mail)(nil)).Set("next_at = ?", until).Where("id = ?", id).Exec(ctx)
	return classify(err, "put a mail off")
}

// MailDue reports whether a mail is due at now. It takes no lock.
func (s *Store) MailDue(ctx context.Context, now time.Time) (bool, error) {
	due, err := s.read.NewSelect().Model((*model.Mail)(nil)).Where("next_at <= ?", now).Exists(ctx)
	return due, classify(err, "look for mail")
}

// MailWaits reports whether a mail of a kind to an account has not been sent.
func (s *Store) MailWaits(ctx context.Context, kind model.MailKind, accountID int64) (bool, error) {
	waits, err := s.read.NewSelect().Model((*model.Mail)(nil)).Where("account_id = ? AND kind = ? AND sent_at IS NULL", accountID, kind).Exists(ctx)
	return waits, classify(err, "look for mail")
}

// MailSent notes that a mail went to recipient, and forgets its detail.
func (s *Store) MailSent(ctx context.Context, id int64, recipient string, at time.Time) error {
	_, err := s.write.NewUpdate().Model((*model.Mail)(nil)).
		Set("recipient = ?", recipient).Set("sent_at = ?", at).Set("detail = ''").Set("next_at = NULL").
		Where("id = ?", id).Exec(ctx)
	return classify(err, "note that a mail was sent")
}

// DeleteMail forgets a mail; one that is gone is not missed.
func (s *Store) DeleteMail(ctx context.Context, id int64) error {
	_, err := s.write.NewDelete().Model((*model.Mail)(nil)).Where("id = ?", id).Exec(ctx)
	return classify(err, "forget a mail")
}

// DeleteWaitingMails forgets the mails of a kind to an account that have not been
// sent.
func (s *Store) DeleteWaitingMails(ctx context.Context, kind model.MailKind, accountID int64) error {
	_, err := s.write.NewDelete().Model((*model.Mail)(nil)).
		Where("account_id = ? AND kind = ? AND sent_at IS NULL", accountID, kind).Exec(ctx)
	return classify(err, "forget waiting mail")
}

// CountMails returns how many mails of a kind went to an address since then.
func (s *Store) CountMails(ctx context.Context, recipient string, kind model.MailKind, since time.Time) (int, error) {
	n, err := s.read.NewSelect().Model((*model.Mail)(nil)).
		Where("lower(recipient) = lower(?) AND kind = ? AND sent_at > ?", recipient, kind, since).Count(ctx)
	return int(n), classify(err, "count mails")
}

// DeleteSentMails forgets what was sent before then.
func (s *Store) DeleteSentMails(ctx context.Context, before time.Time) error {
	_, err := s.write.NewDelete().Model((*model.Mail)(nil)).Where("sent_at <= ?", before).Exec(ctx)
	return classify(err, "forget sent mail")
}
