package web_test

import (
	"bytes"
	"encoding/base64"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

const fieldNotebook = `{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"display_name": "Python 3.14", "language": "python", "name": "python3"}}, "cells": [
 {"cell_type": "markdown", "metadata": {}, "source": "# Scale <script>alert(1)</script>\n![corner](attachment:corner.png)", "attachments": {"corner.png": {"image/png": "` + png + `"}}},
 {"cell_type": "code", "execution_count": 3, "metadata": {}, "source": "import polars", "outputs": [
  {"output_type": "display_data", "metadata": {}, "data": {"image/png": "` + png + `", "text/plain": "<Figure 1>"}},
  {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"}},
  {"output_type": "display_data", "metadata": {}, "data": {"image/png": "aGVsbG8="}},
  {"output_type": "execute_result", "execution_count": 3, "metadata": {}, "data": {"text/html": "<table onclick=x><tr><td>7</td></tr></table><script>alert(2)</script>"}},
  {"output_type": "display_data", "metadata": {}, "data": {"application/javascript": "alert(3)"}},
  {"output_type": "error", "ename": "ValueError", "evalue": "<img src=x onerror=alert(4)>", "traceback": ["line 1"]}]}]}`

// sendFile posts the form of an upload.
func (b *browser) sendFile(path, fileName, data string, fields url.Values) answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	file, err := form.CreateFormFile("file", fileName)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := file.Write([]byte(data)); err != nil {
		b.t.Fatal(err)
	}
	for name, values := range fields {
		if err := form.WriteField(name, values[0]); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://vivarium.test"+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.RemoteAddr = "192.0.2.7"
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.pages.ServeHTTP(w, r)
	return answer{w, "POST " + path}
}

// TestNotebookPage uploads a notebook with the form and looks at its page: nothing in
// it runs, and its pictures come from the site under a policy of their own.
func TestNotebookPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.as(t, "brook")
	brook.get("/brook/notebooks").want(t, http.StatusOK).shows(t, "Upload a notebook", "Notebook file", "No notebooks yet", "curl -T yournotebook.ipynb")
	brook.sendFile("/brook/notebooks", "Field Scale.ipynb", fieldNotebook, url.Values{"version": {"7"}, "summary": {"How large"}}).leadsTo(t, "/brook/field-scale?version=7")
	brook.get("/brook/notebooks").shows(t, "field-scale", "How large")

	page := s.visitor(t).get("/brook/field-scale").want(t, http.StatusOK).
		shows(t, "In\u00a0[3]", `<span class="kn">import</span>`, "Python 3.14", "How large", "anaconda download brook/field-scale", "jupyter lab &#39;Field Scale.ipynb&#39;", `<table class="table">`,
			"Something interactive was left out", "ValueError: &lt;img src=x", `alt="&lt;Figure 1&gt;"`, "<h2>Scale alert(1)</h2>").
		hides(t, "<script>alert", "alert(2)", "alert(3)", "<img src=x")
	if policy := page.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the page has the policy %q", policy)
	}
	want, _ := base64.StdEncoding.DecodeString(png)
	const at = "/brook/packages/field-scale/picture?version=7&file=Field+Scale.ipynb&"
	for query, media := range map[string]string{"cell=1&output=0": "image/png", "cell=0&name=corner.png": "image/png", "cell=1&output=1": "image/svg+xml"} {
		got := s.visitor(t).get(at+query).want(t, http.StatusOK)
		if got.Header().Get("Content-Type") != media || !strings.Contains(got.Header().Get("Content-Security-Policy"), "sandbox") || got.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", query, got.Header())
		}
		if media == "image/png" && !bytes.Equal(got.Body.Bytes(), want) {
			t.Errorf("%s: other bytes", query)
		}
	}
	for _, query := range []string{"cell=1&output=2", "cell=1&output=99", "cell=-1&output=0", "cell=9&output=0", "cell=0&name=x", "output=0", "cell=1&output=3"} {
		s.visitor(t).get(at+query).want(t, http.StatusNotFound)
	}
	got := brook.get("/brook/packages/field-scale/download?version=7&file=Field+Scale.ipynb").want(t, http.StatusOK)
	if got.Body.String() != fieldNotebook || got.Header().Get("Content-Disposition") != `attachment; filename="Field Scale.ipynb"` || got.Header().Get("Content-Type") != "application/octet-stream" {
		t.Errorf("the download differs: %v", got.Header())
	}
}

