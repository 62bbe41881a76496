package condachannel

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"

	"vivarium/app/model"
)

// style is all that makes a page readable on any screen. The policy beside it lets a
// browser use this style, and nothing else.
const style = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:1rem}h1,td{overflow-wrap:anywhere}th,time{white-space:nowrap}` +
	`table{border-collapse:collapse;font-size:.9rem}th,td{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}tbody tr{border-top:1px solid}` +
	`@media(max-width:60rem){thead{display:none}td{display:block}td:last-child{padding-bottom:1rem}}`

var stylePolicy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; sandbox allow-downloads"
}()

const htmlHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>%[1]s</title>
<style>` + style + `</style>
</head>
<body>
<h1>%[1]s</h1>
`

const htmlFoot = "</body>\n</html>\n"

// channelHTML is the page of a channel's folder, as any static channel has it.
func channelHTML(title string, subdirs []string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, htmlHead, html.EscapeString(title))
	b.WriteString("<ul>\n")
	for _, subdir := range subdirs {
		fmt.Fprintf(&b, "<li>%s</li>\n", link(subdir+"/index.html", subdir))
	}
	b.WriteString("</ul>\n<p>" + links("channeldata.json", "rss.xml", "notices.json") + "</p>\n" + htmlFoot)
	return []byte(b.String())
}

// subdirHTML is a page of a subdir's files; more follow on the next one.
func subdirHTML(title string, files []model.File, more bool) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, htmlHead, html.EscapeString(title))
	b.WriteString("<p>" + link("../index.html", "All subdirs") + "</p>\n<p>")
	b.WriteString(links("repodata.json", "repodata.json.zst", "repodata_shards.msgpack.zst", "current_repodata.json", "run_exports.json", "patch_instructions.json"))
	b.WriteString("</p>\n")
	if len(files) == 0 {
		b.WriteString("<p>No files.</p>\n" + htmlFoot)
		return []byte(b.String())
	}
	b.WriteString("<table>\n<thead><tr><th scope=\"col\">File</th><th scope=\"col\">Bytes</th><th scope=\"col\">Uploaded</th><th scope=\"col\">SHA-256</th></tr></thead>\n<tbody>\n")
	for _, f := range files {
		uploaded := f.UploadedAt.UTC().Format(time.RFC3339)
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%d</td><td><time datetime=\"%[3]s\">%[3]s</time></td><td><code>%[4]s</code></td></tr>\n",
			link(url.PathEscape(f.FileName()), f.FileName()), f.Size, uploaded, f.SHA256)
	}
	b.WriteString("</tbody>\n</table>\n")
	if more {
		b.WriteString("<p>" + link("?after="+url.QueryEscape(files[len(files)-1].FileName()), "Next files") + "</p>\n")
	}
	b.WriteString(htmlFoot)
	return []byte(b.String())
}

func links(names ...string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = link(name, name)
	}
	return strings.Join(all, " ")
}

func link(to, text string) string {
	return `<a href="` + html.EscapeString(to) + `">` + html.EscapeString(text) + `</a>`
}
