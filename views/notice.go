package views

import (
	"net/url"
	"strings"
	"time"

	"vivarium/app/model"
)

// NoticesProps is the page on which a channel's owners write to those who install
// from it.
type NoticesProps struct {
	Login    string
	Personal bool
	Notices  []model.Notice
	Form     NoticeForm
	// Deletes is the notice that is asked about.
	Deletes string
	// Refused says why a button did nothing.
	Refused string
	Now     time.Time
}

// NoticeForm is a new notice as typed.
type NoticeForm struct {
	Message, Level, Until string
	Problems              map[string]string
}

// The values of do, which tells the forms of the notices apart.
const (
	DoPublishNotice = "publish"
	DoDraftNotice   = "draft"
	DoShowNotice    = "show"
	DoHideNotice    = "hide"
	DoDeleteNotice  = "delete"
)

// NoticesURL is the page of a channel's notices.
func NoticesURL(login string) string { return path(login, "settings", "notices") }

// deleteNoticeURL asks about a notice in its place.
func deleteNoticeURL(login, uid string) string {
	return withQuery(NoticesURL(login), url.Values{"delete": {uid}})
}

// whenDeleted says what follows when a notice is deleted.
func whenDeleted(n model.Notice, now time.Time) string {
	if n.Shown(now) {
		return "Installers stop printing it, and it cannot be brought back. Taking it back keeps it here."
	}
	return "It cannot be brought back."
}

// NoticeLevelWord is a level's name.
func NoticeLevelWord(l model.NoticeLevel) string {
	return strings.ToUpper(string(l[:1])) + string(l[1:])
}

func (f NoticeForm) levels() []Option {
	var list []Option
	for _, l := range model.NoticeLevels {
		list = append(list, Option{Value: string(l), Name: NoticeLevelWord(l), Selected: string(l) == f.Level})
	}
	return list
}

// noticeState says where in its life a notice is, and the kind of badge for it.
func noticeState(n model.Notice, now time.Time) (word, kind string) {
	switch {
	case n.Status == model.NoticeDraft:
		return "Draft", ""
	case n.Status == model.NoticeArchived:
		return "Taken back", ""
	case !n.Shown(now):
		return "Expired", ""
	}
	return "Shown", "ok"
}

// noticeEnd writes the end of a notice. A day that was chosen ends with it, which is
// the midnight after.
func noticeEnd(at time.Time) string {
	if at = at.UTC(); at.Equal(at.Truncate(24 * time.Hour)) {
		return "the end of " + at.AddDate(0, 0, -1).Format("2 Jan 2006") + " (UTC)"
	}
	return at.Format("2 Jan 2006 15:04 UTC")
}

// noticeAlert is the kind of message as which a notice is drawn.
func noticeAlert(l model.NoticeLevel) (kind, icon string) {
	switch l {
	case model.Critical:
		return "danger", "error"
	case model.Warning:
		return "warn", "warning"
	}
	return "", "info"
}

// asPrinted is what conda prints of the notices that are shown; empty when none
// is.
func asPrinted(login string, notices []model.Notice, now time.Time) string {
	var lines []string
	for _, n := range notices {
		if n.Shown(now) {
			lines = append(lines, "  ["+string(n.Level)+"] -- "+n.CreatedAt.UTC().Format("Mon Jan 2 15:04:05 2006"), "  "+n.Message)
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "Channel \"" + login + "\" has the following notices:\n" + strings.Join(lines, "\n")
}
