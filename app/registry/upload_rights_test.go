package registry_test

import (
	"testing"

	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestPythonUploadRights lets whoever may write to one project publish to it, and
// tells of the others no more than that they cannot be made.
func TestPythonUploadRights(t *testing.T) {
	t.Parallel()
	const ok = model.Internal
	s := registrytest.New(t, func(p *registry.Policy) { p.DefaultAccess = model.Private })
	for _, name := range []string{"mine", "hush"} {
		mustPublishPython(t, s, "labs", pypitest.Spec{Name: name, Version: "1.0"})
	}
	casey := s.Actor(t, "casey")
	upload := func(actor model.Actor, name, version string) error {
		fileName, data := pypitest.Wheel(t, pypitest.Spec{Name: name, Version: version, Summary: "casey's"})
		_, _, err := publishPython(t, s, actor, "labs", fileName, data)
		return err
	}
	check(t, "nobody", upload(casey, "mine", "1.1"), model.Forbidden)
	group(t, s, registry.NewGroup{Name: "readers", Permission: model.Read}, "casey", "mine")
	check(t, "a reader", upload(casey, "mine", "1.1"), model.Forbidden)
	group(t, s, registry.NewGroup{Name: "writers", Permission: model.Write}, "casey", "mine")
	check(t, "a writer", upload(casey, "mine", "1.1"), ok)
	check(t, "a writer's token to install", upload(token(t, s, "casey", "pypi:download")(model.ScopePyPIUpload), "mine", "1.2"), model.Forbidden)
	check(t, "the same file with other bytes", upload(casey, "mine", "1.0"), model.Invalid)

	// The file hush-1.0 is there, and 1.1 is not: none of it shows.
	missing := upload(casey, "nope", "1.0")
	check(t, "a missing project", missing, model.Forbidden)
	for _, version := range []string{"1.0", "1.1"} {
		if err := upload(casey, "hush", version); err == nil || err.Error() != missing.Error() {
			t.Errorf("hush %s says %v, a missing project %v", version, err, missing)
		}
	}
	if err := s.SetCollaborator(t.Context(), s.Actor(t, "brook"), "labs", "hush", "casey", model.Write); err != nil {
		t.Fatal(err)
	}
	check(t, "a collaborator", upload(casey, "hush", "1.1"), ok)
	check(t, "a collaborator makes a project", upload(casey, "nope", "1.0"), model.Forbidden)
	group(t, s, registry.NewGroup{Name: "creators", Permission: model.Write, AllPackages: true}, "casey")
	check(t, "a writer of all", upload(casey, "nope", "1.0"), ok)
}
