package render_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vivarium/app/format/notebook"
	"vivarium/app/model"
	"vivarium/app/render"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs, rewrite with -update:\ngot\n%s\nwant\n%s", name, got, want)
	}
}

var (
	harmless  = strings.Fields("p br hr h2 h3 h4 h5 h6 em i b strong del blockquote ul ol li pre code sub sup table thead tbody tfoot tr td th caption span div a img dl dt dd")
	classes   = regexp.MustCompile(`^(codeblock chroma|table|[a-z]{1,3}[0-9]?)$`)
	addresses = regexp.MustCompile(`^(?i)(https?://|mailto:)`)
)

// safe fails the test unless markup holds nothing but harmless elements with
// harmless attributes, and closes what it opens.
func safe(t *testing.T, markup model.HTML) {
	t.Helper()
	depth := 0
	for z := html.NewTokenizer(strings.NewReader(string(markup))); ; {
		switch z.Next() {
		case html.ErrorToken:
			if depth != 0 {
				t.Errorf("%d elements stay open in %q", depth, markup)
			}
			return
		case html.TextToken:
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("a comment or doctype in %q", markup)
		case html.StartTagToken:
			token := z.Token()
			checkElement(t, markup, token)
			if !slices.Contains([]string{"br", "hr", "img"}, token.Data) {
				depth++
			}
		case html.EndTagToken:
			depth--
		case html.SelfClosingTagToken:
			checkElement(t, markup, z.Token())
		}
	}
}

func checkElement(t *testing.T, markup model.HTML, token html.Token) {
	t.Helper()
	if !slices.Contains(harmless, token.Data) {
		t.Errorf("the element %s in %q", token.Data, markup)
	}
	for _, a := range token.Attr {
		ok := false
		switch a.Key {
		case "class":
			ok = classes.MatchString(a.Val)
		case "href":
			ok = addresses.MatchString(a.Val)
		case "src":
			ok = strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//")
		case "alt", "start", "colspan", "rowspan", "align":
			ok = true
		case "rel":
			ok = a.Val == "nofollow noreferrer"
		}
		if !ok {
			t.Errorf("the attribute %s=%q of %s in %q", a.Key, a.Val, token.Data, markup)
		}
	}
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/prose.md")
	if err != nil {
		t.Fatal(err)
	}
	got := render.Markdown(string(source))
	safe(t, got)
	golden(t, "prose.html", string(got))
}

// TestHostile draws what others have tried on pages like these, as Markdown and as
// the HTML of an output.
func TestHostile(t *testing.T) {
	t.Parallel()
	corpus, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	payloads := strings.Split(strings.TrimSpace(string(corpus)), "\n")
	for _, payload := range payloads {
		payload = strings.ReplaceAll(payload, `\n`, "\n")
		safe(t, render.Markdown(payload))
		for _, data := range []map[string]string{{"text/html": payload}, {"text/markdown": payload}, {"text/html": "<table>" + payload + "</table>"}} {
			n := &notebook.Notebook{Cells: []notebook.Cell{
				{Kind: notebook.Code, Source: payload, Outputs: []notebook.Output{{Data: data}}}, {Kind: notebook.Heading, Level: 2, Source: payload}, {Kind: notebook.Raw, Source: payload},
			}}
			for _, cell := range render.Notebook(n, nil).Cells {
				safe(t, cell.Source)
				for _, o := range cell.Outputs {
					safe(t, o.HTML)
				}
			}
		}
	}
	if len(payloads) < 60 {
		t.Errorf("only %d payloads were tried", len(payloads))
	}
}

// TestCostlyMarkdown: texts that would take minutes stand plain.
func TestCostlyMarkdown(t *testing.T) {
	t.Parallel()
	for _, part := range strings.Split("> [ *a | -\u00a0 ` ![ <a _ a**b \\ & <!-- http:// [a]( ~~ 1.\u00a0 # **x *a_ <b> www. ](x |a\n|-\n ```\n [x]:y\n", " ") {
		part = strings.ReplaceAll(part, "\u00a0", " ")
		start := time.Now()
		got := render.Markdown(strings.Repeat(part, (128<<10)/len(part)))
		if d := time.Since(start); d > 30*time.Second || len(got) == 0 && part != "<!--" {
			t.Errorf("%q many times takes %v and gives %d bytes", part, d, len(got))
		}
	}
	if usual := strings.Repeat("- [a link](https://x.example) and *some* words\n", 300); !strings.Contains(string(render.Markdown(usual)), "<li>") {
		t.Error("a long list is not drawn")
	}
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# A\n<script>alert(1)</script> [x](javascript:1) ![y](attachment:z)\n```python\nx = 1\n```\n")
	f.Add("|a|b|\n|-|:-:|\n|<b onclick=x>|`c`|")
	f.Fuzz(func(t *testing.T, source string) { safe(t, render.Markdown(source)) })
}

