package binstar

import (
	"net/http"
	"strconv"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// noticeAnswer is a notice of a channel (CEP 6) as its owners manage it.
type noticeAnswer struct {
	ID        string             `json:"id"`
	Status    model.NoticeStatus `json:"status"`
	Level     model.NoticeLevel  `json:"level"`
	Message   string             `json:"message"`
	Author    string             `json:"author"`
	ExpiresAt string             `json:"expires_at"`
	CreatedAt string             `json:"created_at"`
	UpdatedAt string             `json:"updated_at"`
}

func answerNotice(n model.Notice) noticeAnswer {
	at := func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	return noticeAnswer{n.UID, n.Status, n.Level, n.Message, n.Author, at(n.ExpiresAt), at(n.CreatedAt), at(n.UpdatedAt)}
}

// noticesAnswer is a page of a channel's notices.
type noticesAnswer struct {
	Items []noticeAnswer `json:"items"`
	Total int            `json:"total_count"`
}

// noticeRequest is the body of POST and PATCH of a notice; what is absent stays,
// or is as for a new notice.
type noticeRequest struct {
	Message   *string `json:"message"`
	Level     *string `json:"level"`
	Status    *string `json:"status"`
	ExpiresAt *string `json:"expires_at"`
}

func (b noticeRequest) change() (c registry.NoticeChange, err error) {
	c.Message = b.Message
	if b.Level != nil {
		level, err := model.ParseNoticeLevel(*b.Level)
		if err != nil {
			return c, err
		}
		c.Level = &level
	}
	if b.Status != nil {
		status, err := model.ParseNoticeStatus(*b.Status)
		if err != nil {
			return c, err
		}
		c.Status = &status
	}
	if b.ExpiresAt != nil {
		at, err := time.Parse(time.RFC3339, *b.ExpiresAt)
		if err != nil {
			return c, model.Errorf(model.Invalid, "expires_at must be a moment such as 2026-09-16T12:00:00Z.")
		}
		c.ExpiresAt = &at
	}
	return c, nil
}

// noticeChannel is the channel in the path, whichever of the two forms it has.
func noticeChannel(r *http.Request) string { return r.PathValue("owner") + r.PathValue("channel") }

func (s *Surface) listNotices(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	query := r.URL.Query()
	status, err := noticeStatus(query.Get("status"))
	if err != nil {
		return err
	}
	list, err := s.Registry.Notices(r.Context(), actor, noticeChannel(r), status)
	if err != nil {
		return err
	}
	from, err := within(query.Get("offset"), 0, len(list))
	if err != nil {
		return err
	}
	count, err := within(query.Get("limit"), len(list), len(list)-from)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, noticesAnswer{each(list[from:from+count], answerNotice), len(list)})
}

// noticeStatus reads the status that a list is narrowed to; empty means all.
func noticeStatus(text string) (model.NoticeStatus, error) {
	if text == "" {
		return "", nil
	}
	return model.ParseNoticeStatus(text)
}

// within reads a number of a query that is not negative, and at most most; an
// absent one is otherwise.
func within(text string, otherwise, most int) (int, error) {
	if text == "" {
		return min(otherwise, most), nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, model.Errorf(model.Invalid, "offset and limit must be whole numbers, 0 or more.")
	}
	return min(n, most), nil
}

func (s *Surface) showNotice(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	n, err := s.Registry.Notice(r.Context(), actor, noticeChannel(r), r.PathValue("notice"))
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerNotice(n))
}

// createNotice makes a notice of a status unless the body gives one: the client's
// own are drafts, which it publishes in a second step.
func (s *Surface) createNotice(status model.NoticeStatus) action {
	return func(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
		var body noticeRequest
		if err := decode(r, &body); err != nil {
			return err
		}
		change, err := body.change()
		if err != nil {
			return err
		}
		if change.Status == nil {
			change.Status = &status
		}
		n, err := s.Registry.CreateNotice(r.Context(), actor, noticeChannel(r), change)
		if err != nil {
			return err
		}
		return writeJSON(w, http.StatusCreated, answerNotice(n))
	}
}

func (s *Surface) updateNotice(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	var body noticeRequest
	if err := decode(r, &body); err != nil {
		return err
	}
	change, err := body.change()
	if err != nil {
		return err
	}
	return s.answerNoticeChange(w, r, actor, change)
}

// setNoticeStatus publishes or archives a notice; doing it twice is no error.
func (s *Surface) setNoticeStatus(status model.NoticeStatus) action {
	return func(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
		return s.answerNoticeChange(w, r, actor, registry.NoticeChange{Status: &status})
	}
}

func (s *Surface) answerNoticeChange(w http.ResponseWriter, r *http.Request, actor model.Actor, change registry.NoticeChange) error {
	n, err := s.Registry.UpdateNotice(r.Context(), actor, noticeChannel(r), r.PathValue("notice"), change)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, answerNotice(n))
}

func (s *Surface) deleteNotice(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	if err := s.Registry.DeleteNotice(r.Context(), actor, noticeChannel(r), r.PathValue("notice")); err != nil {
		return err
	}
	return noContent(w)
}
