package openapi

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// meanings are what the errors of every call are for.
var meanings = map[model.Code]string{
	model.Invalid:         "The request cannot be right: the sentence says what is wrong.",
	model.Unauthenticated: "No credential came, and one is needed, or it is unknown, expired or revoked.",
	model.Forbidden:       "You may see this and may not do it, or the token lacks a scope: the sentence names it.",
	model.NotFound:        "It does not exist, or not for you.",
	model.Conflict:        "It exists already, or is locked.",
	model.TooLarge:        "The body is too large.",
	model.TooMany:         "Too many requests: Retry-After says for how many seconds to wait.",
	model.ReadOnly:        "The site takes no changes just now.",
	model.Full:            "There is no space left to store it.",
}

// codesOf are the errors that a call can answer: those that follow from its row,
// and its own.
func codesOf(row model.Route, call Call, path string) []model.Code {
	codes := append([]model.Code{model.TooMany}, call.Fails...)
	if strings.Contains(path, "{") || call.Query != nil || call.Body != nil {
		codes = append(codes, model.Invalid)
	}
	if !row.Open || call.Password {
		codes = append(codes, model.Unauthenticated)
	}
	if len(row.Scopes) > 0 || row.Needs > model.Read || call.Password {
		codes = append(codes, model.Forbidden)
	}
	if strings.Contains(path, "{") {
		codes = append(codes, model.NotFound)
	}
	if !strings.HasPrefix(row.Pattern, http.MethodGet) {
		codes = append(codes, model.TooLarge, model.ReadOnly)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// setFailures refers to what every call of the surface answers with each code.
func (b *builder) setFailures(o *Operation, row model.Route, call Call) error {
	form := b.Failures[row.Surface]
	for _, code := range codesOf(row, call, o.Path) {
		status := strconv.Itoa(code.Status())
		name := string(row.Surface) + status
		if _, made := b.doc.Components.Responses[name]; !made {
			response, err := b.response(meanings[code], form.Media, form.Answer)
			if err != nil {
				return err
			}
			b.doc.Components.Responses[name] = response
		}
		o.Responses[status] = Response{Ref: responseRef + name}
	}
	return nil
}

const responseRef = "#/components/responses/"

// Response returns what o answers with a status, followed to where it is said.
func (d *Document) Response(o *Operation, status string) Response {
	r := o.Responses[status]
	if name, ok := strings.CutPrefix(r.Ref, responseRef); ok {
		return d.Components.Responses[name]
	}
	return r
}
