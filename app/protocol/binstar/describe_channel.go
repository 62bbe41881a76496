package binstar

import (
	"math"
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

var exampleSettings = settingsAnswer{DefaultAccess: model.Private}

var channelCalls = openapi.Calls{
	"GET /api/channel/{channel}/settings": {{Tag: tagChannels, Summary: "The settings of a channel", Answer: exampleSettings}},
	"PATCH /api/channel/{channel}/settings": {{
		Tag: tagChannels, Summary: "Change the settings of a channel", Text: "What the body does not say stays as it is.", Body: settingsRequest{}, Answer: exampleSettings,
		Example: `{"default_access": "private"}`,
	}},
	"GET /api/audit": {{
		Tag: tagChannels, Summary: "The audit lines that you may see", Text: "The newest first. `Link` names the next page while there may be one.", Query: auditParams, Fails: []model.Code{model.NotFound},
		Answer: []auditAnswer{{ID: 981, At: exampleMoment, Actor: "mlind", Account: "reef-lab", Action: "file.delete", Subject: "tidemodel/2.1.0/linux-64/tidemodel-2.1.0-py313_0.conda", RemoteAddr: "192.0.2.9"}},
	}},
}

// number is a whole number within bounds; empty is as if it was not there.
func number(least, most int64) openapi.Schema {
	return openapi.Schema{AnyOf: []*openapi.Schema{{Type: "integer", Minimum: least, Maximum: most}, {Type: "string", Enum: []any{""}}}}
}

// dayOrMoment is a day or a moment, in the form that is told.
var dayOrMoment = openapi.Schema{Type: "string", Pattern: "^(" + dayPattern + "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?)?$"}

var auditParams = []openapi.Param{
	{Name: "account", Text: "Only lines about this account.", Example: "reef-lab"},
	{Name: "actor", Text: "Only lines about what this user did."},
	{Name: "action", Text: "Only lines of this action.", Example: "file.delete"},
	{Name: "since", Text: "Only lines from this day or moment on.", Example: "2026-11-01", Schema: dayOrMoment},
	{Name: "until", Text: "Only lines up to this day or moment.", Schema: dayOrMoment},
	{Name: "limit", Text: "How many lines a page has, 100 when it is not given.", Schema: number(1, maxAuditPage)},
	{Name: "before", Text: "Only lines before the one of this id.", Schema: number(1, math.MaxInt64)},
	{Name: "offset", Text: "How many lines to leave out.", Schema: number(0, math.MaxInt64)},
}

var (
	noticeExample = `{"message": "Python 3.9 goes in March.", "level": "warning", "expires_at": "2027-03-01T00:00:00Z"}`
	noticeParams  = []openapi.Param{
		{Name: "status", Text: "Only notices of this status; all when it is empty.", Schema: openapi.Words("", model.NoticeDraft, model.NoticePublished, model.NoticeArchived)},
		{Name: "offset", Text: "How many notices to leave out.", Schema: number(0, math.MaxInt64)},
		{Name: "limit", Text: "How many notices to list, all when it is not given.", Schema: number(0, math.MaxInt64)},
	}
	noticePage = noticesAnswer{Items: []noticeAnswer{exampleNotice}, Total: 1}
)

// noticeCalls have two addresses: ours below the channel, and those of the client,
// which it writes as /api/{owner}/notices.
var noticeCalls = openapi.Calls{
	"GET /api/channel/{channel}/notices": {{Tag: tagChannels, Summary: "The notices of a channel", Query: noticeParams, Answer: noticePage}},
	"POST /api/channel/{channel}/notices": {{
		Tag: tagChannels, Summary: "Publish a notice", Text: "conda shows it to who uses the channel.", Body: noticeRequest{}, Needs: []string{"message"}, Example: noticeExample, Status: http.StatusCreated, Answer: exampleNotice,
	}},
	"DELETE /api/channel/{channel}/notices/{notice}": {{Tag: tagChannels, Summary: "Delete a notice", Status: http.StatusNoContent}},
	"GET /api/notices/{owner}":                       {{Tag: tagChannels, Summary: "The notices of an account", Text: clientNotices, Query: noticeParams, Answer: noticePage}},
	"POST /api/notices/{owner}": {{
		Tag: tagChannels, Summary: "Draft a notice", Text: clientNotices, Body: noticeRequest{}, Needs: []string{"message"}, Example: noticeExample, Status: http.StatusCreated, Answer: exampleNotice,
	}},
	"GET /api/notices/{owner}/{notice}": {{Tag: tagChannels, Summary: "A notice", Text: clientNotices, Answer: exampleNotice}},
	"PATCH /api/notices/{owner}/{notice}": {{
		Tag: tagChannels, Summary: "Change a notice", Text: clientNotices, Body: noticeRequest{}, Example: `{"level": "critical"}`, Answer: exampleNotice,
	}},
	"DELETE /api/notices/{owner}/{notice}":       {{Tag: tagChannels, Summary: "Delete a notice of an account", Text: clientNotices, Status: http.StatusNoContent}},
	"POST /api/notices/{owner}/{notice}/publish": {{Tag: tagChannels, Summary: "Publish a drafted notice", Text: clientNotices, Answer: exampleNotice}},
	"POST /api/notices/{owner}/{notice}/archive": {{Tag: tagChannels, Summary: "Archive a notice", Text: clientNotices, Answer: exampleNotice}},
}

const clientNotices = "anaconda-client writes the address as `/api/{owner}/notices…`, which is the same."
