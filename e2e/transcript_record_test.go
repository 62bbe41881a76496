package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// recorder stands between clients and a server and writes down what they ask and
// the status they get.
type recorder struct {
	*masks
	t      *testing.T
	behind *server
	setup  []string // what there was before the first request

	mu        sync.Mutex
	exchanges []string
}

// newRecorder starts a server with the user alice, and a front to it for clients.
func newRecorder(t *testing.T) (*recorder, *client) {
	t.Helper()
	r := &recorder{masks: newMasks(), t: t, behind: startServer(t), setup: []string{"= user alice"}}
	r.behind.addUser("alice")
	front := httptest.NewServer(r)
	t.Cleanup(front.Close)
	host := front.Listener.Addr().String()
	machine, err := os.Hostname()
	sure(t, err)
	person, err := user.Current()
	sure(t, err)
	r.learn(host, "site")
	r.learn(machine, "machine")
	r.learn(person.Username+"@"+machine, "person")
	r.learn(password, "password")
	s := &server{t: t, URL: front.URL, API: front.URL + "/api", host: host}
	return r, newClient(t, s)
}

// token makes a token that the transcript calls <token NAME>.
func (r *recorder) token(name, scopes string) string {
	r.t.Helper()
	secret := r.behind.addToken("alice", name, scopes)
	r.learn(secret, "token "+name)
	r.setup = append(r.setup, "= token "+name+" "+scopes)
	return secret
}

// file is a path that a client may upload; the transcript names its bytes.
func (r *recorder) file(name, path string) string {
	r.t.Helper()
	data, err := os.ReadFile(path)
	sure(r.t, err)
	r.know(name, data)
	return path
}

// conda and python are file for the packages that the tests build.
func (r *recorder) conda(name string) string  { return r.file(name, archive(r.t, name)) }
func (r *recorder) python(name string) string { return r.file(name, distribution(r.t, name)) }

// ServeHTTP passes a request on and writes it down.
func (r *recorder) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	at := len(r.exchanges)
	r.exchanges = append(r.exchanges, "")
	r.mu.Unlock()

	body, err := io.ReadAll(req.Body)
	out := req.Clone(req.Context())
	out.RequestURI, out.URL.Scheme, out.URL.Host = "", "http", r.behind.host
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp, sendErr := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(out)
	if err != nil || sendErr != nil {
		r.t.Errorf("pass %s %s on: %v, %v", req.Method, req.URL, err, sendErr)
		return
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Errorf("read the answer to %s %s: %v", req.Method, req.URL, err)
	}
	r.learnAnswer(req.URL.Path, resp.Header, answer)
	text := r.request(req, body) + r.answer(resp)
	r.mu.Lock()
	r.exchanges[at] = text
	r.mu.Unlock()

	maps.Copy(w.Header(), resp.Header)
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(answer) // the client may have left
}

// kept are the headers that matter to the server.
var kept = []string{"Accept", "Accept-Encoding", "Authorization", "Cache-Control", "Content-Type", "Expect", "If-Modified-Since", "If-None-Match", "If-Range", "Range", "User-Agent", "X-Api-Key", "X-Expected-Sha256"}

// request writes a request down: its line, the headers that matter, the body.
func (r *recorder) request(req *http.Request, body []byte) string {
	var out strings.Builder
	fmt.Fprintf(&out, "> %s %s\n", req.Method, r.hide(req.RequestURI))
	kind, params, _ := mime.ParseMediaType(req.Header.Get("Content-Type"))
	for _, name := range kept {
		for _, value := range req.Header[name] {
			switch {
			case name == "Content-Type" && params["boundary"] != "":
				value = kind + "; boundary=<boundary>"
			case name == "User-Agent":
				value, _, _ = strings.Cut(value, " ")
			case name == "Authorization":
				value = plainBasic(value)
			}
			fmt.Fprintf(&out, "> %s: %s\n", name, r.hide(value))
		}
	}
	switch {
	case params["boundary"] != "":
		out.WriteString(r.form(body, params["boundary"]))
	case len(body) > 0:
		fmt.Fprintf(&out, ">> %s\n", strings.ReplaceAll(r.hide(string(body)), "\n", "\n>> "))
	}
	return out.String()
}

// plainBasic shows the name and the password that Basic hides.
func plainBasic(value string) string {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(value, "Basic "))
	if err != nil || !strings.HasPrefix(value, "Basic ") {
		return value
	}
	return "Basic(" + string(raw) + ")"
}

// formPart is a part of a form.
type formPart struct {
	header textproto.MIMEHeader
	name   string
	data   []byte
}

// form writes a form down, a line for each part.
func (r *recorder) form(body []byte, boundary string) string {
	var all []formPart
	file, size := "", ""
	for parts := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			r.t.Error(err)
			break
		}
		data, err := io.ReadAll(part)
		if err != nil {
			r.t.Error(err)
		}
		if name, ok := r.bytes(data); ok {
			file, size, data = name, strconv.Itoa(len(data)), []byte("<bytes "+name+">")
		}
		all = append(all, formPart{part.Header, part.FormName(), data})
	}
	var out strings.Builder
	for _, p := range all {
		fmt.Fprintf(&out, ">> %s", r.hide(p.header.Get("Content-Disposition")))
		if kind := p.header.Get("Content-Type"); kind != "" {
			fmt.Fprintf(&out, " (%s)", kind)
		}
		value := r.hide(string(p.data))
		if p.name == "Content-Length" && value == size {
			value = "<size " + file + ">"
		}
		fmt.Fprintf(&out, " = %q\n", value)
	}
	return out.String()
}

func (r *recorder) answer(resp *http.Response) string {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return strings.TrimSpace(fmt.Sprintf("< %d %s", resp.StatusCode, kind)) + "\n"
}

// text is the whole transcript.
func (r *recorder) text(title string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	head := "# " + title + ".\n# Recorded; rewrite with go test -run Transcripts -update ./e2e\n\n"
	return head + strings.Join(r.setup, "\n") + "\n\n" + strings.Join(slices.Clone(r.exchanges), "\n")
}
