package views

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestNoticesPage(t *testing.T) {
	t.Parallel()
	notice := func(uid, message string, level model.NoticeLevel, status model.NoticeStatus, days int) model.Notice {
		return model.Notice{UID: uid, Message: message, Level: level, Status: status, Author: "mlind", CreatedAt: testNow.Add(-time.Hour), ExpiresAt: testNow.AddDate(0, 0, days)}
	}
	p := NoticesProps{
		Login: "reef-lab", Now: testNow, Form: NoticeForm{Level: "info"},
		Notices: []model.Notice{
			notice("1", canary, model.Warning, model.NoticePublished, 3), notice("2", "Soon", model.Info, model.NoticeDraft, 3),
			notice("3", "Once", model.Critical, model.NoticePublished, -1), notice("4", "Back", model.Info, model.NoticeArchived, 3),
		},
	}
	none := NoticesProps{
		Login: "mlind", Personal: true, Now: testNow, Refused: "No.",
		Form: NoticeForm{Message: canary, Level: "critical", Until: "2020-01-01", Problems: map[string]string{"message": "Too long.", "expires_at": "Over."}},
	}
	asked := p
	asked.Deletes = "1"
	checkPage(t, "notice/delete", NoticesPage(testLayout("Notices of reef-lab"), asked))
	checkPage(t, "notice/some", NoticesPage(testLayout("Notices of reef-lab"), p))
	checkPage(t, "notice/problems", NoticesPage(testLayout("Notices of mlind"), none))
	checkGolden(t, "notice/alerts", noticeAlerts(p.Notices))
}

func TestProjectStatus(t *testing.T) {
	t.Parallel()
	f := PackageStatusForm{Owner: "reef-lab", Name: "reefscan", Status: model.Archived, Reason: canary}
	checkGolden(t, "package_settings/status", PackageStatusPanel(f))
	f.Saved, f.Problems = true, map[string]string{"status": "No such status.", "reason": "Too long."}
	checkGolden(t, "package_settings/status_answers", PackageStatusPartial(f))
	for _, status := range []model.ProjectStatus{model.Active, model.Deprecated, model.Quarantined} {
		h := testHead()
		h.Package.Status, h.Package.StatusReason = status, canary
		checkGolden(t, "package/head_"+string(status), packageHead(h))
	}
}
