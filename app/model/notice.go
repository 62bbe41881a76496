package model

import "time"

// Notice is a sentence of a channel's owners to those who install from it (CEP
// 6). Only a published one that has not expired is shown.
type Notice struct {
	ID        int64        `bun:"id,pk,autoincrement"`
	UID       string       `bun:"uid"` // a UUID, by which clients call it
	AccountID int64        `bun:"account_id"`
	Message   string       `bun:"message"`
	Level     NoticeLevel  `bun:"level"`
	Status    NoticeStatus `bun:"status"`
	Author    string       `bun:"author"`
	CreatedAt time.Time    `bun:"created_at"`
	UpdatedAt time.Time    `bun:"updated_at"`
	ExpiresAt time.Time    `bun:"expires_at"`
}

// Shown reports whether people see the notice at that moment.
func (n Notice) Shown(at time.Time) bool { return n.Status == NoticePublished && n.ExpiresAt.After(at) }

// NoticeLevel says how much a notice matters.
type NoticeLevel string

// The levels.
const (
	Info     NoticeLevel = "info"
	Warning  NoticeLevel = "warning"
	Critical NoticeLevel = "critical"
)

// NoticeLevels lists the levels, the mildest first.
var NoticeLevels = []NoticeLevel{Info, Warning, Critical}

// ParseNoticeLevel returns the level named s, or an Invalid error that lists the
// words.
func ParseNoticeLevel(s string) (NoticeLevel, error) {
	switch l := NoticeLevel(s); l {
	case Info, Warning, Critical:
		return l, nil
	}
	return "", FieldErrorf("level", "A level is info, warning or critical, not %s.", quoteShort(s))
}

// NoticeStatus says where in its life a notice is.
type NoticeStatus string

// The statuses.
const (
	NoticeDraft     NoticeStatus = "draft"
	NoticePublished NoticeStatus = "published"
	NoticeArchived  NoticeStatus = "archived"
)

// ParseNoticeStatus returns the status named s, or an Invalid error that lists
// the words.
func ParseNoticeStatus(s string) (NoticeStatus, error) {
	switch n := NoticeStatus(s); n {
	case NoticeDraft, NoticePublished, NoticeArchived:
		return n, nil
	}
	return "", FieldErrorf("status", "A notice is draft, published or archived, not %s.", quoteShort(s))
}
