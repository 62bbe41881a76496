package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"vivarium/app/format/openapi"
	"vivarium/views"
)

// showAPI draws the description of the API with examples for this server.
func (ui *Surface) showAPI(w http.ResponseWriter, r *http.Request) error {
	p := views.APIReferenceProps{Layout: ui.layout(r, "API reference"), Base: baseURL(r)}
	for _, name := range openapi.SchemeNames {
		p.Forms = append(p.Forms, views.APIForm{Name: name, Text: ui.API.Components.Security[name].Description})
	}
	for _, tag := range ui.API.Tags {
		p.Groups = append(p.Groups, ui.apiGroup(p.Base, tag))
	}
	return ui.draw(w, r, http.StatusOK, views.APIReferencePage(p), nil)
}

func (ui *Surface) apiGroup(base string, tag openapi.Tag) views.APIGroup {
	g := views.APIGroup{ID: strings.ToLower(tag.Name), Name: tag.Name, Text: tag.Description}
	for _, o := range ui.API.Operations {
		if slices.Contains(o.Tags, tag.Name) {
			g.Calls = append(g.Calls, ui.apiCall(base, o))
		}
	}
	return g
}

func (ui *Surface) apiCall(base string, o *openapi.Operation) views.APICall {
	c := views.APICall{
		ID: o.ID, Method: o.Method, Path: o.Path, Summary: o.Summary, Text: cmp.Or(o.Description, o.Summary+"."), Scopes: o.Scopes, Request: curl(base, o),
	}
	for _, p := range o.Parameters {
		c.Parts = append(c.Parts, views.APIPart{Name: p.Name, Where: p.In, Text: p.Description})
	}
	c.Parts = append(c.Parts, ui.bodyParts(o)...)
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		answer := ui.API.Response(o, status)
		c.Answers = append(c.Answers, views.APIAnswer{Status: status, Text: answer.Description})
		if c.Example == "" && status < "300" {
			c.Example = exampleOf(answer)
		}
	}
	return c
}

// bodyParts are the fields of a body, sorted by name.
func (ui *Surface) bodyParts(o *openapi.Operation) []views.APIPart {
	var parts []views.APIPart
	if o.Body == nil {
		return parts
	}
	for _, content := range o.Body.Content {
		fields := ui.API.Fields(content.Schema)
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			parts = append(parts, views.APIPart{Name: name, Where: "body", Text: fields[name].Description})
		}
	}
	return parts
}

// exampleOf returns the example of an answer as JSON with a field on each line.
func exampleOf(answer openapi.Response) string {
	for _, content := range answer.Content {
		if content.Example == nil {
			continue
		}
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if enc.Encode(content.Example) == nil {
			return strings.TrimSpace(b.String())
		}
	}
	return ""
}

// curl is a command that makes the call.
func curl(base string, o *openapi.Operation) string {
	var words []string
	switch {
	case o.TakesPassword():
		words = append(words, `-u "$USER"`)
	case len(o.Security) > 0:
		words = append(words, `-H "Authorization: token $VIVARIUM_TOKEN"`)
	}
	if o.Method != http.MethodGet {
		words = append(words, "-X "+o.Method)
	}
	words = append(words, bodyOptions(o)...)
	return "curl " + strings.Join(append(words, quote(base+exampleAddress(o))), " \\\n  ")
}

// bodyOptions are what makes curl send the body.
func bodyOptions(o *openapi.Operation) []string {
	if o.Body == nil {
		return nil
	}
	for media, content := range o.Body.Content {
		switch media {
		case "multipart/form-data":
			return []string{`-F "key=$TICKET"`, "-F file=@tidemodel-2.1.0-py313_0.conda"}
		case "application/octet-stream":
			return []string{"-T tidemodel-2.1.0-py313_0.conda"}
		}
		if example, err := json.Marshal(content.Example); err == nil {
			return []string{`-H "Content-Type: ` + media + `"`, "-d " + quote(string(example))}
		}
	}
	return nil
}

// exampleAddress is a path with what stands for its parameters, and those of the
// query that have an example.
func exampleAddress(o *openapi.Operation) string {
	path, query := o.Path, url.Values{}
	for _, p := range o.Parameters {
		switch {
		case p.In == "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", p.Example)
		case p.Example != "":
			query.Set(p.Name, p.Example)
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// quote makes one word of s for a shell.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