func FuzzCode(f *testing.F) {
	f.Add("def f(x):\n    return f'{x}'  # done", "python")
	f.Add("name: kit\ndependencies:\n- a", "yaml")
	f.Fuzz(func(t *testing.T, source, language string) {
		got := render.Code(source, language)
		safe(t, got)
		if plain := textOf(string(got)); plain != textOf(html.EscapeString(source)) {
			t.Errorf("%q became %q", source, plain)
		}
	})
}

// textOf is what a reader sees of markup.
func textOf(markup string) string {
	var b strings.Builder
	for z := html.NewTokenizer(strings.NewReader(markup)); z.Next() != html.ErrorToken; {
		if token := z.Token(); token.Type == html.TextToken {
			b.WriteString(token.Data)
		}
	}
	return b.String()
}

func TestCode(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"python":  `<span class="kn">import</span> <span class="nn">x</span>`,
		"":        `import x`,
		"klingon": `import x`,
	} {
		if got := string(render.Code("import x", language)); got != want {
			t.Errorf("%s: got %s, want %s", language, got, want)
		}
	}
	long := strings.Repeat("x = '<'\n", 20_000)
	if got := render.Code(long, "python"); strings.Contains(string(got), "<span") || len(got) < len(long) {
		t.Errorf("a long text was highlighted, or cut to %d bytes", len(got))
	}
}

func TestNotebook(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/cells.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	drawn := render.Notebook(n, func(_, _ int, attachment string) string { return "/picture?name=" + attachment })
	var got strings.Builder
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(drawn); err != nil {
		t.Fatal(err)
	}
	golden(t, "cells.json", got.String())
	for _, cell := range drawn.Cells {
		safe(t, cell.Source)
	}
}

// TestLargeNotebook is drawn as far as it fits.
func TestLargeNotebook(t *testing.T) {
	t.Parallel()
	many := &notebook.Notebook{Cells: make([]notebook.Cell, 700)}
	for i := range many.Cells {
		many.Cells[i] = notebook.Cell{Kind: notebook.Markdown, Source: "x"}
	}
	if got := render.Notebook(many, nil); len(got.Cells)+got.Left != 700 || got.Left != 200 {
		t.Errorf("of 700 cells %d are drawn, and %d left", len(got.Cells), got.Left)
	}
	fat := &notebook.Notebook{Cells: []notebook.Cell{}}
	for range 50 {
		fat.Cells = append(fat.Cells, notebook.Cell{Kind: notebook.Code, Outputs: []notebook.Output{{Text: strings.Repeat("é", 100_000)}}})
	}
	got := render.Notebook(fat, nil)
	if size := len(got.Cells[0].Outputs[0].Text); got.Left == 0 || size > 70_000 {
		t.Errorf("%d cells left, an output of %d bytes", got.Left, size)
	}
}

// TestKeysOfYAML: the name of a list or a map ends its line, and is a key like any
// other.
func TestKeysOfYAML(t *testing.T) {
	t.Parallel()
	lines, left := render.Lines("name: x # a\nchannels:\n  - labs\ndependencies:\n  - python=3.12\n  - pip:\n    - leaf>=1\n", "yaml")
	want := []model.HTML{
		`<span class="nt">name</span>: x <span class="c"># a</span>`, `<span class="nt">channels</span>:`, "  - labs",
		`<span class="nt">dependencies</span>:`, "  - python=3.12", `  - <span class="nt">pip</span>:`, "    - leaf&gt;=1",
	}
	if !slices.Equal(lines, want) || left != 0 {
		t.Errorf("got %q and %d left, want %q", lines, left, want)
	}
}
