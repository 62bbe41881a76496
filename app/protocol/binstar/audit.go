package binstar

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// How many audit lines one page has, unless asked, and at most.
const (
	auditPage    = 100
	maxAuditPage = 1000
)

// auditAnswer is a line of the audit log.
type auditAnswer struct {
	ID         int64   `json:"id"`
	At         *string `json:"at"`
	Actor      string  `json:"actor"`
	Account    string  `json:"account"`
	Action     string  `json:"action"`
	Subject    string  `json:"subject"`
	Detail     string  `json:"detail"`
	Token      string  `json:"token"`
	RemoteAddr string  `json:"remote_addr"`
	Client     string  `json:"client"`
}

func answerAudit(a model.AuditLine) auditAnswer {
	return auditAnswer{
		ID: a.ID, At: moment(a.At), Actor: a.Actor, Account: a.Account, Action: a.Action, Subject: a.Subject, Detail: a.Detail,
		Token: a.TokenName, RemoteAddr: a.RemoteAddr, Client: a.Client,
	}
}

// listAudit answers a page of the audit log, the newest line first. Link names
// the next page while there may be one.
func (s *Surface) listAudit(w http.ResponseWriter, r *http.Request, actor model.Actor) error {
	filter, err := auditFilter(r.URL.Query())
	if err != nil {
		return err
	}
	lines, err := s.Registry.AuditLines(r.Context(), actor, filter)
	if err != nil {
		return err
	}
	if len(lines) == filter.Limit {
		next := r.URL.Query()
		next.Del("offset")
		next.Set("before", strconv.FormatInt(lines[len(lines)-1].ID, 10))
		w.Header().Set("Link", "<"+base(r)+r.URL.Path+"?"+next.Encode()+`>; rel="next"`)
	}
	return writeJSON(w, http.StatusOK, each(lines, answerAudit))
}

func auditFilter(q url.Values) (registry.AuditFilter, error) {
	f := registry.AuditFilter{Account: q.Get("account"), Actor: q.Get("actor"), Action: q.Get("action"), Limit: auditPage}
	var err error
	if since := q.Get("since"); since != "" {
		if f.Since, err = parseMoment("since", since); err != nil {
			return f, err
		}
	}
	if until := q.Get("until"); until != "" {
		if f.Until, err = parseMoment("until", until); err != nil {
			return f, err
		}
		if len(until) == len(time.DateOnly) {
			f.Until = f.Until.AddDate(0, 0, 1) // to the end of that day
		}
	}
	if offset := q.Get("offset"); offset != "" {
		if f.Offset, err = strconv.Atoi(offset); err != nil || f.Offset < 0 {
			return f, model.FieldErrorf("offset", "%.20q is not a number of lines to leave out.", offset)
		}
	}
	if limit := q.Get("limit"); limit != "" {
		if f.Limit, err = strconv.Atoi(limit); err != nil || f.Limit < 1 || f.Limit > maxAuditPage {
			return f, model.FieldErrorf("limit", "A page has 1 to %d lines, not %.20q.", maxAuditPage, limit)
		}
	}
	if before := q.Get("before"); before != "" {
		if f.Before, err = strconv.ParseInt(before, 10, 64); err != nil || f.Before < 1 {
			return f, model.FieldErrorf("before", "%.20q is not the id of a line.", before)
		}
	}
	return f, nil
}

// parseMoment reads a day, or a moment as RFC 3339 or as this API writes it. A
// plus that nobody escaped has become a blank.
func parseMoment(field, text string) (time.Time, error) {
	if i := strings.LastIndexByte(text, ' '); i > len(time.DateOnly) {
		text = text[:i] + "+" + text[i+1:]
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04:05-07:00"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, model.FieldErrorf(field, "%.40q is not a moment. Write 2026-11-22 or 2026-11-22T13:00:00Z.", text)
}
