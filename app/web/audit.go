package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"vivarium/app/registry"
	"vivarium/views"
)

// auditRows is how many lines a page shows; a download has all.
const auditRows = 100

// showAudit draws who changed what in a channel to its owners, or sends it as a
// file.
func (ui *Surface) showAudit(w http.ResponseWriter, r *http.Request) error {
	account, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return err
	}
	p := views.AuditProps{URL: views.AuditURL(account.Login), Name: account.Login, Login: account.Login, Personal: account.Login == visitorOf(r).person.Login}
	return ui.audit(w, r, p, registry.AuditFilter{Account: account.Login})
}

// showOwnAudit is showAudit for all accounts that the person owns.
func (ui *Surface) showOwnAudit(w http.ResponseWriter, r *http.Request) error {
	p := views.AuditProps{URL: views.OwnAuditURL(), Name: visitorOf(r).person.Login, Personal: true}
	return ui.audit(w, r, p, registry.AuditFilter{Own: true})
}

// showSiteAudit is showAudit for the whole site.
func (ui *Surface) showSiteAudit(w http.ResponseWriter, r *http.Request) error {
	return ui.audit(w, r, views.AuditProps{URL: views.SiteAuditURL(), Name: "site", Site: true}, registry.AuditFilter{Site: true})
}

// audit answers with the lines that f and the form above them select.
func (ui *Surface) audit(w http.ResponseWriter, r *http.Request, p views.AuditProps, f registry.AuditFilter) error {
	readAuditForm(r, &p, &f)
	total, err := ui.Registry.CountAuditLines(r.Context(), visitorOf(r).person, f)
	if err != nil {
		return err
	}
	if len(p.Problems) > 0 {
		return ui.drawAudit(w, r, p)
	}
	if format, download := auditFormats[r.URL.Query().Get("format")]; download {
		return ui.sendAudit(w, r, p.Name, format, f)
	}
	p.Total, p.Rows = total, auditRows
	p.Offset = min(p.Offset, max(total-1, 0)/auditRows*auditRows) // at most the last page
	f.Limit, f.Offset = auditRows, p.Offset
	if p.Lines, err = ui.Registry.AuditLines(r.Context(), visitorOf(r).person, f); err != nil {
		return err
	}
	return ui.drawAudit(w, r, p)
}

// readAuditForm puts what was asked for into p as typed, and into f.
func readAuditForm(r *http.Request, p *views.AuditProps, f *registry.AuditFilter) {
	query := r.URL.Query()
	text := func(name string) string { return strings.TrimSpace(query.Get(name)) }
	p.Filter = views.AuditFilter{Who: text("who"), On: text("on"), Since: text("since"), Until: text("until")}
	if slices.ContainsFunc(views.AuditNouns, func(o views.Option) bool { return o.Value == query.Get("action") }) {
		p.Filter.Action = query.Get("action")
	}
	f.Actor, f.On, f.Action = p.Filter.Who, p.Filter.On, p.Filter.Action
	p.Problems = map[string]string{}
	f.Since = day(p, "since", p.Filter.Since)
	if f.Until = day(p, "until", p.Filter.Until); !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1) // to the end of that day
	}
	if n, err := strconv.Atoi(query.Get("offset")); err == nil && n > 0 {
		p.Offset = n
	}
}

// day reads a day, or says beside the field what is wrong with it. Empty is the
// zero time.
func day(p *views.AuditProps, field, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		p.Problems[field] = "Give a day such as 2026-11-22."
	}
	return t
}

func (ui *Surface) drawAudit(w http.ResponseWriter, r *http.Request, p views.AuditProps) error {
	status, title := http.StatusOK, "Audit log of "+p.Name
	if len(p.Problems) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if p.Site {
		title = "Audit log · Administration"
	}
	p.Now = ui.Registry.Clock.Now()
	layout := ui.layout(r, title)
	layout.Failed = len(p.Problems) > 0
	return ui.draw(w, r, status, views.AuditPage(layout, p), views.AuditPartial(p))
}
