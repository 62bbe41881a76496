package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
)

const filesText = "Without a package all files of the channel are meant, without a version all of the package, without a basename all of the version."

var labelCalls = openapi.Calls{
	"GET /api/channels/{owner}":            {{Tag: tagLabels, Summary: "The labels of an account", Answer: map[string]labelSummary{"main": {Files: 12}}}},
	"GET /api/channels/{owner}/{label...}": {{Tag: tagLabels, Summary: "A label with its files", Answer: labelAnswer{labelSummary{Files: 1}, []fileAnswer{exampleFile}}}},
	"POST /api/channels/{owner}/{label...}": {
		{
			Tag: tagLabels, Summary: "Put a label on files", Text: filesText, Body: filesRequest{}, Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked,
			Example: `{"package": "tidemodel", "version": "2.1.0"}`,
		},
		{Tag: tagLabels, Tail: "/lock", Summary: "Lock a label", Text: "A locked label takes no change.", Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked},
		{Tag: tagLabels, Tail: "/copy/{to}", Summary: "Put another label on all files of a label", Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked},
	},
	"PUT /api/channels/{owner}/{label...}": {{
		Tag: tagLabels, Summary: "Create a label that no file carries yet", Text: "200 when it is there already.", Status: http.StatusCreated, Answer: empty{},
		Also: map[int]any{http.StatusOK: empty{}}, Fails: failsLocked,
	}},
	"DELETE /api/channels/{owner}/{label...}": {
		{
			Tag: tagLabels, Summary: "Remove a label, or take it off files", Text: "Without a body the label itself goes. " + filesText, Body: filesRequest{}, Status: http.StatusCreated, Answer: empty{},
			Fails: failsLocked, Example: `{"package": "tidemodel"}`,
		},
		{Tag: tagLabels, Tail: "/lock", Summary: "Unlock a label", Status: http.StatusCreated, Answer: empty{}, Fails: failsLocked},
	},
}

var relabelCalls = openapi.Calls{
	"POST /api/channel/{channel}/labels": {{
		Tag: tagLabels, Summary: "Relabel many files in one change", Body: bulkRequest{}, Answer: changedAnswer{12}, Fails: failsLocked,
		Text:    "Those that are named in `files`, else those of a package, or of one version of it, else all; with a label those of them that carry it.",
		Example: `{"label": "dev", "add": ["main"], "remove": ["dev"]}`,
	}},
	"POST /api/package/{owner}/{package}/labels":             {relabel("Put labels on all files of a package", someLabels)},
	"PUT /api/package/{owner}/{package}/labels":              {relabel("Set the labels of all files of a package", labelsRequest{})},
	"DELETE /api/package/{owner}/{package}/labels":           {relabel("Take labels off all files of a package", someLabels)},
	"POST /api/release/{owner}/{package}/{version}/labels":   {relabel("Put labels on all files of a release", someLabels)},
	"PUT /api/release/{owner}/{package}/{version}/labels":    {relabel("Set the labels of all files of a release", labelsRequest{})},
	"DELETE /api/release/{owner}/{package}/{version}/labels": {relabel("Take labels off all files of a release", someLabels)},
}

// relabel describes a change of the labels of several files.
func relabel(summary string, body any) openapi.Call {
	return openapi.Call{Tag: tagLabels, Summary: summary, Body: body, Example: labelsExample, Answer: changedAnswer{3}, Fails: failsLocked}
}
