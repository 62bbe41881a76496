package web_test

import (
	"bytes"
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// publishPython puts a wheel into labs.
func (s *site) publishPython(t testing.TB, spec pypitest.Spec, labels ...string) model.File {
	t.Helper()
	name, data := pypitest.Wheel(t, spec)
	in, err := s.Receive(t.Context(), s.Actor(t, "brook"), "labs")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.ReadFrom(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	f, _, err := s.PublishPython(t.Context(), s.Actor(t, "brook"), "labs", in, registry.Upload{FileName: name, Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestDescriptionInMarkdown: what says that it is Markdown is drawn, and else stands as
// it was written.
func TestDescriptionInMarkdown(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const text = "# Quick start\n\nIt is **fast** <script>alert(1)</script>."
	s.publishPython(t, pypitest.Spec{Name: "drawn", Headers: []string{"Description-Content-Type: text/markdown"}, Description: text})
	s.publishPython(t, pypitest.Spec{Name: "plain", Description: text})
	s.visitor(t).get("/labs/drawn").want(t, http.StatusOK).shows(t, "<h2>Quick start</h2>", "<strong>fast</strong>").hides(t, "<script>alert", "# Quick start")
	s.visitor(t).get("/labs/plain").want(t, http.StatusOK).shows(t, "# Quick start", "**fast**").hides(t, "<script>alert")
}

// TestInstallWithPip: what has Python files tells how pip and uv get them.
func TestInstallWithPip(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	f := s.publishPython(t, pypitest.Spec{Name: "Tiny-Wheel", Version: "0.3", Summary: "A tiny thing", Requires: []string{"leaf>=1"}})
	s.publishPython(t, pypitest.Spec{Name: "Tiny-Wheel", Version: "0.4rc1"}, "dev")
	b := s.visitor(t)
	b.get("/labs/Tiny-Wheel").want(t, http.StatusOK).
		shows(t, "A tiny thing", "pip install --index-url http://vivarium.test/pypi/labs/simple/ Tiny-Wheel</span>", "uv pip install --index-url http://vivarium.test/pypi/labs/simple/ Tiny-Wheel</span>", "Copy pip command", "Copy uv command", "Needs no token").
		hides(t, "conda install", "every conda client")
	b.get("/labs/tiny-wheel?version=0.4rc1").want(t, http.StatusOK).shows(t, "http://vivarium.test/pypi/labs/label/dev/simple/ Tiny-Wheel==0.4rc1")
	address := "/pypi/labs/simple/tiny-wheel/" + f.SHA256 + "/" + f.Basename
	b.get("/labs/Tiny-Wheel/files?version=0.3&file="+f.Basename).want(t, http.StatusOK).
		shows(t, "pip install http://vivarium.test"+address, `href="`+address+`"`, "leaf&gt;=1").hides(t, "conda install")

	s.publish(t, "labs", condatest.Spec{Name: "tiny-wheel", Version: "0.4"}, model.Public, "main")
	b.get("/labs/Tiny-Wheel").shows(t, "conda install -c http://vivarium.test/conda/labs Tiny-Wheel</span>", "pip install --index-url http://vivarium.test/pypi/labs/simple/ Tiny-Wheel</span>")
	b.get("/labs/Tiny-Wheel?version=0.3").shows(t, "Tiny-Wheel==0.3").hides(t, "conda install")
}

func TestInstallPrivatelyWithPip(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publishPython(t, pypitest.Spec{Name: "hushhush"})
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "labs", "hushhush", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	s.as(t, "brook").get("/labs/hushhush").want(t, http.StatusOK).
		shows(t, "pip install --index-url http://vivarium.test/t/&lt;TOKEN&gt;/pypi/labs/simple/ hushhush", "uv pip install --index-url http://vivarium.test/t/&lt;TOKEN&gt;/pypi/labs/simple/ hushhush", "Needs an access token", "Create a token")
	s.visitor(t).get("/labs/hushhush").want(t, http.StatusNotFound)
}
