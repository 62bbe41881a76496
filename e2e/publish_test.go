package e2e

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// publisher uploads to one channel. It knows no testing.T, so that many can run
// at once and outlive the server.
type publisher struct {
	url, channel, token string
	client              *http.Client
	// door is the form in which conda packages are uploaded; empty: Anaconda's.
	door string
}

func (s *server) publisher(channel, token string) publisher {
	return publisher{url: s.URL, channel: channel, token: token, client: &http.Client{Timeout: time.Minute, Transport: &http.Transport{}}}
}

// verdict is the step of an upload that ended it, the status and the answer.
type verdict struct {
	step   string // stage, store, commit, post or door
	status int
	body   []byte
}

// made reports whether the upload is done.
func (v verdict) made() bool {
	if v.step == "door" {
		return v.status == http.StatusCreated || v.status == http.StatusOK
	}
	return v.status == http.StatusOK && (v.step == "commit" || v.step == "post")
}

func (v verdict) String() string { return fmt.Sprintf("%s %d %.300s", v.step, v.status, v.body) }

// publish uploads a file as its kind is uploaded.
func (p publisher) publish(ctx context.Context, a artifact) (verdict, error) {
	if a.subdir == "" {
		return p.publishPython(ctx, a, nil)
	}
	if p.door != "" {
		return p.publishAt(ctx, p.door, a)
	}
	return p.publishConda(ctx, a)
}

// ticket is the answer to the first of a conda upload's three steps.
type ticket struct {
	PostURL  string            `json:"post_url"`
	FormData map[string]string `json:"form_data"`
	DistID   string            `json:"dist_id"`
}

func (p publisher) publishConda(ctx context.Context, a artifact) (verdict, error) {
	sum := a.sums()
	var t ticket
	v, err := p.step(ctx, "stage", a, map[string]any{"distribution_type": "conda", "sha256": sum.sha256}, &t)
	if err != nil || v.status != http.StatusOK {
		return v, err
	}
	fields := [][2]string{{"Content-Length", strconv.FormatInt(sum.size, 10)}, {"Content-MD5", base64.StdEncoding.EncodeToString(sum.md5)}}
	for key, value := range t.FormData {
		fields = append(fields, [2]string{key, value})
	}
	if v, err = p.sendFile(ctx, "store", t.PostURL, "", fields, "file", a); err != nil || v.status != http.StatusCreated {
		return v, err
	}
	return p.step(ctx, "commit", a, map[string]any{"dist_id": t.DistID}, nil)
}

// step posts JSON to stage or commit.
func (p publisher) step(ctx context.Context, verb string, a artifact, body map[string]any, into any) (verdict, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return verdict{}, err
	}
	url := fmt.Sprintf("%s/api/%s/%s/%s/%s/%s/%s", p.url, verb, p.channel, a.name, a.version, a.subdir, a.fileName)
	v, err := p.send(ctx, verb, url, "application/json", p.token, int64(len(raw)), bytes.NewReader(raw))
	if err == nil && into != nil && v.status == http.StatusOK {
		err = json.Unmarshal(v.body, into)
	}
	return v, err
}

// publishPython uploads as twine does; more fields may be added.
func (p publisher) publishPython(ctx context.Context, a artifact, more [][2]string) (verdict, error) {
	fields := append([][2]string{{":action", "file_upload"}, {"protocol_version", "1"}, {"name", a.name}, {"version", a.version}, {"sha256_digest", a.sha256()}}, more...)
	return p.sendFile(ctx, "post", p.url+"/pypi/"+p.channel+"/", p.token, fields, "content", a)
}

// sendFile posts a form with a file in it.
func (p publisher) sendFile(ctx context.Context, step, url, token string, fields [][2]string, name string, a artifact) (verdict, error) {
	file, err := a.open()
	if err != nil {
		return verdict{}, err
	}
	defer file.Close()
	form := formOf(fields, name, a.fileName, a.sums().size, file)
	return p.send(ctx, step, url, form.kind, token, form.size, form.body)
}

func (p publisher) send(ctx context.Context, step, url, kind, token string, size int64, body io.Reader) (verdict, error) {
	method := http.MethodPost
	if step == "door" && kind == "" {
		method = http.MethodPut
	}
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return verdict{}, err
	}
	req.ContentLength = size
	req.Header.Set("Content-Type", kind)
	if token != "" {
		req.Header.Set("Authorization", "token "+token)
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return verdict{}, err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return verdict{step, resp.StatusCode, answer}, err
}

// multipartForm is a body that is made while it is sent.
type multipartForm struct {
	kind string
	size int64
	body io.Reader
}

// formOf is a form of fields and one file, the file last.
func formOf(fields [][2]string, name, fileName string, size int64, file io.Reader) multipartForm {
	var head bytes.Buffer
	w := multipart.NewWriter(&head)
	for _, f := range fields {
		_ = w.WriteField(f[0], f[1]) // a bytes.Buffer takes everything
	}
	_, _ = w.CreateFormFile(name, fileName)
	end := "\r\n--" + w.Boundary() + "--\r\n"
	return multipartForm{
		kind: w.FormDataContentType(), size: int64(head.Len()) + size + int64(len(end)),
		body: io.MultiReader(bytes.NewReader(head.Bytes()), file, strings.NewReader(end)),
	}
}
