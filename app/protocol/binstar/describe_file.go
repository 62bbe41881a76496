package binstar

import (
	"net/http"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
)

const octets = "application/octet-stream"

// bytesOf is a body that is a file.
var bytesOf = openapi.Schema{Type: "string", Format: "binary"}

var fileCalls = openapi.Calls{
	"GET /api/dist/{owner}/{package}/{version}/{basename...}": {{Tag: tagFiles, Summary: "A file", Answer: exampleFile}},
	"DELETE /api/dist/{owner}/{package}/{version}/{basename...}": {
		{Tag: tagFiles, Summary: "Delete a file", Text: "Answers what was deleted.", Answer: exampleFile, Fails: failsLocked},
		{Tag: tagFiles, Tail: "/labels", Summary: "Take labels off a file", Body: someLabels, Example: labelsExample, Answer: changedAnswer{1}, Fails: failsLocked},
		{Tag: tagFiles, Tail: "/yank", Summary: "Take back the yank of a file", Answer: changedAnswer{1}, Fails: failsLocked},
		{Tag: tagFiles, Tail: "/patch", Summary: "Serve a file's record as its archive has it", Answer: exampleFile, Fails: failsLocked},
	},
	"POST /api/dist/{owner}/{package}/{version}/{basename...}": {
		{Tag: tagFiles, Tail: "/labels", Summary: "Put labels on a file", Body: someLabels, Example: labelsExample, Answer: changedAnswer{1}, Fails: failsLocked},
		{
			Tag: tagFiles, Tail: "/yank", Summary: "Yank a file", Text: "Hides it from resolvers; who names it still gets it. It serves Python files too.", Body: yankRequest{},
			Example: `{"reason": "Wrong by a factor of two"}`, Answer: changedAnswer{1}, Fails: failsLocked,
		},
	},
	"PUT /api/dist/{owner}/{package}/{version}/{basename...}": {
		{Tag: tagFiles, Tail: "/labels", Summary: "Set the labels of a file", Body: labelsRequest{}, Example: labelsExample, Answer: changedAnswer{1}, Fails: failsLocked},
		{
			Tag: tagFiles, Tail: "/patch", Summary: "Serve a file's record otherwise than its archive has it", Body: patchRequest{}, Needs: []string{"patch"}, Answer: exampleFile, Fails: failsLocked,
			Example: `{"patch": {"depends": ["python >=3.9"]}, "reason": "Does not run on 3.8"}`,
		},
	},
	"GET /api/download/{owner}/{package}/{version}/{basename...}": {{
		Tag: tagFiles, Summary: "The bytes of a file", Answer: bytesOf, AnswerMedia: octets, Text: "Takes ranges and conditions.",
		Also: map[int]any{http.StatusPartialContent: bytesOf, http.StatusNotModified: nil, http.StatusRequestedRangeNotSatisfiable: nil},
	}},
	"POST /api/copy/package/{owner}/{package}/{version}/{basename...}":  {{Tag: tagFiles, Summary: "Copy a file, unless it is there", Text: copyText, Body: copyRequest{}, Example: copyExample, Answer: []fileAnswer{exampleFile}, Fails: failsLocked}},
	"PUT /api/copy/package/{owner}/{package}/{version}/{basename...}":   {{Tag: tagFiles, Summary: "Copy a file and replace what is there", Text: copyText, Body: copyRequest{}, Example: copyExample, Answer: []fileAnswer{exampleFile}, Fails: failsLocked}},
	"PATCH /api/copy/package/{owner}/{package}/{version}/{basename...}": {{Tag: tagFiles, Summary: "Copy a file and keep what is there", Text: copyText, Body: copyRequest{}, Example: copyExample, Answer: []fileAnswer{exampleFile}, Fails: failsLocked}},
}

const (
	labelsExample = `{"labels": ["main"]}`
	copyExample   = `{"to_owner": "mlind", "from_channel": "main", "to_channel": "dev"}`
	copyText      = "To another account or label. With nothing after the slash behind the version, all files of the release."
)

// failsLocked are how a change of what is locked, immutable or there already fails.
var failsLocked = []model.Code{model.Conflict}

// storeForm is the form of the second step of an upload.
var storeFormSchema = openapi.Schema{
	Type: "object", Required: []string{ticketField, fileField}, Properties: map[string]*openapi.Schema{
		ticketField: {Type: "string", Description: "The ticket, as form_data has it."}, digestField: {Type: "string", Pattern: "^[A-Za-z0-9+/]{22}==$", Description: "MD5 of the bytes, in base64."},
		sizeField: {Type: "string", Pattern: "^[0-9]{1,18}$", Description: "How many bytes there are."}, fileField: {Type: "string", Format: "binary", Description: "The bytes; the last part."},
	},
}

var exampleStaged = stageAnswer{PostURL: "https://pkgs.example.com/upload/stage", FormData: map[string]string{ticketField: "…"}, DistID: "9f2c"}

var uploadCalls = openapi.Calls{
	"POST /api/stage/{owner}/{package}/{version}/{basename...}": {{
		Tag: tagUploads, Summary: "Announce an upload and get where to send it", Text: "Makes the package and the release if they are missing.", Body: stageRequest{},
		Example: `{"distribution_type": "conda", "channels": ["main"], "sha256": "` + exampleSHA256 + `"}`, Answer: exampleStaged, Fails: failsLocked,
	}},
	"POST /upload/stage": {{
		Tag: tagUploads, Summary: "Send the bytes of an upload", Text: "The ticket in the form is the credential.", Body: storeFormSchema, Media: "multipart/form-data",
		Status: http.StatusCreated, Fails: []model.Code{model.Forbidden, model.Conflict, model.Full},
	}},
	"POST /api/commit/{owner}/{package}/{version}/{basename...}": {{
		Tag: tagUploads, Summary: "Make an upload visible", Text: "When it answers, installers see the file.", Body: commitRequest{}, Example: `{"dist_id": "9f2c"}`,
		Answer: commitAnswer{exampleFile, "https://pkgs.example.com/reef-lab/tidemodel"}, Fails: failsLocked,
	}},
	"PUT /api/upload/{channel}/{file}": {{
		Tag: tagUploads, Summary: "Upload a file in one request", Text: "As `curl -T FILE` sends it. 200 when the file was there already with the same bytes.",
		Body: bytesOf, Media: octets, Status: http.StatusCreated, Answer: exampleFile, Also: map[int]any{http.StatusOK: exampleFile},
		Fails: []model.Code{model.Conflict, model.Full}, Query: uploadParams,
	}},
}

var uploadParams = []openapi.Param{
	{Name: "label", Text: "A label to put on the file; may be repeated.", Example: "dev"},
	{Name: "type", Text: "The package type, if the name does not tell.", Example: "file", Schema: typeWords},
	{Name: "package", Text: "The package, if the file does not say it.", Example: "tidemodel"},
	{Name: "version", Text: "The version, if the file does not say it.", Example: "2.1.0"},
	{Name: "summary", Text: "A line about it."},
	{Name: "sha256", Text: "SHA-256 of the bytes, in hexadecimal; other bytes are refused."},
	{Name: "force", Text: "Replace a file of that name with other bytes.", Schema: openapi.Schema{Type: "boolean"}},
}
