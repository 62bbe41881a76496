package pypiindex

import (
	"fmt"
	"html"
	"strings"

	"vivarium/app/registry"
)

const htmlHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="pypi:repository-version" content="` + apiVersion + `">
%s<title>%s</title>
</head>
<body>
`

const htmlFoot = "</body>\n</html>\n"

// ListPage is the list of projects (PEP 503), as a plain web server can serve it
// too.
func ListPage(names []string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, htmlHead, "", "Simple index")
	for _, n := range names {
		fmt.Fprintf(&b, "<a href=\"%s/\">%s</a><br>\n", html.EscapeString(n), html.EscapeString(n))
	}
	b.WriteString(htmlFoot)
	return []byte(b.String())
}

// ProjectPage is a project's files, each anchor on a line of its own: hatch finds
// them by a pattern. The metadata's digest stands under both names (PEP 714). The
// files are in folders beside the page, named by their digests.
func ProjectPage(p registry.PythonProject) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, htmlHead, statusHTML(p), "Links for "+html.EscapeString(p.Name))
	fmt.Fprintf(&b, "<h1>Links for %s</h1>\n", html.EscapeString(p.Name))
	for _, f := range p.Files {
		fmt.Fprintf(&b, `<a href="%s#sha256=%s"`, html.EscapeString(fileURL(f)), f.SHA256)
		if f.RequiresPython != "" {
			fmt.Fprintf(&b, ` data-requires-python="%s"`, html.EscapeString(f.RequiresPython))
		}
		if f.MetadataSHA256 != "" {
			fmt.Fprintf(&b, ` data-core-metadata="sha256=%[1]s" data-dist-info-metadata="sha256=%[1]s"`, f.MetadataSHA256)
		}
		fmt.Fprintf(&b, "%s>%s</a><br>\n", yankedHTML(f), html.EscapeString(f.Basename))
	}
	b.WriteString(htmlFoot)
	return []byte(b.String())
}
