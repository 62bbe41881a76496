package notebook_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"vivarium/app/format/notebook"
	"vivarium/app/model"
)

const four = `{
 "nbformat": 4, "nbformat_minor": 5,
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"},
  "summary": "A summary", "description": ["not a text"], "widgets": {"a": [1, {"b": null}]}},
 "cells": [
  {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["Some words\n", "## The *scale*\n", "more"], "attachments": {"x.png": {"image/png": "aGVsbG8="}}},
  {"cell_type": "code", "execution_count": 2, "metadata": {}, "source": "1 / 0", "outputs": [
   {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
   {"output_type": "execute_result", "execution_count": 2, "metadata": {}, "data": {"text/plain": ["one"], "text/html": "<b>one</b>", "application/json": {"a": 1}}},
   {"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGVsbG8=\n"}},
   {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": ["line 1", "line 2"]}]},
  {"cell_type": "code", "execution_count": null, "metadata": {}, "source": [], "outputs": []},
  {"cell_type": "raw", "metadata": {}, "source": "raw"}
 ]}`

const three = `{"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "old"}, "worksheets": [
 {"cells": [{"cell_type": "heading", "level": 9, "source": "Old "},
  {"cell_type": "code", "language": "julia", "input": ["x = 1\n", "x"], "prompt_number": 7, "outputs": [
   {"output_type": "pyout", "prompt_number": 7, "text": ["1"], "png": "aGVsbG8="},
   {"output_type": "pyerr", "ename": "E", "evalue": "", "traceback": []},
   {"output_type": "stream", "stream": "stdout", "text": "out"}]}]},
 {"cells": [{"cell_type": "code", "input": "y", "prompt_number": "&nbsp;", "outputs": []}]}]}`

func TestReadFour(t *testing.T) {
	t.Parallel()
	got, err := notebook.Read(strings.NewReader("\xef\xbb\xbf" + four))
	want := &notebook.Notebook{
		Format: 4, Language: "python", Kernel: "Python 3", Summary: "A summary",
		Cells: []notebook.Cell{
			{Kind: notebook.Markdown, Source: "Some words\n## The *scale*\nmore", Attachments: map[string]map[string]string{"x.png": {"image/png": "aGVsbG8="}}},
			{Kind: notebook.Code, Source: "1 / 0", Count: 2, Outputs: []notebook.Output{
				{Text: "a\nb"},
				{Count: 2, Data: map[string]string{"text/plain": "one", "text/html": "<b>one</b>", "application/json": `{"a": 1}`}},
				{Data: map[string]string{"image/png": "aGVsbG8=\n"}},
				{Error: "ZeroDivisionError: division by zero", Text: "line 1\nline 2"},
			}},
			{Kind: notebook.Code},
			{Kind: notebook.Raw, Source: "raw"},
		},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	if got.Title() != "The *scale*" {
		t.Errorf("got the title %q", got.Title())
	}
}

func TestReadThree(t *testing.T) {
	t.Parallel()
	got, err := notebook.Read(strings.NewReader(three))
	want := &notebook.Notebook{
		Format: 3, Language: "julia",
		Cells: []notebook.Cell{
			{Kind: notebook.Heading, Source: "Old ", Level: 6},
			{Kind: notebook.Code, Source: "x = 1\nx", Count: 7, Outputs: []notebook.Output{
				{Count: 7, Data: map[string]string{"text/plain": "1", "image/png": "aGVsbG8="}}, {Error: "E"}, {Text: "out"},
			}},
			{Kind: notebook.Code, Source: "y"},
		},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	if got.Title() != "Old" {
		t.Errorf("got the title %q", got.Title())
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                  "not a notebook",
		"[]":                "not a notebook",
		"{}":                "nbformat is 0",
		`{"nbformat": 5}`:   "nbformat is 5",
		`{"nbformat": "4"}`: "not a notebook",
		four + "x":          "not a notebook",
		`{"nbformat": 4, "cells": [{"cell_type": "script"}]}`:                 "Cell 1",
		`{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}`:      "not a notebook",
		`{"nbformat": 4, "cells": "none"}`:                                    "not a notebook",
		`{"nbformat": 4, "x": ` + strings.Repeat("[", 20_000) + `}`:           "not a notebook",
		`{"nbformat": 4, "cells": [{}` + strings.Repeat(",{}", 20_000) + `]}`: "more than",
		strings.Repeat(" ", notebook.MaxSize+1):                               "larger than",
	}
	for text, says := range tests {
		n, err := notebook.Read(strings.NewReader(text))
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%.60q: got %+v, %v, want Invalid that says %q", text, n, err, says)
		}
	}
	if _, err := notebook.Read(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) || model.CodeOf(err) != model.Internal {
		t.Errorf("a disk that fails: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(four))
	f.Add([]byte(three))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := notebook.Parse(raw)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		size := len(n.Title())
		for _, c := range n.Cells {
			size += len(c.Source)
			if c.Count < 0 || c.Kind == notebook.Heading && (c.Level < 1 || c.Level > 6) {
				t.Errorf("accepted %+v", c)
			}
		}
		if size > 6*len(raw) {
			t.Errorf("%d bytes became %d", len(raw), size)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	cell := `{"cell_type": "code", "execution_count": 1, "source": ["import x\n", "x.y()"], "outputs": [{"output_type": "display_data", "data": {"image/png": "` + strings.Repeat("aGVs", 10_000) + `"}}]}`
	raw := []byte(fmt.Sprintf(`{"nbformat": 4, "cells": [%s]}`, strings.Repeat(cell+",", 99)+cell))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := notebook.Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}
