package condachannel

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// pages are what people see of a folder of a channel, as of any static one. They
// need no style and no script.
var pages = template.Must(template.New("page").Funcs(template.FuncMap{"path": url.PathEscape, "day": day}).Parse(pageText))

const pageText = `{{define "head"}}<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.}}</title>
</head>
<body>
<h1>{{.}}</h1>
{{end}}{{define "channel"}}{{template "head" .Name}}<ul>
{{range .Subdirs}}<li><a href="{{.}}/index.html">{{.}}</a></li>
{{end}}</ul>
<p><a href="channeldata.json">channeldata.json</a> <a href="rss.xml">rss.xml</a> <a href="notices.json">notices.json</a></p>
</body>
</html>
{{end}}{{define "subdir"}}{{template "head" .Name}}<p><a href="../index.html">All subdirs</a></p>
<p>{{range .Documents}}<a href="{{.}}">{{.}}</a> {{end}}</p>
{{if .Files}}<table>
<thead><tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">Uploaded</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
{{range .Files}}<tr><td><a href="{{path .FileName}}">{{.FileName}}</a></td><td>{{.Size}}</td><td><time datetime="{{day .UploadedAt}}">{{day .UploadedAt}}</time></td><td><code>{{.SHA256}}</code></td></tr>
{{end}}</tbody>
</table>
{{else}}<p>No files.</p>
{{end}}{{with .After}}<p><a rel="next" href="?after={{.}}">Next files</a></p>
{{end}}</body>
</html>
{{end}}`

// channelView and subdirView are what the templates draw.
type channelView struct {
	Name    string
	Subdirs []string
}

type subdirView struct {
	Name      string
	Documents []string
	Files     []model.File
	After     string // the name that the next page begins after; empty on the last
}

// subdirDocuments are what clients read of a subdir.
var subdirDocuments = []string{"repodata.json", "repodata.json.zst", "repodata_shards.msgpack.zst", "current_repodata.json", "run_exports.json", "patch_instructions.json"}

func (s *Surface) serveChannelPage(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	list, err := s.Registry.ChannelSubdirs(r.Context(), actor, req.channel, req.indexLabel())
	if err != nil {
		return err
	}
	return s.servePage(w, r, req, list, "channel", channelView{Name: req.folder(), Subdirs: list.Subdirs})
}

func (s *Surface) serveSubdirPage(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	list, err := s.Registry.SubdirFiles(r.Context(), actor, req.channel, req.indexLabel(), req.subdir, r.URL.Query().Get("after"))
	if err != nil {
		return err
	}
	view := subdirView{Name: req.folder() + "/" + req.subdir, Documents: subdirDocuments, Files: list.Files}
	if list.More {
		view.After = list.Files[len(list.Files)-1].FileName()
	}
	return s.servePage(w, r, req, list, "subdir", view)
}

func (s *Surface) servePage(w http.ResponseWriter, r *http.Request, req request, list registry.ChannelListing, name string, view any) error {
	var body bytes.Buffer
	if err := pages.ExecuteTemplate(&body, name, view); err != nil {
		return err
	}
	return s.serveMade(w, r, req, list, body.Bytes(), "text/html; charset=utf-8")
}

// serveMade answers what was made of a listing for this request.
func (s *Surface) serveMade(w http.ResponseWriter, r *http.Request, req request, list registry.ChannelListing, body []byte, contentType string) error {
	doc := model.Document{ContentType: contentType, ModTime: list.Modified, Private: list.Private || req.hasToken}
	return protocol.ServePage(w, r, body, doc, s.MaxAge)
}

// folder names the channel as it was asked for, without a token.
func (req request) folder() string {
	if req.label == "" {
		return req.channel
	}
	return req.channel + "/label/" + req.label
}

// day is a moment as pages and machines read it.
func day(t time.Time) string { return t.UTC().Format(time.RFC3339) }
