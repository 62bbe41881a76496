package web

import (
	"net/http"
	"slices"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// auditRows is how many lines the page shows; a download has more.
const auditRows = 200

// showAudit draws who changed what in a channel to its owners, or sends it as a
// file.
func (ui *Surface) showAudit(w http.ResponseWriter, r *http.Request) error {
	account, err := ui.Registry.Account(r.Context(), ui.actor(r), r.PathValue("channel"))
	if err != nil {
		return err
	}
	query := r.URL.Query()
	p := views.AuditProps{Login: account.Login, Personal: account.Login == visitorOf(r).person.Login, Since: query.Get("since"), Now: ui.Registry.Clock.Now()}
	if slices.ContainsFunc(views.AuditNouns, func(o views.Option) bool { return o.Value == query.Get("action") }) {
		p.Action = query.Get("action")
	}
	filter := registry.AuditFilter{Account: account.Login, Action: p.Action, Limit: auditRows + 1}
	if p.Since != "" {
		if filter.Since, err = time.Parse(time.DateOnly, p.Since); err != nil {
			p.Problem = "Give a day such as 2026-11-22."
		}
	}
	format, download := auditFormats[query.Get("format")]
	if download {
		filter.Limit = 0
	}
	if p.Lines, err = ui.Registry.AuditLines(r.Context(), ui.actor(r), filter); err != nil {
		return err
	}
	if download && p.Problem == "" {
		return sendAudit(w, account.Login, format, p.Lines)
	}
	return ui.drawAudit(w, r, p)
}

func (ui *Surface) drawAudit(w http.ResponseWriter, r *http.Request, p views.AuditProps) error {
	status := http.StatusOK
	if p.Problem != "" {
		status, p.Lines = http.StatusUnprocessableEntity, []model.AuditLine{}
	}
	p.More = len(p.Lines) > auditRows
	p.Lines = p.Lines[:min(len(p.Lines), auditRows)]
	layout := ui.layout(r, "Audit log of "+p.Login)
	layout.Failed = p.Problem != ""
	return ui.draw(w, r, status, views.AuditPage(layout, p), views.AuditPartial(p))
}