// TestEnvironmentPage shows the file and the command that makes the environment.
func TestEnvironmentPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.as(t, "brook")
	text := "name: kit\nchannels:\n- conda-forge\ndependencies:\n- python <3.15\n- pip:\n  - x\n"
	location := brook.sendFile("/brook/environments", "environment.yml", text, nil).want(t, http.StatusSeeOther).Header().Get("Location")
	if !strings.HasPrefix(location, "/brook/kit?version=20") {
		t.Errorf("leads to %s", location)
	}
	s.visitor(t).get("/brook/kit").want(t, http.StatusOK).
		shows(t, "conda env create brook/kit", "micromamba create -f http://vivarium.test/api/download/brook/kit/", "python &lt;", `<td class="ln" aria-hidden="true">7</td>`, "1 requirement", "conda-forge")
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "brook", "kit", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	s.visitor(t).get("/brook/kit").want(t, http.StatusNotFound)
	brook.get("/brook/kit").want(t, http.StatusOK).shows(t, "micromamba create -f environment.yml", "these clients send no access token")
	file := "/brook/packages/kit/download?version=" + location[strings.Index(location, "=")+1:] + "&file=environment.yml"
	brook.get(file).want(t, http.StatusOK)
	s.as(t, "casey").get(file).want(t, http.StatusNotFound)
}

// TestDocumentForm comes back with what was typed when the file is not right, and is
// for those alone who may write.
func TestDocumentForm(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook, casey := s.as(t, "brook"), s.as(t, "casey")
	typed := url.Values{"name": {"mine"}, "version": {"1.5"}, "summary": {"a <summary>"}}
	for fileName, data := range map[string]string{"x.ipynb": "{}", "x.txt": fieldNotebook, "": "", "a/../x.ipynb": ""} {
		brook.sendFile("/brook/notebooks", fileName, data, typed).want(t, http.StatusUnprocessableEntity).
			shows(t, `value="mine"`, `value="1.5"`, `value="a &lt;summary&gt;"`, `role="alert"`, "The file was not taken", `<details class="panel" id="upload" open`)
	}
	brook.sendFile("/brook/environments", "x.yml", "a: b", nil).want(t, http.StatusUnprocessableEntity).shows(t, "has no dependencies")
	brook.sendFile("/brook/notebooks", "x.ipynb", fieldNotebook, typed).want(t, http.StatusSeeOther)
	brook.sendFile("/brook/notebooks", "x.ipynb", fieldNotebook+" ", typed).want(t, http.StatusUnprocessableEntity).shows(t, "other bytes")
	brook.sendFile("/brook/notebooks", "x.ipynb", fieldNotebook, url.Values{"name": {strings.Repeat("x", 5000)}}).want(t, http.StatusUnprocessableEntity)
	brook.post("/brook/notebooks", url.Values{"name": {"x"}}).want(t, http.StatusUnprocessableEntity)

	casey.get("/brook/notebooks").want(t, http.StatusOK).hides(t, "Notebook file")
	casey.sendFile("/brook/notebooks", "x.ipynb", fieldNotebook, nil).want(t, http.StatusForbidden)
	s.visitor(t).sendFile("/brook/notebooks", "x.ipynb", fieldNotebook, nil).want(t, http.StatusSeeOther) // to sign in
}

func TestThumbnail(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	image, _ := base64.StdEncoding.DecodeString(png)
	if _, err := s.CreatePackage(t.Context(), s.Actor(t, "brook"), "brook", "scale", registry.PackageChange{Thumbnail: &image}); err != nil {
		t.Fatal(err)
	}
	s.as(t, "brook").sendFile("/brook/notebooks", "scale.ipynb", fieldNotebook, nil).want(t, http.StatusSeeOther)
	s.visitor(t).get("/brook/scale").shows(t, `<img src="/brook/packages/scale/thumbnail?v=`)
	got := s.visitor(t).get("/brook/packages/scale/thumbnail").want(t, http.StatusOK)
	if !bytes.Equal(got.Body.Bytes(), image) || got.Header().Get("Content-Type") != "image/png" {
		t.Errorf("got %v", got.Header())
	}
	s.visitor(t).get("/brook/packages/absent/thumbnail").want(t, http.StatusNotFound)
}
