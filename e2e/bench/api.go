package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
)

// api speaks the Anaconda API of a site as the owner of token.
type api struct {
	site, owner, token string
}

// upload publishes a package: announce it, send its bytes, make it visible.
func (a api) upload(ctx context.Context, p condaPackage) error {
	path := fmt.Sprintf("%s/%s/%s/noarch/%s", a.owner, p.name, p.version, p.fileName())
	var staged struct {
		PostURL string            `json:"post_url"`
		Form    map[string]string `json:"form_data"`
		DistID  string            `json:"dist_id"`
	}
	if err := a.send(ctx, http.MethodPost, "/api/stage/"+path, map[string]any{"distribution_type": "conda", "attrs": p.index()}, &staged); err != nil {
		return err
	}
	if err := a.store(ctx, staged.PostURL, staged.Form, p); err != nil {
		return err
	}
	return a.send(ctx, http.MethodPost, "/api/commit/"+path, map[string]string{"dist_id": staged.DistID}, nil)
}

// store sends the bytes to where the announcement was answered with.
func (a api) store(ctx context.Context, url string, fields map[string]string, p condaPackage) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("file", p.fileName())
	if err != nil {
		return err
	}
	if _, err := part.Write(p.body); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, &body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	_, err = do(request)
	return err
}

// send sends in as JSON and reads the answer into out, unless that is nil.
func (a api) send(ctx context.Context, method, path string, in, out any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, method, a.site+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "token "+a.token)
	answer, err := do(request)
	if err != nil || out == nil {
		return err
	}
	return json.Unmarshal(answer.body, out)
}

// answer is a response that was read.
type answer struct {
	header http.Header
	body   []byte
}

// get fetches an address once.
func get(ctx context.Context, url string) (answer, error) {
	return ask(ctx, http.MethodGet, url, "identity")
}

// ask fetches an address in a content encoding, which is not decoded.
func ask(ctx context.Context, method, url, encoding string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, url, nil)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Accept-Encoding", encoding) // or the transport decodes
	return do(request)
}

// do sends a request; a status of 300 or more is an error.
func do(request *http.Request) (answer, error) {
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		return answer{}, fmt.Errorf("%s %s: %s: %.200s", request.Method, request.URL.Path, resp.Status, body)
	}
	return answer{resp.Header, body}, nil
}
